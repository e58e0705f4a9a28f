-- What the card company tells, kept before anything is done about it: known by its own id, so that the same notice again
-- is nothing new. The body is kept as it was signed.
create table card_notice (
    notice_id   text        not null,
    kind        text        not null,
    object_id   text        not null,
    body        bytea       not null,
    received_at timestamptz not null,
    try_after   timestamptz not null default '-infinity',
    attempts    integer     not null default 0,
    done_at     timestamptz,
    outcome     text        not null default '',
    constraint card_notice_pkey primary key (notice_id)
) with (fillfactor = 70);
create index card_notice_waiting on card_notice (received_at) where done_at is null;

-- What our books and the card company's did not agree on when they were last compared.
create table card_difference (
    organiser_id uuid,
    kind         text   not null,
    reference    text   not null,
    checkout_id  uuid,
    ours         bigint not null,
    theirs       bigint not null,
    day          date,
    constraint card_difference_key unique nulls not distinct (kind, reference)
);

-- What is done once a day for an organiser, and the local day it was last done.
create table daily (
    name         text not null,
    organiser_id uuid not null,
    day          date not null,
    constraint daily_pkey primary key (name, organiser_id)
) with (fillfactor = 70);
