"""What people are told by mail about bookings: made, seats given to them or taken over, and what cancelling came to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from application.actor import SYSTEM
from application.letters import Letter, Letters, meetings_fact, money_fact
from application.ports import Decisions, Work
from domain.booking import Booking
from domain.cancellation import Cancellation
from domain.documents import Line
from domain.ids import BookingId, OrganiserId, PersonId, SeasonId
from domain.money import Money
from domain.person import Person
from domain.season import Season
from domain.terms import Terms


@dataclass(frozen=True)
class _Told:
    """What a letter about a booking needs to know."""

    organiser_id: OrganiserId
    booked_by: PersonId | None
    season: str
    meetings: str


@dataclass(frozen=True)
class BookingLetters:
    """`application.policies.Reaction`: posts letters with keys made of the event."""

    decisions: Decisions
    letters: Letters

    def react(self, event: object) -> None:
        """Write to whom an event concerns."""
        match event:
            case Person.EmailConfirmationAsked():
                self._confirm(event)
            case Booking.Made():
                self._booked(event)
            case Booking.ParticipantNamed():
                told = self._told(BookingId(event.originator_id))
                self._seated(told, BookingId(event.originator_id), event.originator_version, event.person_id)
            case Booking.SeatTransferred():
                self._transferred(event)
            case Cancellation.Granted() | Cancellation.Waived():
                self._cancelled(event.originator_id, event.originator_version, "cancelled", event.credit)
            case Cancellation.Declined():
                self._cancelled(event.originator_id, event.originator_version, "cancellation_declined", ())
            case _:
                pass

    def _confirm(self, event: Person.EmailConfirmationAsked) -> None:
        person_id = PersonId(event.originator_id)

        def look(work: Work) -> tuple[OrganiserId, str | None]:
            return work.load(Person, person_id).organiser_id, work.reveal(event.code)

        organiser_id, code = self.decisions.look(SYSTEM, look)
        if code is not None:
            key = f"confirm_email/{person_id}/{event.originator_version}"
            facts = {"path": f"/confirm/{person_id}/{code}"}
            self.letters.post(Letter(key, organiser_id, "confirm_email", person_id, facts=facts))

    def _booked(self, event: Booking.Made) -> None:
        booking_id = BookingId(event.originator_id)
        told = self._told(booking_id)
        if event.booked_by is not None:
            gross = event.quote.sums.gross
            facts = {
                **_facts(told, booking_id),
                "seats": str(len(event.seats)),
                "price": money_fact(gross) if gross.amount else "",
                "free_before": _free_before(event.terms),
            }
            self.letters.post(
                Letter(f"booked/{booking_id}", event.organiser_id, "booked", event.booked_by, facts=facts)
            )
        for seat in event.seats:
            if seat.person_id is not None and seat.person_id != event.booked_by:
                self._seated(told, booking_id, event.originator_version, seat.person_id)

    def _transferred(self, event: Booking.SeatTransferred) -> None:
        booking_id = BookingId(event.originator_id)
        told = self._told(booking_id)
        self._seated(told, booking_id, event.originator_version, event.to_person_id)
        if event.from_person_id is not None:
            key = f"seat_handed_over/{booking_id}/{event.originator_version}"
            facts = {"season": told.season}
            self.letters.post(Letter(key, event.organiser_id, "seat_handed_over", event.from_person_id, facts=facts))

    def _seated(self, told: _Told, booking_id: BookingId, version: int, person_id: PersonId) -> None:
        key = f"seated/{booking_id}/{version}/{person_id}"
        self.letters.post(Letter(key, told.organiser_id, "seated", person_id, facts=_facts(told, booking_id)))

    def _cancelled(self, cancellation_id: UUID, version: int, kind: str, credit: tuple[Line, ...]) -> None:
        def look(work: Work) -> tuple[BookingId, int]:
            cancellation = work.load(Cancellation, cancellation_id)
            return cancellation.booking_id, len(cancellation.seats)

        booking_id, seats = self.decisions.look(SYSTEM, look)
        told = self._told(booking_id)
        if told.booked_by is not None:
            back = _sum(credit)
            facts = {
                **_facts(told, booking_id),
                "seats": str(seats) if seats else "",
                "credit": money_fact(back) if back is not None and back.amount else "",
                "nothing": "" if back is not None and back.amount else "0",
            }
            key = f"{kind}/{cancellation_id}/{version}"
            self.letters.post(Letter(key, told.organiser_id, kind, told.booked_by, facts=facts))

    def _told(self, booking_id: BookingId) -> _Told:
        def look(work: Work) -> _Told:
            booking = work.load(Booking, booking_id)
            season = work.load(Season, SeasonId(booking.season_id))
            meetings = meetings_fact(season.meetings.values()) if season.meetings else ""
            return _Told(booking.organiser_id, booking.booked_by, season.title, meetings)

        return self.decisions.look(SYSTEM, look)


def _facts(told: _Told, booking_id: BookingId) -> dict[str, str]:
    return {"season": told.season, "meetings": told.meetings, "path": f"/bookings/{booking_id}"}


def _free_before(terms: Terms | None) -> str:
    """The first day on which cancelling costs something; empty where it always or never does."""
    if terms is None or terms.tiers[0].kept or terms.tiers[0].before is None:
        return ""
    return terms.tiers[0].before.isoformat()


def _sum(lines: Iterable[Line]) -> Money | None:
    """What lines come to incl. VAT; None for none."""
    total: Money | None = None
    for each in lines:
        amount = each.net + each.vat
        total = amount if total is None else total + amount
    return total
