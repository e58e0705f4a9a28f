"""What reminders are found in: when meetings begin and since when that is so, what was published when, the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeAlias, get_args
from uuid import UUID

from application.notifications.due import Sitting
from application.notifications.reminders import ComingMeeting, EndingMembership, NewMaterial
from domain.kernel.ids import SeasonId
from domain.mail.letter_rules import LetterRules
from domain.mail.reminding import USUAL, Reminding
from domain.programme.meeting_time import MeetingTime
from domain.programme.season import Season
from infrastructure.read_models.kernel.projection import Projection, recorded_at
from infrastructure.read_models.kernel.query import Shape, Tables, read_json
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry, Fact

BEGINS = Table(
    "reminding",
    "begins",
    {"meeting_id": "uuid", "season_id": "uuid", "start_at": "timestamptz", "since": "timestamptz"},
    key=("meeting_id",),
    indexes=("(start_at)",),
)
"""The meetings that have a time, and since when they have it."""

PUBLISHED = Table(
    "reminding",
    "published",
    {"material_id": "uuid", "season_id": "uuid", "published_at": "timestamptz"},
    key=("material_id",),
    indexes=("(published_at)",),
)
RULES = Table(
    "reminding",
    "rules",
    {"rules_id": "uuid", "organiser_id": "uuid", "season_id": "uuid", "reminding": "jsonb"},
    key=("rules_id",),
    indexes=("(season_id)", "(organiser_id)"),
)
REMINDING = Projection("reminding", version=1, tables=(BEGINS, PUBLISHED, RULES))

TimeTold: TypeAlias = (
    Season.MeetingScheduled | Season.MeetingPostponed | Season.MeetingCalledOff | Season.MeetingHoldingUndone
)


def _begins(event: Fact, entry: Entry, meeting_id: UUID, time: MeetingTime) -> Change:
    if time.start_at is None:
        return BEGINS.delete((meeting_id,))
    return BEGINS.put(
        meeting_id=meeting_id, season_id=event.originator_id, start_at=time.start_at, since=entry.recorded_at
    )


@REMINDING.on(Season.MeetingPlanned)
def _planned(event: Season.MeetingPlanned, entry: Entry) -> Iterable[Change]:
    yield _begins(event, entry, event.meeting.meeting_id, event.meeting.time)


def _told(event: TimeTold, entry: Entry) -> Iterable[Change]:
    yield _begins(event, entry, event.meeting_id, event.time)


for _kind in get_args(TimeTold):
    REMINDING.on(_kind)(_told)


@REMINDING.on(Season.MeetingRemoved)
def _removed(event: Season.MeetingRemoved, _: Entry) -> Iterable[Change]:
    yield BEGINS.delete((event.meeting.meeting_id,))


@REMINDING.on(Season.MeetingHeld)
def _held(event: Season.MeetingHeld, _: Entry) -> Iterable[Change]:
    yield BEGINS.delete((event.meeting_id,))


REMINDING.puts(
    Season.MaterialPublished,
    PUBLISHED,
    material_id=lambda event, _: event.material.material_id,
    season_id=lambda event, _: event.originator_id,
    published_at=recorded_at,
)


@REMINDING.on(Season.MaterialRemoved)
def _taken_away(event: Season.MaterialRemoved, _: Entry) -> Iterable[Change]:
    yield PUBLISHED.delete((event.material.material_id,))


REMINDING.puts(LetterRules.Begun, RULES, reminding=None)
REMINDING.sets(
    LetterRules.RemindersChosen,
    RULES,
    reminding=lambda event, _: event.reminding,
)

_RULED = "coalesce(own.reminding, of_all.reminding)::text as reminding"
_RULES_OF_SEASON = """
left join reminding.rules own on own.season_id = s.season_id
left join reminding.rules of_all on of_all.organiser_id = s.organiser_id and of_all.season_id is null"""
_COMING = f"""
select b.season_id, b.meeting_id, b.start_at, b.since, s.zone, {_RULED}
from reminding.begins b join season.season s on s.season_id = b.season_id {_RULES_OF_SEASON}
where b.start_at > %s and b.start_at <= %s and s.called_off_for = '' order by b.start_at, b.meeting_id"""  # noqa: S608 # no input
_PUBLISHED = f"""
select p.season_id, p.material_id, p.published_at, s.zone, {_RULED}
from reminding.published p join season.season s on s.season_id = p.season_id {_RULES_OF_SEASON}
where p.published_at > %s and s.called_off_for = '' order by p.published_at, p.material_id"""  # noqa: S608 # no input
_ENDING = """
select m.membership_id, (m.periods -> -1 ->> 0)::date as from_on, (m.periods -> -1 ->> 1)::date as until_on, o.zone,
r.reminding::text as reminding
from people.membership m join programme.organiser o on o.organiser_id = m.organiser_id
left join reminding.rules r on r.organiser_id = m.organiser_id and r.season_id is null
where (m.periods -> -1 ->> 1)::date between %s and %s order by until_on, m.membership_id"""
_SITTING = """
select booking_id, seat, person_id, booked_by, organisation_id, from_at from (
    select distinct on (s.booking_id, s.seat)
    s.booking_id, s.seat, s.person_id, s.is_over, s.from_at, k.booked_by, k.organisation_id
    from roster.booked b join roster.sitting s on s.booking_id = b.booking_id
    join booking.booking k on k.booking_id = b.booking_id
    where b.season_id = %s order by s.booking_id, s.seat, s.version desc) held
where not is_over order by booking_id, seat"""


def _reminding(text: str | None) -> Reminding:
    return read_json(Reminding, text) if text else USUAL


_RULES = {"reminding": lambda row: _reminding(row["reminding"])}
_MEETING, _MEMBERSHIP = Shape(ComingMeeting, made=_RULES), Shape(EndingMembership, made=_RULES)
_SEAT, _MATERIAL = Shape(Sitting), Shape(NewMaterial)


class ReminderTables(Tables):
    """`application.notifications.reminders.RemindersModel` on the read models' tables."""

    def coming(self, after: datetime, until: datetime) -> Sequence[ComingMeeting]:
        return self._reader.rows(_MEETING, _COMING, [after, until])

    def published(self, since: datetime) -> Sequence[NewMaterial]:
        rows = self._reader.cells(_PUBLISHED, [since])
        told = [row for row in rows if _reminding(row["reminding"]).tells_material]
        return self._reader.shaped(_MATERIAL, told)

    def ending(self, after: date, until: date) -> Sequence[EndingMembership]:
        return self._reader.rows(_MEMBERSHIP, _ENDING, [after, until])

    def sitting(self, season_id: SeasonId) -> tuple[Sitting, ...]:
        return self._reader.rows(_SEAT, _SITTING, [season_id])
