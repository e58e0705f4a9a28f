"""What an export of columns says of its account: the balances before its first entry and after its last."""

from __future__ import annotations

from collections import Counter
from datetime import date

from application.payments.bank_entry import BankEntry
from domain.kernel.money_day import is_money_day
from domain.payments.origin import Statement


class ColumnsStatement:
    """Counts entries as they are read; they stand oldest first or newest first. A day not to be believed is none."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._first: BankEntry | None = None
        self._last: BankEntry | None = None
        self._booked = 0
        self._is_rising = True
        self._days: tuple[date, date] | None = None
        self._order: tuple[date, date] | None = None
        self._before, self._after = Counter[int](), Counter[int]()

    def count(self, entry: BankEntry) -> None:
        """One entry more."""
        before = self._last
        if before is not None and before.balance is not None and entry.balance is not None:
            self._is_rising = self._is_rising and before.balance + entry.amount == entry.balance
        self._first, self._last = self._first or entry, entry
        if entry.balance is not None:
            self._before[entry.balance - entry.amount] += 1
            self._after[entry.balance] += 1
        self._booked += entry.amount
        if is_money_day(day := entry.arrived_on, self._today):
            self._order = (self._order[0], day) if self._order else (day, day)
            self._days = (min(day, self._days[0]), max(day, self._days[1])) if self._days else (day, day)

    def told(self) -> Statement:
        """The account from the oldest entry to the newest; the days tell which is which, or else the balances."""
        first, last = self._first, self._last
        oldest, newest = (last, first) if self._is_newest_first() else (first, last)
        opening = closing = None
        if oldest is not None and newest is not None and oldest.balance is not None and newest.balance is not None:
            opening, closing = self._ends() or (oldest.balance - oldest.amount, newest.balance)
        return Statement(
            kind="columns",
            account=first.account if first else "",
            currency=first.currency if first else "SEK",
            opening=opening,
            closing=closing,
            booked=self._booked,
            from_on=self._days[0] if self._days else None,
            until_on=self._days[1] if self._days else None,
        )

    def _ends(self) -> tuple[int, int] | None:
        """The only balance that no entry came to, and the only one that none went on from, in whatever order."""
        first, last = list(self._before - self._after), list(self._after - self._before)
        return (first[0], last[0]) if len(first) == len(last) == 1 else None

    def _is_newest_first(self) -> bool:
        if self._order is None:
            return False
        first, last = self._order
        return first > last or (first == last and not self._is_rising)
