"""Deferred revenue posted: at the end of a day what meetings to come have yet to earn, and back again the day after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.accounting.period import Export, PeriodNotOver
from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.errors import RuleBroken
from domain.kernel.money import rounded

_DAY = date.resolution


class DayHandedOver(RuleBroken):
    """The day lies in a period that has been handed over (`number`); nothing is posted in it any longer."""


@dataclass(frozen=True)
class Deferred:
    """Revenue of a season at one rate that is yet to be earned (öre, without VAT). `supplies`: goods or services."""

    season_id: UUID
    basis_points: int
    vat_kind: str
    supplies: str
    amount: int


def shared_out(amount: int, parts: Iterable[int]) -> list[int]:
    """An amount in proportion to parts, so that the shares add up to it exactly; the last takes what is left."""
    told = list(parts)
    whole, shares = sum(told), list[int]()
    for each in told[:-1]:
        shares.append(rounded(amount * each, whole) if whole else 0)
    return [*shares, amount - sum(shares)]


class BookkeepingClosings(Part):
    """Of a bookkeeping: the days that have been closed with deferred revenue. What was posted stays as it was."""

    exports: list[Export]
    closings: dict[date, tuple[Deferred, ...]]

    class RevenueDeferred(Aggregate.Event):
        on: date
        parts: tuple[Deferred, ...]

        def apply(self, bookkeeping: BookkeepingClosings) -> None:
            bookkeeping.closings[self.on] = self.parts

    class DeferralReversed(Aggregate.Event):
        on: date
        parts: tuple[Deferred, ...]

    def close(self, on: date, parts: tuple[Deferred, ...], today: date) -> bool:
        """Post what is deferred at the end of a day that is over; whether it was posted now.

        The same day again changes nothing, whatever has been moved since: that is in the next closing. Raises
        PeriodNotOver, DayHandedOver.
        """
        if on in self.closings:
            return False
        if on >= today:
            raise PeriodNotOver(until_on=on.isoformat())
        for each in self.exports:
            if each.from_on <= on <= each.until_on:
                raise DayHandedOver(number=each.number)
        self.record(self.RevenueDeferred(on=on, parts=parts))
        if parts:
            self.record(self.DeferralReversed(on=on + _DAY, parts=parts))
        return True
