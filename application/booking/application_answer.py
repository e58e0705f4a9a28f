"""Answers to applications: the desk lets in or turns away with a reason; whoever applied may withdraw (S14)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.booking.applied import let_go, settled
from application.booking.applying import ApplicationOutcome, outcome_of, seat
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.ports import Committed, UnitOfWork
from application.kernel.use_case import UseCases, admin_of, load_for
from domain.booking.application import Application, ApplicationSettled
from domain.booking.seating import Seating
from domain.kernel.errors import NotFound
from domain.kernel.ids import SeasonId, seating_of
from domain.kernel.terms import day_in
from domain.kernel.text import clean
from domain.people.affiliation import verify_affiliation
from domain.people.person import Person
from domain.programme.network import Network
from domain.programme.season import Season


@dataclass(frozen=True)
class ApproveApplication:
    """Yes, and why. `with_ground`: the ground that is claimed is right, from the day they applied until a day."""

    application_id: UUID
    reason: str
    with_ground: bool = True
    until_on: date | None = None


@dataclass(frozen=True)
class RejectApplication:
    """No, and why; the reason is told."""

    application_id: UUID
    reason: str


@dataclass(frozen=True)
class WithdrawApplication:
    """They want it no longer."""

    application_id: UUID


class ApplicationAnswers(UseCases):
    """Approve, reject, withdraw; and what ends by itself."""

    def approve(
        self, actor: Actor, command: ApproveApplication, key: str | None = None
    ) -> Committed[ApplicationOutcome]:
        """Let them in: booked on the seat that was held, at the price of the day they applied; else they wait in line.

        Raises ApplicationSettled, NotFound, PersonErased, SeasonCalledOff, NoPriceForBuyer, SeatsGoTogether.
        """
        admin_of(actor)
        return self._settle(actor, command, lambda work, found: _approve(work, found, command), key)

    def reject(self, actor: Actor, command: RejectApplication, key: str | None = None) -> Committed[ApplicationOutcome]:
        """Turn them away; the seat is free for others. Raises ApplicationSettled, NotFound, PersonErased."""
        admin_of(actor)
        return self._settle(actor, command, lambda work, found: _reject(work, found, command), key)

    def withdraw(
        self, actor: Actor, command: WithdrawApplication, key: str | None = None
    ) -> Committed[ApplicationOutcome]:
        """Of one's own, or as an admin of somebody who has written. Raises ApplicationSettled, NotFound."""
        return self._settle(actor, command, lambda work, found: _withdraw(work, found, command), key)

    def _settle(
        self,
        actor: Actor,
        command: ApproveApplication | RejectApplication | WithdrawApplication,
        act: Callable[[UnitOfWork, Application], None],
        key: str | None,
    ) -> Committed[ApplicationOutcome]:
        application_id = command.application_id
        season_id = self._decisions.dry_run(actor, lambda work: load_for(work, Application, application_id).season_id)

        def decide(work: UnitOfWork) -> ApplicationOutcome:
            application = load_for(work, Application, application_id)
            act(work, application)
            settled(work, application)
            return outcome_of(application)

        return self._record(actor, command, ApplicationOutcome, decide, key, serial=(seating_of(season_id),))

    def lapse_hold(self, application_id: UUID, season_id: SeasonId) -> Committed[ApplicationOutcome]:
        """The hours are over: the seat is free for others, the application still waits. Twice is once."""

        def decide(work: UnitOfWork) -> ApplicationOutcome:
            application = work.load(Application, application_id)
            if application.lapse_hold(work.now):
                work.load(Seating, seating_of(season_id)).lapse(work.now)
            return outcome_of(application)

        content, serial = ("application's hold over", application_id), (seating_of(season_id),)
        return self._record(SYSTEM, content, ApplicationOutcome, decide, serial=serial)

    def withdraw_erased(self, application_id: UUID) -> None:
        """Nothing is asked any longer for somebody who has been erased; what is settled already stays so."""
        with suppress(ApplicationSettled):
            self.withdraw(SYSTEM, WithdrawApplication(application_id), f"erased/{application_id}")


def _approve(work: UnitOfWork, application: Application, command: ApproveApplication) -> None:
    person = load_for(work, Person, application.must_be_waiting())
    person.must_exist()
    season = load_for(work, Season, application.season_id)
    season.must_be_on()
    day = day_in(application.made_at, season.zone)
    if command.with_ground and application.ground is not None and not person.eligibility.on(application.ground, day):
        verify_affiliation(person, application.ground, day, command.until_on, work.actor.id)
    reason = work.encrypt(person.person_id, "reason", clean("reason", command.reason, 1000))
    load_for(work, Network, season.network_id).decide_admission(
        person.person_id, reason, work.actor.id, is_admitted=True, application_id=application.id
    )
    settled(work, application)  # before the seat, which ends what somebody has applied for beside it
    application.approve(seat(work, application, season, person), work.actor.id, work.now)


def _reject(work: UnitOfWork, application: Application, command: RejectApplication) -> None:
    person = load_for(work, Person, application.must_be_waiting())
    person.must_exist()
    reason = work.encrypt(person.person_id, "reason", clean("reason", command.reason, 1000))
    application.reject(reason, work.actor.id, work.now)
    let_go(work, application)


def _withdraw(work: UnitOfWork, application: Application, _command: WithdrawApplication) -> None:
    is_own = work.actor.is_person(application.person_id)
    if not is_own and not work.actor.has(application.organiser_id, Role.ADMIN):
        raise NotFound(what="application")
    application.withdraw()
    let_go(work, application)
