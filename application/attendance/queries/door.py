"""What a door must know: who is expected at a meeting, who has come, and which tickets let nobody in.

It is kept by phones, for when they have no connection. They get names, organisations and digests of codes, and nothing
else about anybody: no address, no needs, no sums.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.attendance.check_in import Answer, ScanAnswer
from application.attendance.door import door_at, keep
from application.attendance.queries.attendance import AttendanceQuestions, CameRow
from application.attendance.ticket import Codes, Ticket, Tickets
from application.booking.queries.roster import RosterLine, Rosters
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.ports import Clock, Decisions, UnitOfWork
from application.kernel.season_name import called
from domain.attendance.attendance import Despite
from domain.attendance.door import WalkIns
from domain.kernel.ids import BookingId, MeetingId, OrganiserId, PersonId, SeasonId
from domain.programme.meeting import Meeting
from domain.programme.season import Season


@dataclass(frozen=True)
class Guest:
    """Somebody who is expected at a meeting, or has come. `came_at`, `again`: instants (UTC).

    `is_suspended`: the payment is disputed, and that suspends the seat; `is_owed`: it is overdue. They are let in.
    """

    person_id: PersonId
    name: str | None
    organisation: str
    booking_id: BookingId | None
    seat: int | None
    came_at: datetime | None = None
    again: tuple[datetime, ...] = ()
    how: str = ""
    despite: str = ""
    is_suspended: bool = False
    is_owed: bool = False


@dataclass(frozen=True)
class Pass:
    """A ticket as a phone knows it: a digest (SHA-256, hex) of its code, whose it is, and whether it lets them in.

    `state`: "ok", "cancelled" or "handed_over" (`now`: whose the seat is).
    """

    digest: str
    person_id: PersonId
    name: str | None
    state: str
    now: str | None = None


@dataclass(frozen=True)
class DoorList:
    """A meeting at its door, as it is at an instant (UTC). `unnamed`: seats that nobody has been named for.

    `may_let_in`: whether the reader may let somebody in who does not fit in.
    """

    season_id: SeasonId
    meeting_id: MeetingId
    season: str
    title: str
    start_at: datetime | None
    end_at: datetime | None
    place: str
    zone: str
    taken_at: datetime
    guests: tuple[Guest, ...]
    unnamed: int
    passes: tuple[Pass, ...]
    walk_ins: WalkIns
    may_let_in: bool

    @property
    def here(self) -> int:
        """How many have come."""
        return sum(each.came_at is not None for each in self.guests)


@dataclass(frozen=True)
class ScanTold:
    """What came of a reading, with the names that are said at the door. `season`: which the ticket is for."""

    scan_id: UUID
    answer: Answer
    person_id: PersonId | None
    name: str | None
    since: datetime | None
    now: str | None
    season: str
    despite: Despite
    drift: int


@dataclass(frozen=True)
class _Kept:
    organiser_id: OrganiserId
    meeting: Meeting
    zone: str
    season: str
    walk_ins: WalkIns


class DoorQuestions:
    """Answers whoever keeps the door: admins, the season's leaders, and helpers by their link on its day."""

    def __init__(
        self,
        decisions: Decisions,
        codes: Codes,
        tickets: Tickets,
        rosters: Rosters,
        attendance: AttendanceQuestions,
        clock: Clock,
    ) -> None:
        self._decisions, self._codes, self._tickets = decisions, codes, tickets
        self._rosters, self._attendance, self._clock = rosters, attendance, clock

    def at(self, actor: Actor, season_id: SeasonId, meeting_id: MeetingId) -> DoorList:
        """Who is expected and who has come. Of a meeting that is over: who sat there when it ended.

        Raises NotAllowed, NotFound, DoorClosed.
        """
        kept = self._decisions.dry_run(actor, lambda work: _kept(work, season_id, meeting_id))
        now, end = self._clock.now(), kept.meeting.time.end_at
        keeper = Actor("door", kept.organiser_id, frozenset({Role.ADMIN}))
        lines = self._rosters.of(keeper, season_id, end if end is not None and end <= now else None)
        everybody = self._attendance.came_to(kept.organiser_id, season_id)
        came = [each for each in everybody if each.meeting_id == meeting_id]
        owed = self._tickets.owed(kept.organiser_id, season_id)
        return DoorList(
            season_id,
            meeting_id,
            kept.season,
            kept.meeting.title,
            kept.meeting.time.start_at,
            end,
            kept.meeting.place.on_a_map,
            kept.zone,
            now,
            tuple(sorted(_guests(lines, came, owed), key=lambda each: self._tickets.by_name(each.name))),
            sum(each.person_id is None for each in lines),
            self._passes(kept.organiser_id, season_id, lines),
            kept.walk_ins,
            actor.has(kept.organiser_id, Role.ADMIN),
        )

    def told(self, answers: Sequence[ScanAnswer]) -> tuple[ScanTold, ...]:
        """What readings that have been taken came to, in names."""
        people = [each for answer in answers for each in (answer.person_id, answer.now_person_id)]
        names = self._tickets.names_of(people)
        seasons = {each.season_id for each in answers if each.season_id is not None}
        called = self._decisions.dry_run(SYSTEM, lambda work: {each: _called(work, each) for each in seasons})
        return tuple(
            ScanTold(
                each.scan_id,
                each.answer,
                each.person_id,
                names.get(each.person_id) if each.person_id else None,
                each.since,
                names.get(each.now_person_id) if each.now_person_id else None,
                called[each.season_id] if each.season_id else "",
                each.despite,
                each.drift,
            )
            for each in answers
        )

    def _passes(self, organiser_id: OrganiserId, season_id: SeasonId, lines: Sequence[RosterLine]) -> tuple[Pass, ...]:
        tickets = self._tickets.tickets_of(organiser_id, season_id)
        holders = {(each.booking_id, each.seat): each for each in lines}
        names = self._tickets.names_of([each.person_id for each in tickets])
        return tuple(self._pass(each, holders.get((each.booking_id, each.seat)), names) for each in tickets)

    def _pass(self, ticket: Ticket, now: RosterLine | None, names: Mapping[UUID, str | None]) -> Pass:
        digest = hashlib.sha256(self._codes.code_of(ticket.ticket_id).encode()).hexdigest()
        whose = names.get(ticket.person_id)
        if now is None:
            return Pass(digest, ticket.person_id, whose, Despite.CANCELLED.value)
        if now.person_id != ticket.person_id:
            return Pass(digest, ticket.person_id, whose, Despite.HANDED_OVER.value, now.name)
        return Pass(digest, ticket.person_id, whose, "ok")


def _kept(work: UnitOfWork, season_id: SeasonId, meeting_id: MeetingId) -> _Kept:
    season = keep(work, season_id, meeting_id)
    rules = door_at(work, season)
    return _Kept(season.organiser_id, season.meeting(meeting_id), season.zone, called(work, season), rules.walk_ins)


def _called(work: UnitOfWork, season_id: SeasonId) -> str:
    return called(work, work.load(Season, season_id))


def _guests(
    lines: Sequence[RosterLine], came: Sequence[CameRow], owed: Mapping[UUID, tuple[bool, bool]]
) -> tuple[Guest, ...]:
    there = {each.person_id: each for each in came}
    expected = [_expected(each, there.pop(each.person_id, None), owed) for each in lines if each.person_id is not None]
    others = [_other(each) for each in came if each.person_id in there]
    return (*expected, *others)


def _expected(line: RosterLine, came: CameRow | None, owed: Mapping[UUID, tuple[bool, bool]]) -> Guest:
    suspended, overdue = owed.get(line.booking_id, (False, False))
    return Guest(
        PersonId(line.person_id or UUID(int=0)),
        line.name,
        line.organisation,
        line.booking_id,
        line.seat,
        came.came_at if came else None,
        came.again if came else (),
        came.how if came else "",
        came.despite if came else "",
        suspended,
        overdue,
    )


def _other(came: CameRow) -> Guest:
    who = (came.person_id, came.name, came.organisation, came.booking_id, came.seat)
    return Guest(*who, came.came_at, came.again, came.how, came.despite)
