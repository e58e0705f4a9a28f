"""What meetings of each season had been held by a day, as was known then: revenue is earned and VAT is owed by it."""

from __future__ import annotations

HELD = """
with said as (select m.*, m.recorded_at < ((%(until)s::date + 1)::timestamp at time zone s.zone) as is_said,
    coalesce(m.kind = 'held' and m.held_on <= %(until)s::date
        or m.kind = 'scheduled' and (m.end_at at time zone s.zone)::date <= %(until)s::date, false) as is_held
    from meeting.time m join season.season s on s.season_id = m.season_id where s.organiser_id = %(organiser)s
    and m.recorded_at <= coalesce(%(known_at)s::timestamptz, 'infinity')),
known as (select distinct on (season_id, meeting_id) season_id, meeting_id, is_held from said
    where meeting_id is not null order by season_id, meeting_id, version desc),
planned as (select distinct on (season_id, meeting_id) season_id, meeting_id, kind from said
    where meeting_id is not null and is_said order by season_id, meeting_id, version desc),
gone as (select season_id from said where kind = 'season_called_off' and is_said),
met as (select k.season_id, count(*) filter (where k.is_held) as held, count(*) filter (where not k.is_held
        and p.kind <> 'called_off' and g.season_id is null) as to_come,
        count(p.meeting_id) > 0 or bool_or(g.season_id is not null) as is_planned
    from known k left join planned p on (p.season_id, p.meeting_id) = (k.season_id, k.meeting_id)
    left join gone g on g.season_id = k.season_id group by k.season_id),
stands as (select s.season_id, coalesce(m.held, 0) as held, coalesce(m.held, 0) + coalesce(m.to_come, 0) as meetings,
    coalesce(m.to_come = 0 and m.is_planned, exists (select 1 from gone g where g.season_id = s.season_id)) as is_over
    from season.season s left join met m on m.season_id = s.season_id where s.organiser_id = %(organiser)s)"""
"""Begins a question with how each season `stands`: meetings held, those with the ones to come, whether it `is_over`.

What has been held by a day is what is known of that day; what was to come on it, what had been said by then.
Nothing is to come of a season that has been called off, nor where every meeting has been held or called off.
Asked with %(organiser)s, %(until)s and %(known_at)s.
"""
