"""The SQL of the event store: one statement appends all that a decision brings, one reads all that it needs."""

from __future__ import annotations

from functools import cache

ONE_EVENT = """
insert into event
(originator_id, originator_version, topic, state, position, recorded_at, actor, command_id, organiser_id)
values (%b, %b, %b, %b, position_here(), %b, %b, %b, %b) returning position"""

EVENTS = """
insert into event
(originator_id, originator_version, topic, state, position, recorded_at, actor, command_id, organiser_id)
select i, v, t, s, position_here() + n - 1, r, a, c, o
from (select count(pg_advisory_xact_lock_shared(k)) as held from unnest(%b::int8[]) as k) as gate,
unnest(%b::uuid[], %b::int8[], %b::text[], %b::bytea[], %b::timestamptz[], %b::text[], %b::uuid[], %b::uuid[])
with ordinality as e (i, v, t, s, r, a, c, o, n)
where held >= 0
order by i, v
returning position"""
# Ordered by stream, so that two decisions on the same streams wait for each other instead of locking crosswise. Whoever
# has decided without a lock waits at the gate for those who hold one, so that these are never the ones who collide.

ONE_COMMAND = """
insert into command (id, fingerprint, answer, position, recorded_at)
select %b, %b, %b, case when %b::int8 < 0 then 0 else position_here() + %b::int8 end, %b"""

COMMANDS = """
insert into command (id, fingerprint, answer, position, recorded_at)
select i, f, a, case when n < 0 then 0 else position_here() + n end, r
from unnest(%b::uuid[], %b::bytea[], %b::bytea[], %b::int8[], %b::timestamptz[]) as c (i, f, a, n, r) order by i"""

CLAIMS = """
insert into claim (kind, value, owner)
select * from unnest(%b::text[], %b::text[], %b::uuid[]) as c (k, v, o) order by k, v
on conflict (kind, value) do update
set owner = case when claim.owner = excluded.owner then excluded.owner end"""
# a claim that somebody else holds would get no owner, which the table refuses

PASSED_ON = """
insert into claim (kind, value, owner)
select * from unnest(%b::text[], %b::text[], %b::uuid[]) as c (k, v, o) order by k, v
on conflict (kind, value) do update set owner = excluded.owner"""
# given up and claimed anew in the same transaction

RELEASES = "delete from claim where (kind, value) in (select * from unnest(%b::text[], %b::text[]))"

KEYS = """
insert into data_key (scope, subject, period, epoch, wrapped, created_at)
select * from unnest(%b::text[], %b::uuid[], %b::text[], %b::int4[], %b::bytea[], %b::timestamptz[])
as k (scope, subject, period, epoch, wrapped, at) order by scope, subject, period"""

DESTROYED = """
insert into data_key (scope, subject, period, created_at, destroyed_at)
select s, i, p, t, t from unnest(%b::text[], %b::uuid[], %b::text[], %b::timestamptz[]) as d (s, i, p, t)
order by s, i, p
on conflict (scope, subject, period) do update
set wrapped = null, epoch = null, destroyed_at = coalesce(data_key.destroyed_at, excluded.destroyed_at)"""

SNAPSHOTS = """
insert into snapshot (originator_id, originator_version, shape, state, taken_at)
select * from unnest(%b::uuid[], %b::int8[], %b::text[], %b::bytea[], %b::timestamptz[]) as s (i, v, h, s, t) order by i
on conflict (originator_id) do update set originator_version = excluded.originator_version, shape = excluded.shape,
state = excluded.state, taken_at = excluded.taken_at"""


@cache
def together(parts: tuple[str, ...]) -> bytes:
    """One statement of several that write; the last one's answer is the answer."""
    *before, last = parts
    if not before:
        return last.encode()
    named = ", ".join(f"part_{number} as ({part})" for number, part in enumerate(before))
    return f"with {named} {last}".encode()


IS_EVENT, IS_SNAPSHOT, IS_ANSWER = range(3)

_STREAMS = """(
select 0::int2, r.i, e.originator_version, e.topic, case when r.v = 1 or e.originator_version > r.v then e.state end,
e.recorded_at, e.position from unnest(%b::uuid[], %b::int8[]) as r (i, v) cross join lateral (
    select originator_version, topic, state, recorded_at, position from event
    where originator_id = r.i and originator_version >= r.v order by originator_version offset 0) as e)"""
# Lateral, so that each stream is looked up by itself, even by a plan that was made while the table was small. What was
# remembered up to a version needs no state of that version's event, only to see that it still stands there.

_SINCE_SNAPSHOT = """(
select 0::int2, originator_id, originator_version, topic, state, recorded_at, position from event
where originator_id = %b and originator_version > coalesce(
    (select originator_version from snapshot where originator_id = %b and shape = %b), 0)
order by originator_version)
union all
select 1::int2, originator_id, originator_version, shape, state, taken_at, 0::int8 from snapshot
where originator_id = %b and shape = %b"""

_ANSWER = """
select 2::int2, id, 0::int8, null, fingerprint || answer, recorded_at, position from command where id = %b"""

_ANSWERS = """
select 2::int2, id, 0::int8, null, fingerprint || answer, recorded_at, position
from command where id = any(%b::uuid[])"""


@cache
def read(streams: int, snapshots: int, answers: int) -> bytes:
    """The statement that reads streams from a version on, others from their snapshots on, and stored answers.

    Its arguments: a list of streams and one of versions, if there are any; then for each of the others its id twice,
    shape, id, shape; then the command if it is one, or a list of commands if `answers` is 2.
    """
    parts = [_STREAMS] if streams else []
    parts += [_SINCE_SNAPSHOT] * snapshots
    if answers:
        parts.append(_ANSWER if answers == 1 else _ANSWERS)
    return " union all ".join(parts).encode()


TRY_LOCKS = b"select pg_try_advisory_xact_lock(k) from unnest(%b::int8[]) as k"

LOCKS = b"select pg_advisory_xact_lock(k) is not null from unnest(%b::int8[]) as k"

COMING = """
select originator_id, originator_version, topic, state, position, recorded_at, actor, command_id,
organiser_of(organiser_id, originator_id) from (
    select * from event where position > %b order by position limit %b
) coming where position <= %b and position < position_watermark() order by position"""
# the limit stands inside, so that however little the planner knows of the log it walks along the index

STREAM = """
select originator_id, originator_version, topic, state, recorded_at, actor, position, command_id from event
where originator_id = %b and originator_version > %b and originator_version <= %b
order by originator_version {direction} limit %b"""

HEAD = "select max(position) from event where position < position_watermark()"

RECORDED = "select max(position) from event"

WRITTEN_BY = "select position, command_id from event where originator_id = %b and originator_version = %b"

HELD_BY_OTHERS = """
select kind, value from claim join unnest(%b::text[], %b::text[], %b::uuid[]) as c (k, v, o) on (kind, value) = (k, v)
where owner <> o order by kind, value limit 1"""

OWNER = "select owner from claim where kind = %b and value = %b"
