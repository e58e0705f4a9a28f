"""Who keeps the door of a meeting, what holds there, and links for helpers who have no account.

Admins and the season's leaders keep every door of a season. A helper's link opens one: that of a meeting, on its day
and on the day after, for what a phone has noted without a connection. It is made anew or stopped at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.command import admin, command, dry_run
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, find_person, load_for
from domain.attendance.attendance import Attendance
from domain.attendance.door import Door, DoorClosed, HandingOver, WalkIns, is_one_event, usual_door
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.booking.transfer import SeatUsed
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import MeetingId, OrganiserId, SeasonId, attendance_of, door_of
from domain.kernel.terms import day_in
from domain.programme.meeting import Meeting
from domain.programme.season import Season

TAKEN_AFTERWARDS = timedelta(days=1)
"""How long after its day a helper's link still opens, for what a phone has noted without a connection."""


@dataclass(frozen=True)
class AgreeDoor:
    """What holds at the doors of a season."""

    season_id: SeasonId
    walk_ins: WalkIns = WalkIns.NOTED
    handing_over: HandingOver = HandingOver.BY_DATES


@dataclass(frozen=True)
class MakeDoorLink:
    """A link for helpers at the door of a meeting; the one before opens nothing any longer."""

    season_id: SeasonId
    meeting_id: MeetingId


@dataclass(frozen=True)
class StopDoorLink:
    """The helpers' link of a meeting opens nothing any longer."""

    season_id: SeasonId
    meeting_id: MeetingId


@dataclass(frozen=True)
class DoorRef:
    """Whose door it was about."""

    season_id: SeasonId


@dataclass(frozen=True)
class DoorRules:
    """What holds at a season's doors, and whether a meeting has a helpers' link (`secret`: what stands in it)."""

    walk_ins: WalkIns
    handing_over: HandingOver
    secrets: dict[MeetingId, str]


class DoorLinks(Protocol):
    """Signs what stands in a helpers' link, and reads it."""

    def secret_for(self, season_id: SeasonId, meeting_id: MeetingId, link_id: UUID) -> str:
        """What stands in a link."""

    def read(self, secret: str) -> tuple[SeasonId, MeetingId, UUID] | None:
        """Of which season, meeting and link; None for one that nobody has signed."""


class Doors(UseCases):
    """Agree what holds, make and stop links, and open them."""

    def __init__(self, decisions: Decisions, links: DoorLinks) -> None:
        super().__init__(decisions)
        self._links = links

    @command(by=admin)
    def agree(self, work: UnitOfWork, command: AgreeDoor) -> DoorRef:
        """From now on. Raises NotAllowed unless admin, NotFound."""
        door_at(work, load_for(work, Season, command.season_id)).agree(command.walk_ins, command.handing_over)
        return DoorRef(command.season_id)

    @command(by=admin)
    def make_link(self, work: UnitOfWork, command: MakeDoorLink) -> DoorRef:
        """For helpers without an account. Raises NotAllowed unless admin, NotFound."""
        season = load_for(work, Season, command.season_id)
        season.meeting(command.meeting_id)
        door_at(work, season).make_link(command.meeting_id, work.new_id())
        return DoorRef(command.season_id)

    @command(by=admin)
    def stop_link(self, work: UnitOfWork, command: StopDoorLink) -> DoorRef:
        """It opens nothing any longer, at once. Raises NotAllowed unless admin, NotFound."""
        door_at(work, load_for(work, Season, command.season_id)).stop_link(command.meeting_id)
        return DoorRef(command.season_id)

    @dry_run
    def rules(self, work: UnitOfWork, season_id: SeasonId) -> DoorRules:
        """What holds, and the links there are. Raises NotAllowed unless admin, NotFound."""
        season = load_for(work, Season, season_id)
        work.actor.must_be(season.organiser_id, Role.ADMIN)
        door = door_at(work, season)
        secrets = {each: self._links.secret_for(season_id, each, link) for each, link in door.links.items()}
        return DoorRules(door.walk_ins, door.handing_over, secrets)

    def helper(self, secret: str) -> Actor:
        """Who comes by a helpers' link: somebody with that one door, and nothing else. Raises DoorClosed."""
        told = self._links.read(secret)
        if told is None:
            raise DoorClosed
        season_id, meeting_id, link_id = told

        def look(work: UnitOfWork) -> OrganiserId:
            door = work.find(Door, door_of(season_id))
            if door is None or door.links.get(meeting_id) != link_id:
                raise DoorClosed
            return door.organiser_id

        organiser_id = self._decisions.dry_run(SYSTEM, look)
        return Actor(f"door:{link_id}", organiser_id, meeting_id=meeting_id)

    def season_in(self, secret: str) -> SeasonId:
        """Which season a helpers' link is about. Raises DoorClosed."""
        told = self._links.read(secret)
        if told is None:
            raise DoorClosed
        return told[0]


def door_at(work: UnitOfWork, season: Season) -> Door:
    """The door of a season, as it has been agreed or as it usually is."""
    door = work.find(Door, door_of(season.season_id))
    if door is None:
        door = usual_door(season.organiser_id, season.season_id)
        work.add(door)
    return door


def keep(work: UnitOfWork, season_id: SeasonId, meeting_id: MeetingId) -> Season:
    """The season of a meeting, for whoever keeps its door. Raises NotAllowed, NotFound, DoorClosed."""
    season = load_for(work, Season, season_id)
    meeting, actor = season.meeting(meeting_id), work.actor
    if actor.meeting_id is not None:
        if actor.meeting_id != meeting_id:
            raise NotFound(what="meeting")
        _must_be_its_day(work, season, meeting)
    elif not keeps_doors(actor, season):
        raise NotAllowed(needs="admin")
    return season


def keeps_doors(actor: Actor, season: Season) -> bool:
    """Whether somebody keeps the doors of a season: its leaders, and admins."""
    leads = actor.booking_id is None and any(actor.is_person(each) for each in season.leaders)
    return leads or actor.has(season.organiser_id, Role.ADMIN)


def _must_be_its_day(work: UnitOfWork, season: Season, meeting: Meeting) -> None:
    time = meeting.time
    if time.start_at is None or time.end_at is None:
        raise DoorClosed
    today, first, last = (day_in(each, season.zone) for each in (work.now, time.start_at, time.end_at))
    if not first <= today <= last + TAKEN_AFTERWARDS:
        raise DoorClosed


def must_be_unused(work: UnitOfWork, booking: Booking, seat: Seat) -> None:
    """Raises SeatUsed where whoever sits there has been at a meeting, and that counts for the season (S38, S39)."""
    season = work.load(Season, booking.season_id)
    if seat.person_id is None or _hands_over_the_rest(work, season):
        return
    person = find_person(work, seat.person_id)
    people = {seat.person_id, *(person.ids if person is not None else ())}
    ids = [attendance_of(meeting_id, each) for meeting_id in season.meetings for each in people]
    work.fetch(*((Attendance, each) for each in ids))
    came = (work.find(Attendance, each) for each in ids)
    if any(each is not None and each.came_at is not None for each in came):
        raise SeatUsed(seat=seat.no)


def _hands_over_the_rest(work: UnitOfWork, season: Season) -> bool:
    """Whether a seat may go to another for the meetings that come, whoever was at those that were held."""
    door = work.find(Door, door_of(season.season_id))
    agreed = door.handing_over if door is not None else HandingOver.BY_DATES
    if agreed is not HandingOver.BY_DATES:
        return agreed is HandingOver.LATER_MEETINGS
    starts = (each.time.start_at for each in season.meetings.values())
    return not is_one_event(each for each in starts if each is not None)
