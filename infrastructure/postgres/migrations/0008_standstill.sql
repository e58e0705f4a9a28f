-- For which organiser a follower stands still, and from which event on: it has taken in nothing of theirs from there, while
-- it goes on for everybody else. `name` as in `tracking`; the name '*' stands for everybody, where nobody can tell whose
-- the event is that cannot be read.
create table standstill (
    name         text        not null,
    organiser_id uuid        not null,
    position     bigint      not null,
    topic        text        not null,
    why          text        not null,
    since        timestamptz not null default now(),
    constraint standstill_pkey primary key (name, organiser_id)
);
