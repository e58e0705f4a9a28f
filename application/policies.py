"""Whenever this, then that: events in, commands out, each effect exactly once however often it is retried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from application.actor import SYSTEM, Role
from application.called_off import CalledOffBookings
from application.credit_note import CreditNotes, IssueCreditNotes
from application.invoice import Invoices
from application.token import Tokens
from domain.booking import Booking
from domain.cancellation import Cancellation
from domain.documents import Line
from domain.ids import BookingId, OrganiserId, PersonId, PurchaseId, SeasonId
from domain.organiser import Organiser
from domain.person import Person
from domain.purchase import Purchase
from domain.season import Season


class SeasonBookings(Protocol):
    """Tells which bookings a season has, as of an event that has been projected already."""

    def bookings_of(self, season_id: SeasonId) -> Iterable[BookingId]:
        """The bookings of a season that hold seats."""
        ...


@dataclass(frozen=True)
class Policies:
    """The reactions of the service. `react` is given every event in order and may be given one again:

    each command has a key made of its event, so that twice is once. An event is given after it has been projected.
    """

    invoices: Invoices
    credit_notes: CreditNotes
    called_off: CalledOffBookings
    seasons: SeasonBookings
    tokens: Tokens

    def react(self, event: object) -> None:
        """Carry out what follows from an event."""
        match event:
            case Booking.Made():
                self._invoice_booking(event)
            case Booking.SeatTransferred() if event.difference:
                self.invoices.issue_for_transfer(SYSTEM, event.organiser_id, event.transfer_id)
            case Purchase.Made():
                self.invoices.issue_for_purchase(SYSTEM, event.organiser_id, PurchaseId(event.originator_id))
            case Cancellation.Granted():
                self._credit(event.organiser_id, event.originator_id, "granted", "cancellation", event.credit)
            case Cancellation.Waived():
                self._credit(event.organiser_id, event.originator_id, "waived", "waived", event.credit)
            case Booking.SeatsCancelled() if event.cancellation_id is None:
                self._credit(event.organiser_id, event.originator_id, "called-off", "called_off", event.credited)
            case Organiser.StaffDismissed() | Person.Erased():
                self._revoke_tokens(event)
            case Season.CalledOff():
                for booking_id in self.seasons.bookings_of(SeasonId(event.originator_id)):
                    self.called_off.end(SYSTEM, booking_id)
            case _:
                pass

    def _invoice_booking(self, event: Booking.Made) -> None:
        if event.quote.sums.gross.amount:
            self.invoices.issue_for_booking(SYSTEM, event.organiser_id, BookingId(event.originator_id))

    def _revoke_tokens(self, event: Organiser.StaffDismissed | Person.Erased) -> None:
        if isinstance(event, Person.Erased):
            self.tokens.revoke_of(PersonId(event.originator_id))
        else:
            self.tokens.revoke_of(event.person_id, Role(event.role))

    def _credit(
        self, organiser_id: OrganiserId, source: UUID, occasion: str, reason: str, lines: tuple[Line, ...]
    ) -> None:
        if lines:
            self.credit_notes.issue(SYSTEM, IssueCreditNotes(organiser_id, source, occasion, reason, lines))
