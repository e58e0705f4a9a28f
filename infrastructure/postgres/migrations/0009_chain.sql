-- The log, chained: for each organiser the worker writes links over its events, in order, some time after they have been
-- recorded. A link's digest goes over the digest before it and over every byte of its events, under a key that is kept
-- outside the database; `marks` has, for each event, its position and the beginning of its own digest (8 bytes each), so
-- that a change can be named. Erasing somebody changes no event, only what its key opens.
create table chain_link (
    organiser_id uuid   not null,
    until        bigint not null,
    marks        bytea  not null,
    digest       bytea  not null,
    constraint chain_link_pkey primary key (organiser_id, until)
);
create index chain_link_until on chain_link (until);
