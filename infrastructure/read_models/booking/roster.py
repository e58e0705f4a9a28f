"""The roster: every change of who sits where, with when it counts from and when it was recorded; and who waits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.seating import Seating
from domain.kernel.ids import CancellationId, OrganisationId, PersonId
from infrastructure.read_models.kernel.projection import Projection, aggregate_id, recorded_at
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry, Fact

BOOKED = Table(
    "roster",
    "booked",
    {"booking_id": "uuid", "season_id": "uuid", "organiser_id": "uuid"},
    key=("booking_id",),
    indexes=("(season_id)",),
)
SITTING = Table(
    "roster",
    "sitting",
    {
        "booking_id": "uuid",
        "seat": "bigint",
        "version": "bigint",
        "person_id": "uuid",
        "organisation_id": "uuid",
        "is_over": "boolean",
        "from_at": "timestamptz",
        "cancellation_id": "uuid",
        "recorded_at": "timestamptz",
    },
    key=("booking_id", "seat", "version"),
)
"""A seat's holder from an instant on, until the next row of the seat; over: nobody from then on. What is recorded later
counts for more: a letter that arrived before it was recorded ends what was thought to go on."""

ARRIVED = Table("roster", "arrived", {"cancellation_id": "uuid", "arrived_at": "timestamptz"}, key=("cancellation_id",))
WAITING = Table(
    "roster",
    "waiting",
    {
        "place_id": "uuid",
        "seating_id": "uuid",
        "person_id": "uuid",
        "seats": "bigint",
        "joined_at": "timestamptz",
        "position": "bigint",
    },
    key=("place_id",),
    indexes=("(seating_id, position)", "(person_id)"),
)
ROSTER = Projection("roster", version=1, tables=(BOOKED, SITTING, ARRIVED, WAITING))


@ROSTER.on(Booking.Made)
def _made(event: Booking.Made, entry: Entry) -> Iterable[Change]:
    yield BOOKED.put(booking_id=event.originator_id, season_id=event.season_id, organiser_id=event.organiser_id)
    for seat in event.seats:
        yield _sits(event, entry, seat.no, event.made_at, (seat.person_id, seat.organisation_id), seat.is_cancelled)


@ROSTER.on(Booking.ParticipantNamed)
def _named(event: Booking.ParticipantNamed, entry: Entry) -> Iterable[Change]:
    yield _sits(event, entry, event.seat, event.named_at, (event.person_id, event.organisation_id))


@ROSTER.on(Booking.SeatTransferred)
def _transferred(event: Booking.SeatTransferred, entry: Entry) -> Iterable[Change]:
    yield _sits(event, entry, event.seat, event.transferred_at, (event.to_person_id, event.organisation_id))


@ROSTER.on(Booking.SeatsCancelled)
def _cancelled(event: Booking.SeatsCancelled, entry: Entry) -> Iterable[Change]:
    for no in event.seats:
        yield _sits(event, entry, no, event.cancelled_at, is_over=True, cancellation_id=event.cancellation_id)


@ROSTER.on(Booking.Reinstated)
def _reinstated(event: Booking.Reinstated, entry: Entry) -> Iterable[Change]:
    for seat in event.seats:
        yield _sits(event, entry, seat.no, event.reinstated_at, (seat.person_id, seat.organisation_id))


def _sits(
    event: Fact,
    entry: Entry,
    seat: int,
    from_at: datetime,
    who: tuple[PersonId | None, OrganisationId | None] = (None, None),
    is_over: bool = False,
    cancellation_id: CancellationId | None = None,
) -> Change:
    """Who holds a seat from an instant, and for which organisation; or that nobody does any longer."""
    return SITTING.put(
        booking_id=event.originator_id,
        seat=seat,
        version=event.originator_version,
        person_id=who[0],
        organisation_id=who[1],
        is_over=is_over,
        from_at=from_at,
        cancellation_id=cancellation_id,
        recorded_at=entry.recorded_at,
    )


ROSTER.puts(Cancellation.Requested, ARRIVED, arrived_at=lambda event, _: event.received_at)
ROSTER.puts(Seating.QueueJoined, WAITING, seating_id=aggregate_id, joined_at=recorded_at)
ROSTER.puts(
    Seating.QueueJoinedFirst,
    WAITING,
    seating_id=aggregate_id,
    joined_at=recorded_at,
    position=lambda _, entry: -entry.position,
)
ROSTER.sets(Seating.PartyLessened, WAITING, seats=lambda event, _: event.seats)
ROSTER.sets(Seating.PlacePassedOn, WAITING, person_id=lambda event, _: event.person_id)
ROSTER.deletes(Seating.QueueLeft, WAITING)


@ROSTER.on(Seating.QueueReordered)
def _reordered(event: Seating.QueueReordered, entry: Entry) -> Iterable[Change]:
    """All of them anew, in front of whoever joins later."""
    first = entry.position - len(event.order)
    for no, place_id in enumerate(event.order, start=1):
        yield WAITING.change((place_id,), position=first + no)
