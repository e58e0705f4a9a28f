"""A seat that has been handed over costs what it costs for whom it was handed to, and each pays what is theirs."""

from __future__ import annotations

from datetime import date

import pytest

from application.billing.invoice import RecordPayment
from application.booking.move import MoveSeat
from application.booking.reinstatement import UndoCancellation
from application.booking.transfer import AcceptTransfer
from application.booking.transfer_proposal import ProposeTransfer
from application.people.organisation import AppointContact
from application.people.participant import Participant
from application.programme.price import AgreePrices
from application.programme.season import CallOffSeason
from domain.booking.move import MoveCostsOthersMore
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotFound
from domain.kernel.ids import BookingId, InvoiceId
from domain.kernel.terms import Terms, Tier, free_before
from domain.programme.price import Price
from tests.samples import Institute, conference_prices, kronor
from tests.scenarios.booking.test_move import Cities
from tests.scenarios.paper_trail import close_the_month, collective
from tests.scenarios.story import book, cancel, documents, hand_over, sitting


@pytest.fixture
def cities(institute: Institute) -> Cities:
    return Cities(institute, conference_prices(), free_before(date(2026, 11, 1)))


def handed_to_bolt(cities: Cities) -> BookingId:
    """Anna's seat, which Acme has as a member, is Cecilia's at Bolt, which is none and pays the difference."""
    made = cities.made
    booking = book(made, cities.stockholm, made.acme, made.person("Anna", made.acme)).booking_id
    made.catch_up()
    to = Participant(made.person("Cecilia", made.bolt))
    proposed = made.services.transfers.propose(made.admin, ProposeTransfer(booking, 1, to, "Anna är sjuk")).answer
    made.services.transfers.accept(made.admin, AcceptTransfer(proposed.transfer_id))
    made.catch_up()
    return booking


def paid(made: Institute) -> dict[str, int]:
    """What each organisation is to pay when all has been given back."""
    found: dict[str, int] = {}
    for row in documents(made):
        name = "Acme" if row.organisation_id == made.acme else "Bolt"
        found[name] = found.get(name, 0) + row.gross
    return found


def test_a_seat_handed_to_a_non_member_costs_the_same_in_another_season(cities: Cities) -> None:
    booking, made = handed_to_bolt(cities), cities.made
    assert paid(made) == {"Acme": 7_500_00, "Bolt": 7_500_00}

    moved = cities.moves(made.admin, booking, cities.malmo)

    assert (moved.cost, moved.back) == (15_000_00, 15_000_00)
    assert paid(made) == {"Acme": 7_500_00, "Bolt": 7_500_00}
    assert sitting(made, cities.malmo) == ["Cecilia"]


def test_a_seat_that_moved_is_still_that_of_whom_it_was_handed_to(cities: Cities) -> None:
    booking, made = handed_to_bolt(cities), cities.made
    moved = cities.moves(made.admin, booking, cities.malmo)

    taken = hand_over(made, made.admin, moved.booking_id, 1, made.person("Bo", made.bolt))

    assert (taken.status, taken.difference) == ("accepted", 0)


def test_undoing_a_cancellation_charges_each_what_they_got_back(cities: Cities) -> None:
    booking, made = handed_to_bolt(cities), cities.made
    given_up = cancel(made, made.admin, booking, 1)
    assert paid(made) == {"Acme": 0, "Bolt": 0}

    made.services.reinstatements.undo(made.admin, UndoCancellation(given_up.cancellation_id))

    assert paid(made) == {"Acme": 7_500_00, "Bolt": 7_500_00}


def test_what_a_move_was_shown_to_cost_is_all_of_it(cities: Cities) -> None:
    booking, made = handed_to_bolt(cities), cities.made
    told = made.services.moves.preview(made.admin, MoveSeat(booking, 1, cities.malmo))
    assert cities.moves(made.admin, booking, cities.malmo, told.cost).cost == told.cost


def test_nobody_is_asked_again_for_what_they_had_paid_when_a_cancellation_is_undone(cities: Cities) -> None:
    booking, made = handed_to_bolt(cities), cities.made
    for row in documents(made):
        payment = RecordPayment(InvoiceId(row.document_id), row.gross, f"b{row.number}", date(2026, 9, 1))
        made.services.invoices.record_payment(made.finance, payment)
    undo = UndoCancellation(cancel(made, made.admin, booking, 1).cancellation_id)
    made.catch_up()
    told = made.services.reinstatements.preview(made.admin, undo)
    assert (told.invoiced, told.set_off, told.to_pay) == (15_000_00, 15_000_00, 0)

    made.services.reinstatements.undo(made.admin, undo)

    assert all(row.balance == 0 for row in documents(made, "invoice"))


def test_what_was_undone_is_given_back_to_each_when_it_is_cancelled_again(cities: Cities) -> None:
    booking, made = handed_to_bolt(cities), cities.made
    for _ in range(2):
        undo = UndoCancellation(cancel(made, made.admin, booking, 1).cancellation_id)
        made.catch_up()
        made.services.reinstatements.undo(made.admin, undo)
        assert paid(made) == {"Acme": 7_500_00, "Bolt": 7_500_00}
    assert hand_over(made, made.admin, booking, 1, made.person("Bo", made.bolt)).difference == 0
    cancel(made, made.admin, booking, 1)
    assert paid(made) == {"Acme": 0, "Bolt": 0}


def test_what_was_kept_stays_kept_and_the_rest_is_charged_to_each_again(institute: Institute) -> None:
    """Half is kept of both; undone, each is charged the half they got back."""
    cities = Cities(institute, conference_prices(), Terms(0, (Tier(None, 5_000),)))
    booking = handed_to_bolt(cities)
    given_up = cancel(institute, institute.admin, booking, 1)
    assert paid(institute) == {"Acme": 3_750_00, "Bolt": 3_750_00}
    institute.services.reinstatements.undo(institute.admin, UndoCancellation(given_up.cancellation_id))
    assert paid(institute) == {"Acme": 7_500_00, "Bolt": 7_500_00}
    institute.services.seasons.call_off(institute.admin, CallOffSeason(cities.stockholm, "Sjukdom"))
    assert paid(institute) == {"Acme": 0, "Bolt": 0}


def test_what_waits_on_an_account_is_charged_to_each_again_on_the_invoice_of_the_month(cities: Cities) -> None:
    made = cities.made
    for each in (made.acme, made.bolt):
        collective(made, each)
    booking = handed_to_bolt(cities)
    given_up = cancel(made, made.admin, booking, 1)
    made.catch_up()
    made.services.reinstatements.undo(made.admin, UndoCancellation(given_up.cancellation_id))
    made.catch_up()
    close_the_month(made)
    assert paid(made) == {"Acme": 7_500_00, "Bolt": 7_500_00}


def test_nobody_makes_another_pay_more_by_a_move(cities: Cities) -> None:
    """Others pay twice as much in Malmö: Acme's contact moves Anna's seat, but not the one that Bolt pays more for."""
    booking, made = handed_to_bolt(cities), cities.made
    dearer = (Price(kronor(24_000)), Price(kronor(6_000), Ground.MEMBER))
    made.services.seasons.agree_prices(made.admin, AgreePrices(cities.malmo, dearer))
    kim, bea = made.member("Kim", made.acme), made.member("Bea", made.bolt)
    assert kim.person_id is not None
    made.services.organisations.appoint_contact(made.admin, AppointContact(made.acme, kim.person_id))
    made.catch_up()
    with pytest.raises(MoveCostsOthersMore) as refused:
        cities.moves(kim, booking, cities.malmo)
    assert refused.value.facts["more"] == 15_000_00
    with pytest.raises(NotFound):
        cities.moves(bea, booking, cities.malmo)
    assert cities.moves(made.admin, booking, cities.malmo).cost == 30_000_00
    assert paid(made) == {"Acme": 7_500_00, "Bolt": 22_500_00}
