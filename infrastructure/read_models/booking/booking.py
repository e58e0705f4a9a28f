"""Bookings: what was agreed, who sits in which seat now, and what has been given back."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.kernel.documents import Line
from infrastructure.read_models.kernel.projection import Change, Projection, Table, as_bytes, as_json
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
        "position": "bigint",
        "ended_for": "text",
    },
    key=("booking_id",),
    indexes=(
        "(organiser_id, position)",
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
        "(person_id, season_id) where person_id is not null and not is_cancelled",
        "(season_id) where not is_cancelled",
    ),
)
GIVEN_BACK = Table("booking", "given_back", {"source_id": "uuid", "gross": "bigint"}, key=("source_id",))
BOOKINGS = Projection("booking", version=1, tables=(BOOKING, SEAT, GIVEN_BACK))


@BOOKINGS.on(Booking.Made)
def _made(event: Booking.Made, entry: Entry) -> Iterable[Change]:
    net = sum(line.net.amount for line in event.quote.lines)
    vat = sum(line.vat.amount for line in event.quote.lines)
    yield BOOKING.put(
        booking_id=event.originator_id,
        organiser_id=event.organiser_id,
        season_id=event.season_id,
        booked_by=event.booked_by,
        organisation_id=event.payer.organisation_id,
        payer_person_id=event.payer.person_id,
        billing=as_bytes(event.payer.billing),
        reference=event.payer.reference,
        quote=as_json(event.quote),
        terms=None if event.terms is None else as_json(event.terms),
        net=net,
        vat=vat,
        gross=net + vat,
        currency=event.quote.price.amount.currency,
        made_at=event.made_at,
        position=entry.position,
        ended_for="",
    )
    for seat in event.seats:
        yield SEAT.put(
            booking_id=event.originator_id,
            no=seat.no,
            season_id=event.season_id,
            person_id=seat.person_id,
            organisation_id=seat.organisation_id,
            is_cancelled=seat.is_cancelled,
        )


@BOOKINGS.on(Booking.ParticipantNamed)
def _participant_named(event: Booking.ParticipantNamed, _: Entry) -> Iterable[Change]:
    key = (event.originator_id, event.seat)
    yield SEAT.change(key, person_id=event.person_id, organisation_id=event.organisation_id)


@BOOKINGS.on(Booking.SeatTransferred)
def _seat_transferred(event: Booking.SeatTransferred, _: Entry) -> Iterable[Change]:
    key = (event.originator_id, event.seat)
    yield SEAT.change(key, person_id=event.to_person_id, organisation_id=event.organisation_id)


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


@BOOKINGS.on(Booking.Ended)
def _ended(event: Booking.Ended, _: Entry) -> Iterable[Change]:
    yield BOOKING.change((event.originator_id,), ended_for=event.reason)


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
