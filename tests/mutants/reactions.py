"""What follows from an event, dropped."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

REACTIONS = (
    Mutant(
        "people are told",
        "web/wiring.py",
        "            Telling(_sources(store, models), box, ToldInDatabase(store)),\n",
        "",
        "tests/scenarios/mail/test_letters.py::test_who_books_is_told_what_was_booked_and_a_colleague_that_there_is_a_seat",
    ),
    Mutant(
        "keys end with whoever leaves",
        "web/wiring.py",
        "            Offboardings(services.tokens, services.waiting_lists, models.roster),\n",
        "",
        "tests/scenarios/access/test_token.py::test_a_key_ends_with_its_maker",
    ),
    Mutant(
        "what is overtaken is closed",
        "web/wiring.py",
        "            Overtaken(decisions, models.desk),\n",
        "",
        "tests/scenarios/booking/test_overtaken.py",
    ),
    Mutant(
        "sessions end with whoever leaves",
        "web/wiring.py",
        "            services.sessions,\n            services.passkeys,\n",
        "            services.passkeys,\n",
        "tests/scenarios/access/test_sign_in.py",
    ),
    Mutant(
        "card money follows what happens",
        "web/wiring.py",
        "            PaymentReactions(decisions, services.checkouts, reminders, services.holds),\n",
        "",
        "tests/scenarios/payments/test_card.py",
    ),
    Mutant(
        "documents are delivered",
        "web/wiring.py",
        "            DeliveryReactions(services.deliveries),\n",
        "",
        "tests/scenarios/billing/test_paper.py::test_an_e_invoice_is_carried_to_its_buyer",
    ),
    Mutant(
        "first refusals follow their season",
        "web/wiring.py",
        "            FirstRefusalReactions(services.first_refusals, models.first_refusal),\n",
        "",
        "tests/scenarios/booking/test_first_refusal.py",
    ),
    Mutant(
        "a booking is invoiced",
        "application/automation/policies.py",
        "            case Booking.Made():\n                self._invoice_booking(event)\n",
        "",
        "tests/application/automation/test_policies.py::test_a_booking_is_invoiced",
    ),
    Mutant(
        "what is given back is credited",
        "application/automation/policies.py",
        "            case Cancellation.Granted():\n",
        "            case Cancellation.Granted() if not event.credit:\n",
        "tests/application/automation/test_policies.py::test_what_a_cancellation_gives_back_is_credited_when_granted_and_when_waived",
    ),
    Mutant(
        "a season called off ends its bookings",
        "application/automation/policies.py",
        "                    self.called_off.end(SYSTEM, booking_id)\n",
        "                    pass\n",
        "tests/application/automation/test_policies.py::test_a_season_called_off_ends_each_of_its_bookings",
    ),
)
