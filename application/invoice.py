"""Invoices: issued once for a booking, a purchase or a transfer's difference; payments recorded by finance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from application.actor import Actor, Role
from application.issuing import Charge, InvoiceRef, charge, charge_with, invoice_of, issue_collective
from application.ports import Recorded, Work
from application.use_case import UseCases, load_for, organiser_of
from domain.booking import Booking
from domain.documents import Line, Supply
from domain.giving_back import invoiced_anew, reinstatement_of
from domain.ids import (
    BookingId,
    CancellationId,
    InvoiceId,
    OrganisationId,
    OrganiserId,
    PurchaseId,
    TransferId,
    series_of,
)
from domain.invoice import Invoice
from domain.money import Money
from domain.money_day import money_day
from domain.number_series import NumberSeries
from domain.organiser import Organiser
from domain.payer import Payer
from domain.purchase import Purchase, purchase_with
from domain.season import Season
from domain.tab import Tab
from domain.terms import day_in
from domain.transfer import Transfer


@dataclass(frozen=True)
class RecordPayment:
    """Money arrived on a local day: an amount in minor units, and the bank's reference, once each."""

    invoice_id: InvoiceId
    amount: int
    reference: str
    received_on: date


class Invoices(UseCases):
    """Issue (by policy, exactly once) and receive payments."""

    def issue_for_booking(self, actor: Actor, organiser: OrganiserId, booking_id: BookingId) -> Recorded[InvoiceRef]:
        """The invoice of a booking and of goods bought with it; nothing for what is free (S13)."""

        def decide(work: Work) -> InvoiceRef:
            booking = work.load(Booking, booking_id)
            season = work.load(Season, booking.season_id)
            lines = tuple(each.about(booking_id).within(season.id) for each in booking.quote.lines)
            lines = (*(each for each in lines if each.gross.amount), *_beside(work, booking_id))
            return charge(work, organiser, Charge(booking_id, booking.payer, lines, season.supply, season.id))

        return self._issue(actor, organiser, booking_id, decide)

    def issue_for_transfer(self, actor: Actor, organiser: OrganiserId, transfer_id: TransferId) -> Recorded[InvoiceRef]:
        """The invoice of what a transfer cost more (S36)."""

        def decide(work: Work) -> InvoiceRef:
            transfer = work.load(Transfer, transfer_id)
            booking = work.load(Booking, transfer.booking_id)
            season = work.load(Season, transfer.season_id)
            payer = booking.payer
            if transfer.payer_organisation_id not in (None, payer.organisation_id):
                payer = Payer(organisation_id=transfer.payer_organisation_id)
            payer = replace(payer, reference=transfer.reference or payer.reference)
            lines = tuple(each.about(transfer_id).within(season.id) for each in transfer.difference)
            return charge(work, organiser, Charge(transfer_id, payer, lines, season.supply, season.id))

        return self._issue(actor, organiser, transfer_id, decide)

    def issue_for_purchase(self, actor: Actor, organiser: OrganiserId, purchase_id: PurchaseId) -> Recorded[InvoiceRef]:
        """The invoice of a purchase of goods."""

        def decide(work: Work) -> InvoiceRef:
            purchase = work.load(Purchase, purchase_id)
            lines = tuple(each.about(purchase_id) for each in purchase.lines)
            zone = work.load(Organiser, organiser).zone
            on = Supply("", day_in(purchase.made_at, zone).isoformat())
            return charge(work, organiser, Charge(purchase_id, purchase.payer, lines, (on,)))

        return self._issue(actor, organiser, purchase_id, decide)

    def issue_for_reinstatement(
        self, actor: Actor, organiser: OrganiserId, booking_id: BookingId, cancellation_id: CancellationId
    ) -> Recorded[InvoiceRef]:
        """The invoice that takes back what a cancellation made by mistake had credited (S34)."""
        source = reinstatement_of(cancellation_id)

        def decide(work: Work) -> InvoiceRef:
            booking = work.load(Booking, booking_id)
            season = work.load(Season, booking.season_id)
            lines = invoiced_anew(cancellation_id, booking.reinstated[cancellation_id])
            lines = tuple(each.within(season.id) for each in lines)
            return charge(work, organiser, Charge(source, booking.payer, lines, season.supply, season.id))

        return self._issue(actor, organiser, source, decide)

    def issue_collective(
        self, actor: Actor, organiser: OrganiserId, organisation_id: OrganisationId, today: date
    ) -> Recorded[InvoiceRef]:
        """One invoice of all that waits on a tab from before this month; the same day again issues nothing more."""
        tab = Tab.create_id(organiser, organisation_id)

        def decide(work: Work) -> InvoiceRef:
            return issue_collective(work, organiser, organisation_id, today)

        return self._issue(actor, organiser, tab, decide, f"collective/{tab}/{today}")

    def record_payment(self, actor: Actor, command: RecordPayment, key: str | None = None) -> Recorded[InvoiceRef]:
        """A payment by bank. Raises PaymentKnown for the same reference again, BadValue."""
        actor.must_be(organiser_of(actor), Role.FINANCE)

        def decide(work: Work) -> InvoiceRef:
            invoice = load_for(work, Invoice, command.invoice_id)
            today = day_in(work.now, work.load(Organiser, invoice.organiser_id).zone)
            on = money_day("received_on", command.received_on, today)
            invoice.receive(Money(command.amount, invoice.currency), command.reference, on)
            return InvoiceRef(command.invoice_id, invoice.number)

        return self._record(actor, command, InvoiceRef, decide, key)

    def _issue(
        self,
        actor: Actor,
        organiser: OrganiserId,
        source: UUID,
        decide: Callable[[Work], InvoiceRef],
        key: str = "",
    ) -> Recorded[InvoiceRef]:
        actor.must_be_system()
        series = series_of(organiser, "invoice")
        needs = ((Organiser, organiser), (NumberSeries, series), (Invoice, invoice_of(source)))
        return self._record(
            actor,
            ("issue", source),
            InvoiceRef,
            decide,
            key or f"invoice/{source}",
            serial=(series,),
            needs=needs,
        )


def _beside(work: Work, booking_id: BookingId) -> tuple[Line, ...]:
    """The lines of goods that were bought with a booking; they find their invoice as the booking's own do."""
    purchase = work.find(Purchase, purchase_with(booking_id))
    if purchase is None:
        return ()
    charge_with(work, purchase.purchase_id, booking_id)
    return tuple(each.about(purchase.purchase_id) for each in purchase.lines)
