"""Invoices: issued once for a booking, a purchase or a transfer's difference; payments recorded by finance."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from application.actor import Actor, Role
from application.ports import Recorded, Work
from application.use_case import UseCases, load_for, organiser_of
from domain.booking import Booking
from domain.documents import Buyer, Line, Supply, ocr_of, sums
from domain.ids import (
    BookingId,
    InvoiceId,
    OrganiserId,
    PurchaseId,
    TransferId,
    derived,
    series_of,
)
from domain.invoice import Invoice
from domain.money import Money
from domain.number_series import NumberSeries
from domain.organisation import Organisation
from domain.organiser import Organiser
from domain.payer import Payer
from domain.person import Person
from domain.purchase import Purchase
from domain.season import Season
from domain.terms import day_in
from domain.transfer import Transfer


@dataclass(frozen=True)
class RecordPayment:
    """Money arrived on a local day: an amount in minor units, and the bank's reference, once each."""

    invoice_id: InvoiceId
    amount: int
    reference: str
    received_on: date


@dataclass(frozen=True)
class InvoiceRef:
    """Which invoice it was about; no number where nothing was to be invoiced."""

    invoice_id: InvoiceId | None
    number: int | None


def invoice_of(source: UUID) -> InvoiceId:
    """The one invoice of a booking, a purchase or a transfer's difference."""
    return InvoiceId(derived(source, "invoice"))


class Invoices(UseCases):
    """Issue (by policy, exactly once) and receive payments."""

    def issue_for_booking(self, actor: Actor, organiser: OrganiserId, booking_id: BookingId) -> Recorded[InvoiceRef]:
        """The invoice of a booking; nothing for what is free (S13). The same booking again gives the same invoice."""

        def decide(work: Work) -> InvoiceRef:
            booking = work.load(Booking, booking_id)
            season = work.load(Season, booking.season_id)
            lines = tuple(each.about(booking_id) for each in booking.quote.lines)
            return _issue(work, organiser, booking_id, booking.payer, lines, season.supply, season.id)

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
            return _issue(work, organiser, transfer_id, payer, transfer.difference, season.supply, season.id)

        return self._issue(actor, organiser, transfer_id, decide)

    def issue_for_purchase(self, actor: Actor, organiser: OrganiserId, purchase_id: PurchaseId) -> Recorded[InvoiceRef]:
        """The invoice of a purchase of goods."""

        def decide(work: Work) -> InvoiceRef:
            purchase = work.load(Purchase, purchase_id)
            lines = tuple(each.about(purchase_id) for each in purchase.lines)
            zone = work.load(Organiser, organiser).zone
            on = Supply("", day_in(purchase.made_at, zone).isoformat())
            return _issue(work, organiser, purchase_id, purchase.payer, lines, (on,), None)

        return self._issue(actor, organiser, purchase_id, decide)

    def record_payment(self, actor: Actor, command: RecordPayment, key: str | None = None) -> Recorded[InvoiceRef]:
        """A payment by bank. Raises PaymentKnown for the same reference again."""
        actor.must_be(organiser_of(actor), Role.FINANCE)

        def decide(work: Work) -> InvoiceRef:
            invoice = load_for(work, Invoice, command.invoice_id)
            invoice.receive(Money(command.amount, invoice.currency), command.reference, command.received_on)
            return InvoiceRef(command.invoice_id, invoice.number)

        return self._record(actor, command, InvoiceRef, decide, key)

    def _issue(
        self, actor: Actor, organiser: OrganiserId, source: UUID, decide: Callable[[Work], InvoiceRef]
    ) -> Recorded[InvoiceRef]:
        actor.must_be_system()
        series = series_of(organiser, "invoice")
        needs = ((Organiser, organiser), (NumberSeries, series), (Invoice, invoice_of(source)))
        return self._record(
            actor,
            ("issue", source),
            InvoiceRef,
            decide,
            f"invoice/{source}",
            serial=(series,),
            needs=needs,
        )


def next_number(work: Work, organiser: OrganiserId, documents: str, document_id: UUID) -> int:
    """The next number of a series, for this document, recorded in the same decision."""
    series = work.find(NumberSeries, series_of(organiser, documents))
    if series is None:
        series = NumberSeries(organiser_id=organiser, documents=documents, first=1)
        work.add(series)
    return series.draw(document_id)


def buyer_of(work: Work, organiser: OrganiserId, payer: Payer, year: int) -> Buyer:
    """The buyer as it stands on a document of a year: what bookkeeping keeps is sealed under the ledger's key.

    A number that a private person has typed may be their own, so it is sealed as well.
    """
    if payer.organisation_id is not None:
        organisation = work.load(Organisation, payer.organisation_id)
        details = {"name": organisation.name, "address": organisation.address}
        org_number, vat_number = organisation.org_number, organisation.vat_number
    else:
        details, org_number, vat_number = _private(work, payer), "", ""
    sealed = work.seal_for_ledger(organiser, year, "buyer", json.dumps(details, ensure_ascii=False, sort_keys=True))
    return Buyer(payer.organisation_id, payer.person_id, org_number, vat_number, payer.reference, sealed)


def _private(work: Work, payer: Payer) -> dict[str, str]:
    if payer.billing is not None:
        told: dict[str, str] = json.loads(work.reveal(payer.billing) or "{}")
        return {part: told.get(part, "") for part in ("name", "address", "org_number")}
    person = work.load(Person, payer.person_id) if payer.person_id else None
    return {"name": (work.reveal(person.name) or "") if person else "", "address": ""}


def _issue(
    work: Work,
    organiser_id: OrganiserId,
    source: UUID,
    payer: Payer,
    lines: tuple[Line, ...],
    supply: tuple[Supply, ...],
    season_id: UUID | None,
) -> InvoiceRef:
    invoice_id = invoice_of(source)
    known = work.find(Invoice, invoice_id)
    if known is not None:
        return InvoiceRef(invoice_id, known.number)
    if not sums(lines).gross.amount:
        return InvoiceRef(None, None)
    organiser = work.load(Organiser, organiser_id)
    today = day_in(work.now, organiser.zone)
    number = next_number(work, organiser_id, "invoice", invoice_id)
    work.add(
        Invoice(
            id=invoice_id,
            organiser_id=organiser_id,
            number=number,
            source_id=source,
            seller=organiser.seller,
            buyer=buyer_of(work, organiser_id, payer, today.year),
            issued_on=today,
            due_on=today + timedelta(days=organiser.payment_days),
            supply=supply,
            lines=lines,
            currency=lines[0].net.currency,
            ocr=ocr_of(number),
            season_id=season_id,
        )
    )
    return InvoiceRef(invoice_id, number)
