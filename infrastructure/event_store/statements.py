"""The SQL of the event store. One statement appends all that a transaction brings."""

from __future__ import annotations

from functools import cache

EVENTS = """
insert into event
(originator_id, originator_version, topic, state, position, recorded_at, actor, command_id, organiser_id)
select i, v, t, s, position_here() + n - 1, r, a, c, o::uuid
from (select count(pg_advisory_xact_lock_shared(k)) as held from unnest(%b::int8[]) as k) as gate,
unnest(%b::uuid[], %b::int8[], %b::text[], %b::bytea[], %b::timestamptz[], %b::text[], %b::uuid[], %b::text[])
with ordinality as e (i, v, t, s, r, a, c, o, n)
where held >= 0
order by i, v
returning position"""
# Ordered by stream, so that two decisions on the same streams wait for each other instead of locking crosswise. Whoever
# has decided without a lock waits at the gate for those who hold one, so that these are never the ones who collide.

ANSWERS = """
insert into command (id, fingerprint, answer, position, recorded_at)
select i, f, a, case when n < 0 then 0 else position_here() + n end, r
from unnest(%b::uuid[], %b::bytea[], %b::bytea[], %b::int8[], %b::timestamptz[]) as c (i, f, a, n, r) order by i"""

WRITTEN_BY = "select position from event where originator_id = %b and originator_version = %b and command_id = %b"

STREAMS = """
select topic, originator_id, originator_version, recorded_at, state, position from event
where originator_id = any(%b::uuid[]) order by originator_id, originator_version"""

STORED_ANSWERS = "select id, fingerprint, answer, position from command where id = any(%b::uuid[])"


@cache
def one_statement(parts: tuple[str, ...]) -> bytes:
    """One statement of several that write; the last one's answer is the answer."""
    *before, last = parts
    if not before:
        return last.encode()
    named = ", ".join(f"part_{number} as ({part})" for number, part in enumerate(before))
    return f"with {named} {last}".encode()
