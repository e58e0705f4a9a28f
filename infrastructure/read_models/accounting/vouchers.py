"""Vouchers: the postings of one event, balanced, with the sums of their day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.kernel.documents import LineKind
from domain.kernel.money import Money
from domain.kernel.vat import VatRate
from infrastructure.read_models.accounting.ledger_tables import DAY_SUM, NO_RATE, NOBODY, POSTING
from infrastructure.read_models.kernel.table import Change, Row
from infrastructure.serialization.event_mapper import Entry

GOODS, SERVICES = "goods", "services"
"""What revenue and VAT are of; "" for everything else."""


class Unbalanced(Exception):
    """What an event comes to does not add up to nothing: the ledger's code is wrong."""


def document_voucher(
    event: Invoice.Issued | CreditNote.Issued, entry: Entry, voucher: str, invoice_id: UUID
) -> Iterable[Change]:
    """What an invoice or a credit note comes to: what is owed, its revenue, its VAT and its rounding."""
    about: Row = {"document_id": event.originator_id, "number": event.number, "invoice_id": invoice_id}
    gross = sum(line.gross.amount for line in event.lines) + event.rounding
    rows: list[Row] = [{**about, "account": "receivable", "amount": gross}]
    rows += _lines(event, about)
    rows.append({**about, "account": "rounding", "amount": -event.rounding})
    return balanced(entry, voucher, event.organiser_id, event.issued_on, rows)


def _lines(event: Invoice.Issued | CreditNote.Issued, about: Row) -> Iterator[Row]:
    """Revenue and VAT of lines, those of one booking, season, rate and sort together; interest on its own account."""
    sums: dict[tuple[UUID, UUID | None, VatRate, str], tuple[int, int]] = {}
    interest = sum(line.net.amount for line in event.lines if line.kind is LineKind.INTEREST)
    yield {**about, "account": "interest", "amount": -interest}
    for line in (each for each in event.lines if each.kind is not LineKind.INTEREST):
        supplies = GOODS if line.kind in (LineKind.GOODS, LineKind.POSTAGE) else SERVICES
        key = (line.refers_to or event.source_id, line.season_id or event.season_id, line.rate, supplies)
        net, vat = sums.get(key, (0, 0))
        sums[key] = net + line.net.amount, vat + line.vat.amount
    for (subject, season, rate, supplies), (net, vat) in sums.items():
        named = {"subject_id": subject, "season_id": season}
        taxed = {"basis_points": rate.basis_points, "vat_kind": rate.kind.value, "supplies": supplies}
        yield {**about, **named, **taxed, "account": "revenue", "amount": -net}
        yield {**about, **named, **taxed, "account": "vat", "amount": -vat}


def postings(amount: Money, debit: str, credit: str, document_id: UUID, invoice_id: UUID | None = None) -> list[Row]:
    """The two postings of an amount that goes from one account to another."""
    about = {"document_id": document_id, "invoice_id": invoice_id}
    return [
        {**about, "account": debit, "amount": amount.amount},
        {**about, "account": credit, "amount": -amount.amount},
    ]


def balanced(entry: Entry, voucher: str, organiser_id: UUID, day: date, rows: Sequence[Row]) -> Iterable[Change]:
    """The postings of one event and the sums of their day. Raises Unbalanced."""
    if sum(amount_of(row) for row in rows):
        raise Unbalanced(f"{entry.topic} at position {entry.position}")
    nothing: Row = dict.fromkeys(("number", "subject_id", "season_id", "basis_points", "payment_id"))
    plain: Row = {"vat_kind": "", "supplies": ""}
    head: Row = {"position": entry.position, "organiser_id": organiser_id, "day": day, "voucher": voucher}
    for no, row in enumerate((one for one in rows if one["amount"]), start=1):
        yield POSTING.put(**{**nothing, **plain, **head, **row, "no": no, "recorded_at": entry.recorded_at})
        rate = row.get("basis_points")
        place = (
            row.get("season_id") or NOBODY,
            NO_RATE if rate is None else rate,
            *(row.get(name, "") for name in plain),
        )
        yield DAY_SUM.count((organiser_id, row["account"], day, *place), amount=amount_of(row))


def amount_of(row: Row) -> int:
    """What a posting comes to, in öre."""
    return int(str(row["amount"]))


def whose(owner: Row) -> UUID:
    """Whose the invoice, the payment or the checkout is that a row of OWNER stands for."""
    return UUID(str(owner["organiser_id"]))
