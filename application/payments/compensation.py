"""Compensation for late payment: claimed when finance asks, or with a reminder where the organiser has chosen so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.billing.charges import Charge
from application.billing.invoicing import InvoiceRef, charge_for, issue, payer_of_invoice
from application.kernel.actor import Actor
from application.kernel.command import command, dry_run, finance
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of, today_of
from domain.billing.compensation import NotDue, claim_compensation, compensation_due, why_not_due
from domain.billing.invoice import Invoice
from domain.kernel.documents import LineKind, line
from domain.kernel.eligibility import Sector
from domain.kernel.errors import OutcomeChanged
from domain.kernel.ids import InvoiceId, derived, series_of
from domain.kernel.vat import NO_VAT
from domain.payments.payment_rules import PaymentRules
from domain.people.organisation import Organisation

COMPENSATION = "Förseningsersättning"
"""How its line begins."""


@dataclass(frozen=True)
class ClaimCompensation:
    """Of an invoice that was not paid in time. `shown`: the sum in öre that was agreed to."""

    invoice_id: InvoiceId
    shown: int | None = None


@dataclass(frozen=True)
class CompensationDue:
    """What may be claimed (öre), or `why` nothing may: consumer, abroad, of_fees, not_late, claimed."""

    invoice_id: InvoiceId
    amount: int
    currency: str
    why: NotDue | None = None


@dataclass(frozen=True)
class CompensationClaim:
    """The document that claims it, by id and number, and its sum in öre."""

    invoice_id: InvoiceId
    number: int
    amount: int


def _series(actor: Actor, _command: ClaimCompensation) -> tuple[UUID, ...]:
    return (series_of(organiser_of(actor), "invoice"),)


class Compensations(UseCases):
    """Look and claim. All of it raises NotAllowed unless finance."""

    @dry_run
    def due(self, work: UnitOfWork, invoice_id: InvoiceId) -> CompensationDue:
        """What may be claimed today, also nothing. Raises InvoiceDisputed."""
        finance(work.actor, None)
        invoice = load_for(work, Invoice, invoice_id)
        today = today_of(work, invoice.organiser_id)
        why = why_not_due(invoice, today)
        amount = 0 if why else compensation_due(invoice, today).amount
        return CompensationDue(invoice_id, amount, invoice.currency, why)

    @command(by=finance, serial=_series)
    def claim(self, work: UnitOfWork, command: ClaimCompensation) -> CompensationClaim:
        """Claim it, without VAT, once for each invoice. Raises NoCompensation, InvoiceDisputed, OutcomeChanged."""
        invoice = load_for(work, Invoice, command.invoice_id)
        today = today_of(work, invoice.organiser_id)
        amount = compensation_due(invoice, today).amount
        if command.shown is not None and command.shown != amount:
            raise OutcomeChanged(shown=command.shown, now=amount)
        issued = claimed(work, invoice, today)
        return CompensationClaim(InvoiceId(issued.invoice_id or invoice.id), issued.number or 0, amount)


def claimed(work: UnitOfWork, invoice: Invoice, today: date) -> InvoiceRef:
    """It is claimed on a document of its own, outside the scope of VAT, to whoever pays the invoice."""
    amount, source = claim_compensation(invoice, today), derived(invoice.id, "compensation")
    charge_for(work, source, invoice.invoice_id)
    lines = (line(LineKind.FEE, f"{COMPENSATION}, faktura {invoice.number}", 1, amount, NO_VAT),)
    return issue(work, invoice.organiser_id, Charge(source, payer_of_invoice(invoice), lines, ()))


def is_claimed_with_reminder(work: UnitOfWork, invoice: Invoice, rules: PaymentRules, today: date) -> bool:
    """Whether a reminder claims it: where the organiser has chosen so, of businesses and public bodies.

    An association may be neither, so that of one it is claimed by finance alone, who knows.
    """
    if not rules.claims_compensation or invoice.buyer.organisation_id is None:
        return False
    organisation = work.find(Organisation, invoice.buyer.organisation_id)
    if organisation is None or organisation.sector is Sector.NON_PROFIT:
        return False
    return why_not_due(invoice, today) is None
