"""Attendance: every mark that was made at a door, by whom and when; and which tickets there are or have been."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from domain.attendance.attendance import Attendance
from domain.attendance.door import Door
from domain.attendance.reading import Reading
from domain.booking.booking import Booking
from domain.kernel.ids import BookingId, PersonId, ticket_of
from infrastructure.read_models.kernel.projection import Projection, aggregate_id
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry

TICKET = Table(
    "attendance",
    "ticket",
    {"ticket_id": "uuid", "booking_id": "uuid", "seat": "bigint", "person_id": "uuid"},
    key=("ticket_id",),
    indexes=("(booking_id)", "(person_id)"),
)
ATTENDANCE = Table(
    "attendance",
    "attendance",
    {
        "attendance_id": "uuid",
        "organiser_id": "uuid",
        "season_id": "uuid",
        "meeting_id": "uuid",
        "person_id": "uuid",
        "organisation_id": "uuid",
        "booking_id": "uuid",
        "seat": "bigint",
        "despite": "text",
    },
    key=("attendance_id",),
    indexes=("(season_id)", "(person_id)", "(organisation_id)"),
)
MARK = Table(
    "attendance",
    "mark",
    {
        "attendance_id": "uuid",
        "version": "bigint",
        "is_in": "boolean",
        "scan_id": "uuid",
        "device": "uuid",
        "how": "text",
        "at": "timestamptz",
        "device_at": "timestamptz",
        "drift": "bigint",
        "arrived_at": "timestamptz",
        "actor": "text",
    },
    key=("attendance_id", "version"),
)
TURNED_AWAY = Table(
    "attendance",
    "turned_away",
    {
        "door_id": "uuid",
        "version": "bigint",
        "meeting_id": "uuid",
        "why": "text",
        "person_id": "uuid",
        "at": "timestamptz",
    },
    key=("door_id", "version"),
    indexes=("(meeting_id)",),
)
DOOR = Table(
    "attendance",
    "door",
    {"door_id": "uuid", "season_id": "uuid", "walk_ins": "text", "handing_over": "text"},
    key=("door_id",),
)
ATTENDANCES = Projection("attendance", version=1, tables=(TICKET, ATTENDANCE, MARK, TURNED_AWAY, DOOR))


@ATTENDANCES.on(Booking.Made)
def _made(event: Booking.Made, _: Entry) -> Iterable[Change]:
    for seat in event.seats:
        yield from _ticket(event.originator_id, seat.no, seat.person_id)


@ATTENDANCES.on(Booking.ParticipantNamed)
def _named(event: Booking.ParticipantNamed, _: Entry) -> Iterable[Change]:
    yield from _ticket(event.originator_id, event.seat, event.person_id)


@ATTENDANCES.on(Booking.SeatTransferred)
def _transferred(event: Booking.SeatTransferred, _: Entry) -> Iterable[Change]:
    yield from _ticket(event.originator_id, event.seat, event.to_person_id)


@ATTENDANCES.on(Attendance.CheckedIn)
def _checked_in(event: Attendance.CheckedIn, entry: Entry) -> Iterable[Change]:
    facts = {name: vars(event)[name] for name in ATTENDANCE.columns if name not in ("attendance_id", "despite")}
    yield ATTENDANCE.put(attendance_id=event.originator_id, despite=event.despite.value, **facts)
    yield _mark(event, entry, event.reading, is_in=True)


@ATTENDANCES.on(Attendance.SeenAgain)
def _seen_again(event: Attendance.SeenAgain, entry: Entry) -> Iterable[Change]:
    yield _mark(event, entry, event.reading, is_in=True)


@ATTENDANCES.on(Attendance.Undone)
def _undone(event: Attendance.Undone, entry: Entry) -> Iterable[Change]:
    yield _mark(event, entry, event.reading, is_in=False)


ATTENDANCES.puts(Door.Agreed, DOOR)
ATTENDANCES.sets(Door.Changed, DOOR)
ATTENDANCES.puts(Door.TurnedAway, TURNED_AWAY, door_id=aggregate_id, at=lambda event, _: event.reading.at)


def _ticket(booking: UUID, seat: int, person: PersonId | None) -> Iterable[Change]:
    if person is not None:
        ticket = ticket_of(BookingId(booking), seat, person)
        yield TICKET.put(ticket_id=ticket, booking_id=booking, seat=seat, person_id=person)


def _mark(
    event: Attendance.CheckedIn | Attendance.SeenAgain | Attendance.Undone,
    entry: Entry,
    reading: Reading,
    *,
    is_in: bool,
) -> Change:
    return MARK.put(
        attendance_id=event.originator_id,
        version=event.originator_version,
        is_in=is_in,
        how=reading.how.value,
        actor=entry.actor,
        **{name: vars(reading)[name] for name in ("scan_id", "device", "at", "device_at", "drift", "arrived_at")},
    )
