"""The meetings of a season: planned, scheduled, postponed, called off, held, and their programmes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate
from domain.kernel.documents import Supply
from domain.kernel.errors import BadValue, NotFound, RuleBroken
from domain.kernel.ids import MeetingId
from domain.kernel.terms import day_in
from domain.kernel.text import clean, title_of
from domain.programme.meeting import Material, Meeting, Place, ProgrammeItem
from domain.programme.meeting_time import MeetingTime, TimeKind
from domain.programme.season_opening import SeasonOpening


class MeetingIsHeld(RuleBroken):
    """The meeting has been held; its time is history."""


class MeetingIsCalledOff(RuleBroken):
    """The meeting has been called off."""


class SeasonMeetings(SeasonOpening):
    """Of a season: its meetings in order of planning, each changed by the events here."""

    meetings: dict[MeetingId, Meeting]
    materials: dict[UUID, Material]
    held_on: dict[MeetingId, date]

    class MeetingPlanned(Aggregate.Event):
        meeting: Meeting

        def apply(self, season: SeasonMeetings) -> None:
            season.meetings[self.meeting.meeting_id] = self.meeting

    class MeetingScheduled(Aggregate.Event):
        meeting_id: MeetingId
        time: MeetingTime
        place: Place

        def apply(self, season: SeasonMeetings) -> None:
            season.meetings[self.meeting_id] = season.meetings[self.meeting_id].changed(self.time, self.place)

    class MeetingPostponed(Aggregate.Event):
        meeting_id: MeetingId
        time: MeetingTime

        def apply(self, season: SeasonMeetings) -> None:
            season.meetings[self.meeting_id] = season.meetings[self.meeting_id].changed(self.time)

    class MeetingCalledOff(Aggregate.Event):
        meeting_id: MeetingId
        time: MeetingTime

        def apply(self, season: SeasonMeetings) -> None:
            season.meetings[self.meeting_id] = season.meetings[self.meeting_id].changed(self.time)

    class MeetingHeld(Aggregate.Event):
        meeting_id: MeetingId
        held_on: date

        def apply(self, season: SeasonMeetings) -> None:
            season.meetings[self.meeting_id] = replace(season.meetings[self.meeting_id], is_held=True)
            season.held_on[self.meeting_id] = self.held_on

    class MeetingHoldingUndone(Aggregate.Event):
        meeting_id: MeetingId
        held_on: date
        time: MeetingTime

        def apply(self, season: SeasonMeetings) -> None:
            season.meetings[self.meeting_id] = replace(season.meetings[self.meeting_id], is_held=False)
            del season.held_on[self.meeting_id]

    class MeetingRetitled(Aggregate.Event):
        meeting_id: MeetingId
        title: str
        was: str

        def apply(self, season: SeasonMeetings) -> None:
            season.meetings[self.meeting_id] = replace(season.meetings[self.meeting_id], title=self.title)

    class MeetingRemoved(Aggregate.Event):
        meeting: Meeting

        def apply(self, season: SeasonMeetings) -> None:
            del season.meetings[self.meeting.meeting_id]
            season.held_on.pop(self.meeting.meeting_id, None)
            season.materials = {
                key: each for key, each in season.materials.items() if each.meeting_id != self.meeting.meeting_id
            }

    class ProgrammePublished(Aggregate.Event):
        meeting_id: MeetingId
        items: tuple[ProgrammeItem, ...]
        were: tuple[ProgrammeItem, ...] = ()

        def apply(self, season: SeasonMeetings) -> None:
            season.meetings[self.meeting_id] = replace(season.meetings[self.meeting_id], programme=self.items)

    def plan_meeting(self, meeting_id: MeetingId, title: str, time: MeetingTime, place: Place) -> None:
        """Add a meeting; its date may be a month or still to come (S43)."""
        self.must_be_on()
        if len(self.meetings) >= 100:
            raise BadValue(field="meetings", why="a season has at most 100 meetings")
        titled = title_of("title", title)
        self.record(self.MeetingPlanned(meeting=Meeting(meeting_id, titled, time, place.checked())))

    def schedule_meeting(self, meeting_id: MeetingId, time: MeetingTime, place: Place | None = None) -> None:
        """Set or move a meeting's time (a date, a month, to come) and place; the same again changes nothing."""
        meeting = self.coming(meeting_id)
        if time.kind in (TimeKind.POSTPONED, TimeKind.CALLED_OFF):
            raise BadValue(field="time", why="postponing and calling off are decisions of their own")
        there = place.checked() if place else meeting.place
        if (time, there) != (meeting.time, meeting.place):
            self.record(self.MeetingScheduled(meeting_id=meeting_id, time=time, place=there))

    def postpone_meeting(self, meeting_id: MeetingId, reason: str) -> None:
        """Postpone until further notice, with the reason and what the time was (S41)."""
        time = self.coming(meeting_id).time.postponed(clean("reason", reason, 500))
        self.record(self.MeetingPostponed(meeting_id=meeting_id, time=time))

    def call_off_meeting(self, meeting_id: MeetingId, reason: str) -> None:
        """Call one meeting off; the season goes on without it."""
        time = self.coming(meeting_id).time.called_off(clean("reason", reason, 500))
        self.record(self.MeetingCalledOff(meeting_id=meeting_id, time=time))

    def hold_meeting(self, meeting_id: MeetingId, held_on: date) -> None:
        """Record that a meeting was held on a local day; revenue is earned by it."""
        self.coming(meeting_id)
        self.record(self.MeetingHeld(meeting_id=meeting_id, held_on=held_on))

    def undo_holding(self, meeting_id: MeetingId) -> None:
        """It was recorded as held by mistake; it has its time again. One that is not held stays as it is."""
        self.must_be_on()
        meeting = self.meeting(meeting_id)
        if meeting.is_held:
            self.record(
                self.MeetingHoldingUndone(meeting_id=meeting_id, held_on=self.held_on[meeting_id], time=meeting.time)
            )

    def retitle_meeting(self, meeting_id: MeetingId, title: str) -> None:
        """Its title spelt right, or another, also after it was held. Raises BadValue."""
        was, titled = self.meeting(meeting_id).title, title_of("title", title)
        if titled != was:
            self.record(self.MeetingRetitled(meeting_id=meeting_id, title=titled, was=was))

    def remove_meeting(self, meeting_id: MeetingId) -> None:
        """It was planned by mistake; its material goes with it. Raises BookingHasOpened: then it is called off."""
        self.must_be_on()
        meeting = self.meeting(meeting_id)
        self.must_not_have_opened()
        self.record(self.MeetingRemoved(meeting=meeting))

    def publish_programme(self, meeting_id: MeetingId, items: tuple[ProgrammeItem, ...]) -> None:
        """The points of a meeting's programme, in order; a later one replaces it, the same again changes nothing.

        A misspelt point can be put right after the meeting was held. Raises MeetingIsCalledOff, BadValue.
        """
        self.must_be_on()
        meeting = self.meeting(meeting_id)
        if meeting.time.kind is TimeKind.CALLED_OFF:
            raise MeetingIsCalledOff(title=meeting.title)
        cleaned = tuple(replace(item, title=title_of("title", item.title)) for item in items)
        if cleaned != meeting.programme:
            self.record(self.ProgrammePublished(meeting_id=meeting_id, items=cleaned, were=meeting.programme))

    def move_meetings(self, moved: list[Meeting]) -> None:
        """Their times and programmes become these; what is as it was is not recorded."""
        for meeting in moved:
            known, meeting_id = self.meetings[meeting.meeting_id], meeting.meeting_id
            if meeting.time != known.time:
                self.record(self.MeetingScheduled(meeting_id=meeting_id, time=meeting.time, place=meeting.place))
            if meeting.programme != known.programme:
                items, were = meeting.programme, known.programme
                self.record(self.ProgrammePublished(meeting_id=meeting_id, items=items, were=were))

    def meetings_left(self, now: datetime) -> tuple[int, int]:
        """How many meetings of how many are still to come at an instant; those called off are no meetings."""
        coming = [m for m in self.meetings.values() if m.time.kind is not TimeKind.CALLED_OFF]
        left = sum(not meeting.is_held and not meeting.time.is_over(now) for meeting in coming)
        return left, len(coming)

    @property
    def supply(self) -> tuple[Supply, ...]:
        """When it is supplied, as an invoice says it: dates, months, or to come (S43, S49)."""
        return tuple(
            Supply(meeting.title, _supplied_on(meeting.time, self.zone))
            for meeting in self.meetings.values()
            if meeting.time.kind is not TimeKind.CALLED_OFF
        )

    def meeting(self, meeting_id: MeetingId) -> Meeting:
        """One meeting. Raises NotFound."""
        try:
            return self.meetings[meeting_id]
        except KeyError:
            raise NotFound(what="meeting") from None

    def coming(self, meeting_id: MeetingId) -> Meeting:
        """A meeting that is to come. Raises NotFound, SeasonCalledOff, MeetingIsHeld, MeetingIsCalledOff."""
        self.must_be_on()
        meeting = self.meeting(meeting_id)
        if meeting.is_held:
            raise MeetingIsHeld(title=meeting.title)
        if meeting.time.kind is TimeKind.CALLED_OFF:
            raise MeetingIsCalledOff(title=meeting.title)
        return meeting


def _supplied_on(time: MeetingTime, zone: str) -> str:
    if time.start_at is not None:
        return day_in(time.start_at, zone).isoformat()
    return time.month or ""
