"""Which entries of a file are here already: asked for many of them at once, and for each sum once in a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from application.payments.bank_entry import BankEntry
from application.payments.bank_identity import Likeness, format_of, is_said_as_lump, is_same_sum
from application.payments.bank_near import FileNames, NearPayments, key_of
from application.payments.queries.bank_file import ArrivedTogether, KnownPayment
from application.payments.queries.other_money import Came, OtherMoneyRow
from application.payments.queries.payment import PaymentRecords, SuspenseRow
from domain.kernel.ids import OrganiserId
from domain.payments.other_money import OtherMoney
from domain.payments.payment import Payment

K = TypeVar("K")
V = TypeVar("V")


class BankKnown:
    """What of one file is here already."""

    def __init__(self, records: PaymentRecords, organiser: OrganiserId, names: FileNames) -> None:
        self._records, self._organiser, self._names = records, organiser, names
        self._near = NearPayments(records, organiser, names)
        self._by_id: dict[UUID, KnownPayment] = {}
        self._together: dict[int, list[ArrivedTogether]] | None = None
        self._by_entry: dict[str, list[ArrivedTogether]] = {}
        self._placed: dict[UUID, Came] = {}
        self._elsewhere: dict[int, Sequence[OtherMoneyRow]] = {}

    def look_at(self, entries: Sequence[BankEntry]) -> None:
        """Ask about so many entries at once."""
        came = [each for each in entries if each.amount > 0]
        ids = {self._id(name) for each in came for name in _names(each)}
        self._by_id = {row.payment_id: row for row in self._records.known(self._organiser, list(ids))}
        others = {OtherMoney.create_id(self._organiser, name) for each in entries for name in (each.source, *each.also)}
        self._placed = {each.payment_id: each for each in self._records.placed(self._organiser, list(others))}
        unknown = [
            each for each in came if not any(self._id(name) in self._by_id for name in (each.source, *each.also))
        ]
        self._near.look_at(unknown)
        self._look_elsewhere(entries)
        told = {each.account_entry for each in unknown if each.account_entry}
        together = self._records.arrived_together(self._organiser, list(told)) if told else ()
        self._by_entry = _grouped((each.entry, each) for each in together)

    def placed(self, entry: BankEntry) -> Came | None:
        """Where an entry that is no payment is here already: booked to an account of choice, or left out."""
        ids = (OtherMoney.create_id(self._organiser, name) for name in (entry.source, *entry.also))
        return next((self._placed[each] for each in ids if each in self._placed), None)

    def by_name(self, entry: BankEntry) -> Came | None:
        """The payment that bears one of the names of an entry, or those that its entry of the account is made of."""
        for name in (entry.source, *entry.also):
            if (row := self._by_id.get(self._id(name))) is not None:
                return Came(row.payment_id, row.file, row.taken_on, row.arrived_on)
        if entry.lump:
            return None
        for each in [*self._by_entry.get(entry.account_entry, ()), *self._sums_like(entry)]:
            if each.payment_id not in self._near.claimed and is_same_sum(entry, each):
                self._near.claimed.add(each.payment_id)
                return Came(each.payment_id, each.file, each.taken_on, each.arrived_on)
        return None

    def alike(self, entry: BankEntry) -> tuple[Likeness, Came | None]:
        """The payment that is most like an entry of another name; each is taken for one entry alone."""
        like, row = self._near.alike(entry)
        return like, None if row is None else Came(row.payment_id, row.file, row.taken_on, row.arrived_on)

    def lump(self, entry: BankEntry) -> SuspenseRow | None:
        """The payment that this is a part of, where its whole sum has been taken in of another file."""
        if not entry.lump:
            return None
        row = self._by_id.get(self._id(entry.lump)) or self._near.lump(entry)
        return None if row is None else _as_suspense(row)

    def _sums_like(self, entry: BankEntry) -> list[ArrivedTogether]:
        """What came in parts by another format, where an entry may be their sum."""
        if not is_said_as_lump(entry):
            return []
        if self._together is None:
            sums = self._records.sums_near(self._organiser, self._names.near, list(self._names.sums))
            self._together = _grouped((each.amount, each) for each in sums)
        ours = format_of(entry.source)
        return [each for each in self._together.get(entry.amount, ()) if format_of(each.entry) != ours]

    def _look_elsewhere(self, entries: Sequence[BankEntry]) -> None:
        sums = {each.amount for each in entries} - self._elsewhere.keys()
        if sums:
            self._elsewhere |= dict.fromkeys(sums, ())
            rows = self._records.placed_near(self._organiser, (self._names.first, self._names.last), list(sums))
            self._elsewhere |= _grouped((row.amount, row) for row in rows)

    def perhaps_placed(self, entry: BankEntry) -> Came | None:
        """An entry with the same day and sum, by another name, that was booked elsewhere; each answers for one."""
        for row in self._elsewhere.get(entry.amount, ()):
            is_same = (row.currency, row.booked_on) == (entry.currency, entry.arrived_on)
            if is_same and row.other_id not in self._near.claimed and key_of(row.other_id) not in self._names.named:
                self._near.claimed.add(row.other_id)
                return Came(row.other_id, "", None, row.booked_on, is_payment=False)
        return None

    def _id(self, name: str) -> UUID:
        return Payment.create_id(self._organiser, name)


def _names(entry: BankEntry) -> tuple[str, ...]:
    return (entry.source, *entry.also, *((entry.lump,) if entry.lump else ()))


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    grouped: dict[K, list[V]] = {}
    for key, value in pairs:
        grouped.setdefault(key, []).append(value)
    return grouped


def _as_suspense(row: KnownPayment) -> SuspenseRow:
    return SuspenseRow(
        row.payment_id, "bank", row.amount, row.left, row.currency, row.reference, row.arrived_on, row.payer
    )
