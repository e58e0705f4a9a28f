"""Whenever this, then that: one table of events and what follows, each effect exactly once however often it is retried.

Each command has a key made of its event, or changes nothing when it is given again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from application.billing.credit_note import CreditNotes, IssueCreditNotes
from application.billing.delivery import Deliveries
from application.billing.invoice import Invoices
from application.booking.calling_off import CalledOffBookings
from application.booking.hold import Holds
from application.booking.overtaken import Overtaken, WaitingCases
from application.kernel.actor import SYSTEM
from application.kernel.ports import SeasonBookings
from application.learning.round import Rounds
from application.notifications.reaction import Telling
from application.notifications.table import EVENTS_TOLD
from application.payments.card_refund import CardRefunds
from application.payments.reminder import Reminders
from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.purchase import Purchase
from domain.booking.transfer import Transfer
from domain.kernel.documents import Line
from domain.kernel.ids import BookingId, InvoiceId, OrganiserId, PurchaseId, SeasonId
from domain.learning.round import Round
from domain.payments.checkout import Checkout
from domain.people.person import Person
from domain.programme.season import Season

E = TypeVar("E")
Reaction = Callable[[object], None]


@dataclass(frozen=True)
class Row:
    """What follows from an event (its class)."""

    event: type[object]
    reaction: Reaction


Table = tuple[Row, ...]


def when(event: type[E], act: Callable[[E], object]) -> Row:
    """A row: whenever such an event is recorded, this is done."""
    return Row(event, act)  # type: ignore[arg-type]  # a reaction is only given events of its row


class Policies:
    """`react` is given every event in order, after it has been projected, and may be given one again."""

    def __init__(self, *tables: Table) -> None:
        self._reactions: Mapping[type[object], list[Reaction]] = {}
        for row in (row for table in tables for row in table):
            self._reactions.setdefault(row.event, []).append(row.reaction)

    def concern(self, event: object) -> bool:
        """Whether anything may follow from an event."""
        return type(event) in self._reactions

    def react(self, event: object) -> None:
        """Carry out what follows from an event, in the order of the table."""
        for reaction in self._reactions.get(type(event), ()):
            reaction(event)


def documents(
    invoices: Invoices, credit_notes: CreditNotes, called_off: CalledOffBookings, seasons: SeasonBookings
) -> Table:
    """What is sold is invoiced, what is given back is credited; a season that is called off ends its bookings."""
    of = _Documents(invoices, credit_notes)

    def end_bookings(event: Season.CalledOff) -> None:
        for booking_id in seasons.bookings_of(SeasonId(event.originator_id)):
            called_off.end(SYSTEM, booking_id)

    return (
        when(Booking.Made, of.booking_made),
        when(Booking.SeatTransferred, of.transferred_for_less),
        when(Booking.SeatTransferred, of.transferred_for_more),
        when(Booking.SeatsCancelled, of.called_off),
        when(Booking.Reinstated, of.fee_returned),
        when(Booking.Reinstated, of.reinstated),
        when(Purchase.Made, of.purchased),
        when(Cancellation.Granted, of.granted),
        when(Cancellation.Waived, of.waived),
        when(Season.CalledOff, end_bookings),
    )


@dataclass(frozen=True)
class _Documents:
    """Invoices and credit notes that follow: none where it comes to nothing."""

    invoices: Invoices
    credit_notes: CreditNotes

    def booking_made(self, event: Booking.Made) -> None:
        if event.quote.sums.gross.amount:
            self.invoices.issue_for_booking(SYSTEM, event.organiser_id, BookingId(event.originator_id))

    def purchased(self, event: Purchase.Made) -> None:
        if event.booking_id is not None:
            self.invoices.issue_for_booking(SYSTEM, event.organiser_id, event.booking_id)
        else:
            self.invoices.issue_for_purchase(SYSTEM, event.organiser_id, PurchaseId(event.originator_id))

    def transferred_for_more(self, event: Booking.SeatTransferred) -> None:
        if any(each.net.amount > 0 for each in event.difference):
            self.invoices.issue_for_transfer(SYSTEM, event.organiser_id, event.transfer_id)

    def transferred_for_less(self, event: Booking.SeatTransferred) -> None:
        """It is credited where it was charged."""
        less = tuple(each.reversed() for each in event.difference if each.net.amount < 0)
        self._credit(event.organiser_id, event.transfer_id, "transferred", "transferred", less)

    def granted(self, event: Cancellation.Granted) -> None:
        self._credit(event.organiser_id, event.originator_id, "granted", "cancellation", event.credit)

    def waived(self, event: Cancellation.Waived) -> None:
        self._credit(event.organiser_id, event.originator_id, "waived", "waived", event.credit)

    def called_off(self, event: Booking.SeatsCancelled) -> None:
        if event.cancellation_id is None:
            self._credit(event.organiser_id, event.originator_id, "called-off", "called_off", event.credited)

    def fee_returned(self, event: Booking.Reinstated) -> None:
        self._credit(event.organiser_id, event.cancellation_id, "undone", "reinstated", event.returned)

    def reinstated(self, event: Booking.Reinstated) -> None:
        """What was credited is invoiced again, and set off."""
        if event.credited:
            booking_id, cancellation_id = BookingId(event.originator_id), event.cancellation_id
            self.invoices.issue_for_reinstatement(SYSTEM, event.organiser_id, booking_id, cancellation_id)

    def _credit(
        self, organiser: OrganiserId, source: UUID, occasion: str, reason: str, lines: tuple[Line, ...]
    ) -> None:
        if lines:
            self.credit_notes.issue(SYSTEM, IssueCreditNotes(organiser, source, occasion, reason, lines))


def payments(refunds: CardRefunds, reminders: Reminders, holds: Holds, deliveries: Deliveries) -> Table:
    """Cards are asked back for what was credited, paid seats are booked, fees invoiced, e-invoices queued."""

    def refund_by_card(event: Invoice.Credited) -> None:
        refunds.ask_credited(InvoiceId(event.originator_id), event.credit_note_id)

    def issue_fee(event: Invoice.Reminded) -> None:
        if event.fee.amount:
            reminders.issue_fee(InvoiceId(event.originator_id), event.level, event.fee)

    def deliver(event: Invoice.Issued | CreditNote.Issued) -> None:
        if event.buyer.peppol_id:
            deliveries.queue(SYSTEM, event.organiser_id, event.originator_id, event.buyer.peppol_id)

    return (
        when(Invoice.Credited, refund_by_card),
        when(Invoice.Reminded, issue_fee),
        when(Checkout.Paid, lambda event: holds.confirm(event.originator_id)),
        when(Invoice.Issued, deliver),
        when(CreditNote.Issued, deliver),
    )


def cases(overtaken: Overtaken, waiting: WaitingCases) -> Table:
    """Whatever happens to a seat ends what was asked about it as it was; also a case that came in beside it."""

    def close_about(event: Booking.Event) -> None:
        for case_id in waiting.waiting_about(event.originator_id):
            overtaken.close(case_id)

    def close_offered(event: Person.Erased) -> None:
        for case_id in waiting.offered_to(event.originator_id):
            overtaken.close(case_id)

    def close_plea(event: Cancellation.Requested) -> None:
        if event.plea is not None:
            overtaken.close(event.originator_id)

    changes = (Booking.SeatTransferred, Booking.SeatsCancelled, Booking.ParticipantNamed, Booking.Reinstated)
    return (
        *(when(change, close_about) for change in changes),
        when(Person.Erased, close_offered),
        when(Cancellation.Requested, close_plea),
        when(Transfer.Proposed, lambda event: overtaken.close(event.originator_id)),
    )


def closed_rounds(rounds: Rounds) -> Table:
    """What was answered in a round that is closed by hand is fixed, once all of it has been read."""
    return (when(Round.Closed, lambda event: rounds.fix(event.originator_id)),)


def letters(telling: Telling) -> Table:
    """Whoever an event concerns is written to."""
    return tuple(when(event, telling.tell) for event in EVENTS_TOLD)
