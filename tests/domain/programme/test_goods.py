"""Goods: prices include VAT, postage is charged once, and what is withdrawn is not sold."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.kernel.documents import sums
from domain.kernel.errors import BadValue
from domain.kernel.money import Money
from domain.kernel.vat import VAT_6
from domain.programme.goods import Goods, GoodsWithdrawn, offer
from tests.domain.vocabulary import ORGANISER, fact, given, kronor


def book(postage: int = 49) -> Goods:
    return offer(UUID(int=6), ORGANISER, "Boken", kronor(125), kronor(postage), VAT_6)


def amounts(goods: Goods, quantity: int, *, with_postage: bool) -> list[tuple[int, int]]:
    return [(each.net.amount, each.vat.amount) for each in goods.lines_for(quantity, with_postage=with_postage)]


def test_one_book_costs_what_it_says() -> None:
    """S06."""
    assert amounts(book(), 1, with_postage=False) == [(117_92, 7_08)]


def test_three_books_and_postage_cost_424_kronor() -> None:
    """S07."""
    assert amounts(book(), 3, with_postage=True) == [(353_77, 21_23), (46_23, 2_77)]
    assert sums(book().lines_for(3, with_postage=True)).net == kronor(400)


def test_postage_of_nothing_is_no_line() -> None:
    assert len(book(postage=0).lines_for(1, with_postage=True)) == 1


@pytest.mark.parametrize("quantity", [0, -1, 1001])
def test_one_to_a_thousand_copies_are_sold_at_a_time(quantity: int) -> None:
    given(book()).when(Goods.lines_for, quantity, with_postage=False).refused(BadValue, field="quantity")


def test_what_is_withdrawn_is_not_sold() -> None:
    goods = book()
    given(goods).when(Goods.withdraw).then(fact(Goods.Withdrawn))
    given(goods).when(Goods.withdraw).then()
    given(goods).when(Goods.lines_for, 1, with_postage=False).refused(GoodsWithdrawn, title="Boken")


def test_a_price_is_not_negative() -> None:
    with pytest.raises(BadValue):
        offer(UUID(int=6), ORGANISER, "Boken", Money(-1), Money(0), VAT_6)
