-- Whose an event is, so that a follower knows it without reading the event. Empty in events recorded before this column,
-- or by an older process beside a newer one: ask `organiser_of`, which then looks at the first event of the stream.
alter table event add column organiser_id uuid;

-- Whose a stream is, told from its first event without understanding it: its `organiser_id`, or an organiser's own id.
-- Never fails, whatever the bytes are. Null where nobody can tell.
create function organiser_of_stream(stream uuid) returns uuid language sql stable parallel safe as $$
    select coalesce(organiser_id, case when topic = 'Organiser.Founded' then originator_id end,
        substring(encode(state, 'escape') from
            '"organiser_id":"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"')::uuid)
    from event where originator_id = stream and originator_version = 1
$$;
create function organiser_of(known uuid, stream uuid) returns uuid language sql stable parallel safe as
    'select coalesce(known, organiser_of_stream(stream))';
