"""Meetings of a season: planned, set, moved, postponed, called off and held by admins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.kernel.command import command, dry_run
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, admin_of, load_for
from application.programme.effect import MeetingEffect, must_be_as_many, nobody
from domain.kernel.ids import MeetingId, SeasonId
from domain.people.person import Person
from domain.programme.meeting import AS_THE_SEASON, ON_SITE, MeetingSeats, Place, ProgrammeItem
from domain.programme.meeting_time import MeetingTime
from domain.programme.season import Season


@dataclass(frozen=True)
class PlannedMeeting:
    """A meeting as it is planned with its season; `seats`: how many may sit on site and take part online."""

    title: str
    time: MeetingTime
    place: Place = ON_SITE
    programme: tuple[ProgrammeItem, ...] = ()
    seats: MeetingSeats = AS_THE_SEASON


@dataclass(frozen=True)
class PlanMeeting:
    """One more meeting."""

    season_id: SeasonId
    meeting: PlannedMeeting


@dataclass(frozen=True)
class ScheduleMeeting:
    """A meeting's new time, and place where it changes. `told`: how many were shown to be told."""

    season_id: SeasonId
    meeting_id: MeetingId
    time: MeetingTime
    place: Place | None = None
    told: int | None = None


@dataclass(frozen=True)
class ArrangeMeetings:
    """Several meetings of a season set or moved at once, and more of them planned."""

    season_id: SeasonId
    changes: tuple[ScheduleMeeting, ...] = ()
    more: tuple[PlannedMeeting, ...] = ()


@dataclass(frozen=True)
class PostponeMeeting:
    """Until further notice, with the reason. `told`: how many were shown to be told."""

    season_id: SeasonId
    meeting_id: MeetingId
    reason: str
    told: int | None = None


@dataclass(frozen=True)
class CallOffMeeting:
    """One meeting will not be held. `told`: how many were shown to be told."""

    season_id: SeasonId
    meeting_id: MeetingId
    reason: str
    told: int | None = None


@dataclass(frozen=True)
class HoldMeeting:
    """A meeting was held on a local day."""

    season_id: SeasonId
    meeting_id: MeetingId
    held_on: date


@dataclass(frozen=True)
class UndoHolding:
    """It was recorded as held by mistake."""

    season_id: SeasonId
    meeting_id: MeetingId


@dataclass(frozen=True)
class RetitleMeeting:
    """Its title spelt right, or another."""

    season_id: SeasonId
    meeting_id: MeetingId
    title: str


@dataclass(frozen=True)
class RemoveMeeting:
    """A meeting that was planned by mistake, before booking has opened."""

    season_id: SeasonId
    meeting_id: MeetingId


@dataclass(frozen=True)
class PublishProgramme:
    """The points of a meeting."""

    season_id: SeasonId
    meeting_id: MeetingId
    items: tuple[ProgrammeItem, ...]


@dataclass(frozen=True)
class MeetingsRef:
    """Of which season they are."""

    season_id: SeasonId


@dataclass(frozen=True)
class MeetingRef:
    """Which meeting it was about."""

    season_id: SeasonId
    meeting_id: MeetingId


class Meetings(UseCases):
    """Plan, retitle, remove, schedule, postpone, call off, hold; publish a programme. `told`: who hears of a change."""

    def __init__(self, decisions: Decisions, told: MeetingEffect = nobody) -> None:
        super().__init__(decisions)
        self._told = told

    def _must_be_as_shown(self, work: UnitOfWork, command: ScheduleMeeting | PostponeMeeting | CallOffMeeting) -> None:
        if command.told is not None:
            must_be_as_many(command.told, len(self._told(work, command.season_id, command.meeting_id)))

    @command
    def plan(self, work: UnitOfWork, command: PlanMeeting) -> MeetingRef:
        """One more meeting."""
        meeting_id = MeetingId(work.new_id())
        meeting = command.meeting
        season = season_to_change(work, command.season_id)
        season.plan_meeting(meeting_id, meeting.title, meeting.time, meeting.place)
        return MeetingRef(command.season_id, meeting_id)

    @dry_run
    def zone_of(self, work: UnitOfWork, season_id: SeasonId) -> str:
        """In which zone the hours of its meetings are told. Raises NotAllowed unless admin, NotFound."""
        return season_to_change(work, season_id).zone

    @command
    def schedule(self, work: UnitOfWork, command: ScheduleMeeting) -> MeetingRef:
        """Set or move a meeting. Raises MeetingIsHeld, MeetingIsCalledOff, ChangedSinceShown as `postpone`."""
        season = season_to_change(work, command.season_id)
        self._must_be_as_shown(work, command)
        season.schedule_meeting(command.meeting_id, command.time, command.place)
        return MeetingRef(command.season_id, command.meeting_id)

    @command
    def arrange(self, work: UnitOfWork, command: ArrangeMeetings) -> MeetingsRef:
        """All of it or nothing. Raises MeetingIsHeld, MeetingIsCalledOff."""
        season = season_to_change(work, command.season_id)
        for change in command.changes:
            season.schedule_meeting(change.meeting_id, change.time, change.place)
        for meeting in command.more:
            season.plan_meeting(MeetingId(work.new_id()), meeting.title, meeting.time, meeting.place)
        return MeetingsRef(command.season_id)

    @command
    def postpone(self, work: UnitOfWork, command: PostponeMeeting) -> MeetingRef:
        """Postpone until further notice (S41). Raises ChangedSinceShown where others are told than were shown."""
        season = season_to_change(work, command.season_id)
        self._must_be_as_shown(work, command)
        season.postpone_meeting(command.meeting_id, command.reason)
        return MeetingRef(command.season_id, command.meeting_id)

    @command
    def call_off(self, work: UnitOfWork, command: CallOffMeeting) -> MeetingRef:
        """Call one meeting off. Raises ChangedSinceShown where others are told than were shown."""
        season = season_to_change(work, command.season_id)
        self._must_be_as_shown(work, command)
        season.call_off_meeting(command.meeting_id, command.reason)
        return MeetingRef(command.season_id, command.meeting_id)

    @command
    def hold(self, work: UnitOfWork, command: HoldMeeting) -> MeetingRef:
        """Record that a meeting was held."""
        season_to_change(work, command.season_id).hold_meeting(command.meeting_id, command.held_on)
        return MeetingRef(command.season_id, command.meeting_id)

    @command
    def undo_holding(self, work: UnitOfWork, command: UndoHolding) -> MeetingRef:
        """It was not held; it has its time again. Raises SeasonCalledOff."""
        season_to_change(work, command.season_id).undo_holding(command.meeting_id)
        return MeetingRef(command.season_id, command.meeting_id)

    @command
    def retitle(self, work: UnitOfWork, command: RetitleMeeting) -> MeetingRef:
        """Its title; the same again records nothing. Raises BadValue."""
        season_to_change(work, command.season_id).retitle_meeting(command.meeting_id, command.title)
        return MeetingRef(command.season_id, command.meeting_id)

    @command
    def remove(self, work: UnitOfWork, command: RemoveMeeting) -> MeetingRef:
        """As if it had not been planned. Raises BookingHasOpened, SeasonCalledOff."""
        season = season_to_change(work, command.season_id)
        for each in [each for each in season.materials.values() if each.meeting_id == command.meeting_id and each.file]:
            season.remove_material(each.material_id)  # told by itself, so that the file goes too
        season.remove_meeting(command.meeting_id)
        return MeetingRef(command.season_id, command.meeting_id)

    @command
    def publish_programme(self, work: UnitOfWork, command: PublishProgramme) -> MeetingRef:
        """The points of a meeting's programme."""
        must_be_known(work, command.items)
        season_to_change(work, command.season_id).publish_programme(command.meeting_id, command.items)
        return MeetingRef(command.season_id, command.meeting_id)


def must_be_known(work: UnitOfWork, programme: tuple[ProgrammeItem, ...]) -> None:
    """Whoever gives a point of a programme is somebody of the organiser's. Raises NotFound."""
    for item in programme:
        for speaker in item.speakers:
            load_for(work, Person, speaker)


def season_to_change(work: UnitOfWork, season_id: SeasonId) -> Season:
    """The season, for an admin of its organiser. Raises NotAllowed, NotFound."""
    admin_of(work.actor)
    return load_for(work, Season, season_id)
