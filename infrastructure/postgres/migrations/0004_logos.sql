-- Logos by what they are (SHA-256), so that a document keeps the one it was issued with. An event says whose it is.
create table logo (
    digest  text  not null,
    content bytea not null,
    constraint logo_pkey primary key (digest)
);
