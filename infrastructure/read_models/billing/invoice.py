"""Documents: invoices and credit notes as issued, what has been paid and credited, and the sums of each season."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

import msgspec

from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.kernel.documents import LateTerms
from domain.kernel.money import Means
from infrastructure.read_models.billing.invoice_tables import (
    ACCOUNT,
    DAY_TOTAL,
    DOCUMENT,
    NOBODY,
    SEASON_SUM,
    STANDS_ON,
)
from infrastructure.read_models.kernel.projection import Projection, recorded_at
from infrastructure.read_models.kernel.table import Change, Row, as_json
from infrastructure.serialization.event_mapper import Entry, Fact

_TERMS = ("order_number", "country", "peppol_id", "language")

INVOICES = Projection("invoice", version=9, tables=(DOCUMENT, ACCOUNT, SEASON_SUM, DAY_TOTAL, STANDS_ON))


_DocumentIssued = Invoice.Issued | CreditNote.Issued


def _net(event: _DocumentIssued, _: Entry) -> int:
    return sum(line.net.amount for line in event.lines)


def _vat(event: _DocumentIssued, _: Entry) -> int:
    return sum(line.vat.amount for line in event.lines)


def _gross(event: _DocumentIssued, _: Entry) -> int:
    return sum(line.gross.amount for line in event.lines)


def _payable(event: Invoice.Issued, entry: Entry) -> int:
    return _gross(event, entry) + event.rounding


_OF_ANY_DOCUMENT: Mapping[str, Callable[[_DocumentIssued, Entry], object]] = {
    "organisation_id": lambda event, _: event.buyer.organisation_id,
    "person_id": lambda event, _: event.buyer.person_id,
    "reference": lambda event, _: event.buyer.reference,
    "net": _net,
    "vat": _vat,
    "gross": _gross,
    "org_number": lambda event, _: event.buyer.org_number,
    "vat_number": lambda event, _: event.buyer.vat_number,
    "details": lambda event, _: event.buyer.details,
    "terms": lambda event, _: {name: getattr(event.buyer, name) for name in _TERMS},
}

INVOICES.puts(
    Invoice.Issued,
    DOCUMENT,
    kind="invoice",
    refers_to_id=None,
    refers_to_number=None,
    reason="",
    **_OF_ANY_DOCUMENT,
)
INVOICES.puts(
    CreditNote.Issued,
    DOCUMENT,
    kind="credit_note",
    due_on=None,
    set_off=0,
    ocr="",
    late=lambda *_: LateTerms(),
    refers_to_id=lambda event, _: event.invoice_id,
    refers_to_number=lambda event, _: event.invoice_number,
    supply=(),
    **_OF_ANY_DOCUMENT,
)
INVOICES.puts(
    Invoice.Issued,
    ACCOUNT,
    net=_net,
    vat=_vat,
    **dict.fromkeys(("credited", "paid", "written_off"), 0),
    payable=_payable,
    balance=_payable,
    first_on=None,
    moved_on=lambda event, _: event.issued_on,
    moved_at=recorded_at,
    payments=(),
)


@INVOICES.on(Invoice.Issued)
def _issued(event: Invoice.Issued, entry: Entry) -> Iterable[Change]:
    yield _day_total(event, entry, "invoice")
    for source_id in dict.fromkeys(line.refers_to for line in event.lines):
        if source_id not in (None, event.source_id):
            yield STANDS_ON.put(source_id=source_id, document_id=event.originator_id)
    for season_id, (net, vat) in _per_season(event).items():
        key = (event.organiser_id, season_id)
        yield SEASON_SUM.count(key, documents=1, net=net, vat=vat, gross=net + vat)


@INVOICES.on(CreditNote.Issued)
def _credit_note_issued(event: CreditNote.Issued, entry: Entry) -> Iterable[Change]:
    yield _day_total(event, entry, "credit_note")
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


@INVOICES.on(Invoice.AllotmentUndone)
def _allotment_undone(event: Invoice.AllotmentUndone, entry: Entry) -> Iterable[Change]:
    yield from _paid(event, entry, -event.amount.amount, event.reference, event.on, Means.BANK)


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


def _day_total(event: _DocumentIssued, entry: Entry, kind: str) -> Change:
    key = (event.organiser_id, kind, event.issued_on, event.season_id or NOBODY)
    sums = {"net": _net(event, entry), "vat": _vat(event, entry), "gross": _gross(event, entry)}
    return DAY_TOTAL.count(key, documents=1, rounding=event.rounding, **sums)


def _per_season(event: _DocumentIssued) -> dict[UUID, tuple[int, int]]:
    """Net and VAT of each season; a collective invoice has lines of several."""
    found: dict[UUID, tuple[int, int]] = {}
    for line in event.lines:
        season_id = line.season_id or event.season_id
        if season_id is not None:
            net, vat = found.get(season_id, (0, 0))
            found[season_id] = (net + line.net.amount, vat + line.vat.amount)
    return found
