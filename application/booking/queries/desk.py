"""The desk: cancellations and transfers as cases, oldest first, each with its rule and its effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.booking.queries.booking import BookingQuestions, BookingRow
from application.kernel.actor import Actor, Role
from application.kernel.page import Page, found
from application.kernel.queries import Queries, for_admins, for_oneself
from domain.kernel.errors import NotFound
from domain.kernel.ids import BookingId, NetworkId, OrganisationId, OrganiserId, PersonId, SeasonId
from domain.kernel.terms import Assessment


@dataclass(frozen=True)
class CaseRow:
    """One case. `kind` cancellation or transfer. Sums in öre incl. VAT: `price` of the seats, `credit` by the terms
    (or as settled), `difference` a transfer costs more. `needs_decision`: it waits for a person.
    """

    case_id: UUID
    kind: str
    organiser_id: OrganiserId
    status: str
    needs_decision: bool
    booking_id: BookingId
    season_id: SeasonId
    season: str
    network: str
    seats: tuple[int, ...]
    person_id: PersonId | None
    name: str | None
    to_person_id: PersonId | None
    to_name: str | None
    organisation_id: OrganisationId | None
    organisation: str
    requested_at: datetime
    received_at: datetime
    plea: str | None
    assessment: Assessment | None
    price: int
    credit: int
    difference: int
    decided_by: str
    decided_at: datetime | None
    reason: str | None


@dataclass(frozen=True)
class AdmissionRow:
    """Somebody who has asked to be admitted to a network, for a season of it, since which instant."""

    network_id: NetworkId
    network: str
    season_id: SeasonId
    season: str
    person_id: PersonId
    asked_at: datetime


class DeskQuestions(Queries, Protocol):
    """Admins see all; a member sees a case of a booking of theirs through the booking."""

    _bookings: BookingQuestions

    @for_admins
    def list(
        self,
        actor: Actor,
        kind: str = "",
        status: str = "",
        booking_id: UUID | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[CaseRow]:
        """The organiser's cases: those that need a decision, oldest first; then the settled ones, latest first."""

    def one(self, actor: Actor, case_id: UUID) -> CaseRow:
        """One case. Raises NotFound for another organiser's, NotAllowed unless admin."""
        row = found(self._case(case_id), "case")
        if actor.organiser_id != row.organiser_id and not actor.is_system:
            raise NotFound(what="case")
        actor.must_be(row.organiser_id, Role.ADMIN)
        return row

    @for_admins
    def admissions(self, actor: Actor) -> tuple[AdmissionRow, ...]:
        """Who waits for an admin to decide whether they may join, in the order they asked (S16)."""

    def of_booking(self, actor: Actor, booking_id: UUID) -> tuple[CaseRow, ...]:
        """The cases of a booking the actor may see, latest first. Raises NotFound.

        Whoever answers for the booking sees all; whoever only sits in it sees what is about their seat while it is
        theirs: another's plea is nobody's business.
        """
        booking = self._bookings.one(actor, booking_id)
        cases = self._of_booking(booking)
        if self._bookings.answers_for_all(actor, booking):
            return cases
        mine = {seat.no for seat in booking.seats if actor.is_person(seat.person_id)}
        since = {
            case.seats[0]: case.decided_at
            for case in cases
            if case.status == "accepted" and actor.is_person(case.to_person_id)
        }
        return tuple(case for case in cases if actor.is_person(case.to_person_id) or _is_about(case, mine, since))

    @for_oneself(())
    def proposed_to(self, actor: Actor) -> tuple[CaseRow, ...]:
        """Transfers that wait for a yes from whoever would take the seat or pay, or their organisation.

        Who may give it is the transfer's to say.
        """

    def _case(self, case_id: UUID) -> CaseRow | None: ...

    def _of_booking(self, booking: BookingRow) -> tuple[CaseRow, ...]: ...


def _is_about(case: CaseRow, seats: set[int], since: dict[int, datetime | None]) -> bool:
    if not set(case.seats) <= seats:
        return False
    taken_at = [at for no in case.seats if (at := since.get(no)) is not None]
    return all(case.requested_at > at for at in taken_at)
