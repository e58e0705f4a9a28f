-- Letters, and how people show who they are. Nothing here is part of the record of the business: letters follow from it,
-- and who has signed in is forgotten when it is over.

-- What is to be delivered, once for each key. Address and content are ciphertext under the key of whom it is about.
create table letter (
    id           uuid        not null,
    key          text        not null,
    organiser_id uuid        not null,
    kind         text        not null,
    person_id    uuid,
    language     text        not null,
    content      bytea       not null,
    state        text        not null check (state in ('waiting', 'sent', 'failed', 'unreadable')),
    attempts     integer     not null default 0,
    posted_at    timestamptz not null,
    due_at       timestamptz not null,
    sent_at      timestamptz,
    error        text        not null default '',
    constraint letter_pkey primary key (id),
    constraint letter_key unique (key)
) with (fillfactor = 80);
create index letter_due on letter (due_at) where state = 'waiting';
create index letter_organiser on letter (organiser_id, posted_at desc);
create index letter_person on letter (person_id) where person_id is not null;

-- Secrets that work once and for a while: links by mail, challenges, the way to a provider and back. Only the digest of
-- the secret is kept, and no personal data.
create table one_time (
    digest     bytea       not null check (octet_length(digest) = 32),
    purpose    text        not null,
    facts      text        not null,
    expires_at timestamptz not null,
    constraint one_time_pkey primary key (digest)
);
create index one_time_expires_at on one_time (expires_at);

-- Who is signed in, in which browser. No person: whoever sets the installation up.
create table session (
    id           uuid        not null,
    digest       bytea       not null check (octet_length(digest) = 32),
    organiser_id uuid,
    person_id    uuid,
    method       text        not null,
    browser      text        not null,
    language     text        not null,
    granted      text[]      not null default '{}',
    made_at      timestamptz not null,
    seen_at      timestamptz not null,
    expires_at   timestamptz not null,
    ended_at     timestamptz,
    constraint session_pkey primary key (id),
    constraint session_digest unique (digest),
    constraint session_whose check ((organiser_id is null) = (person_id is null))
);
create index session_person on session (person_id) where person_id is not null;

-- Passkeys: the public half, and how often it has been used as far as it tells.
create table passkey (
    id            uuid        not null,
    credential_id bytea       not null,
    organiser_id  uuid        not null,
    person_id     uuid        not null,
    public_key    bytea       not null,
    sign_count    bigint      not null,
    name          text        not null,
    made_at       timestamptz not null,
    used_at       timestamptz,
    constraint passkey_pkey primary key (id),
    constraint passkey_credential_id unique (credential_id)
);
create index passkey_person on passkey (person_id);

-- How often something has been tried in a while. It may be lost in a crash.
create unlogged table attempts (
    key    text        not null,
    begins timestamptz not null,
    number integer     not null,
    constraint attempts_pkey primary key (key, begins)
) with (fillfactor = 50);

-- Links by mail that were asked for, until the worker has looked whether anybody has the address.
create table asked_link (
    id         uuid        not null,
    organisers uuid[]      not null,
    digests    text[]      not null,
    going_to   text        not null,
    language   text        not null,
    asked_at   timestamptz not null,
    constraint asked_link_pkey primary key (id)
);
