-- A token ends with its maker, and by itself: who made it (`made_by`; `made_with`: with which other token), until when it
-- opens anything, when it was used, and by whom and why it was revoked. An older process leaves all of it empty.
-- `has_events`: it was made as an event, so its first use and its end become events, too, if they have not yet.
alter table token
    add column made_by       uuid,
    add column made_with     text        not null default '',
    add column expires_at    timestamptz,
    add column first_used_at timestamptz,
    add column used_at       timestamptz,
    add column revoked_by    uuid,
    add column why           text        not null default '',
    add column has_events    boolean     not null default false,
    add column is_use_told   boolean     not null default false,
    add column is_end_told   boolean     not null default false;
create index token_made_by on token (made_by) where made_by is not null;
create index token_made_with on token (made_with) where made_with <> '';
create index token_untold on token (id)
    where has_events and (first_used_at is not null and not is_use_told or revoked_at is not null and not is_end_told);
