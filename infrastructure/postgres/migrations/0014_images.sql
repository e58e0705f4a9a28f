-- Pictures of every kind in one place, by what they are (SHA-256) and how wide. An event says whose they are and what
-- they show. What is of a person has its owner here and is encrypted under a key that goes when the person goes.
create table image (
    digest     text    not null,
    width      integer not null,
    media_type text    not null,
    content    bytea   not null,
    owner      uuid,
    constraint image_pkey primary key (digest, width)
);
create index image_owner on image (owner) where owner is not null;
-- A logo is a PNG; its width stands in bytes 16 to 19 of its header.
insert into image (digest, width, media_type, content)
select digest, get_byte(content, 18) * 256 + get_byte(content, 19), 'image/png', content from logo;
drop table logo;
