-- A letter that its reader has said no to is in a state of its own; until now it had failed, for the error 'unwanted'.
alter table letter drop constraint letter_state_check;
alter table letter add constraint letter_state_check
    check (state in ('waiting', 'sent', 'failed', 'unreadable', 'unwanted'));
update letter set state = 'unwanted', error = '' where state = 'failed' and error = 'unwanted';
