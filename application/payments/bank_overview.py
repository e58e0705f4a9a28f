"""A bank's file as a page shows it, however long it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from application.payments.bank_entry import PassedRow, UnreadRow
from application.payments.bank_following import StatementCheck
from application.payments.bank_outcome import Matched, Outcome
from application.payments.other_money import OtherKind, Payout, kind_of, payout_of
from application.payments.queries.other_money import PaidByCard

MOST_SHOWN, MOST_ASKED, MOST_PASSED = 300, 100, 50
"""Entries shown in order; beyond them, those that ask for an answer; rows that are no entries."""

_ASKING = (Outcome.UNCLEAR, Outcome.PERHAPS_KNOWN, Outcome.UNLIKELY_DAY)


@dataclass(frozen=True)
class OutcomeSum:
    """How many entries have an outcome, and what they come to (öre)."""

    outcome: Outcome
    entries: int
    amount: int


@dataclass(frozen=True)
class FileShown:
    """`rows`: entries with their number in the file, from 1; `entries`: how many there are in all.

    `kinds`: what other money some of them look like, by number; `payouts`: the card payments that payouts are of.
    """

    entries: int
    rows: tuple[tuple[int, Matched], ...]
    sums: tuple[OutcomeSum, ...]
    passed: tuple[PassedRow, ...]
    unread: tuple[UnreadRow, ...]
    statements: tuple[StatementCheck, ...]
    kinds: Mapping[int, OtherKind]
    payouts: Mapping[int, Payout]


class ShownSoFar:
    """What has been seen of a file."""

    def __init__(self) -> None:
        self._count, self._asked = 0, 0
        self._rows: list[tuple[int, Matched]] = []
        self._entries: Counter[Outcome] = Counter()
        self._amounts: Counter[Outcome] = Counter()

    def add(self, chunk: Sequence[Matched]) -> None:
        """More entries of it."""
        for each in chunk:
            self._count += 1
            self._entries[each.outcome] += 1
            self._amounts[each.outcome] += each.entry.amount
            is_asking = each.outcome in _ASKING and self._count > MOST_SHOWN
            self._asked += is_asking
            if self._count <= MOST_SHOWN or (is_asking and self._asked <= MOST_ASKED):
                self._rows.append((self._count, each))

    def file(
        self,
        passed: tuple[PassedRow, ...],
        unread: tuple[UnreadRow, ...],
        statements: tuple[StatementCheck, ...],
        paid_by_card: Sequence[PaidByCard],
    ) -> FileShown:
        """All that is shown of it."""
        kinds = {no: kind for no, each in self._rows if (kind := kind_of(each.entry)) is not None}
        payouts = {
            no: found
            for no, each in self._rows
            if kinds.get(no) is OtherKind.PAYOUT and (found := payout_of(each.entry.amount, paid_by_card)) is not None
        }
        sums = (OutcomeSum(each, count, self._amounts[each]) for each, count in self._entries.most_common())
        return FileShown(self._count, tuple(self._rows), tuple(sums), passed, unread, statements, kinds, payouts)
