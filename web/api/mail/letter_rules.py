"""Which reminders go out: of the organiser as a whole, and of a season that has it otherwise."""

from __future__ import annotations

from uuid import UUID

from application.mail.letter_rules import ChooseReminders, LetterRulesRef, RemindersNow
from domain.kernel.ids import SeasonId
from domain.mail.reminding import Reminding
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.mail.letter_rules_schema import RemindersBody

letter_rules = ApiBlueprint("reminders", "Which letters go out by the clock: before meetings, for names, of material.")
ALL, ONE = "/reminders", "/seasons/<uuid:season_id>/reminders"


@letter_rules.read(ALL, Who.ADMIN, RemindersNow)
def read_reminders(call: Call) -> RemindersNow:
    """What goes out unless a season has it otherwise."""
    return call.services.letter_rules.reminders(call.actor)


@letter_rules.write("PUT", ALL, Who.ADMIN, LetterRulesRef, body=RemindersBody)
def choose_reminders(call: Call) -> Written:
    """Other reminders from now on."""
    return call.execute(call.services.letter_rules.choose_reminders, ChooseReminders(_reminding(call)))


@letter_rules.read(ONE, Who.ADMIN, RemindersNow)
def read_reminders_of_season(call: Call, season_id: UUID) -> RemindersNow:
    """What goes out about a season."""
    return call.services.letter_rules.reminders(call.actor, season_id)


@letter_rules.write("PUT", ONE, Who.ADMIN, LetterRulesRef, body=RemindersBody)
def choose_reminders_of_season(call: Call, season_id: SeasonId) -> Written:
    """Its own from now on."""
    return call.execute(call.services.letter_rules.choose_reminders, ChooseReminders(_reminding(call), season_id))


@letter_rules.write("DELETE", ONE, Who.ADMIN, LetterRulesRef)
def forget_reminders_of_season(call: Call, season_id: SeasonId) -> Written:
    """A season has what the organiser has again."""
    return call.execute(call.services.letter_rules.choose_reminders, ChooseReminders(None, season_id))


def _reminding(call: Call) -> Reminding:
    return Reminding(**{**call.body, "meeting_days": tuple(call.body["meeting_days"])})
