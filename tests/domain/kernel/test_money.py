"""Money: whole öre, rounded half up, in parts that add up."""

from __future__ import annotations

import pytest

from domain.kernel.errors import BadValue
from domain.kernel.money import Money, rounded, total


@pytest.mark.parametrize(("top", "bottom", "whole"), [(5, 10, 1), (-5, 10, -1), (4, 10, 0), (15, 10, 2), (-15, 10, -2)])
def test_half_an_ore_is_rounded_away_from_zero(top: int, bottom: int, whole: int) -> None:
    assert rounded(top, bottom) == whole


def test_three_parts_of_an_odd_amount_add_up() -> None:
    amount = Money(10_001)

    parts = [amount.part(number, 3) for number in (1, 2, 3)]

    assert [part.amount for part in parts] == [3334, 3333, 3334]
    assert total(parts) == amount


def test_kronor_and_euro_do_not_add_up() -> None:
    with pytest.raises(BadValue) as refused:
        Money(1) + Money(1, "EUR")
    assert refused.value.facts == {"field": "currency", "why": "EUR does not add to SEK"}


@pytest.mark.parametrize("currency", ["sek", "KR", "KRONA", "ÅÄÖ", ""])
def test_a_currency_is_three_capital_letters(currency: str) -> None:
    with pytest.raises(BadValue):
        Money(1, currency)


def test_more_money_than_there_is_is_refused() -> None:
    with pytest.raises(BadValue):
        Money(10**15 + 1)
    with pytest.raises(BadValue):
        Money(10**14).times(100)


def test_the_sum_of_nothing_is_zero_in_its_currency() -> None:
    assert total([], "EUR") == Money(0, "EUR")
