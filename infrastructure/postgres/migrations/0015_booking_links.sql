-- Links in mails that open one booking for one person: digests of the secret and (keyed) of the address it was mailed to.
create table booking_link (
    id           uuid        not null,
    digest       bytea       not null check (octet_length(digest) = 32),
    organiser_id uuid        not null,
    booking_id   uuid        not null,
    person_id    uuid        not null,
    address      text        not null,
    made_at      timestamptz not null,
    stopped_at   timestamptz,
    constraint booking_link_pkey primary key (id),
    constraint booking_link_digest unique (digest)
);
create index booking_link_booking on booking_link (booking_id);
create index booking_link_person on booking_link (person_id);

-- Codes mailed anew to somebody who came by such a link, before they do what a forwarded mail must not be enough for.
create table link_code (
    booking_id uuid        not null,
    person_id  uuid        not null,
    act        text        not null,
    digest     bytea       not null check (octet_length(digest) = 32),
    expires_at timestamptz not null,
    tries      integer     not null,
    constraint link_code_pkey primary key (booking_id, person_id, act)
);
create index link_code_expires_at on link_code (expires_at);

-- What was asked for by somebody who gave their address: a link to sign in with, or those to their bookings.
alter table asked_link add column purpose text not null default 'sign_in';

drop index letter_urgent;
create index letter_urgent on letter (due_at, id) where state = 'waiting' and kind in
    ('sign_in', 'link_code', 'confirm_email', 'confirm_address', 'confirm_registration', 'confirm_order');
