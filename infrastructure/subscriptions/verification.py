"""What the log says must add up, told a second time: seats, numbers and invoices, apart from the read models' code."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.billing.number_series import NumberSeries
from domain.booking.booking import Booking
from domain.booking.seating import Seating
from domain.kernel.ids import series_of
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Change, Row, Table
from infrastructure.serialization.event_mapper import Entry

SEATING = Table(
    "verification",
    "seating",
    {"seating_id": "uuid", "capacity": "bigint", "taken": "bigint", "most_over": "bigint"},
    key=("seating_id",),
)
"""`most_over`: how many seats were taken beyond the capacity at the worst moment (below zero: some were left)."""

SEATED = Table(
    "verification",
    "seated",
    {"booking_id": "uuid", "by_seating": "bigint", "by_booking": "bigint"},
    key=("booking_id",),
)
MADE = Table(
    "verification", "made", {"booking_id": "uuid", "command_id": "uuid", "season_id": "uuid"}, key=("booking_id",)
)
SERIES = Table("verification", "series", {"series_id": "uuid", "first": "bigint"}, key=("series_id",))
DRAWN = Table(
    "verification",
    "drawn",
    {"series_id": "uuid", "number": "bigint", "document_id": "uuid", "times": "bigint"},
    key=("series_id", "number", "document_id"),
)
NUMBERED = Table(
    "verification", "numbered", {"document_id": "uuid", "series_id": "uuid", "number": "bigint"}, key=("document_id",)
)
INVOICE = Table(
    "verification",
    "invoice",
    {
        "document_id": "uuid",
        "invoiced": "bigint",
        "credited": "bigint",
        "noted": "bigint",
        "paid": "bigint",
        "lost": "bigint",
    },
    key=("document_id",),
)
TAXED = Table(
    "verification",
    "taxed",
    {"organiser_id": "uuid", "basis_points": "bigint", "vat_kind": "text", "net": "bigint", "vat": "bigint"},
    key=("organiser_id", "basis_points", "vat_kind"),
)
"""What the lines of all documents come to by rate."""

VERIFICATION = Projection(
    "verification", version=1, tables=(SEATING, SEATED, MADE, SERIES, DRAWN, NUMBERED, INVOICE, TAXED)
)


@VERIFICATION.on(Seating.Opened)
def _opened(event: Seating.Opened, _: Entry) -> Iterable[Change]:
    seats = event.seats
    yield SEATING.put(seating_id=event.originator_id, capacity=seats, taken=0, most_over=-seats)


@VERIFICATION.on(Seating.SeatsAdded)
def _added(event: Seating.SeatsAdded, _: Entry) -> Iterable[Change]:
    yield _seats(event.originator_id, more_capacity=event.seats)


@VERIFICATION.on(Seating.SeatsTaken)
def _taken(event: Seating.SeatsTaken, _: Entry) -> Iterable[Change]:
    yield _seats(event.originator_id, more_taken=event.seats)
    yield SEATED.count((event.booking_id,), by_seating=event.seats)


@VERIFICATION.on(Seating.SeatsReleased)
def _released(event: Seating.SeatsReleased, _: Entry) -> Iterable[Change]:
    yield _seats(event.originator_id, more_taken=-event.seats)
    yield SEATED.count((event.booking_id,), by_seating=-event.seats)


@VERIFICATION.on(Booking.Made)
def _made(event: Booking.Made, entry: Entry) -> Iterable[Change]:
    yield MADE.put(booking_id=event.originator_id, command_id=entry.command_id, season_id=event.season_id)
    yield SEATED.count((event.originator_id,), by_booking=sum(not seat.is_cancelled for seat in event.seats))


@VERIFICATION.on(Booking.SeatsCancelled)
def _cancelled(event: Booking.SeatsCancelled, _: Entry) -> Iterable[Change]:
    yield SEATED.count((event.originator_id,), by_booking=-len(event.seats))


@VERIFICATION.on(Booking.Reinstated)
def _reinstated(event: Booking.Reinstated, _: Entry) -> Iterable[Change]:
    yield SEATED.count((event.originator_id,), by_booking=len(event.seats))


@VERIFICATION.on(NumberSeries.Begun)
def _begun(event: NumberSeries.Begun, _: Entry) -> Iterable[Change]:
    yield SERIES.put(series_id=event.originator_id, first=event.first)


@VERIFICATION.on(NumberSeries.Drawn)
def _drawn(event: NumberSeries.Drawn, _: Entry) -> Iterable[Change]:
    yield DRAWN.count((event.originator_id, event.number, event.document_id), times=1)


@VERIFICATION.on(Invoice.Issued)
def _issued(event: Invoice.Issued, _: Entry) -> Iterable[Change]:
    gross = sum(line.net.amount + line.vat.amount for line in event.lines) + event.rounding
    series_id = series_of(event.organiser_id, "invoice")
    yield NUMBERED.put(document_id=event.originator_id, series_id=series_id, number=event.number)
    yield INVOICE.count((event.originator_id,), invoiced=gross)
    yield from _taxed(event)


@VERIFICATION.on(CreditNote.Issued)
def _credit_note_issued(event: CreditNote.Issued, _: Entry) -> Iterable[Change]:
    gross = sum(line.net.amount + line.vat.amount for line in event.lines) + event.rounding
    series_id = series_of(event.organiser_id, "credit-note")
    yield NUMBERED.put(document_id=event.originator_id, series_id=series_id, number=event.number)
    yield INVOICE.count((event.invoice_id,), noted=-gross)
    yield from _taxed(event)


@VERIFICATION.on(Invoice.Credited)
def _credited(event: Invoice.Credited, _: Entry) -> Iterable[Change]:
    yield INVOICE.count((event.originator_id,), credited=event.amount.amount)


@VERIFICATION.on(Invoice.PaymentReceived)
def _paid(event: Invoice.PaymentReceived, _: Entry) -> Iterable[Change]:
    yield INVOICE.count((event.originator_id,), paid=event.amount.amount)


@VERIFICATION.on(Invoice.PaymentRefunded)
def _paid_back(event: Invoice.PaymentRefunded, _: Entry) -> Iterable[Change]:
    yield INVOICE.count((event.originator_id,), paid=-event.amount.amount)


@VERIFICATION.on(Invoice.PaymentReversed)
def _reversed(event: Invoice.PaymentReversed, _: Entry) -> Iterable[Change]:
    yield INVOICE.count((event.originator_id,), paid=-event.amount.amount)


@VERIFICATION.on(Invoice.AllotmentUndone)
def _undone(event: Invoice.AllotmentUndone, _: Entry) -> Iterable[Change]:
    yield INVOICE.count((event.originator_id,), paid=-event.amount.amount)


@VERIFICATION.on(Invoice.RefundCameBack)
def _came_back(event: Invoice.RefundCameBack, _: Entry) -> Iterable[Change]:
    yield INVOICE.count((event.originator_id,), paid=event.amount.amount)


@VERIFICATION.on(Invoice.WrittenOff)
def _written_off(event: Invoice.WrittenOff, _: Entry) -> Iterable[Change]:
    yield INVOICE.count((event.originator_id,), lost=event.amount.amount)


@VERIFICATION.on(Invoice.LossUndone)
def _loss_undone(event: Invoice.LossUndone, _: Entry) -> Iterable[Change]:
    if event.of == "write_off":
        yield INVOICE.count((event.originator_id,), lost=-event.amount.amount)
    else:
        yield INVOICE.count((event.originator_id,), paid=-event.amount.amount)


def _taxed(event: Invoice.Issued | CreditNote.Issued) -> Iterable[Change]:
    for line in event.lines:
        key = (event.organiser_id, line.rate.basis_points, line.rate.kind.value)
        yield TAXED.count(key, net=line.net.amount, vat=line.vat.amount)


def _seats(seating_id: UUID, *, more_capacity: int = 0, more_taken: int = 0) -> Change:
    def fold(row: Row) -> Row:
        capacity, taken = _int(row, "capacity") + more_capacity, _int(row, "taken") + more_taken
        return {"capacity": capacity, "taken": taken, "most_over": max(_int(row, "most_over"), taken - capacity)}

    return SEATING.fold((seating_id,), fold)


def _int(row: Row, column: str) -> int:
    return int(str(row[column]))
