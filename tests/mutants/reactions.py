"""What follows from an event, dropped."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

REACTIONS = (
    Mutant(
        "people are told",
        "web/wiring/policies.py",
        "        letters(telling),\n",
        "",
        "tests/scenarios/mail/test_letters.py::test_who_books_is_told_what_was_booked_and_a_colleague_that_there_is_a_seat",
    ),
    Mutant(
        "keys end with whoever leaves",
        "web/wiring/policies.py",
        "        leaving(services.tokens, services.waiting_lists, models.roster),\n",
        "",
        "tests/scenarios/access/test_token.py::test_a_key_ends_with_its_maker",
    ),
    Mutant(
        "what is overtaken is closed",
        "web/wiring/policies.py",
        "        cases(Overtaken(decisions), models.desk),\n",
        "",
        "tests/scenarios/booking/test_overtaken.py",
    ),
    Mutant(
        "sessions end with whoever leaves",
        "application/automation/leaving.py",
        "        when(Organiser.StaffDismissed, lambda event: sessions.end_all_of(event.person_id)),\n",
        "",
        "tests/scenarios/access/test_sign_in.py",
    ),
    Mutant(
        "seats that were paid for by card are booked",
        "application/automation/policies.py",
        "        when(Checkout.Paid, lambda event: holds.confirm(event.originator_id)),\n",
        "",
        "tests/scenarios/booking/test_hold.py",
    ),
    Mutant(
        "documents are delivered",
        "application/automation/policies.py",
        "        when(Invoice.Issued, deliver),\n",
        "",
        "tests/scenarios/billing/test_paper.py::test_an_e_invoice_is_carried_to_its_buyer",
    ),
    Mutant(
        "first refusals follow their season",
        "web/wiring/policies.py",
        "        kept_seats(services.first_refusals, models.first_refusal),\n",
        "",
        "tests/scenarios/booking/test_first_refusal.py",
    ),
    Mutant(
        "a booking is invoiced",
        "application/automation/policies.py",
        "        when(Booking.Made, of.booking_made),\n",
        "",
        "tests/application/automation/test_policies.py::test_a_booking_is_invoiced",
    ),
    Mutant(
        "what is given back is credited",
        "application/automation/policies.py",
        "        when(Cancellation.Granted, of.granted),\n",
        "",
        "tests/application/automation/test_policies.py::test_what_a_cancellation_gives_back_is_credited_when_granted_and_when_waived",
    ),
    Mutant(
        "a season called off ends its bookings",
        "application/automation/policies.py",
        "        when(Season.CalledOff, end_bookings),\n",
        "",
        "tests/application/automation/test_policies.py::test_a_season_called_off_ends_each_of_its_bookings",
    ),
    Mutant(
        "the credited is asked back of the card",
        "application/automation/policies.py",
        "        when(Invoice.Credited, refund_by_card),\n",
        "",
        "tests/scenarios/payments/test_card.py",
    ),
    Mutant(
        "a plea that is late is closed",
        "application/automation/policies.py",
        "        when(Cancellation.Requested, close_plea),\n",
        "",
        "tests/scenarios/booking/test_overtaken.py",
    ),
    Mutant(
        "whoever is erased waits for nothing",
        "application/automation/leaving.py",
        "        when(Person.Erased, leave_waiting_lists),\n",
        "",
        "tests/application/automation/test_policies.py::test_an_erased_person_waits_for_nothing",
    ),
)
