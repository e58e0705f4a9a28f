"""Applications: somebody whom the rule of a season does not let in asks the organiser to decide (S14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.booking.applying import (
    ApplicationOutcome,
    Apply,
    ask,
    by_a_stranger,
    looked_at,
    make,
    must_need_it,
    outcome_of,
    typed_in,
)
from application.booking.registration_rules import registration_rules
from application.booking.unconfirmed import ConfirmedByMail, MailedLink, address_digest, linked, state_shown
from application.kernel.actor import Actor
from application.kernel.command import dry_run
from application.kernel.ports import Busy, Committed, UnitOfWork
from application.kernel.rate_limit import Asking
from application.kernel.use_case import load_for, organiser_of
from application.people.address import known_or_new
from domain.booking.application import Application
from domain.kernel.errors import NotFound
from domain.kernel.ids import SeasonId, seating_of
from domain.people.particulars import come_in_by_letter, read_in
from domain.people.person import Person
from domain.programme.season import Season

__all__ = ["Applications", "Apply"]


@dataclass(frozen=True)
class Applied:
    """The same for a known and an unknown address. `next_step`: confirm_application by the mailed link, or wait.

    `application_id` and `held_until` (a seat is held until then) only for who has signed in.
    """

    season_id: SeasonId
    next_step: str
    application_id: UUID | None = None
    held_until: datetime | None = None


@dataclass(frozen=True)
class ApplicationView:
    """An application as whoever holds its link sees it. `state`: held (not confirmed), over, or confirmed."""

    application_id: UUID
    season_id: SeasonId
    zone: str
    state: str
    until: datetime
    held_until: datetime | None
    typed: Apply | None


class Applications(ConfirmedByMail):
    """Apply, look, confirm."""

    def apply(self, actor: Actor, command: Apply, key: str | None = None, place: str = "") -> Committed[Applied]:
        """Ask to be let in: at once where one has signed in, else once the mailed link is confirmed.

        Nothing is looked up about a typed address, so a known one and an unknown one have the same effect. `place`:
        from which network address. Raises TooManyAttempts, BadValue, BookingNotOpen, ApplicationNotNeeded; for who has
        signed in AlreadyApplied.
        """
        if actor.person_id is not None and actor.booking_id is None:
            serial = (seating_of(command.season_id),)
            return self._record(actor, command, Applied, lambda work: _apply(work, command), key, serial=serial)
        code = self._new_code()
        self._must_be_seldom(actor, command, key, place, lambda work: _asking(work, command))

        def decide(work: UnitOfWork) -> Applied:
            typed, season = looked_at(work, by_a_stranger(command))
            ask(work, typed, season, code)
            return Applied(command.season_id, "confirm_application")

        recorded = self._record(actor, command, Applied, decide, key)
        return Committed(recorded.answer, 0, recorded.repeated)  # a position would tell what others do meanwhile

    @dry_run
    def view(self, work: UnitOfWork, link: MailedLink) -> ApplicationView:
        """What was typed, for whoever holds the link; nothing is used up. Raises NotFound for any other code."""
        found = linked(work, Application, link)
        season = load_for(work, Season, found.season_id)
        about = (found.id, found.season_id, season.zone, state_shown(work, found), found.until, found.held_until)
        return ApplicationView(*about, typed_in(work, found))

    def confirm(self, actor: Actor, link: MailedLink, key: str | None = None) -> Committed[ApplicationOutcome]:
        """Whoever presses has shown that they read that mailbox: the desk has it now. Twice is once.

        Raises NotFound, ApplicationLapsed, AlreadyApplied, SeasonCalledOff.
        """
        season_id = self._decisions.dry_run(actor, lambda work: linked(work, Application, link).season_id)

        def decide(work: UnitOfWork) -> ApplicationOutcome:
            application = linked(work, Application, link)
            if application.person_id is None:
                _confirm(work, application)
            return outcome_of(application)

        return self._record(actor, link, ApplicationOutcome, decide, key, serial=(seating_of(season_id),))


def _apply(work: UnitOfWork, command: Apply) -> Applied:
    """At once, by somebody who has signed in."""
    me = work.actor.person_id
    typed, season = looked_at(work, command)
    person = load_for(work, Person, me) if me is not None else None
    if person is None:
        raise NotFound(what="person")
    must_need_it(work, season, person.person_id)
    application = ask(work, typed, season, "", person.person_id)
    make(work, application, season, person, typed)
    return Applied(season.season_id, "wait", application.id, application.held_until)


def _confirm(work: UnitOfWork, application: Application) -> None:
    typed = typed_in(work, application)
    application.must_wait(work.now)
    if typed is None:
        raise Busy("what was typed cannot be read")
    season = load_for(work, Season, application.season_id)
    season.must_be_on()
    person = known_or_new(work, organiser_of(work.actor), typed.name, typed.email, shares=True)
    read_in(person, typed.language)
    come_in_by_letter(person)
    make(work, application, season, person, typed)
    work.destroy_key(application.id)


def _asking(work: UnitOfWork, command: Apply) -> Asking:
    typed, _ = looked_at(work, by_a_stranger(command))
    rules = registration_rules(work)
    return Asking(address_digest(work, typed.email), (), 1, rules.seats_of_address, rules.seats_from_place)
