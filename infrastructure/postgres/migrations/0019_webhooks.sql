-- What other systems are to be told: one row for each event and endpoint, until it has been taken, and some weeks more.
-- `no`: the order in which things happened, kept for each endpoint and subject. `since`: from when it has been tried;
-- three days later it is put aside. `body` holds ids, sums and instants, and nobody's name.
create table webhook_delivery (
    no           bigint generated always as identity primary key,
    id           uuid        not null unique,
    webhook_id   uuid        not null,
    organiser_id uuid        not null,
    event_id     uuid        not null,
    kind         text        not null,
    subject_id   uuid        not null,
    body         text        not null,
    state        text        not null default 'waiting' check (state in ('waiting', 'delivered', 'put_aside')),
    attempts     int         not null default 0,
    status       int         not null default 0,
    error        text        not null default '',
    made_at      timestamptz not null,
    since        timestamptz not null,
    due_at       timestamptz not null,
    delivered_at timestamptz,
    unique (webhook_id, event_id)
);
create index webhook_delivery_due on webhook_delivery (due_at, no) where state = 'waiting';
create index webhook_delivery_order on webhook_delivery (webhook_id, subject_id, no) where state = 'waiting';
create index webhook_delivery_list on webhook_delivery (organiser_id, no);
create index webhook_delivery_old on webhook_delivery (made_at) where state <> 'waiting';

-- How an endpoint has answered of late: one that nobody reaches rests a while, one that is gone for good is stopped.
create table webhook_hearing (
    webhook_id uuid        primary key,
    rests_till timestamptz,
    gone       int         not null default 0,
    heard_at   timestamptz
);
