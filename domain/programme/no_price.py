"""Why there is no price for a buyer: none is for them, none is for so many, or a membership is full."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.kernel.eligibility import Eligibility, Ground, full_of
from domain.kernel.errors import RuleBroken


class NoPriceForBuyer(RuleBroken):
    """No price in the list is for this buyer on this day (`grounds` that have one)."""


class SeatsGoTogether(RuleBroken):
    """No price for this organisation is for so many persons (`asked`); there are prices for `sizes`.

    `includes`: the size of the lowest of them.
    """


def no_price(grounds: Sequence[Ground], eligibility: Eligibility, day: date, seats: int) -> RuleBroken:
    """Why none of the prices of a day is for this buyer: a membership is full, or there is no ground for any."""
    full = next((fact for each in grounds if (fact := eligibility.beyond(each, day))), None)
    return full_of(full, seats) if full else NoPriceForBuyer(grounds=[each.value for each in grounds])
