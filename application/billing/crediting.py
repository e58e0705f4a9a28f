"""Crediting by hand: finance takes back a whole invoice or parts of its lines, after seeing what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.billing.invoicing import issue_note
from application.billing.queries.invoice import RateSum
from application.billing.refunding import left_of_invoice
from application.kernel.actor import Actor
from application.kernel.command import command, dry_run, finance
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import Needs, UseCases, load_for, organiser_of, today_of
from domain.billing.crediting import Back
from domain.billing.invoice import Invoice
from domain.billing.number_series import NumberSeries
from domain.kernel.documents import Line, sums_per_rate
from domain.kernel.errors import OutcomeChanged
from domain.kernel.ids import CreditNoteId, InvoiceId, series_of
from domain.kernel.money import Money
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


def _series(actor: Actor, _command: CreditInvoice) -> tuple[UUID, ...]:
    return (series_of(organiser_of(actor), "credit-note"),)


def _documents(actor: Actor, command: CreditInvoice) -> Needs:
    organiser = organiser_of(actor)
    return (
        (Organiser, organiser),
        (NumberSeries, series_of(organiser, "credit-note")),
        (Invoice, command.invoice_id),
    )


class Crediting(UseCases):
    """Preview and issue; the preview is the outcome, or it stops and says so."""

    @dry_run
    def left(self, work: UnitOfWork, invoice_id: InvoiceId) -> tuple[LeftOfLine, ...]:
        """What is left to credit of each line. Raises NotFound, NotAllowed unless finance."""
        finance(work.actor, invoice_id)
        left = left_of_invoice(work, load_for(work, Invoice, invoice_id))
        numbered = enumerate(zip(left.lines, left.left, strict=True), start=1)
        return tuple(LeftOfLine(no, line, rest.net, rest.vat) for no, (line, rest) in numbered)

    @dry_run
    def preview(self, work: UnitOfWork, command: CreditInvoice) -> CreditPreview:
        """What it would come to. Raises NothingToCredit, MoreThanIsLeft, NotAllowed unless finance."""
        finance(work.actor, command)
        invoice = load_for(work, Invoice, command.invoice_id)
        back = _back(work, invoice, command)
        today = today_of(work, invoice.organiser_id)
        invoice.credit(CreditNoteId(work.new_id()), Money(back.gross, invoice.currency), today)
        balance = invoice.balance.amount
        rates = _rates(back.lines, invoice.currency)
        return CreditPreview(back.lines, rates, back.rounding, back.gross, max(balance, 0), max(-balance, 0))

    @command(by=finance, serial=_series, needs=_documents)
    def credit(self, work: UnitOfWork, command: CreditInvoice) -> Credited:
        """Issue the credit note. Raises as `preview`, and OutcomeChanged where it is not what was shown."""
        invoice = load_for(work, Invoice, command.invoice_id)
        back = _back(work, invoice, command)
        if command.shown is not None and command.shown != back.gross:
            raise OutcomeChanged(shown=command.shown, now=back.gross)
        note_id = CreditNoteId(work.new_id())
        note = issue_note(work, invoice, note_id, note_id, clean_line("reason", command.reason, 200), back)
        return Credited(note_id, note.number)


def _back(work: UnitOfWork, invoice: Invoice, command: CreditInvoice) -> Back:
    nets = {each.line: each.net for each in command.parts} if command.parts else None
    return left_of_invoice(work, invoice).by_hand(nets)


def _rates(lines: tuple[Line, ...], currency: str) -> tuple[RateSum, ...]:
    listed = sums_per_rate(lines, currency)
    return tuple(RateSum(rate.basis_points, rate.kind.value, both.net.amount, both.vat.amount) for rate, both in listed)
