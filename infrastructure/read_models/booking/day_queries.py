"""What a day looks like: counts from bookings and waiting lists, and the meetings to come from the seasons."""

from __future__ import annotations

from datetime import date, timedelta

from application.booking.queries.day import ComingRow, DayQuestions, DayRow
from application.kernel.actor import Actor
from application.kernel.use_case import organiser_of
from infrastructure.read_models.kernel.query import Shape, Tables

_FIGURES = """
with made as (select (made_at at time zone (select zone from programme.organiser
        where organiser_id = %(organiser)s))::date as day, sum(seats)::bigint as seats
    from booking.booking where organiser_id = %(organiser)s and made_at > %(since)s::date - 1 group by 1),
going_on as (select season_id, sorts_on from season.season where organiser_id = %(organiser)s and called_off_for = ''
    and coalesce(last_on, 'infinity') >= %(on)s),
queue as (select sum(t.waiting)::bigint as waiting, count(*) filter (where t.waiting > 0) as seasons
    from going_on g join season.seating t on t.season_id = g.season_id),
nameless as (select count(*) as seats, count(*) filter (where g.sorts_on <= %(soon)s) as soon
    from going_on g join booking.seat s on s.season_id = g.season_id
    where s.person_id is null and not s.is_cancelled)
select coalesce((select seats from made where day = %(on)s), 0) as booked,
coalesce((select sum(seats) from made where day between %(since)s and %(on)s), 0)::bigint as booked_in_week,
coalesce(q.waiting, 0) as waiting, q.seasons as waited_for, n.seats as unnamed, n.soon as unnamed_soon
from queue q cross join nameless n"""

_COMING = """
select s.season_id, n.name as network, s.title as season, (m ->> 'meeting_id')::uuid as meeting_id,
m ->> 'title' as title, (m -> 'time' ->> 'start_at')::timestamptz as start_at,
(m -> 'time' ->> 'end_at')::timestamptz as end_at, s.zone, coalesce(t.taken, 0) as seats
from season.season s cross join lateral jsonb_array_elements(s.meetings) m
join programme.network n on n.network_id = s.network_id
left join season.seating t on t.season_id = s.season_id
where s.organiser_id = %(organiser)s and s.called_off_for = '' and m -> 'time' ->> 'kind' = 'scheduled'
and (m -> 'time' ->> 'end_at')::timestamptz > %(now)s and (m -> 'time' ->> 'start_at')::timestamptz <= %(until)s
order by start_at, n.name"""

_DAY, _MEETING = Shape(DayRow), Shape(ComingRow)


class DayTables(Tables, DayQuestions):
    """Counts without names."""

    def figures(self, actor: Actor, on: date) -> DayRow:
        week = timedelta(days=7)
        asked = {"organiser": organiser_of(actor), "on": on, "since": on - week + on.resolution, "soon": on + week}
        return self._reader.rows(_DAY, _FIGURES, asked)[0]

    def coming(self, actor: Actor, days: int = 7) -> tuple[ComingRow, ...]:
        now = self._reader.clock.now()
        asked = {"organiser": organiser_of(actor), "now": now, "until": now + timedelta(days=days)}
        return self._reader.rows(_MEETING, _COMING, asked)
