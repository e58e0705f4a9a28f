-- How each job of the leading worker is: when it last ended a turn, and since when it has failed, and by what. Written by
-- the leader every few seconds, so that whoever asks any process is told.
create table job_state (
    name          text        not null,
    turned_at     timestamptz not null,
    failing_since timestamptz,
    error         text        not null default '',
    constraint job_state_pkey primary key (name)
);
