"""Invoices: issued once for a booking, a purchase or a transfer's difference; payments recorded by finance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.billing.charges import (
    charge_of_booking,
    charge_of_purchase,
    charge_of_reinstatement,
    charge_of_transfer,
)
from application.billing.collective_account import issue_collective
from application.billing.invoicing import InvoiceRef, charge, charge_for, charge_with
from application.billing.offsetting import set_off_reinstated, to_spare
from application.billing.refunding import take_off_promised
from application.kernel.actor import Actor
from application.kernel.command import command, finance
from application.kernel.ports import Committed, UnitOfWork
from application.kernel.use_case import UseCases, load_for, today_of
from domain.billing.collective_account import CollectiveAccount
from domain.billing.crediting import reinstatement_of
from domain.billing.invoice import Invoice
from domain.billing.invoice_payment import receive
from domain.billing.number_series import NumberSeries
from domain.booking.purchase import Purchase
from domain.booking.transfer import Transfer
from domain.kernel.ids import (
    BookingId,
    CancellationId,
    InvoiceId,
    OrganisationId,
    OrganiserId,
    PurchaseId,
    TransferId,
    invoice_of,
    purchase_with,
    series_of,
)
from domain.kernel.money import Money
from domain.kernel.money_day import money_day
from domain.people.organiser import Organiser


@dataclass(frozen=True)
class RecordPayment:
    """Money arrived on a local day: an amount in minor units, and the bank's reference, once each."""

    invoice_id: InvoiceId
    amount: int
    reference: str
    received_on: date


class Invoices(UseCases):
    """Issue (by policy, exactly once) and receive payments."""

    def issue_for_booking(self, actor: Actor, organiser: OrganiserId, booking_id: BookingId) -> Committed[InvoiceRef]:
        """The invoice of a booking and of goods bought with it, which find their invoice as the booking does."""

        def decide(work: UnitOfWork) -> InvoiceRef:
            purchase = work.find(Purchase, purchase_with(booking_id))
            if purchase is not None:
                charge_with(work, purchase.purchase_id, booking_id)
            return charge(work, organiser, charge_of_booking(work, booking_id))

        return self._issue(actor, organiser, booking_id, decide)

    def issue_for_transfer(
        self, actor: Actor, organiser: OrganiserId, transfer_id: TransferId
    ) -> Committed[InvoiceRef]:
        """The invoice of what a transfer cost more (S36)."""

        def decide(work: UnitOfWork) -> InvoiceRef:
            charge_for(work, transfer_id, work.load(Transfer, transfer_id).booking_id)
            return _set_off(work, charge(work, organiser, charge_of_transfer(work, transfer_id), to_spare))

        return self._issue(actor, organiser, transfer_id, decide)

    def issue_for_purchase(
        self, actor: Actor, organiser: OrganiserId, purchase_id: PurchaseId
    ) -> Committed[InvoiceRef]:
        """The invoice of a purchase of goods."""
        return self._issue(
            actor, organiser, purchase_id, lambda work: charge(work, organiser, charge_of_purchase(work, purchase_id))
        )

    def issue_for_reinstatement(
        self, actor: Actor, organiser: OrganiserId, booking_id: BookingId, cancellation_id: CancellationId
    ) -> Committed[InvoiceRef]:
        """The invoice that takes back what a cancellation made by mistake had credited (S34)."""

        def decide(work: UnitOfWork) -> InvoiceRef:
            charge_for(work, reinstatement_of(cancellation_id), booking_id)
            issued = charge(work, organiser, charge_of_reinstatement(work, booking_id, cancellation_id), to_spare)
            return _set_off(work, issued)

        return self._issue(actor, organiser, reinstatement_of(cancellation_id), decide)

    def issue_collective(
        self, actor: Actor, organiser: OrganiserId, organisation_id: OrganisationId, today: date
    ) -> Committed[InvoiceRef]:
        """One invoice of all that waits on a tab from before this month; the same day again issues nothing more."""
        tab = CollectiveAccount.create_id(organiser, organisation_id)

        def decide(work: UnitOfWork) -> InvoiceRef:
            account = work.find(CollectiveAccount, tab)
            if account is not None:
                take_off_promised(work, account, today.replace(day=1))
            return _set_off(work, issue_collective(work, organiser, organisation_id, today, to_spare))

        return self._issue(actor, organiser, tab, decide, f"collective/{tab}/{today}")

    @command(by=finance)
    def record_payment(self, work: UnitOfWork, command: RecordPayment) -> InvoiceRef:
        """A payment by bank. Raises PaymentKnown for the same reference again, BadValue."""
        invoice = load_for(work, Invoice, command.invoice_id)
        on = money_day("received_on", command.received_on, today_of(work, invoice.organiser_id))
        receive(invoice, Money(command.amount, invoice.currency), command.reference, on)
        return InvoiceRef(command.invoice_id, invoice.number)

    def _issue(
        self,
        actor: Actor,
        organiser: OrganiserId,
        source: UUID,
        decide: Callable[[UnitOfWork], InvoiceRef],
        key: str = "",
    ) -> Committed[InvoiceRef]:
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


def _set_off(work: UnitOfWork, issued: InvoiceRef) -> InvoiceRef:
    """What was cancelled by mistake may have been paid already."""
    if issued.invoice_id is not None:
        invoice = work.load(Invoice, issued.invoice_id)
        set_off_reinstated(work, invoice, {each.refers_to for each in invoice.lines if each.refers_to is not None})
    return issued
