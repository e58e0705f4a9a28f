"""Guards that are taken out."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

GUARDS = (
    Mutant(
        "a follower reads only below what is still being written",
        "infrastructure/subscriptions/log.py",
        ") coming where position <= %b and position < position_watermark() order by position",
        ") coming where position <= %b order by position",
        "tests/infrastructure/subscriptions/test_follower.py::test_a_follower_misses_nothing",
    ),
    Mutant(
        "an event of which nobody can tell whose it is stops every partition",
        "infrastructure/subscriptions/log.py",
        "where whose is null or ",
        "where ",
        "tests/infrastructure/jobs/test_partitions.py::"
        "test_an_event_of_which_nobody_can_tell_whose_it_is_stops_every_partition",
    ),
    Mutant(
        "partitions are divided anew from one position",
        "infrastructure/subscriptions/repartition.py",
        "while each.advance(until=until):",
        "if not each:",
        "tests/infrastructure/jobs/test_partitions.py::test_the_number_goes_up_and_down_and_nothing_is_lost_or_doubled",
    ),
    Mutant(
        "what all wait for is waited for in every partition",
        "infrastructure/subscriptions/read_models.py",
        "self.freshness.wait_for_all(self._log.recorded())",
        "self.freshness.wait_for(self._log.recorded())",
        "tests/infrastructure/jobs/test_partitions.py::"
        "test_nobody_waits_for_a_partition_of_others_and_all_adds_up_meanwhile",
    ),
    Mutant(
        "the chain is made below what is still being written",
        "infrastructure/subscriptions/chain.py",
        ") coming where position < position_watermark() order by position",
        ") coming order by position",
        "tests/infrastructure/subscriptions/test_follower.py::test_the_chain_misses_nothing_either",
    ),
    Mutant(
        "a link's digest goes over what its events say",
        "infrastructure/subscriptions/chain.py",
        "for text in (topic.encode(), actor.encode(), state):",
        "for text in (topic.encode(), actor.encode()):",
        "tests/infrastructure/subscriptions/test_chain.py::test_what_was_changed_is_named_by_its_position",
    ),
    Mutant(
        "what somebody holds is nobody else's",
        "infrastructure/event_store/unique_keys.py",
        "set owner = case when claim.owner = excluded.owner then excluded.owner end",
        "set owner = excluded.owner",
        "tests/infrastructure/event_store/test_decisions.py::test_of_sixteen_who_claim_the_same_exactly_one_gets_it",
    ),
    Mutant(
        "a key used for something else is refused",
        "infrastructure/event_store/pending_command.py",
        "if stored.fingerprint != self.fingerprint:",
        "if False:",
        "tests/infrastructure/event_store/test_decisions.py::test_a_key_used_for_something_else_is_refused",
    ),
    Mutant(
        "no seat is sold that is not there",
        "domain/booking/seating.py",
        "        if seats > free + own:\n            raise SeatsShort(asked=seats, left=free + own)\n",
        "",
        "tests/infrastructure/event_store/test_last_seat.py::test_the_last_seat_is_sold_once",
    ),
    Mutant(
        "a form comes from our own page",
        "web/pages/kernel/form_token.py",
        "if wanted and not hmac.compare_digest(wanted, brought):",
        "if False:",
        "tests/web/pages/kernel/test_safety.py::test_a_form_without_the_sessions_token_is_refused",
    ),
    Mutant(
        "a thread waits for no slow client",
        "web/server/gunicorn_server.py",
        '"worker_class": WholeRequestWorker,',
        '"worker_class": "gthread",',
        "tests/web/server/test_slow_clients.py::test_others_are_served_beside[head]",
    ),
    Mutant(
        "nobody acts for seats that are not theirs",
        "application/booking/seat.py",
        "    if not all(work.actor.is_person(booking.seat(no).person_id) for no in seats):\n"
        '        raise NotAllowed(needs="contact of the organisation")\n',
        "",
        "tests/scenarios/booking/test_seats_given_up.py::test_who_only_sits_there_answers_for_no_seat_but_their_own",
    ),
    Mutant(
        "an act rests on what was shown",
        "application/kernel/seen.py",
        "if self.token and self.token == token_of(self.facts(work)):",
        "if self.token:",
        "tests/web/pages/kernel/test_as_shown.py::test_a_seat_handed_over_meanwhile_is_not_handed_on_by_an_old_page",
    ),
    Mutant(
        "a page without its token counts as stale",
        "application/kernel/seen.py",
        "if self.token and self.token == token_of(self.facts(work)):",
        "if not self.token or self.token == token_of(self.facts(work)):",
        "tests/web/pages/kernel/test_as_shown.py::test_a_page_without_its_token_counts_as_stale",
    ),
    Mutant(
        "whoever sits keeps no other seat",
        "application/booking/seat.py",
        "    _free_kept(work, seating, booking_id, person_id)\n",
        "",
        "tests/scenarios/booking/test_claims.py::test_a_kept_seat_is_free_as_soon_as_its_person_sits_in_another",
    ),
    Mutant(
        "whoever sits waits no longer",
        "application/booking/seat.py",
        "    seating.seated(person_id)\n",
        "",
        "tests/scenarios/booking/test_claims.py::test_who_waits_and_gets_a_seat_leaves_the_queue",
    ),
    Mutant(
        "an address under another name is not that person",
        "application/people/address.py",
        "    if not shares:\n        is_told",
        "    if False:\n        is_told",
        "tests/web/test_identity.py::test_an_address_of_another_name_is_refused_and_says_nothing_of_whose_it_is",
    ),
    Mutant(
        "strangers hold a share and no more",
        "domain/booking/seating.py",
        "        if held + seats > most:\n",
        "        if False:\n",
        "tests/domain/booking/test_registration.py::test_strangers_hold_a_share_of_what_is_not_sold",
    ),
    Mutant(
        "a membership covers so many and no more",
        "domain/people/membership_cap.py",
        "return replace(fact, covers=self.persons, beyond=max(0, asked - room), above=self.above)",
        "return replace(fact, covers=self.persons, beyond=0, above=self.above)",
        "tests/scenarios/booking/test_covered.py",
    ),
    Mutant(
        "a time that comes twice is the later one",
        "domain/kernel/terms.py",
        "            return later\n",
        "            return earlier\n",
        "tests/domain/kernel/test_terms.py::test_a_deadline_at_a_time_of_day_favours_the_customer_where_the_clock_is_moved",
    ),
    Mutant(
        "an address is one that mail can carry",
        "domain/kernel/text.py",
        "found = validate_email(text, allow_smtputf8=False, strict=True, check_deliverability=False)",
        "found = validate_email(text, allow_smtputf8=True, check_deliverability=False, allow_quoted_local=True)",
        "tests/domain/kernel/test_text.py::test_what_is_no_address_is_refused",
    ),
    Mutant(
        "what is private is kept by nobody",
        "web/pages/kernel/caching.py",
        'if is_private() or "Set-Cookie" in answer.headers:',
        'if "Set-Cookie" in answer.headers:',
        "tests/web/test_caching.py::test_only_what_is_public_may_be_kept",
    ),
)
