"""Documents: invoices and credit notes as issued, what has been paid and credited, and the sums of each season."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import msgspec

from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.kernel.documents import Line
from infrastructure.read_models.billing.invoice_tables import (
    ACCOUNT,
    DAY_TOTAL,
    DOCUMENT,
    NOBODY,
    SEASON_SUM,
    STANDS_ON,
)
from infrastructure.read_models.kernel.projection import Cell, Change, Projection, Row, as_bytes, as_json
from infrastructure.serialization.event_mapper import Entry, Fact

_TERMS = ("order_number", "country", "peppol_id", "language")

INVOICES = Projection("invoice", version=7, tables=(DOCUMENT, ACCOUNT, SEASON_SUM, DAY_TOTAL, STANDS_ON))


@INVOICES.on(Invoice.Issued)
def _issued(event: Invoice.Issued, entry: Entry) -> Iterable[Change]:
    net, vat = _sums(event.lines)
    yield _document(event, entry, "invoice", net, vat, due_on=event.due_on, ocr=event.ocr, supply=as_json(event.supply))
    yield ACCOUNT.put(
        document_id=event.originator_id,
        organiser_id=event.organiser_id,
        season_id=event.season_id,
        issued_on=event.issued_on,
        due_on=event.due_on,
        net=net,
        vat=vat,
        credited=0,
        paid=0,
        written_off=0,
        payable=net + vat + event.rounding,
        balance=net + vat + event.rounding,
        first_on=None,
        moved_on=event.issued_on,
        moved_at=entry.recorded_at,
        position=entry.position,
        payments=as_json([]),
    )
    yield _day_total(event, "invoice", net, vat)
    for source_id in dict.fromkeys(line.refers_to for line in event.lines):
        if source_id not in (None, event.source_id):
            yield STANDS_ON.put(source_id=source_id, document_id=event.originator_id)
    for season_id, (net, vat) in _per_season(event).items():
        key = (event.organiser_id, season_id)
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
    yield _day_total(event, "credit_note", net, vat)
    for season_id, (net, vat) in _per_season(event).items():
        key = (event.organiser_id, season_id)
        yield SEASON_SUM.count(key, documents=1, net=net, vat=vat, gross=net + vat, credited=-net - vat)


@INVOICES.on(Invoice.Credited)
def _credited(event: Invoice.Credited, entry: Entry) -> Iterable[Change]:
    amount = event.amount.amount
    yield ACCOUNT.add((event.originator_id,), credited=amount, balance=-amount)
    yield _touched(event.originator_id, None, entry)


@INVOICES.on(Invoice.PaymentReceived)
def _payment_received(event: Invoice.PaymentReceived, entry: Entry) -> Iterable[Change]:
    yield from _paid(event, entry, event.amount.amount, event.reference, event.received_on, event.means)


@INVOICES.on(Invoice.PaymentRefunded)
def _payment_refunded(event: Invoice.PaymentRefunded, entry: Entry) -> Iterable[Change]:
    yield from _paid(event, entry, -event.amount.amount, event.reference, event.refunded_on, event.means)


@INVOICES.on(Invoice.PaymentReversed)
def _payment_reversed(event: Invoice.PaymentReversed, entry: Entry) -> Iterable[Change]:
    yield from _paid(event, entry, -event.amount.amount, event.reference, event.on, event.means)


@INVOICES.on(Invoice.RefundCameBack)
def _refund_came_back(event: Invoice.RefundCameBack, entry: Entry) -> Iterable[Change]:
    yield from _paid(event, entry, event.amount.amount, event.reference, event.on, event.means)


@INVOICES.on(Invoice.WrittenOff)
def _written_off(event: Invoice.WrittenOff, entry: Entry) -> Iterable[Change]:
    amount = event.amount.amount
    yield ACCOUNT.add((event.originator_id,), written_off=amount, balance=-amount)
    yield _touched(event.originator_id, event.on, entry)


@INVOICES.on(Invoice.LossUndone)
def _loss_undone(event: Invoice.LossUndone, entry: Entry) -> Iterable[Change]:
    amount = event.amount.amount
    lowered = {"written_off": -amount} if event.of == "write_off" else {"paid": -amount}
    yield ACCOUNT.add((event.originator_id,), balance=amount, **lowered)
    yield _touched(event.originator_id, event.on, entry)


def _paid(event: Fact, entry: Entry, amount: int, reference: str, on: date, means: str) -> Iterable[Change]:
    """Money in, or, below zero, back."""
    payment = {"amount": amount, "reference": reference, "received_on": on, "means": means}

    def receive(row: Row) -> Row:
        return {"payments": as_json([*msgspec.json.decode(str(row["payments"])), payment])}

    yield ACCOUNT.add((event.originator_id,), paid=amount, balance=-amount)
    yield ACCOUNT.fold((event.originator_id,), receive)
    yield _touched(event.originator_id, on, entry)


def _touched(invoice_id: UUID, on: date | None, entry: Entry) -> Change:
    """Something counts from a local day; where the event does not say: it was recorded within a day of it (UTC)."""
    recorded_on = entry.recorded_at.date()
    first, last = on or recorded_on - timedelta(days=1), on or recorded_on + timedelta(days=1)

    def touch(row: Row) -> Row:
        first_on, moved_on = row["first_on"], row["moved_on"]
        return {
            "first_on": min(first, first_on) if isinstance(first_on, date) else first,
            "moved_on": max(last, moved_on) if isinstance(moved_on, date) else last,
            "moved_at": entry.recorded_at,
        }

    return ACCOUNT.fold((invoice_id,), touch)


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
        "rounding": event.rounding,
        "set_off": getattr(event, "set_off", 0),
        "currency": event.currency,
        "ocr": "",
        "refers_to_id": None,
        "refers_to_number": None,
        "reason": "",
        "org_number": event.buyer.org_number,
        "vat_number": event.buyer.vat_number,
        "details": as_bytes(event.buyer.details),
        "terms": as_json({name: getattr(event.buyer, name) for name in _TERMS}),
        "seller": as_json(event.seller),
        "supply": as_json([]),
        "lines": as_json(event.lines),
    }
    return DOCUMENT.put(**{**cells, **own})


def _day_total(event: Invoice.Issued | CreditNote.Issued, kind: str, net: int, vat: int) -> Change:
    key = (event.organiser_id, kind, event.issued_on, event.season_id or NOBODY)
    return DAY_TOTAL.count(key, documents=1, net=net, vat=vat, gross=net + vat, rounding=event.rounding)


def _per_season(event: Invoice.Issued | CreditNote.Issued) -> dict[UUID, tuple[int, int]]:
    """Net and VAT of each season; a collective invoice has lines of several."""
    found: dict[UUID, tuple[int, int]] = {}
    for line in event.lines:
        season_id = line.season_id or event.season_id
        if season_id is not None:
            net, vat = found.get(season_id, (0, 0))
            found[season_id] = (net + line.net.amount, vat + line.vat.amount)
    return found


def _sums(lines: tuple[Line, ...]) -> tuple[int, int]:
    return sum(line.net.amount for line in lines), sum(line.vat.amount for line in lines)
