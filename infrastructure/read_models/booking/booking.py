"""Bookings: what was agreed, who sits in which seat now, and what has been given back."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.kernel.documents import Line
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry

BOOKING = Table(
    "booking",
    "booking",
    {
        "booking_id": "uuid",
        "organiser_id": "uuid",
        "season_id": "uuid",
        "booked_by": "uuid",
        "organisation_id": "uuid",
        "payer_person_id": "uuid",
        "billing": "bytea",
        "reference": "text",
        "quote": "jsonb",
        "terms": "jsonb",
        "net": "bigint",
        "vat": "bigint",
        "gross": "bigint",
        "currency": "text",
        "made_at": "timestamptz",
        "seats": "bigint",
        "position": "bigint",
        "ended_for": "text",
    },
    key=("booking_id",),
    indexes=(
        "(organiser_id, position)",
        "(organiser_id, made_at) include (seats)",
        "(season_id, position)",
        "(organisation_id, position) where organisation_id is not null",
        "(booked_by) where booked_by is not null",
        "(payer_person_id) where payer_person_id is not null",
    ),
)
SEAT = Table(
    "booking",
    "seat",
    {
        "booking_id": "uuid",
        "no": "bigint",
        "season_id": "uuid",
        "person_id": "uuid",
        "organisation_id": "uuid",
        "is_cancelled": "boolean",
    },
    key=("booking_id", "no"),
    indexes=(
        "(person_id, season_id) where person_id is not null",
        "(season_id) where not is_cancelled",
        "(season_id) where person_id is null and not is_cancelled",
    ),
)
GIVEN_BACK = Table("booking", "given_back", {"source_id": "uuid", "gross": "bigint"}, key=("source_id",))
BOOKINGS = Projection("booking", version=2, tables=(BOOKING, SEAT, GIVEN_BACK))


BOOKINGS.puts(
    Booking.Made,
    BOOKING,
    organisation_id=lambda event, _: event.payer.organisation_id,
    payer_person_id=lambda event, _: event.payer.person_id,
    billing=lambda event, _: event.payer.billing,
    reference=lambda event, _: event.payer.reference,
    net=lambda event, _: sum(line.net.amount for line in event.quote.lines),
    vat=lambda event, _: sum(line.vat.amount for line in event.quote.lines),
    gross=lambda event, _: sum(line.gross.amount for line in event.quote.lines),
    currency=lambda event, _: event.quote.price.amount.currency,
    seats=lambda event, _: len(event.seats),
    ended_for="",
)
BOOKINGS.sets(Booking.Ended, BOOKING, ended_for=lambda event, _: event.reason)
BOOKINGS.sets(Booking.ParticipantNamed, SEAT, no=lambda event, _: event.seat)
BOOKINGS.sets(
    Booking.SeatTransferred, SEAT, no=lambda event, _: event.seat, person_id=lambda event, _: event.to_person_id
)


@BOOKINGS.on(Booking.Made)
def _seated(event: Booking.Made, _: Entry) -> Iterable[Change]:
    for seat in event.seats:
        yield SEAT.put(
            booking_id=event.originator_id,
            no=seat.no,
            season_id=event.season_id,
            person_id=seat.person_id,
            organisation_id=seat.organisation_id,
            is_cancelled=seat.is_cancelled,
        )


@BOOKINGS.on(Booking.SeatsCancelled)
def _seats_cancelled(event: Booking.SeatsCancelled, _: Entry) -> Iterable[Change]:
    for no in event.seats:
        yield SEAT.change((event.originator_id, no), is_cancelled=True)
    if event.cancellation_id is None:
        yield from _given_back(event.credited)


@BOOKINGS.on(Booking.Reinstated)
def _reinstated(event: Booking.Reinstated, _: Entry) -> Iterable[Change]:
    for seat in event.seats:
        yield SEAT.change((event.originator_id, seat.no), is_cancelled=False)
    yield BOOKING.change((event.originator_id,), ended_for="")
    yield from _given_back(tuple(each.reversed() for each in event.credited) + event.returned)


@BOOKINGS.on(Cancellation.Granted)
def _granted(event: Cancellation.Granted, _: Entry) -> Iterable[Change]:
    yield from _given_back(event.credit)


@BOOKINGS.on(Cancellation.Waived)
def _waived(event: Cancellation.Waived, _: Entry) -> Iterable[Change]:
    yield from _given_back(event.credit)


def _given_back(lines: tuple[Line, ...]) -> Iterable[Change]:
    """Each line names what it takes back: the booking, or the transfer that cost more."""
    amounts: dict[UUID, int] = {}
    for line in lines:
        if line.refers_to is not None:
            amounts[line.refers_to] = amounts.get(line.refers_to, 0) + line.gross.amount
    for source_id, gross in amounts.items():
        yield GIVEN_BACK.count((source_id,), gross=gross)
