"""Money: whole minor units (öre) of one currency, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.kernel.errors import BadValue

WHOLE = 10_000
"""Shares are given in basis points: 10 000 is all of it."""

_MOST = 10**15


def rounded(numerator: int, denominator: int) -> int:
    """`numerator / denominator` rounded half up, away from zero, so that a credit mirrors its invoice."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    top, bottom = abs(numerator), abs(denominator)
    return sign * ((2 * top + bottom) // (2 * bottom))


class Means(StrEnum):
    """How money comes and goes: by bank, by card, or set off against another invoice."""

    BANK = "bank"
    CARD = "card"
    OFFSET = "offset"


@dataclass(frozen=True)
class Money:
    """An amount in minor units (öre) of a currency (ISO 4217). Raises BadValue for anything else."""

    amount: int
    currency: str = "SEK"

    def __post_init__(self) -> None:
        if isinstance(self.amount, bool) or abs(self.amount) > _MOST:
            raise BadValue(field="amount", why="not a whole number of öre")
        if len(self.currency) != 3 or not self.currency.isascii() or not self.currency.isupper():
            raise BadValue(field="currency", why="not a currency code of three capital letters")

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other).amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other).amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def times(self, quantity: int) -> Money:
        """This amount `quantity` times."""
        return Money(self.amount * quantity, self.currency)

    def share(self, basis_points: int) -> Money:
        """A share of it, rounded half up to whole öre."""
        return Money(rounded(self.amount * basis_points, WHOLE), self.currency)

    def fraction(self, part: int, whole: int) -> Money:
        """`part / whole` of it, rounded half up to whole öre."""
        return Money(rounded(self.amount * part, whole), self.currency)

    def part(self, number: int, of: int) -> Money:
        """The `number`th (from 1) of `of` parts that always add up to the whole."""
        return self.fraction(number, of) - self.fraction(number - 1, of)

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise BadValue(field="currency", why=f"{other.currency} does not add to {self.currency}")
        return other


def total(amounts: list[Money], currency: str = "SEK") -> Money:
    """The sum; zero of `currency` when there is nothing to add."""
    sum_of_all = Money(0, currency)
    for amount in amounts:
        sum_of_all += amount
    return sum_of_all


def whole_units(amount: int) -> int:
    """An amount in whole kronor, öre dropped towards zero, as the tax agency wants it (SFF 2011:1261 22:1)."""
    return amount // 100 if amount >= 0 else -(-amount // 100)
