-- Notices of the card company name payers in clear: of each only its ids, its kind, and a digest of what was signed are
-- kept. The table is written anew, so that what stood there is gone.
alter table card_notice alter column body type bytea using sha256(body);
alter table card_notice rename column body to digest;

-- Letters that somebody waits for go before all others.
create index letter_urgent on letter (due_at, id) where state = 'waiting' and kind in ('sign_in', 'confirm_email');
