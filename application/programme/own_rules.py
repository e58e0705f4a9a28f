"""The rules of a season's own that stand beside it: they go with it where it is planned again (3.4)."""

from __future__ import annotations

from application.kernel.ports import UnitOfWork
from domain.attendance.door import Door
from domain.booking.waiting_rules import WaitingRules
from domain.kernel.ids import OrganiserId, SeasonId, door_of, learning_of, letter_rules_of, waiting_rules_of
from domain.learning.learning import Learning
from domain.mail.letter_rules import LetterRules


def copy_own_rules(work: UnitOfWork, organiser: OrganiserId, like: SeasonId, season_id: SeasonId) -> None:
    """How its line moves, what holds at its doors, when it reminds, of how few answers are shown; nothing that was.

    Words of its own in letters are written anew: they speak of days and rooms.
    """
    _waiting(work, organiser, like, season_id)
    door = work.find(Door, door_of(like))
    if door is not None:
        agreed = door.walk_ins, door.handing_over
        work.add(Door(organiser_id=organiser, season_id=season_id, walk_ins=agreed[0], handing_over=agreed[1]))
    letters = work.find(LetterRules, letter_rules_of(organiser, like))
    if letters is not None and letters.reminding is not None:
        reminded = LetterRules(organiser_id=organiser, season_id=season_id)
        reminded.choose_reminders(letters.reminding)
        work.add(reminded)
    learning = work.find(Learning, learning_of(like))
    if learning is not None:
        _learning(work, learning, Learning(organiser_id=organiser, season_id=season_id))


def _waiting(work: UnitOfWork, organiser: OrganiserId, like: SeasonId, season_id: SeasonId) -> None:
    found = work.find(WaitingRules, waiting_rules_of(like))
    if found is not None:
        rules = WaitingRules(organiser_id=organiser, scope_id=season_id)
        rules.change(found.answering, found.answer_within, found.party, found.hold_days, found.price)
        work.add(rules)


def _learning(work: UnitOfWork, learning: Learning, again: Learning) -> None:
    rules = learning.at_least, learning.words_from, learning.reflection_days
    if rules != (again.at_least, again.words_from, again.reflection_days):
        again.agree(*rules)
        work.add(again)
