"""Interest on an invoice that is paid late: looked at, and claimed on a document of its own when finance asks."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.billing.charges import Charge
from application.billing.invoicing import charge_for, issue, payer_of_invoice
from application.kernel.actor import Actor
from application.kernel.command import command, dry_run, finance
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of, today_of
from application.payments.payment_rules import rules_of
from domain.billing.demand import claim_interest, interest_due
from domain.billing.interest import NoInterest, Span, amounts
from domain.billing.invoice import Invoice
from domain.kernel.documents import Line, LineKind, line
from domain.kernel.errors import BadValue, OutcomeChanged
from domain.kernel.ids import InvoiceId, derived, series_of
from domain.kernel.money import Money, total
from domain.kernel.vat import NO_VAT

INTEREST = "Dröjsmålsränta"
"""How the line of interest begins."""


@dataclass(frozen=True)
class ClaimInterest:
    """Interest on an invoice until a local day (included; None: today). `shown`: the sum in öre that was agreed to."""

    invoice_id: InvoiceId
    until: date | None = None
    shown: int | None = None


@dataclass(frozen=True)
class InterestSpan:
    """So many days of one amount (öre) at one rate (basis points a year), and what they come to (öre)."""

    from_on: date
    until_on: date
    days: int
    principal: int
    rate: int
    interest: int


@dataclass(frozen=True)
class InterestDue:
    """What has not been claimed yet, until a day."""

    invoice_id: InvoiceId
    until: date
    spans: tuple[InterestSpan, ...]
    amount: int
    currency: str


@dataclass(frozen=True)
class InterestClaim:
    """The document that claims it, by id and number, and its sum in öre."""

    invoice_id: InvoiceId
    number: int
    amount: int


def _series(actor: Actor, _command: ClaimInterest) -> tuple[UUID, ...]:
    return (series_of(organiser_of(actor), "invoice"),)


class Interests(UseCases):
    """Look and claim. All of it raises NotAllowed unless finance."""

    @dry_run
    def due(self, work: UnitOfWork, invoice_id: InvoiceId, until: date | None = None) -> InterestDue:
        """What interest comes to until a day, also nothing. Raises InvoiceDisputed, ReferenceRateUnknown, BadValue."""
        asked = ClaimInterest(invoice_id, until)
        finance(work.actor, asked)
        invoice, day = _asked(work, asked)
        with suppress(NoInterest):
            return _told(invoice, day, _found(work, invoice, day))
        return InterestDue(invoice_id, day, (), 0, invoice.currency)

    @command(by=finance, serial=_series)
    def claim(self, work: UnitOfWork, command: ClaimInterest) -> InterestClaim:
        """Claim it, without VAT, once for each day. Raises NoInterest, OutcomeChanged, and as `due`."""
        invoice, day = _asked(work, command)
        found = _found(work, invoice, day)
        lines = tuple(_line(invoice, one, amount) for one, amount in zip(found, amounts(found), strict=True))
        amount = total([each.gross for each in lines], invoice.currency).amount
        if command.shown is not None and command.shown != amount:
            raise OutcomeChanged(shown=command.shown, now=amount)
        claim_interest(invoice, day, found)
        source = derived(invoice.id, "interest", day.isoformat())
        charge_for(work, source, invoice.invoice_id)
        issued = issue(work, invoice.organiser_id, Charge(source, payer_of_invoice(invoice), lines, ()))
        return InterestClaim(InvoiceId(issued.invoice_id or source), issued.number or 0, amount)


def _asked(work: UnitOfWork, asked: ClaimInterest) -> tuple[Invoice, date]:
    invoice = load_for(work, Invoice, asked.invoice_id)
    today = today_of(work, invoice.organiser_id)
    if asked.until is not None and asked.until > today:
        raise BadValue(field="until", why="the day has not come yet")
    return invoice, asked.until or today


def _found(work: UnitOfWork, invoice: Invoice, day: date) -> tuple[Span, ...]:
    return interest_due(invoice, day, rules_of(work, invoice.organiser_id).told_rates)


def _told(invoice: Invoice, day: date, found: tuple[Span, ...]) -> InterestDue:
    rows = tuple(
        InterestSpan(one.from_on, one.until_on, one.days, one.principal.amount, one.rate, amount.amount)
        for one, amount in zip(found, amounts(found), strict=True)
    )
    return InterestDue(invoice.invoice_id, day, rows, sum(row.interest for row in rows), invoice.currency)


def _line(invoice: Invoice, span: Span, amount: Money) -> Line:
    whole, part = divmod(span.rate, 100)
    about = f"faktura {invoice.number}, {span.from_on}–{span.until_on}, {whole},{part:02} %"
    return line(LineKind.INTEREST, f"{INTEREST}, {about}", 1, amount, NO_VAT)
