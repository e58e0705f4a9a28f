"""Tickets: the code by which somebody is let in at a door. It says who comes, and gives no right to see or cancel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from application.booking.seat import load_booking, must_answer_for
from application.kernel.actor import SYSTEM
from application.kernel.command import dry_run
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, find_person
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import BookingId, OrganiserId, PersonId, SeasonId, TicketId, ticket_of

_BOOKING = re.compile(r"/bookings/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True)
class Ticket:
    """A ticket that is or has been somebody's: for which seat of which booking, in which season."""

    ticket_id: TicketId
    booking_id: BookingId
    seat: int
    person_id: PersonId
    season_id: SeasonId


@dataclass(frozen=True)
class TicketShown:
    """A seat's ticket as its holder has it."""

    booking_id: BookingId
    season_id: SeasonId
    seat: int
    person_id: PersonId
    code: str


class Codes(Protocol):
    """Writes tickets as codes, and reads them."""

    def code_of(self, ticket_id: TicketId) -> str:
        """The code that is printed, mailed and shown."""

    def ticket_in(self, code: str) -> TicketId | None:
        """Which ticket a code would be; None where it is no code."""


class Tickets(Protocol):
    """Knows which tickets there are, and who is who."""

    def ticket(self, organiser_id: OrganiserId, ticket_id: TicketId) -> Ticket | None:
        """A ticket of an organiser's."""

    def latest(self, organiser_id: OrganiserId, season_id: UUID, person_id: UUID) -> Ticket | None:
        """The ticket of the seat that somebody has in a season now, or else the latest that they had."""

    def tickets_of(self, organiser_id: OrganiserId, season_id: UUID) -> tuple[Ticket, ...]:
        """All that are or have been of a season."""

    def names_of(self, people: Iterable[UUID | None]) -> Mapping[UUID, str | None]:
        """The names of people, for whoever has been let in already."""

    def by_name(self, name: str | None) -> tuple[bool, str]:
        """How a name sorts, as people look for it; those without one come last."""

    def owed(self, organiser_id: OrganiserId, season_id: UUID) -> Mapping[UUID, tuple[bool, bool]]:
        """Of bookings: whether the payment is disputed and suspends the seat, and whether it is overdue."""


class TicketOffice(UseCases):
    """Shows somebody the tickets of the seats that are theirs, or that they answer for."""

    def __init__(self, decisions: Decisions, codes: Codes) -> None:
        super().__init__(decisions)
        self._codes = codes

    @dry_run
    def of_booking(self, work: UnitOfWork, booking_id: BookingId) -> tuple[TicketShown, ...]:
        """The tickets of a booking that the actor may see: all, or their own. Raises NotFound."""
        booking = load_booking(work, booking_id)
        theirs = tuple(seat for seat in booking.held if work.actor.is_person(seat.person_id))
        try:
            must_answer_for(work, booking, tuple(seat.no for seat in booking.held))
        except NotAllowed:
            shown = theirs
        else:
            shown = tuple(booking.held)
        return tuple(
            TicketShown(booking.booking_id, booking.season_id, seat.no, seat.person_id, self.code(booking_id, seat))
            for seat in shown
            if seat.person_id is not None
        )

    def entry_for(self, path: str, person_id: PersonId | None) -> str:
        """The code that goes with a mail to somebody about a booking (its `path`); "" where they do not sit there."""
        found = _BOOKING.fullmatch(path)
        if found is None or person_id is None:
            return ""
        booking_id = BookingId(UUID(found[1]))

        def look(work: UnitOfWork) -> Seat | None:
            booking, person = work.find(Booking, booking_id), find_person(work, person_id)
            held = [] if booking is None or person is None else booking.held
            return next((seat for seat in held if person and seat.person_id in person.ids), None)

        seat = self._decisions.dry_run(SYSTEM, look)
        return "" if seat is None else self.code(booking_id, seat)

    def code(self, booking_id: BookingId, seat: Seat) -> str:
        """The code of a seat as it is held; "" for one that nobody sits in yet."""
        return "" if seat.person_id is None else self.code_for(booking_id, seat.no, seat.person_id)

    def code_for(self, booking_id: BookingId, seat: int, person_id: PersonId) -> str:
        """The code of somebody for a seat."""
        return self._codes.code_of(ticket_of(booking_id, seat, person_id))
