"""Interest on late payment (räntelagen 1975:635): simple, by the day, from the due date, without VAT.

The rate is what was agreed, or the reference rate of each day's half-year plus eight percentage points (6 §). A day
counts a 365th of the rate; the day of a payment is the last on which what it pays bears interest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from domain.kernel.errors import RuleBroken
from domain.kernel.money import WHOLE, Money, rounded

SURCHARGE = 800
"""What the law adds to the reference rate, in basis points (6 §)."""
YEAR = 365
REFERENCE: Mapping[date, int] = {
    date(2023, 1, 1): 250,
    date(2023, 7, 1): 350,
    date(2024, 1, 1): 400,
    date(2024, 7, 1): 400,
    date(2025, 1, 1): 300,
    date(2025, 7, 1): 200,
    date(2026, 1, 1): 200,
    date(2026, 7, 1): 200,
}
"""The reference rates of the Riksbank by the half-year that they hold in, in basis points (9 §)."""


class ReferenceRateUnknown(RuleBroken):
    """The reference rate of a half-year (`from_on`) is not known here: it is given among the payment rules."""


class NoInterest(RuleBroken):
    """Nothing has been late on the invoice, interest has been claimed to that day, or it is for interest itself."""


@dataclass(frozen=True)
class Span:
    """So many days, the last included, on which an amount bore interest at one rate (basis points a year)."""

    from_on: date
    until_on: date
    principal: Money
    rate: int

    @property
    def days(self) -> int:
        """How many."""
        return (self.until_on - self.from_on).days + 1

    @property
    def weight(self) -> int:
        """Its interest in öre times 365 days times a whole."""
        return self.principal.amount * self.rate * self.days


def spans(
    principal: Money,
    paid: Iterable[tuple[date, int]],
    since: date,
    until: date,
    agreed: int | None,
    told: Mapping[date, int],
) -> tuple[Span, ...]:
    """What bears interest from the day after `since` until a day (included), in spans of one amount and one rate.

    `paid`: what came on which day, in öre; below zero what was taken back, and is owed again. `agreed`: a rate of its
    own; None: by law, with rates that were `told` beside those known here. Raises ReferenceRateUnknown.
    """
    found: list[Span] = []
    payments = sorted(paid)
    day = since + timedelta(days=1)
    while day <= until:
        left = principal.amount - sum(amount for on, amount in payments if on < day)
        last = min([until, _half_year_end(day), *(on for on, _ in payments if on >= day)])
        if left > 0:
            rate = agreed if agreed is not None else reference(day, told) + SURCHARGE
            found.append(Span(day, last, Money(left, principal.currency), rate))
        day = last + timedelta(days=1)
    return tuple(_joined(found))


def reference(day: date, told: Mapping[date, int]) -> int:
    """The reference rate of a day. Raises ReferenceRateUnknown."""
    half_year = date(day.year, 1 if day.month <= 6 else 7, 1)
    known = {**REFERENCE, **told}
    if half_year not in known:
        raise ReferenceRateUnknown(from_on=half_year.isoformat())
    return known[half_year]


def amounts(found: tuple[Span, ...]) -> tuple[Money, ...]:
    """The interest of each span, in whole öre: together they are that of all, rounded once, half up."""
    sums = [sum(each.weight for each in found[:no]) for no in range(len(found) + 1)]
    whole = [rounded(each, WHOLE * YEAR) for each in sums]
    currency = found[0].principal.currency if found else "SEK"
    return tuple(Money(after - before, currency) for before, after in pairwise(whole))


def _half_year_end(day: date) -> date:
    return date(day.year, 6, 30) if day.month <= 6 else date(day.year, 12, 31)


def _joined(found: list[Span]) -> list[Span]:
    """Spans after each other with the same amount and rate are one."""
    joined: list[Span] = []
    for each in found:
        last = joined[-1] if joined else None
        goes_on = last is not None and last.until_on + timedelta(days=1) == each.from_on
        if last is not None and goes_on and (last.principal, last.rate) == (each.principal, each.rate):
            joined[-1] = Span(last.from_on, each.until_on, each.principal, each.rate)
        else:
            joined.append(each)
    return joined
