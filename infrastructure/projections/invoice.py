"""Documents: invoices and credit notes as issued, what has been paid and credited, and the sums of each season."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.credit_note import CreditNote
from domain.documents import Line
from domain.invoice import Invoice
from infrastructure.events.log import Entry
from infrastructure.following.projection import Cell, Change, Projection, Row, Table, as_bytes, as_json

DOCUMENT = Table(
    "invoice",
    "document",
    {
        "document_id": "uuid",
        "kind": "text",
        "organiser_id": "uuid",
        "number": "bigint",
        "source_id": "uuid",
        "season_id": "uuid",
        "organisation_id": "uuid",
        "person_id": "uuid",
        "reference": "text",
        "issued_on": "date",
        "due_on": "date",
        "position": "bigint",
        "net": "bigint",
        "vat": "bigint",
        "gross": "bigint",
        "currency": "text",
        "ocr": "text",
        "refers_to_id": "uuid",
        "refers_to_number": "bigint",
        "reason": "text",
        "org_number": "text",
        "vat_number": "text",
        "details": "bytea",
        "seller": "jsonb",
        "supply": "jsonb",
        "lines": "jsonb",
    },
    key=("document_id",),
    indexes=(
        "(organiser_id, issued_on, position)",
        "(organiser_id, number)",
        "(season_id, issued_on, position) where season_id is not null",
        "(organisation_id, issued_on, position) where organisation_id is not null",
        "(person_id) where person_id is not null",
        "(refers_to_id) where refers_to_id is not null",
    ),
)
ACCOUNT = Table(
    "invoice",
    "account",
    {
        "document_id": "uuid",
        "organiser_id": "uuid",
        "season_id": "uuid",
        "credited": "bigint",
        "paid": "bigint",
        "balance": "bigint",
        "payments": "jsonb",
    },
    key=("document_id",),
    indexes=(
        "(organiser_id, document_id) include (balance) where balance > 0",
        "(organiser_id, season_id) include (paid) where paid <> 0",
    ),
)
"""What happens to an invoice after it has been issued: small rows, so that a payment rewrites no lines."""

SEASON_SUM = Table(
    "invoice",
    "season_sum",
    {
        "organiser_id": "uuid",
        "season_id": "uuid",
        "documents": "bigint",
        "net": "bigint",
        "vat": "bigint",
        "gross": "bigint",
        "credited": "bigint",
    },
    key=("organiser_id", "season_id"),
)
INVOICES = Projection("invoice", version=1, tables=(DOCUMENT, ACCOUNT, SEASON_SUM))


@INVOICES.on(Invoice.Issued)
def _issued(event: Invoice.Issued, entry: Entry) -> Iterable[Change]:
    net, vat = _sums(event.lines)
    yield _document(event, entry, "invoice", net, vat, due_on=event.due_on, ocr=event.ocr, supply=as_json(event.supply))
    yield ACCOUNT.put(
        document_id=event.originator_id,
        organiser_id=event.organiser_id,
        season_id=event.season_id,
        credited=0,
        paid=0,
        balance=net + vat,
        payments=as_json([]),
    )
    if event.season_id is not None:
        key = (event.organiser_id, event.season_id)
        yield SEASON_SUM.count(key, documents=1, net=net, vat=vat, gross=net + vat)


@INVOICES.on(CreditNote.Issued)
def _credit_note_issued(event: CreditNote.Issued, entry: Entry) -> Iterable[Change]:
    net, vat = _sums(event.lines)
    yield _document(
        event,
        entry,
        "credit_note",
        net,
        vat,
        refers_to_id=event.invoice_id,
        refers_to_number=event.invoice_number,
        reason=event.reason,
    )
    if event.season_id is not None:
        key = (event.organiser_id, event.season_id)
        yield SEASON_SUM.count(key, documents=1, net=net, vat=vat, gross=net + vat, credited=-net - vat)


@INVOICES.on(Invoice.Credited)
def _credited(event: Invoice.Credited, _: Entry) -> Iterable[Change]:
    amount = event.amount.amount
    yield ACCOUNT.add((event.originator_id,), credited=amount, balance=-amount)


@INVOICES.on(Invoice.PaymentReceived)
def _payment_received(event: Invoice.PaymentReceived, _: Entry) -> Iterable[Change]:
    amount = event.amount.amount
    payment = {"amount": amount, "reference": event.reference, "received_on": event.received_on}

    def receive(row: Row) -> Row:
        return {"payments": as_json([*msgspec.json.decode(str(row["payments"])), payment])}

    yield ACCOUNT.add((event.originator_id,), paid=amount, balance=-amount)
    yield ACCOUNT.fold((event.originator_id,), receive)


def _document(
    event: Invoice.Issued | CreditNote.Issued, entry: Entry, kind: str, net: int, vat: int, **own: Cell
) -> Change:
    cells: dict[str, Cell] = {
        "document_id": event.originator_id,
        "kind": kind,
        "organiser_id": event.organiser_id,
        "number": event.number,
        "source_id": event.source_id,
        "season_id": event.season_id,
        "organisation_id": event.buyer.organisation_id,
        "person_id": event.buyer.person_id,
        "reference": event.buyer.reference,
        "issued_on": event.issued_on,
        "due_on": None,
        "position": entry.position,
        "net": net,
        "vat": vat,
        "gross": net + vat,
        "currency": event.currency,
        "ocr": "",
        "refers_to_id": None,
        "refers_to_number": None,
        "reason": "",
        "org_number": event.buyer.org_number,
        "vat_number": event.buyer.vat_number,
        "details": as_bytes(event.buyer.details),
        "seller": as_json(event.seller),
        "supply": as_json([]),
        "lines": as_json(event.lines),
    }
    return DOCUMENT.put(**{**cells, **own})


def _sums(lines: tuple[Line, ...]) -> tuple[int, int]:
    return sum(line.net.amount for line in lines), sum(line.vat.amount for line in lines)
