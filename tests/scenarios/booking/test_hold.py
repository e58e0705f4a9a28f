"""Holds: seats are kept while somebody pays, to the second; late money goes back, and its payer is first in line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from application.booking.booking import BookHeld, MakeBooking
from application.booking.held_seats import HoldOpen, HoldSeats
from application.booking.waiting_list import JoinWaitingList
from application.payments.checkout import CardPageOpened
from application.people.organisation import GiveBillingDetails
from application.people.organiser import ArrangeInvoicing
from application.people.participant import TO_BE_NAMED
from domain.billing.invoice import Invoice
from domain.booking.agreement import PersonHasSeat
from domain.booking.seating import Seating, SeatsShort
from domain.booking.waiting_list import NotWaiting
from domain.kernel.errors import HoldLapsed, NotFound, OutcomeChanged
from domain.kernel.ids import SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import free_before
from domain.people.organisation import ReferenceRequired
from domain.programme.price import Price, PriceList
from tests.samples import AUTUMN
from tests.scenarios.cards import Cards, cards
from tests.scenarios.story import book, cancel, documents, facts, seated, seats_left, sitting, whole

PAID, BACK = "http://127.0.0.1/paid", "http://127.0.0.1/back"
HALF_AN_HOUR = timedelta(minutes=30)
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def shop(database_url: str) -> Iterator[Cards]:
    with cards(database_url) as made:
        yield made


def held(shop: Cards, conference: SeasonId, name: str, key: str | None = None) -> CardPageOpened:
    made = shop.institute
    anna = made.member(name)
    asked = HoldSeats(conference, seated(anna.person_id), paid_url=PAID, back_url=BACK)
    return made.services.holds.hold(anna, asked, key)


def test_a_hold_ends_at_its_instant(shop: Cards) -> None:
    """S12: held at 10:00:00 for 30 minutes: at 10:29:59 somebody else is refused, at 10:30:00 the seat is theirs."""
    made = shop.institute
    conference = made.conference(seats=1)
    held(shop, conference, "Anna")
    assert seats_left(made, conference) == 0
    bo = made.member("Bo")
    book = MakeBooking(conference, seated(bo.person_id))

    made.clock.instant = AUTUMN + HALF_AN_HOUR - A_SECOND
    with pytest.raises(SeatsShort):
        made.services.bookings.make(bo, book)
    made.clock.instant = AUTUMN + HALF_AN_HOUR
    made.services.bookings.make(bo, book)
    assert sitting(made, conference) == ["Bo"]


def test_money_in_time_is_a_booking_invoiced_and_paid(shop: Cards) -> None:
    """S12: at 10:29:59 it can be confirmed; told five times it is one booking, one invoice, one payment."""
    made = shop.institute
    conference = made.conference(seats=1)
    opened = held(shop, conference, "Anna")
    made.clock.instant = AUTUMN + HALF_AN_HOUR - A_SECOND
    shop.pay(opened)
    shop.hear(times=5)

    assert sitting(made, conference) == ["Anna"]
    [row] = documents(made, "invoice")
    assert (row.gross, row.paid, row.balance) == (15_000_00, 15_000_00, 0)
    made.clock.pass_by(timedelta(hours=1))
    shop.settle()
    assert (sitting(made, conference), seats_left(made, conference)) == (["Anna"], 0)
    assert shop.company.of("refund") == []


def test_what_a_card_has_paid_is_invoiced_to_the_ore(shop: Cards) -> None:
    """Where totals are rounded, a card still pays 125.50 for 125.50, and the invoice of it ends at nothing."""
    made = shop.institute
    made.services.organisers.arrange_invoicing(made.finance, ArrangeInvoicing(made.organiser, is_rounded=True))
    season = made.season("Avrundning", 20, PriceList(0, (Price(Money(100_40)),)), free_before(date(2027, 1, 3)))
    shop.pay(held(shop, season, "Anna"))
    shop.hear(times=2)

    [row] = documents(made, "invoice")
    assert (row.gross, row.paid, row.balance, whole(made, row).rounding) == (125_50, 125_50, 0, 0)
    assert shop.company.of("refund") == []
    book(made, season, made.acme, None)
    assert [(each.balance, whole(made, each).rounding) for each in documents(made, "invoice")] == [(0, 0), (126_00, 50)]


def test_a_rounded_invoice_paid_by_card_ends_at_nothing(shop: Cards) -> None:
    """It asks for whole kronor of everybody, so that is what the card pays."""
    made = shop.institute
    made.services.organisers.arrange_invoicing(made.finance, ArrangeInvoicing(made.organiser, is_rounded=True))
    season = made.season("Avrundning", 20, PriceList(0, (Price(Money(100_40)),)), free_before(date(2027, 1, 3)))
    book(made, season, made.acme, None)
    shop.pay(shop.open(documents(made, "invoice")[0].document_id))
    shop.hear()

    [row] = documents(made, "invoice")
    assert (row.gross, row.paid, row.balance, row.status) == (125_50, 126_00, 0, "paid")


def test_who_waits_comes_after_who_pays(shop: Cards) -> None:
    """A held seat is nobody else's turn."""
    made = shop.institute
    conference = made.conference(seats=1)
    opened = held(shop, conference, "Anna")
    made.services.waiting_lists.join(made.member("Vera"), JoinWaitingList(conference, 1))
    shop.pay(opened)
    shop.hear()
    assert sitting(made, conference) == ["Anna"]


def test_late_money_goes_back_and_its_payer_is_first_in_the_queue(shop: Cards) -> None:
    """S12: paid at 10:31 with no seat left: refunded by itself, and first in the queue."""
    made = shop.institute
    conference = made.conference(seats=1)
    opened = held(shop, conference, "Anna")
    bo, vera = made.member("Bo"), made.member("Vera")
    made.clock.instant = AUTUMN + HALF_AN_HOUR
    made.services.bookings.make(bo, MakeBooking(conference, seated(bo.person_id)))
    made.services.waiting_lists.join(vera, JoinWaitingList(conference, 1))

    made.clock.instant = AUTUMN + HALF_AN_HOUR + timedelta(minutes=1)
    shop.pay(opened)
    shop.hear(times=3)
    shop.hear()

    assert [each["amount"] for each in shop.company.of("refund")] == [15_000_00]
    assert sitting(made, conference) == ["Bo"]
    waiting = made.services.rosters.waiting(made.admin, conference)
    assert [row.name for row in waiting] == ["Anna", "Vera"]
    assert len(documents(made, "invoice")) == 1
    assert sum(letter.kind == "card_returned" for letter in made.services.letters.list(made.admin)) == 1


def test_late_money_is_a_booking_where_there_is_still_a_seat(shop: Cards) -> None:
    made = shop.institute
    conference = made.conference(seats=2)
    opened = held(shop, conference, "Anna")
    made.clock.instant = AUTUMN + HALF_AN_HOUR + timedelta(minutes=1)
    shop.settle()
    assert seats_left(made, conference) == 2
    shop.pay(opened)
    shop.hear()
    assert (sitting(made, conference), shop.company.of("refund")) == (["Anna"], [])


def test_two_clicks_hold_once(shop: Cards) -> None:
    made = shop.institute
    conference = made.conference(seats=5)
    anna = made.member("Anna")
    asked = HoldSeats(conference, seated(anna.person_id), paid_url=PAID, back_url=BACK)
    pages = {made.services.holds.hold(anna, asked, "a click").address for _ in range(2)}
    assert len(pages) == 1
    assert sum(isinstance(fact, Seating.SeatsHeld) for fact in facts(made)) == 1


def test_reference_and_order_number_follow_the_hold(shop: Cards) -> None:
    """A payer who requires a reference gets it on the invoice; without one nobody is sent to pay in vain."""
    made = shop.institute
    conference = made.conference(seats=2)
    made.services.organisations.give_billing_details(
        made.admin, GiveBillingDetails(made.acme, "Gatan 1, 111 11 Stockholm", needs_reference=True)
    )
    anna = made.acting(made.person("Anna", made.acme))
    asked = HoldSeats(conference, seated(anna.person_id), paid_url=PAID, back_url=BACK, organisation_id=made.acme)
    with pytest.raises(ReferenceRequired):
        made.services.holds.hold(anna, asked)

    named = replace(asked, reference="Kst 4711", order_number="PO 1")
    shop.pay(made.services.holds.hold(anna, named))
    shop.hear()
    [row] = documents(made, "invoice")
    [issued] = [each for each in facts(made) if isinstance(each, Invoice.Issued)]
    assert (row.balance, issued.buyer.reference, issued.buyer.order_number) == (0, "Kst 4711", "PO 1")


def test_what_would_be_refused_later_is_refused_before_anybody_pays(shop: Cards) -> None:
    """Who has a seat already, and who was shown another sum, are told before they are sent to pay."""
    made = shop.institute
    conference = made.conference(seats=5)
    anna = made.member("Anna")
    made.services.bookings.make(anna, MakeBooking(conference, seated(anna.person_id)))
    asked = HoldSeats(conference, seated(anna.person_id), paid_url=PAID, back_url=BACK)
    with pytest.raises(PersonHasSeat):
        made.services.holds.hold(anna, asked)
    with pytest.raises(OutcomeChanged):
        made.services.holds.hold(anna, replace(asked, participants=(TO_BE_NAMED,), shown=1_00))
    assert seats_left(made, conference) == 4


def test_seats_that_are_let_go_are_free_at_once_and_their_page_is_closed(shop: Cards) -> None:
    made = shop.institute
    conference = made.conference(seats=1)
    anna, bo = made.member("Anna"), made.member("Bo")
    opened = made.services.holds.hold(anna, HoldSeats(conference, seated(anna.person_id), paid_url=PAID, back_url=BACK))
    assert made.services.holds.again(anna, opened.checkout_id, paid_url=PAID, back_url=BACK).address == opened.address
    with pytest.raises(NotFound):
        made.services.holds.let_go(bo, opened.checkout_id)

    made.services.holds.let_go(anna, opened.checkout_id)
    assert seats_left(made, conference) == 1
    shop.pay(opened)
    shop.hear()
    assert (sitting(made, conference), shop.company.of("checkout.session")[0]["status"]) == ([], "expired")
    with pytest.raises(HoldLapsed):
        made.services.holds.again(anna, opened.checkout_id, paid_url=PAID, back_url=BACK)


def test_who_is_first_in_line_may_pay_by_card(shop: Cards) -> None:
    """A place on the waiting list goes with the hold, and is used up by the booking; another's is not theirs."""
    made = shop.institute
    conference = made.conference(seats=1)
    bo, vera = made.member("Bo"), made.member("Vera")
    booking = made.services.bookings.make(bo, MakeBooking(conference, seated(bo.person_id))).answer
    place = made.services.waiting_lists.join(vera, JoinWaitingList(conference, 1)).answer.place_id
    cancel(made, bo, booking.booking_id)
    asked = HoldSeats(conference, seated(vera.person_id), paid_url=PAID, back_url=BACK, place_id=place)
    with pytest.raises(NotWaiting):
        made.services.holds.hold(bo, replace(asked, participants=seated(bo.person_id)))
    adda = replace(made.member("Adda"), roles=made.admin.roles)
    with pytest.raises(NotWaiting):  # what would be refused when it is booked is not paid for, whoever asks
        made.services.holds.hold(adda, replace(asked, participants=seated(adda.person_id)))

    shop.pay(made.services.holds.hold(vera, asked))
    shop.hear()
    assert sitting(made, conference) == ["Vera"]
    assert made.services.rosters.waiting(made.admin, conference) == ()


def test_who_comes_back_from_paying_has_booked_before_the_notice_comes(shop: Cards) -> None:
    """Asked at the return and told by five notices afterwards, it is one booking and one payment."""
    made = shop.institute
    conference = made.conference(seats=1)
    anna = made.member("Anna")
    opened = made.services.holds.hold(anna, HoldSeats(conference, seated(anna.person_id), paid_url=PAID, back_url=BACK))
    assert made.services.holds.come_back(anna, opened.checkout_id) == 0
    shop.pay(opened)
    made.services.holds.come_back(anna, opened.checkout_id)
    view = made.services.holds.view(anna, opened.checkout_id)
    assert view.state == "booked" and view.booking_id is not None
    shop.hear(times=5)
    [row] = documents(made, "invoice")
    assert (row.paid, row.balance, sitting(made, conference)) == (15_000_00, 0, ["Anna"])


def test_what_was_booked_before_an_upgrade_is_confirmed_again_by_the_version_after_it(
    shop: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reaction to a payment may be given again, when the booking was asked for in other words."""
    made = shop.institute
    conference = made.conference(seats=1)
    opened = held(shop, conference, "Anna")
    shop.pay(opened)
    with monkeypatch.context() as before:
        before.setattr(BookHeld, "__repr__", lambda _: "MakeBooking(…)")
        shop.hear()
    made.services.holds.confirm(opened.checkout_id)
    [row] = documents(made, "invoice")
    assert (row.paid, row.balance, sitting(made, conference)) == (15_000_00, 0, ["Anna"])


def test_nobody_holds_twice_at_a_time_in_a_season(shop: Cards) -> None:
    """So nobody keeps all seats from the others without paying; afterwards, or in another season, they may."""
    made = shop.institute
    conference = made.conference(seats=10)
    vera = made.member("Vera")
    asked = HoldSeats(conference, (TO_BE_NAMED, TO_BE_NAMED), paid_url=PAID, back_url=BACK)
    opened = made.services.holds.hold(vera, asked, "click")
    assert made.services.holds.hold(vera, asked, "click").checkout_id == opened.checkout_id
    with pytest.raises(HoldOpen):
        made.services.holds.hold(vera, asked)
    assert seats_left(made, conference) == 8

    made.services.holds.let_go(vera, opened.checkout_id)
    made.services.holds.hold(vera, asked)
    made.clock.pass_by(HALF_AN_HOUR)
    made.services.holds.hold(vera, asked)
    assert seats_left(made, conference) == 8
