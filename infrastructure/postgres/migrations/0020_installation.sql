-- What the installation says of itself, in one row: which key folder its personal data is locked with (a digest under the
-- folder's own secret), and whether a backup is being put back, so that nobody is let in before it is done.
create table installation (
    only_row         boolean     not null default true check (only_row),
    keys_fingerprint bytea       not null check (octet_length(keys_fingerprint) = 32),
    taken_at         timestamptz not null default now(),
    is_restoring     boolean     not null default false,
    constraint installation_pkey primary key (only_row)
);

-- What has been erased, newest last: the worker copies it to a journal beside the keys.
create index data_key_destroyed on data_key (destroyed_at) where destroyed_at is not null;
