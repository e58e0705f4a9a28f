"""Seats and goods paid by card in one go: one sum, one booking, one invoice, sent on; or all of it goes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from application.booking.agreement import GoodsBeside
from application.booking.held_seats import HoldSeats
from application.people.person import ErasePerson
from application.programme.goods import OfferGoods, WithdrawGoods
from domain.kernel.errors import BadValue, OutcomeChanged
from domain.kernel.money import Money
from domain.kernel.vat import VAT_6
from tests.scenarios.cards import Cards, cards
from tests.scenarios.story import FREE, documents, facts, seated, sitting, whole

PAID, BACK = "http://127.0.0.1/paid", "http://127.0.0.1/back"
ADDRESS = "Hemvägen 7\n111 22 Stockholm"
ALL = 15_000_00 + 2 * 125_00 + 49_00
"""A seat at 12 000.00 with 25 % VAT, two books and postage, VAT included."""


@pytest.fixture
def shop(database_url: str) -> Iterator[Cards]:
    with cards(database_url) as made:
        yield made


def two_books(shop: Cards) -> GoodsBeside:
    made = shop.institute
    offered = OfferGoods("Boken", Money(125_00), Money(49_00), VAT_6)
    return GoodsBeside(made.services.goods.offer(made.admin, offered).answer.goods_id, 2, ADDRESS)


def test_a_seat_and_two_books_are_paid_together(shop: Cards) -> None:
    """S08 by card: told five times it is one booking, one invoice with three lines, one payment, one parcel."""
    made = shop.institute
    conference, anna = made.conference(seats=1), made.member("Anna")
    asked = HoldSeats(
        conference, seated(anna.person_id), paid_url=PAID, back_url=BACK, shown=ALL, goods=two_books(shop)
    )
    opened = made.services.holds.hold(anna, asked, "click")
    assert made.services.holds.view(anna, opened.checkout_id).amount == ALL
    assert made.services.goods_questions.to_dispatch(made.admin) == ()
    shop.pay(opened)
    shop.hear(times=5)

    assert sitting(made, conference) == ["Anna"]
    [row] = documents(made, "invoice")
    assert (row.gross, row.paid, row.balance) == (ALL, ALL, 0)
    lines = [(each.text, each.quantity, each.gross.amount) for each in whole(made, row).lines]
    assert [(quantity, gross) for _, quantity, gross in lines] == [(1, 15_000_00), (2, 250_00), (1, 49_00)]
    [parcel] = made.services.goods_questions.to_dispatch(made.admin)
    assert (parcel.title, parcel.quantity, parcel.address) == ("Boken", 2, ADDRESS)
    assert shop.company.of("refund") == []


def test_another_sum_than_was_shown_holds_nothing(shop: Cards) -> None:
    made = shop.institute
    conference, anna = made.conference(seats=1), made.member("Anna")
    asked = HoldSeats(
        conference, seated(anna.person_id), paid_url=PAID, back_url=BACK, shown=15_000_00, goods=two_books(shop)
    )
    with pytest.raises(OutcomeChanged):
        made.services.holds.hold(anna, asked)
    assert asked.goods is not None
    with pytest.raises(BadValue):
        made.services.holds.hold(anna, replace(asked, shown=None, goods=replace(asked.goods, address=" ")))
    assert made.services.holds.mine(anna, conference) is None


def test_a_free_seat_with_a_book_that_costs_is_paid_by_card(shop: Cards) -> None:
    made = shop.institute
    season, anna = made.season("Öppet hus", 5, FREE, None), made.member("Anna")
    opened = made.services.holds.hold(
        anna, HoldSeats(season, seated(anna.person_id), paid_url=PAID, back_url=BACK, goods=two_books(shop))
    )
    shop.pay(opened)
    shop.hear()
    [row] = documents(made, "invoice")
    assert (row.gross, row.balance, sitting(made, season)) == (299_00, 0, ["Anna"])


def test_what_is_no_longer_sold_goes_back_with_the_seat(shop: Cards) -> None:
    """Nobody pays for half of what they ordered: the whole sum goes back, once."""
    made = shop.institute
    conference, anna = made.conference(seats=1), made.member("Anna")
    goods = two_books(shop)
    opened = made.services.holds.hold(
        anna, HoldSeats(conference, seated(anna.person_id), paid_url=PAID, back_url=BACK, goods=goods)
    )
    made.services.goods.withdraw(made.admin, WithdrawGoods(goods.goods_id))
    shop.pay(opened)
    shop.hear(times=3)

    assert [each["amount"] for each in shop.company.of("refund")] == [ALL]
    assert (sitting(made, conference), documents(made)) == ([], [])
    assert made.services.goods_questions.to_dispatch(made.admin) == ()


def test_the_address_is_nowhere_in_clear_and_gone_with_who_gave_it(shop: Cards) -> None:
    made = shop.institute
    conference, anna = made.conference(seats=1), made.member("Anna")
    assert anna.person_id is not None
    opened = made.services.holds.hold(
        anna, HoldSeats(conference, seated(anna.person_id), paid_url=PAID, back_url=BACK, goods=two_books(shop))
    )
    assert not [each for each in facts(made) if "Hemvägen" in str(each)]
    made.services.people.erase(made.admin, ErasePerson(anna.person_id))
    shop.pay(opened)
    shop.hear()
    assert [each["amount"] for each in shop.company.of("refund")] == [ALL]
    assert sitting(made, conference) == []
