-- The event store: what has happened, which commands were answered, who holds what must be unique, and the keys to
-- personal data. One append statement writes all of it; read models and followers only read it.

-- Raised (create or replace ... select N) after a logical restore into a cluster whose transaction counter is lower than
-- the one the log was written under, so that positions go on growing. Inlined by the planner, so it costs nothing.
create function position_offset() returns bigint language sql immutable parallel safe as 'select 0::bigint';

-- Where the first event of this transaction stands: (transaction id + offset) * 4096; the next ones follow it. 51 bits
-- are left for the transaction id.
create function position_here() returns bigint language sql stable as
    'select (pg_current_xact_id()::text::bigint + position_offset()) << 12';

-- Below it nothing will ever be added: every transaction under way, or yet to come, writes above. A follower that reads
-- below it can therefore miss nothing, although writers take no common lock and no number from a sequence.
create function position_watermark() returns bigint language sql stable as
    'select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + position_offset()) << 12';

-- Positions are sparse, never shown to people, and never used as document numbers.
create table event (
    originator_id      uuid        not null,
    originator_version bigint      not null check (originator_version > 0),
    position           bigint      not null,
    topic              text        not null,
    state              bytea       not null,
    recorded_at        timestamptz not null,
    actor              text        not null,
    command_id         uuid,
    constraint event_pkey primary key (originator_id, originator_version),
    constraint event_position_key unique (position)
);

-- A fold kept so that a long stream is quick to read. `shape` names the code that made it: a snapshot of another shape
-- is not read, and is replaced. May be emptied at any time.
create table snapshot (
    originator_id      uuid        not null,
    originator_version bigint      not null,
    shape              text        not null,
    state              bytea       not null,
    taken_at           timestamptz not null,
    constraint snapshot_pkey primary key (originator_id)
) with (fillfactor = 50);

-- The answers to commands that carried an idempotency key, written with their events: the same key, the same answer.
create table command (
    id          uuid        not null,
    fingerprint bytea       not null,
    answer      bytea       not null,
    position    bigint      not null,
    recorded_at timestamptz not null,
    constraint command_pkey primary key (id)
);
create index command_recorded_at on command using brin (recorded_at);

-- What must be unique across aggregates, whoever comes first. Personal values stand here as keyed digests only.
create table claim (
    kind  text not null,
    value text not null,
    owner uuid not null,
    constraint claim_pkey primary key (kind, value)
) with (fillfactor = 80);
create index claim_owner on claim (owner);

-- One data key for each person, and one for each organiser's bookkeeping year, wrapped by an epoch key kept outside the
-- database. Destroying keeps the row and empties it: its primary key is the tombstone, so that a key which is being made
-- at the same moment meets it and can never be minted again.
create table data_key (
    scope        text        not null check (scope in ('person', 'ledger')),
    subject      uuid        not null,
    period       text        not null,
    epoch        integer,
    wrapped      bytea,
    created_at   timestamptz not null,
    destroyed_at timestamptz,
    constraint data_key_pkey primary key (scope, subject, period),
    constraint data_key_whole check ((destroyed_at is null) = (wrapped is not null) and (wrapped is null) = (epoch is null))
) with (fillfactor = 70);
create index data_key_epoch on data_key (epoch) where wrapped is not null;

create view data_key_tombstone as
    select scope, subject, period, destroyed_at from data_key where destroyed_at is not null;

-- How far each follower has come. Updated all the time: room on the page for cheap updates, and vacuumed as other
-- tables are, or it would swell.
create table tracking (
    name     text   not null,
    position bigint not null,
    constraint tracking_pkey primary key (name)
) with (fillfactor = 50, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0.1);

-- Who may knock: only a digest of the secret is kept.
create table token (
    id            text        not null,
    secret_sha256 bytea       not null check (octet_length(secret_sha256) = 32),
    organiser_id  uuid,
    roles         text[]      not null default '{}',
    person_id     uuid,
    is_system     boolean     not null default false,
    name          text        not null,
    created_at    timestamptz not null,
    revoked_at    timestamptz,
    constraint token_pkey primary key (id)
);
create index token_person on token (person_id) where person_id is not null;
