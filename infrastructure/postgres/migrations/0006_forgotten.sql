-- What stood in a letter is forgotten when it is old: its row stays, so that it is never posted again and it can be told
-- that it was sent.
alter table letter alter column content drop not null;
create index letter_kept on letter (posted_at) where content is not null and state <> 'waiting';

-- Keys of bookkeeping years, by which those that need not be kept any longer are found.
create index data_key_ledger on data_key (subject, period) where scope = 'ledger' and wrapped is not null;
