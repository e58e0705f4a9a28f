-- Links by which strangers confirm registrations and orders are waited for too.
drop index letter_urgent;
create index letter_urgent on letter (due_at, id) where state = 'waiting'
    and kind in ('sign_in', 'confirm_email', 'confirm_address', 'confirm_registration', 'confirm_order');
