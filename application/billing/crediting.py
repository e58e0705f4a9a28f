"""Crediting by hand: finance takes back a whole invoice or parts of its lines, after seeing what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from application.billing.invoicing import issue_note
from application.billing.queries.invoice import RateSum
from application.billing.refunding import left_of_invoice
from application.kernel.actor import Actor, Role
from application.kernel.ports import Committed, UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of
from domain.billing.crediting import Back
from domain.billing.invoice import Invoice
from domain.billing.number_series import NumberSeries
from domain.kernel.documents import Line, sums_per_rate
from domain.kernel.errors import OutcomeChanged
from domain.kernel.ids import CreditNoteId, InvoiceId, series_of
from domain.kernel.money import Money
from domain.kernel.terms import day_in
from domain.kernel.text import clean_line
from domain.people.organiser import Organiser


@dataclass(frozen=True)
class PartOfLine:
    """A line of an invoice (`line`, from 1) and what to take back of it, in öre excl. VAT."""

    line: int
    net: int


@dataclass(frozen=True)
class CreditInvoice:
    """Take back parts of lines, or all that is left (no parts). `shown`: the sum incl. VAT that was agreed to.

    The reason stands on the credit note.
    """

    invoice_id: InvoiceId
    reason: str
    parts: tuple[PartOfLine, ...] = ()
    shown: int | None = None


@dataclass(frozen=True)
class Credited:
    """The credit note, by id and number."""

    credit_note_id: CreditNoteId
    number: int


@dataclass(frozen=True)
class LeftOfLine:
    """A line of the invoice, or a fee that a credit note has charged, and what is left to credit of it, in öre."""

    no: int
    line: Line
    net: int
    vat: int


@dataclass(frozen=True)
class CreditPreview:
    """What crediting would come to: lines as they were invoiced, and afterwards what is owed or to be paid back.

    `gross` is the sum of the lines with the part of the invoice's rounding (öre) that goes back with the last of it.
    """

    lines: tuple[Line, ...]
    rates: tuple[RateSum, ...]
    rounding: int
    gross: int
    balance: int
    refund: int


class Crediting(UseCases):
    """Preview and issue; the preview is the outcome, or it stops and says so."""

    def left(self, actor: Actor, invoice_id: InvoiceId) -> tuple[LeftOfLine, ...]:
        """What is left to credit of each line. Raises NotFound, NotAllowed unless finance."""
        actor.must_be(organiser_of(actor), Role.FINANCE)
        return self._decisions.dry_run(actor, lambda work: _left(work, load_for(work, Invoice, invoice_id)))

    def preview(self, actor: Actor, command: CreditInvoice) -> CreditPreview:
        """What it would come to. Raises NothingToCredit, MoreThanIsLeft, NotAllowed unless finance."""
        actor.must_be(organiser_of(actor), Role.FINANCE)
        return self._decisions.dry_run(actor, lambda work: _preview(work, command))

    def credit(self, actor: Actor, command: CreditInvoice, key: str | None = None) -> Committed[Credited]:
        """Issue the credit note. Raises as `preview`, and OutcomeChanged where it is not what was shown."""
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.FINANCE)
        series = series_of(organiser, "credit-note")
        needs = ((Organiser, organiser), (NumberSeries, series), (Invoice, command.invoice_id))

        def decide(work: UnitOfWork) -> Credited:
            return _issue(work, command)

        return self._record(actor, command, Credited, decide, key, serial=(series,), needs=needs)


def _left(work: UnitOfWork, invoice: Invoice) -> tuple[LeftOfLine, ...]:
    left = left_of_invoice(work, invoice)
    numbered = enumerate(zip(left.lines, left.left, strict=True), start=1)
    return tuple(LeftOfLine(no, line, rest.net, rest.vat) for no, (line, rest) in numbered)


def _back(work: UnitOfWork, invoice: Invoice, command: CreditInvoice) -> Back:
    nets = {each.line: each.net for each in command.parts} if command.parts else None
    return left_of_invoice(work, invoice).by_hand(nets)


def _preview(work: UnitOfWork, command: CreditInvoice) -> CreditPreview:
    invoice = load_for(work, Invoice, command.invoice_id)
    back = _back(work, invoice, command)
    today = day_in(work.now, work.load(Organiser, invoice.organiser_id).zone)
    invoice.credit(CreditNoteId(work.new_id()), Money(back.gross, invoice.currency), today)
    balance = invoice.balance.amount
    rates = _rates(back.lines, invoice.currency)
    return CreditPreview(back.lines, rates, back.rounding, back.gross, max(balance, 0), max(-balance, 0))


def _rates(lines: tuple[Line, ...], currency: str) -> tuple[RateSum, ...]:
    listed = sums_per_rate(lines, currency)
    return tuple(RateSum(rate.basis_points, rate.kind.value, both.net.amount, both.vat.amount) for rate, both in listed)


def _issue(work: UnitOfWork, command: CreditInvoice) -> Credited:
    invoice = load_for(work, Invoice, command.invoice_id)
    back = _back(work, invoice, command)
    if command.shown is not None and command.shown != back.gross:
        raise OutcomeChanged(shown=command.shown, now=back.gross)
    note_id = CreditNoteId(work.new_id())
    note = issue_note(work, invoice, note_id, note_id, clean_line("reason", command.reason, 200), back)
    return Credited(note_id, note.number)
