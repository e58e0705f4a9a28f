"""Crediting by hand: finance takes back a whole invoice or parts of its lines, after seeing what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from application.actor import Actor, Role
from application.booking import OutcomeChanged
from application.issuing import charged_with, credit_rounding, invoice_for, next_number
from application.ports import Recorded, Work
from application.reading.invoice import RateSum
from application.use_case import UseCases, load_for, organiser_of
from domain.credit_note import CreditNote
from domain.crediting import Left, left_of, taken_back
from domain.documents import Line, LineKind, sums, sums_per_rate
from domain.ids import CancellationId, CreditNoteId, InvoiceId, OrganiserId, derived, series_of
from domain.invoice import Invoice
from domain.money import WHOLE, Money, rounded
from domain.number_series import NumberSeries
from domain.organiser import Organiser
from domain.terms import day_in
from domain.text import clean_line
from domain.vat import VatRate


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
    """A line of the invoice and what is left to credit of it, in öre."""

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
        return self._decisions.look(actor, lambda work: _left(work, load_for(work, Invoice, invoice_id)))

    def preview(self, actor: Actor, command: CreditInvoice) -> CreditPreview:
        """What it would come to. Raises NothingToCredit, MoreThanIsLeft, NotAllowed unless finance."""
        actor.must_be(organiser_of(actor), Role.FINANCE)
        return self._decisions.look(actor, lambda work: _preview(work, command))

    def credit(self, actor: Actor, command: CreditInvoice, key: str | None = None) -> Recorded[Credited]:
        """Issue the credit note. Raises as `preview`, and OutcomeChanged where it is not what was shown."""
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.FINANCE)
        series = series_of(organiser, "credit-note")
        needs = ((Organiser, organiser), (NumberSeries, series), (Invoice, command.invoice_id))

        def decide(work: Work) -> Credited:
            return _issue(work, organiser, command)

        return self._record(actor, command, Credited, decide, key, serial=(series,), needs=needs)


def at_most_left(
    work: Work, lines: tuple[Line, ...], given: Mapping[CancellationId, tuple[Line, ...]]
) -> tuple[Line, ...]:
    """Of what is to be given back: of each invoice and VAT rate no more than has not been credited by hand.

    `given`: what earlier cancellations give back; their credit notes may be still to come. A line of which nothing is
    left stands there with nothing; of an invoice from which nothing would come back, a fee for cancelling is not asked
    either.
    """
    found: dict[int, Line] = {}
    for source in dict.fromkeys(each.refers_to for each in lines):
        numbered = [(no, each) for no, each in enumerate(lines) if each.refers_to == source]
        invoice = invoice_for(work, source) if source is not None else None
        of_invoice = tuple(each for _, each in numbered)
        coming = _still_to_come(invoice, source, given) if invoice is not None and source is not None else ()
        if invoice is not None and (invoice.credit_notes or coming):
            of_invoice = not_yet_credited(work, invoice, of_invoice, coming)
            if sums(of_invoice, invoice.currency).gross.amount <= 0:
                of_invoice = tuple(each.less(WHOLE) for each in of_invoice)
        found |= dict(zip((no for no, _ in numbered), of_invoice, strict=True))
    back = tuple(found[no] for no in range(len(lines)))
    return back if any(each.gross.amount for each in back) else ()


def _still_to_come(
    invoice: Invoice, source: UUID, given: Mapping[CancellationId, tuple[Line, ...]]
) -> tuple[Line, ...]:
    """The lines of credit notes that policy has yet to issue for something on an invoice."""
    return tuple(
        each.reversed()
        for cancellation_id, lines in given.items()
        if not any(note_of(cancellation_id, why, source) in invoice.credit_notes for why in ("granted", "waived"))
        for each in lines
        if each.refers_to == source
    )


def note_of(source_id: UUID, occasion: str, thing: UUID) -> CreditNoteId:
    """The one credit note that something (`source_id`) gives rise to, on an occasion, for a thing that was invoiced."""
    return CreditNoteId(derived(source_id, occasion, thing))


def not_yet_credited(
    work: Work, invoice: Invoice, lines: tuple[Line, ...], coming: tuple[Line, ...] = ()
) -> tuple[Line, ...]:
    """The same lines: of each thing and VAT rate no more than is left of it, in all no more than of the invoice.

    `coming`: lines of credit notes that are still to be issued, which take their part first.
    """
    parts: dict[tuple[UUID | None, VatRate], Left] = {}
    for line, rest in zip(invoice.lines, _left_of(work, invoice, coming), strict=True):
        known = parts.setdefault((line.refers_to, line.rate), Left(0, 0))
        known.net, known.vat = known.net + rest.net, known.vat + rest.vat
    capped = tuple(_at_most(each, parts.get((_thing(work, parts, each), each.rate))) for each in lines)
    return not_more_than(invoice.creditable, capped)


def _thing(work: Work, parts: Mapping[tuple[UUID | None, VatRate], Left], line: Line) -> UUID | None:
    """What a line is for as the invoice has it: the thing itself, or what it was charged with."""
    if line.refers_to is None or (line.refers_to, line.rate) in parts:
        return line.refers_to
    return charged_with(work, line.refers_to)


def not_more_than(most: int, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The same lines, together no more than this gross (öre): the rest is taken from fees, then from the last."""
    found = list(lines)
    excess = sum(each.gross.amount for each in lines) - max(0, most)
    for no in sorted(range(len(found)), key=lambda no: (found[no].kind is not LineKind.FEE, -no)):
        gross, currency = found[no].gross.amount, found[no].net.currency
        kept = gross - max(0, min(excess, gross))
        if kept < gross:
            net = rounded(found[no].net.amount * kept, gross)
            found[no] = found[no].of(Money(net, currency), Money(kept - net, currency))
            excess -= gross - kept
    return tuple(found)


def _at_most(line: Line, left: Left | None) -> Line:
    if line.kind is LineKind.FEE or left is None or line.net.amount <= 0:
        return line
    net, vat = min(line.net.amount, left.net), min(line.vat.amount, left.vat)
    left.net, left.vat = left.net - net, left.vat - vat
    currency = line.net.currency
    return line.of(Money(net, currency), Money(vat, currency))


def _left(work: Work, invoice: Invoice) -> tuple[LeftOfLine, ...]:
    left = _left_of(work, invoice)
    numbered = enumerate(zip(invoice.lines, left, strict=True), start=1)
    return tuple(LeftOfLine(no, line, rest.net, rest.vat) for no, (line, rest) in numbered)


def _left_of(work: Work, invoice: Invoice, coming: tuple[Line, ...] = ()) -> tuple[Left, ...]:
    notes = [work.load(CreditNote, each) for each in invoice.credit_notes]
    return left_of(invoice.lines, [*(line for note in notes for line in note.lines), *coming])


def _lines(work: Work, invoice: Invoice, command: CreditInvoice) -> tuple[Line, ...]:
    nets = {each.line: each.net for each in command.parts} if command.parts else None
    return taken_back(invoice.lines, _left_of(work, invoice), nets)


def _preview(work: Work, command: CreditInvoice) -> CreditPreview:
    invoice = load_for(work, Invoice, command.invoice_id)
    lines = _lines(work, invoice, command)
    rounding, gross = _total(work, invoice, lines)
    today = day_in(work.now, work.load(Organiser, invoice.organiser_id).zone)
    invoice.credit(CreditNoteId(work.new_id()), gross, today)
    balance = invoice.balance.amount
    return CreditPreview(
        lines, _rates(lines, invoice.currency), rounding, gross.amount, max(balance, 0), max(-balance, 0)
    )


def _rates(lines: tuple[Line, ...], currency: str) -> tuple[RateSum, ...]:
    listed = sums_per_rate(lines, currency)
    return tuple(RateSum(rate.basis_points, rate.kind.value, both.net.amount, both.vat.amount) for rate, both in listed)


def _total(work: Work, invoice: Invoice, lines: tuple[Line, ...]) -> tuple[int, Money]:
    """How the credit is rounded (öre), and what it comes to so."""
    gross = sums(lines, invoice.currency).gross
    rounding = credit_rounding(work, invoice, gross)
    return rounding, gross + Money(rounding, invoice.currency)


def _issue(work: Work, organiser_id: OrganiserId, command: CreditInvoice) -> Credited:
    invoice = load_for(work, Invoice, command.invoice_id)
    organiser = work.load(Organiser, organiser_id)
    lines = _lines(work, invoice, command)
    rounding, gross = _total(work, invoice, lines)
    if command.shown is not None and command.shown != gross.amount:
        raise OutcomeChanged(shown=command.shown, now=gross.amount)
    note_id = CreditNoteId(work.new_id())
    note = CreditNote(
        id=note_id,
        organiser_id=organiser_id,
        number=next_number(work, organiser_id, "credit-note", note_id),
        invoice_id=invoice.invoice_id,
        invoice_number=invoice.number,
        source_id=note_id,
        reason=clean_line("reason", command.reason, 200),
        seller=organiser.seller,
        buyer=invoice.buyer,
        issued_on=day_in(work.now, organiser.zone),
        lines=tuple(each.reversed() for each in lines),
        currency=invoice.currency,
        season_id=invoice.season_id,
        rounding=-rounding,
    )
    invoice.credit(note_id, gross, note.issued_on)
    work.add(note)
    return Credited(note_id, note.number)
