"""Walk-ins: somebody comes without a seat, and is checked in under a name, in two taps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.attendance.door import door_at, keep
from application.attendance.queries.attendance import AttendanceQuestions
from application.booking.booking import Bookings, MakeBooking
from application.booking.seat import seat_claim
from application.kernel.actor import Actor, Role
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of
from application.people.address import known_or_new
from application.people.participant import Participant
from domain.attendance.attendance import Attendance, Despite
from domain.attendance.door import WalkIns
from domain.attendance.reading import How, reading
from domain.booking.seating import Seating
from domain.kernel.errors import NotAllowed, RuleBroken
from domain.kernel.ids import BookingId, MeetingId, PersonId, SeasonId, attendance_of, seating_of
from domain.people.person import Person


class RoomFull(RuleBroken):
    """As many have come as there are seats (`seats`); an admin may let somebody in all the same."""


@dataclass(frozen=True)
class AddWalkIn:
    """Somebody who comes without a seat. `over`: an admin lets them in though there is no seat for them.

    `at` and `sent_at`: by the device's clock, as of any reading.
    """

    season_id: SeasonId
    meeting_id: MeetingId
    scan_id: UUID
    device: UUID
    at: datetime
    sent_at: datetime
    name: str
    email: str = ""
    over: bool = False


@dataclass(frozen=True)
class WalkedIn:
    """Who has come, when (UTC), and by which booking (None: that they came is all there is)."""

    scan_id: UUID
    person_id: PersonId
    booking_id: BookingId | None
    came_at: datetime | None


@dataclass(frozen=True)
class _Known:
    person_id: PersonId
    walk_ins: WalkIns
    has_come: bool
    sits: bool = False


class WalkInDesk(UseCases):
    """Who they are, their booking where that is agreed, and that they came. The same again changes nothing."""

    def __init__(self, decisions: Decisions, bookings: Bookings, attendance: AttendanceQuestions) -> None:
        super().__init__(decisions)
        self._bookings, self._attendance = bookings, attendance

    def add(self, actor: Actor, command: AddWalkIn, key: str | None = None) -> Committed[WalkedIn]:
        """By whoever keeps the door. A booking is made as the admin has agreed for the season, whoever taps.

        Raises NotAllowed, NotFound, DoorClosed, BadValue, RoomFull, and what refuses a booking (SeatsShort, …).
        """
        key = key or f"walk-in/{command.scan_id}"
        known = self._record(actor, command, _Known, lambda work: _known(work, command), f"{key}/who").answer
        booking_id = None if known.has_come else self._booked(actor, command, known, key)
        return self._record(
            actor, command, WalkedIn, lambda work: _came(work, command, known.person_id, booking_id), f"{key}/came"
        )

    def _booked(self, actor: Actor, command: AddWalkIn, known: _Known, key: str) -> BookingId | None:
        organiser = organiser_of(actor)
        if command.over:
            actor.must_be(organiser, Role.ADMIN)
            return None
        if known.walk_ins is WalkIns.NOTED or known.sits:
            self._must_have_room(actor, command)
            return None
        admin = Actor(actor.id, organiser, frozenset({Role.ADMIN}), actor.person_id)
        wanted = MakeBooking(command.season_id, (Participant(known.person_id),), booked_for=known.person_id)
        return self._bookings.make(admin, wanted, f"{key}/seat").answer.booking_id

    def _must_have_room(self, actor: Actor, command: AddWalkIn) -> None:
        """Raises RoomFull."""
        organiser = organiser_of(actor)
        seats = self._decisions.dry_run(
            Actor("door", organiser), lambda work: load_for(work, Seating, seating_of(command.season_id)).capacity
        )
        came = self._attendance.came_to(organiser, command.season_id)
        if sum(each.meeting_id == command.meeting_id for each in came) >= seats:
            raise RoomFull(seats=seats)


def _known(work: UnitOfWork, command: AddWalkIn) -> _Known:
    season = keep(work, command.season_id, command.meeting_id)
    if command.over and not work.actor.has(season.organiser_id, Role.ADMIN):
        raise NotAllowed(needs="admin")
    person = known_or_new(work, season.organiser_id, command.name, command.email, shares=True)
    came = work.find(Attendance, attendance_of(command.meeting_id, person.person_id))
    has_come = came is not None and came.came_at is not None
    sits = work.unique_key_owner("seat", seat_claim(command.season_id, person.person_id)) is not None
    return _Known(person.person_id, door_at(work, season).walk_ins, has_come, sits)


def _came(work: UnitOfWork, command: AddWalkIn, person_id: PersonId, booking_id: BookingId | None) -> WalkedIn:
    season = keep(work, command.season_id, command.meeting_id)
    read = reading(command.scan_id, command.device, How.WALK_IN, command.at, command.sent_at, work.now)
    person = load_for(work, Person, person_id)
    came = work.find(Attendance, attendance_of(command.meeting_id, person.person_id))
    if came is not None:
        came.see(read)
        return WalkedIn(command.scan_id, person.person_id, came.booking_id, came.came_at)
    came = Attendance(
        organiser_id=season.organiser_id,
        season_id=command.season_id,
        meeting_id=command.meeting_id,
        person_id=person.person_id,
        organisation_id=None,
        booking_id=booking_id,
        seat=1 if booking_id is not None else None,
        reading=read,
        despite=Despite.NOTHING,
    )
    work.add(came)
    return WalkedIn(command.scan_id, person.person_id, booking_id, came.came_at)
