-- What a letter is about, so that letters are found by season as well as by person.
alter table letter add column season_id uuid;
create index letter_season on letter (season_id, posted_at desc) where season_id is not null;
-- In which order letters were posted: those of one instant leave in it too.
alter table letter add column no bigint generated always as identity;
create index letter_kind on letter (organiser_id, kind, posted_at desc);

-- What each letter said of which meeting, and what it did to the reader's calendar: who knew what on which day, and
-- which entry a later letter changes. It follows from no event alone (a letter may not have been sent), so it is kept.
create table told (
    id           bigint      generated always as identity,
    letter_id    uuid        not null,
    organiser_id uuid        not null,
    person_id    uuid        not null,
    season_id    uuid        not null,
    meeting_id   uuid        not null,
    title        text        not null,
    time         jsonb       not null,
    place        jsonb       not null,
    entry        jsonb,
    told_at      timestamptz not null,
    constraint told_pkey primary key (id),
    constraint told_letter foreign key (letter_id) references letter (id)
);
create index told_person on told (person_id, meeting_id, id desc);
create index told_entry on told (person_id, meeting_id, id desc) where entry is not null;
