"""Payments that are here with the sum of an entry and its day, or one near it: each entry looks at few of them.

Many entries may have one sum and one day, so payments are filed under what an entry must agree with: in the same format
the bank's own name of the entry, or the words of its row; in another one the reference, where both say one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from application.payments.bank_entry import BankDayUnlikely, BankEntry, PassedRow, Told, UnreadRow
from application.payments.bank_identity import (
    COLUMNS,
    NEAR,
    Likeness,
    Said,
    accounts_differ,
    format_of,
    is_said_as_lump,
    likeness,
    may_be_lump,
)
from application.payments.queries.bank_file import KnownPayment
from application.payments.queries.payment import PaymentRecords
from domain.kernel.ids import OrganiserId
from domain.kernel.money_day import is_money_day
from domain.payments.origin import Statement
from domain.payments.other_money import OtherMoney
from domain.payments.payment import Payment

_DAYS_NEAR = range(-NEAR.days, NEAR.days + 1)

_Key = tuple[object, ...]


@dataclass
class FileNames:
    """What is known of a file's entries once all of it has been read.

    `named`: what they are called; `first` and `last`: their days; `sums`: of those that may be several payments.
    """

    named: set[int] = field(default_factory=set)
    sums: set[int] = field(default_factory=set)
    first: date = date.max
    last: date = date.min

    def count(self, organiser: OrganiserId, entry: BankEntry) -> None:
        """One entry more."""
        for name in (entry.source, *entry.also):
            self.named.add(key_of(Payment.create_id(organiser, name)))
            self.named.add(key_of(OtherMoney.create_id(organiser, name)))
        if entry.amount > 0 and is_said_as_lump(entry):
            self.sums.add(entry.amount)
        self.first, self.last = min(self.first, entry.arrived_on), max(self.last, entry.arrived_on)

    @property
    def near(self) -> tuple[date, date]:
        """Between which days what is one of them may have arrived."""
        return self.first - NEAR, self.last + NEAR


class WholeFile(NamedTuple):
    """What is known of a file once all of it has been read.

    `currency` is that of the books that it comes to, `today` the day on which it was read.
    """

    names: FileNames
    statements: tuple[Statement, ...]
    passed: tuple[PassedRow, ...]
    unread: tuple[UnreadRow, ...]
    currency: str
    today: date


def looked_through(told: Iterable[Told], organiser: OrganiserId, currency: str, today: date) -> WholeFile:
    """All of a file. An entry whose day cannot be believed does not count. Raises BankDayUnlikely where none does."""
    names, statements, passed, unread = FileNames(), list[Statement](), list[PassedRow](), list[UnreadRow]()
    unlikely: date | None = None
    for each in told:
        if isinstance(each, Statement):
            statements.append(each)
        elif isinstance(each, PassedRow):
            passed.append(each)
        elif isinstance(each, UnreadRow):
            unread.append(each)
        elif is_money_day(each.arrived_on, today):
            names.count(organiser, each)
        else:
            unlikely = unlikely or each.arrived_on
    if unlikely is not None and not names.named:
        raise BankDayUnlikely(entry=1, arrived_on=unlikely)
    return WholeFile(names, tuple(statements), tuple(passed), tuple(unread), currency, today)


class _Near(NamedTuple):
    row: KnownPayment
    said: Said


class NearPayments:
    """Asked once for each sum of a file. What bears a name of the file's own entries is none of the others."""

    def __init__(self, records: PaymentRecords, organiser: OrganiserId, names: FileNames) -> None:
        self._records, self._organiser, self._names = records, organiser, names
        self._asked, self._here = set[int](), set[int]()
        self._formats: list[str] = []
        self._filed: dict[_Key, list[_Near]] = defaultdict(list)
        self.claimed: set[UUID] = set()

    def look_at(self, entries: Sequence[BankEntry]) -> None:
        """Ask for payments with the sums of so many entries."""
        sums = {amount for each in entries for amount in (each.amount, each.lump_amount) if amount > 0} - self._asked
        if not sums:
            return
        self._asked |= sums
        for row in self._records.arrived_near(self._organiser, self._names.near, list(sums)):
            if key_of(row.payment_id) not in self._names.named:
                self._file(row)

    def alike(self, entry: BankEntry) -> tuple[Likeness, KnownPayment | None]:
        """The payment that is most like an entry of another name; each is taken for one entry alone."""
        return self._most_like(entry) if entry.amount in self._here else (Likeness.OTHER, None)

    def _most_like(self, entry: BankEntry) -> tuple[Likeness, KnownPayment | None]:
        ours, best, found = Said.by(entry), Likeness.OTHER, None
        for each in self._candidates(entry, ours):
            if each.row.payment_id not in self.claimed:
                like = likeness(entry, ours, each.row, each.said)
                if like > best:
                    best, found = like, each.row
                if like is Likeness.SAME:
                    break
        if found is not None:
            self.claimed.add(found.payment_id)
        return best, found

    def lump(self, entry: BankEntry) -> KnownPayment | None:
        """The payment of another format that is the whole sum which an entry is a part of."""
        for name in self._formats:
            if name == format_of(entry.source):
                continue
            for row, _ in self._filed.get((entry.lump_amount, entry.arrived_on, name), ()):
                if may_be_lump(row) and not accounts_differ(entry.account, row.account):
                    return row
        return None

    def _file(self, row: KnownPayment) -> None:
        near, name = _Near(row, Said.of(row)), format_of(row.source)
        key = row.amount, row.arrived_on, name
        own = near.said.marks | {row.account_balance} if name == COLUMNS else {row.bank_reference}
        says = near.said.references or ("",)
        self._here.add(row.amount)
        if name not in self._formats:
            self._formats.append(name)
        for each in (key, *((*key, "own", each) for each in own), *((*key, "says", each) for each in says)):
            self._filed[each].append(near)

    def _candidates(self, entry: BankEntry, ours: Said) -> Iterator[_Near]:
        """Those that an entry may be, in the order of their days."""
        format_ = format_of(entry.source)
        for day in (entry.arrived_on + timedelta(days=each) for each in _DAYS_NEAR):
            for name in self._formats:
                key = entry.amount, day, name
                if name != format_:
                    yield from self._of_other_format(key, ours)
                elif day == entry.arrived_on:
                    yield from self._of_same_format(key, entry, ours)

    def _of_other_format(self, key: _Key, ours: Said) -> Iterator[_Near]:
        if not ours.references:
            yield from self._filed.get(key, ())
            return
        for each in (*ours.references, ""):
            yield from self._filed.get((*key, "says", each), ())

    def _of_same_format(self, key: _Key, entry: BankEntry, ours: Said) -> Iterator[_Near]:
        own: set[object] = {entry.bank_reference, ""}
        if key[-1] == COLUMNS:
            own = (ours.marks | {entry.balance}) - {None}
        elif not entry.bank_reference:
            yield from self._filed.get(key, ())
            return
        for each in own:
            yield from self._filed.get((*key, "own", each), ())


def key_of(payment_id: UUID) -> int:
    """A payment's id in little room."""
    return payment_id.int >> 64
