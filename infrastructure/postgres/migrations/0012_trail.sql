-- The trail: refused attempts, sign-ins and exports, with who (ids only), what, when and from which network, coarsely.
-- Rows that are alike and come together are one, with their number. It only grows: nobody changes a row, and what is
-- older than thirty days may be forgotten by the errand that forgets, which says so in its transaction.
create table trail (
    id           bigint      generated always as identity,
    at           timestamptz not null,
    organiser_id uuid,
    kind         text        not null check (kind in ('refused', 'not_found', 'bad_key', 'failed_sign_in', 'sign_in', 'export')),
    what         text        not null,
    why          text        not null default '',
    actor        text        not null default '',
    roles        text[]      not null default '{}',
    person_id    uuid,
    about        uuid,
    place        text        not null default '',
    number       integer     not null default 1,
    constraint trail_pkey primary key (id)
);
create index trail_organiser on trail (organiser_id, id desc);
create index trail_at on trail using brin (at);

create function trail_only_grows() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('plats.forgets', true) = 'trail' and old.at < now() - interval '30 days' then
        return old;
    end if;
    raise exception 'the trail only grows' using errcode = 'insufficient_privilege';
end $$;
create trigger trail_only_grows before update or delete on trail for each row execute function trail_only_grows();
create trigger trail_is_not_emptied before truncate on trail for each statement execute function trail_only_grows();
