"""Whenever this, then that: events in, commands out, each effect exactly once however often it is retried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from application.billing.credit_note import CreditNotes, IssueCreditNotes
from application.billing.invoice import Invoices
from application.booking.called_off import CalledOffBookings
from application.kernel.actor import SYSTEM
from application.kernel.ports import SeasonBookings
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.purchase import Purchase
from domain.kernel.documents import Line
from domain.kernel.ids import BookingId, OrganiserId, PurchaseId, SeasonId
from domain.programme.season import Season


class Reaction(Protocol):
    """Something more that follows from events, under the same rules as `Policies`."""

    def react(self, event: object) -> None:
        """Carry out what follows from an event; given one again, change nothing."""
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
    also: tuple[Reaction, ...] = ()

    def react(self, event: object) -> None:
        """Carry out what follows from an event."""
        match event:
            case Cancellation.Granted():
                self._credit(event.organiser_id, event.originator_id, "granted", "cancellation", event.credit)
            case Cancellation.Waived():
                self._credit(event.organiser_id, event.originator_id, "waived", "waived", event.credit)
            case Booking.SeatsCancelled() if event.cancellation_id is None:
                self._credit(event.organiser_id, event.originator_id, "called-off", "called_off", event.credited)
            case Season.CalledOff():
                for booking_id in self.seasons.bookings_of(SeasonId(event.originator_id)):
                    self.called_off.end(SYSTEM, booking_id)
            case _:
                self._invoice(event)
        for each in self.also:
            each.react(event)

    def _invoice(self, event: object) -> None:
        match event:
            case Booking.Made():
                self._invoice_booking(event)
            case Booking.SeatTransferred() if event.difference:
                self._invoice_difference(event)
            case Booking.Reinstated():
                self._invoice_anew(event)
            case Purchase.Made() if event.booking_id is not None:
                self.invoices.issue_for_booking(SYSTEM, event.organiser_id, event.booking_id)
            case Purchase.Made():
                self.invoices.issue_for_purchase(SYSTEM, event.organiser_id, PurchaseId(event.originator_id))
            case _:
                pass

    def _invoice_booking(self, event: Booking.Made) -> None:
        if event.quote.sums.gross.amount:
            self.invoices.issue_for_booking(SYSTEM, event.organiser_id, BookingId(event.originator_id))

    def _invoice_difference(self, event: Booking.SeatTransferred) -> None:
        """What a seat costs more is invoiced; what it costs less is credited where it was charged."""
        less = tuple(each.reversed() for each in event.difference if each.net.amount < 0)
        self._credit(event.organiser_id, event.transfer_id, "transferred", "transferred", less)
        if any(each.net.amount > 0 for each in event.difference):
            self.invoices.issue_for_transfer(SYSTEM, event.organiser_id, event.transfer_id)

    def _invoice_anew(self, event: Booking.Reinstated) -> None:
        """A cancellation was undone: its fee is given back, what it credited is invoiced again and set off."""
        booking_id, cancellation_id = BookingId(event.originator_id), event.cancellation_id
        self._credit(event.organiser_id, cancellation_id, "undone", "reinstated", event.returned)
        if event.credited:
            self.invoices.issue_for_reinstatement(SYSTEM, event.organiser_id, booking_id, cancellation_id)

    def _credit(
        self, organiser_id: OrganiserId, source: UUID, occasion: str, reason: str, lines: tuple[Line, ...]
    ) -> None:
        if lines:
            self.credit_notes.issue(SYSTEM, IssueCreditNotes(organiser_id, source, occasion, reason, lines))
