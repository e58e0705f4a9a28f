"""Meetings of a season: planned, scheduled in local time, postponed, called off, held; their programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from application.programme import meeting as commands
from domain.kernel.errors import BadValue
from domain.kernel.ids import MeetingId, SeasonId
from domain.programme.meeting import ON_SITE, ProgrammeItem
from domain.programme.meeting_time import MeetingTime, TimeKind, instant_of, scheduled
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.programme import meeting_schema as bodies

meetings = ApiBlueprint("meetings", "Meetings of a season, in local time with its zone.")
ALL = "/seasons/<uuid:season_id>/meetings"
ONE = f"{ALL}/<uuid:meeting_id>"
Loaded = dict[str, Any]
"""What a nested schema has loaded."""


@dataclass(frozen=True)
class Told:
    """How many are told that something in a meeting changes."""

    told: int


@meetings.write("POST", ALL, Who.ADMIN, commands.MeetingRef, body=bodies.MeetingBody, status=201)
def plan_meeting(call: Call, season_id: SeasonId) -> Written:
    """Add a meeting; its date may be a month or still to come."""
    command = commands.PlanMeeting(season_id, planned_meeting(call.body, _zone(call, season_id)))
    return call.execute(call.services.meetings.plan, command, f"/seasons/{season_id}")


@meetings.write("POST", f"{ONE}/schedule", Who.ADMIN, commands.MeetingRef, body=bodies.MoveMeetingBody)
def schedule_meeting(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """Set or move a meeting's time, and its place where that changes."""
    time = meeting_time(call.body["time"], _zone(call, season_id))
    command = commands.ScheduleMeeting(season_id, meeting_id, time, call.body["place"], call.body["told"])
    return call.execute(call.services.meetings.schedule, command)


@meetings.write("POST", f"{ONE}/postpone", Who.ADMIN, commands.MeetingRef, body=bodies.MeetingOffBody)
def postpone_meeting(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """Postpone until further notice, with the reason."""
    return call.execute(call.services.meetings.postpone, commands.PostponeMeeting(season_id, meeting_id, **call.body))


@meetings.write("POST", f"{ONE}/call-off", Who.ADMIN, commands.MeetingRef, body=bodies.MeetingOffBody)
def call_off_meeting(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """Call one meeting off; the season goes on without it."""
    return call.execute(call.services.meetings.call_off, commands.CallOffMeeting(season_id, meeting_id, **call.body))


@meetings.read(f"{ONE}/change/preview", Who.ADMIN, Told, previews=True)
def preview_meeting_change(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Told:
    """How many would get a letter now if the meeting were moved, postponed or called off; nothing is recorded."""
    return Told(len(call.services.calling_off.told(call.actor, season_id, meeting_id)))


@meetings.write("POST", f"{ONE}/hold", Who.ADMIN, commands.MeetingRef, body=bodies.HeldBody)
def hold_meeting(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """Record that it was held on a local day; revenue is earned by it."""
    return call.execute(call.services.meetings.hold, commands.HoldMeeting(season_id, meeting_id, **call.body))


@meetings.write("DELETE", f"{ONE}/hold", Who.ADMIN, commands.MeetingRef)
def undo_holding(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """Take back that it was held, where that was recorded by mistake; it has its time again."""
    return call.execute(call.services.meetings.undo_holding, commands.UndoHolding(season_id, meeting_id))


@meetings.write("PUT", f"{ONE}/title", Who.ADMIN, commands.MeetingRef, body=bodies.RetitleMeetingBody)
def retitle_meeting(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """Its title spelt right, or another."""
    return call.execute(call.services.meetings.retitle, commands.RetitleMeeting(season_id, meeting_id, **call.body))


@meetings.write("DELETE", ONE, Who.ADMIN, commands.MeetingRef)
def remove_meeting(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """Take away a meeting that was planned by mistake, before booking has opened; its material goes with it."""
    return call.execute(call.services.meetings.remove, commands.RemoveMeeting(season_id, meeting_id))


@meetings.write("PUT", f"{ONE}/programme", Who.ADMIN, commands.MeetingRef, body=bodies.ProgrammeBody)
def publish_programme(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """The points of a meeting's programme, in order; they replace those before."""
    zone = call.body["zone"] or _zone(call, season_id)
    items = tuple(_item(each, zone) for each in call.body["items"])
    return call.execute(
        call.services.meetings.publish_programme, commands.PublishProgramme(season_id, meeting_id, items)
    )


def _zone(call: Call, season_id: UUID) -> str:
    """The season's, where a time does not name its own."""
    return call.services.meetings.zone_of(call.actor, SeasonId(season_id))


def planned_meeting(body: Loaded, zone: str) -> commands.PlannedMeeting:
    """A meeting as it is planned; its time is in `zone` unless it names its own."""
    return commands.PlannedMeeting(body["title"], meeting_time(body["time"], zone), body["place"] or ON_SITE)


def meeting_time(body: Loaded, zone: str) -> MeetingTime:
    """When a meeting is. Raises BadValue, NoSuchLocalTime."""
    start: datetime | None = body["start"]
    end: datetime | None = body["end"]
    kind = TimeKind(body["kind"])
    if kind is not TimeKind.SCHEDULED:
        if start is not None or end is not None:
            raise BadValue(field="start", why="only a scheduled meeting has a start and an end")
        return MeetingTime(kind, month=body["month"])
    if start is None or end is None:
        raise BadValue(field="end", why="a meeting ends after it starts")
    if body["month"] is not None:
        raise BadValue(field="month", why="a month and nothing else")
    return scheduled(start, end, body["zone"] or zone)


def _item(body: Loaded, zone: str) -> ProgrammeItem:
    start, end = instant_of(body["start"], zone), instant_of(body["end"], zone)
    return ProgrammeItem(start, end, body["title"], body["speakers"])
