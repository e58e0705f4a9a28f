"""Checking in: readings as devices send them, one by one or many at once, at the time or hours later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from application.attendance.door import door_at, keep
from application.attendance.ticket import Codes, Ticket, Tickets
from application.kernel.actor import Actor
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, find_person, load_for, organiser_of
from domain.attendance.attendance import Attendance, Despite
from domain.attendance.door import Refused
from domain.attendance.reading import How, Reading, reading
from domain.booking.booking import Booking
from domain.kernel.ids import MeetingId, PersonId, SeasonId, attendance_of
from domain.people.person import Person
from domain.programme.season import Season


class Answer(StrEnum):
    """What somebody at the door is told of a reading."""

    OK = "ok"
    ALREADY = "already"
    """They were there already (`since`)."""
    UNDONE = "undone"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    HANDED_OVER = "handed_over"
    """The seat is somebody else's now (`now_person_id`)."""
    NOT_TODAY = "not_today"
    """The ticket is for another season (`season_id`)."""
    NOBODY = "nobody"
    """Nobody who is expected, or has come, is meant."""


@dataclass(frozen=True)
class Scan:
    """A reading as a device sends it: of a `code`, or of somebody on the list (`person_id`).

    `at` and `sent_at`: by the device's clock. `was_let_in`: the device has let them in, without a connection;
    `undo`: they were ticked by mistake.
    """

    scan_id: UUID
    device: UUID
    at: datetime
    sent_at: datetime
    how: How = How.SCAN
    code: str = ""
    person_id: PersonId | None = None
    was_let_in: bool = False
    undo: bool = False


@dataclass(frozen=True)
class ScanAnswer:
    """What came of a reading. `since`: when they came; `despite`: what was wrong with the ticket, where they are in.

    `drift`: by how many seconds the device's clock is behind.
    """

    scan_id: UUID
    answer: Answer
    person_id: PersonId | None = None
    since: datetime | None = None
    now_person_id: PersonId | None = None
    season_id: SeasonId | None = None
    despite: Despite = Despite.NOTHING
    drift: int = 0


@dataclass(frozen=True)
class _Seat:
    """Whose seat is meant, and whether it is theirs still."""

    ticket: Ticket
    now: PersonId | None
    is_cancelled: bool

    @property
    def despite(self) -> Despite:
        """What is wrong with the ticket."""
        if self.is_cancelled:
            return Despite.CANCELLED
        return Despite.NOTHING if self.now == self.ticket.person_id else Despite.HANDED_OVER


class CheckIns(UseCases):
    """Takes readings. Each is a decision of its own, so that one that cannot be does not stop the others."""

    def __init__(self, decisions: Decisions, codes: Codes, tickets: Tickets) -> None:
        super().__init__(decisions)
        self._codes, self._tickets = codes, tickets

    def take(
        self, actor: Actor, season_id: SeasonId, meeting_id: MeetingId, scans: Iterable[Scan]
    ) -> Committed[tuple[ScanAnswer, ...]]:
        """What came of each reading, in the order given. The same again says the same, and changes nothing.

        Raises NotAllowed, NotFound, DoorClosed; Busy where nothing of the reading at hand was recorded.
        """
        taken = [self._take(actor, season_id, meeting_id, each) for each in scans]
        return Committed(tuple(each.answer for each in taken), max((each.position for each in taken), default=0))

    def _take(self, actor: Actor, season_id: SeasonId, meeting_id: MeetingId, scan: Scan) -> Committed[ScanAnswer]:
        found = self._found(actor, season_id, scan)

        def decide(work: UnitOfWork) -> ScanAnswer:
            season = keep(work, season_id, meeting_id)
            read = reading(scan.scan_id, scan.device, scan.how, scan.at, scan.sent_at, work.now)
            if scan.undo:
                return _undone(work, meeting_id, found.person_id if found else scan.person_id, read)
            return _seen(work, season, meeting_id, scan, found, read)

        needs: list[tuple[type, UUID]] = [(Season, season_id)]
        if found is not None:
            needs += [(Booking, found.booking_id), (Person, found.person_id)]
            needs.append((Attendance, attendance_of(meeting_id, found.person_id)))
        return self._record(actor, scan, ScanAnswer, decide, needs=tuple(needs))

    def _found(self, actor: Actor, season_id: SeasonId, scan: Scan) -> Ticket | None:
        """The ticket that was read, or by which somebody on the list is to come."""
        organiser = organiser_of(actor)
        if scan.code:
            ticket_id = self._codes.ticket_in(scan.code)
            return None if ticket_id is None else self._tickets.ticket(organiser, ticket_id)
        return None if scan.person_id is None else self._tickets.latest(organiser, season_id, scan.person_id)


def _undone(work: UnitOfWork, meeting_id: MeetingId, person_id: PersonId | None, read: Reading) -> ScanAnswer:
    person = find_person(work, person_id)
    came = None if person is None else work.find(Attendance, attendance_of(meeting_id, person.person_id))
    if person is None or came is None:
        return ScanAnswer(read.scan_id, Answer.NOBODY, drift=read.drift)
    load_for(work, Attendance, came.id).undo(read)
    return ScanAnswer(read.scan_id, Answer.UNDONE, person.person_id, drift=read.drift)


def _seen(
    work: UnitOfWork, season: Season, meeting_id: MeetingId, scan: Scan, found: Ticket | None, read: Reading
) -> ScanAnswer:
    if found is None:
        return _seen_without_seat(work, season, meeting_id, scan, read)
    if found.season_id != season.id:
        told = ScanAnswer(read.scan_id, Answer.NOT_TODAY, season_id=found.season_id, drift=read.drift)
        return _turned_away(work, season, meeting_id, Refused.NOT_TODAY, found.person_id, read, told)
    seat = _seat_of(work, found)
    if seat.despite and not scan.was_let_in:
        return _refused(work, season, meeting_id, seat, read)
    return _came(work, season, meeting_id, seat, read)


def _seat_of(work: UnitOfWork, found: Ticket) -> _Seat:
    booking = load_for(work, Booking, found.booking_id)
    held, holder = booking.seats[found.seat], find_person(work, found.person_id)
    now = find_person(work, held.person_id)
    ticket = Ticket(
        found.ticket_id, found.booking_id, found.seat, holder.person_id if holder else found.person_id, found.season_id
    )
    return _Seat(ticket, now.person_id if now else None, held.is_cancelled or bool(booking.ended_for))


def _seen_without_seat(
    work: UnitOfWork, season: Season, meeting_id: MeetingId, scan: Scan, read: Reading
) -> ScanAnswer:
    """Somebody on the list who came without a seat; a code that nobody has."""
    person = find_person(work, scan.person_id)
    came = None if person is None else work.find(Attendance, attendance_of(meeting_id, person.person_id))
    if person is not None and came is not None and came.organiser_id == season.organiser_id:
        since = came.see(read)
        answer = Answer.OK if since is None else Answer.ALREADY
        return ScanAnswer(read.scan_id, answer, person.person_id, since or came.came_at, drift=read.drift)
    if not scan.code:
        return ScanAnswer(read.scan_id, Answer.NOBODY, drift=read.drift)
    told = ScanAnswer(read.scan_id, Answer.UNKNOWN, drift=read.drift)
    return _turned_away(work, season, meeting_id, Refused.UNKNOWN, None, read, told)


def _refused(work: UnitOfWork, season: Season, meeting_id: MeetingId, seat: _Seat, read: Reading) -> ScanAnswer:
    whose, why = seat.ticket.person_id, Refused(seat.despite.value)
    now = seat.now if seat.despite is Despite.HANDED_OVER else None
    told = ScanAnswer(read.scan_id, Answer(seat.despite.value), whose, now_person_id=now, drift=read.drift)
    return _turned_away(work, season, meeting_id, why, whose, read, told)


def _turned_away(
    work: UnitOfWork,
    season: Season,
    meeting_id: MeetingId,
    why: Refused,
    person_id: PersonId | None,
    read: Reading,
    told: ScanAnswer,
) -> ScanAnswer:
    door_at(work, season).turn_away(meeting_id, why, person_id, read)
    return told


def _came(work: UnitOfWork, season: Season, meeting_id: MeetingId, seat: _Seat, read: Reading) -> ScanAnswer:
    person_id = seat.ticket.person_id
    came = work.find(Attendance, attendance_of(meeting_id, person_id))
    if came is not None:
        since = came.see(read)
    else:
        since, came = None, _checked_in(work, season, meeting_id, seat, read)
    answer = Answer.OK if since is None else Answer.ALREADY
    return ScanAnswer(read.scan_id, answer, person_id, since or came.came_at, despite=seat.despite, drift=read.drift)


def _checked_in(work: UnitOfWork, season: Season, meeting_id: MeetingId, seat: _Seat, read: Reading) -> Attendance:
    person = work.load(Person, seat.ticket.person_id)
    person.must_exist()
    booking = work.load(Booking, seat.ticket.booking_id)
    is_theirs = seat.despite is Despite.NOTHING
    came = Attendance(
        organiser_id=season.organiser_id,
        season_id=season.season_id,
        meeting_id=meeting_id,
        person_id=person.person_id,
        organisation_id=booking.seats[seat.ticket.seat].organisation_id if is_theirs else None,
        booking_id=booking.booking_id,
        seat=seat.ticket.seat,
        reading=read,
        despite=seat.despite,
    )
    work.add(came)
    return came
