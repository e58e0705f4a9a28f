"""What an organiser decides of its letters, as a whole and for a season of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from application.kernel.command import admin, command, dry_run
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, admin_of, load_for, organiser_of
from domain.kernel.ids import OrganiserId, SeasonId, letter_rules_of
from domain.mail.letter_rules import LetterRules
from domain.mail.reminding import USUAL, Reminding
from domain.programme.season import Season


@dataclass(frozen=True)
class ChooseReminders:
    """Which reminders go out: of the organiser as a whole, or of a season.

    `reminding` None: a season has what the organiser has; an organiser the usual.
    """

    reminding: Reminding | None
    season_id: SeasonId | None = None


@dataclass(frozen=True)
class LetterRulesRef:
    """Whose rules they are."""

    organiser_id: OrganiserId
    season_id: SeasonId | None


@dataclass(frozen=True)
class RemindersNow:
    """What is so now; `is_own`: chosen for just this organiser, or just this season."""

    reminding: Reminding
    is_own: bool


class LetterRulesDesk(UseCases):
    """Choose and read."""

    @command(by=admin)
    def choose_reminders(self, work: UnitOfWork, command: ChooseReminders) -> LetterRulesRef:
        """Other reminders from now on; what has been sent is not sent again. Raises NotFound, BadValue."""
        organiser = organiser_of(work.actor)
        begun_rules(work, organiser, command.season_id).choose_reminders(command.reminding)
        return LetterRulesRef(organiser, command.season_id)

    @dry_run
    def reminders(self, work: UnitOfWork, season_id: UUID | None = None) -> RemindersNow:
        """Which go out now. Raises NotAllowed unless admin, NotFound."""
        organiser, season = admin_of(work.actor), None
        if season_id is not None:
            season = SeasonId(load_for(work, Season, season_id).id)
        own = work.find(LetterRules, letter_rules_of(organiser, season))
        is_own = own is not None and own.reminding is not None
        return RemindersNow(reminding_of(work, organiser, season), is_own)


def begun_rules(work: UnitOfWork, organiser: OrganiserId, season_id: SeasonId | None) -> LetterRules:
    """The rules that something is to be recorded in. Raises NotFound for a season of another organiser."""
    if season_id is not None:
        load_for(work, Season, season_id)
    rules = work.find(LetterRules, letter_rules_of(organiser, season_id))
    if rules is None:
        rules = LetterRules(organiser_id=organiser, season_id=season_id)
        work.add(rules)
    return rules


def reminding_of(work: UnitOfWork, organiser: OrganiserId, season_id: SeasonId | None) -> Reminding:
    """The season's, or else the organiser's, or else the usual."""
    chosen = (rules.reminding for rules in rules_of(work, organiser, season_id))
    return next((each for each in chosen if each is not None), USUAL)


def rules_of(work: UnitOfWork, organiser: OrganiserId, season_id: SeasonId | None) -> Iterator[LetterRules]:
    """The season's own rules and then the organiser's, as far as there are any: what the first says, holds."""
    for owner in (season_id, None) if season_id is not None else (None,):
        rules = work.find(LetterRules, letter_rules_of(organiser, owner))
        if rules is not None:
            yield rules
