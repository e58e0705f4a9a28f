"""Meetings: each change of their times, by which revenue is earned on any day as was known then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, get_args

from domain.programme.meeting import Meeting
from domain.programme.season import Season
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry, Fact

TIME = Table(
    "meeting",
    "time",
    {
        "season_id": "uuid",
        "version": "bigint",
        "meeting_id": "uuid",
        "kind": "text",
        "end_at": "timestamptz",
        "held_on": "date",
        "recorded_at": "timestamptz",
    },
    key=("season_id", "version"),
)
"""Each change of a meeting's time with when it was recorded: what had been held on a day, as was known then.

A season that is called off is a change of no meeting (`meeting_id` is null) of the kind season_called_off.
"""

TimeTold: TypeAlias = (
    Season.MeetingScheduled | Season.MeetingPostponed | Season.MeetingCalledOff | Season.MeetingHoldingUndone
)

MEETINGS = Projection("meeting", version=2, tables=(TIME,))


@MEETINGS.on(Season.MeetingPlanned)
def _meeting_planned(event: Season.MeetingPlanned, entry: Entry) -> Iterable[Change]:
    yield _met(event, entry, event.meeting)


MEETINGS.puts(Season.CalledOff, TIME, meeting_id=None, kind="season_called_off", end_at=None, held_on=None)
MEETINGS.puts(Season.MeetingHeld, TIME, kind="held", end_at=None)


@MEETINGS.on(Season.MeetingRemoved)
def _meeting_removed(event: Season.MeetingRemoved, entry: Entry) -> Iterable[Change]:
    """From then on it counts as little as one that is called off."""
    yield _met(event, entry, event.meeting.changed(event.meeting.time.called_off("")))


def _time_told(event: TimeTold, entry: Entry) -> Iterable[Change]:
    yield _met(event, entry, event)


for _kind in get_args(TimeTold):
    MEETINGS.on(_kind)(_time_told)


def _met(event: Fact, entry: Entry, said: Meeting | TimeTold) -> Change:
    return TIME.put(
        season_id=event.originator_id,
        version=event.originator_version,
        meeting_id=said.meeting_id,
        kind=said.time.kind.value,
        end_at=said.time.end_at,
        held_on=None,
        recorded_at=entry.recorded_at,
    )
