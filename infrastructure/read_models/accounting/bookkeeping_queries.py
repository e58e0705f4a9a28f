"""What bookkeeping answers: accounts, exports, and each export's file, written from the ledger as it stood then."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from application.accounting.queries.bookkeeping import (
    AccountMissing,
    AccountsView,
    ExportRow,
    LateVoucher,
    SieFile,
    Uncovered,
)
from domain.accounting.bookkeeping import Export
from infrastructure.accounting.sie import Company, Entry, Item, Voucher, write
from infrastructure.read_models.kernel.query import Reader, read_json

_BOOKS = "select chosen::text, exports::text from bookkeeping.books where organiser_id = %s"
_COMPANY = "select name, org_number, currency from programme.organiser where organiser_id = %s"

_POSTINGS = """
select p.position, p.day, p.voucher, p.account, p.basis_points, p.season_id, s.title, s.network_id, n.name, p.number,
min(p.recorded_at), sum(p.amount)::bigint from ledger.posting p
left join season.season s on s.season_id = p.season_id left join programme.network n on n.network_id = s.network_id
where p.organiser_id = %s and {chosen}
group by p.position, p.day, p.voucher, p.account, p.basis_points, p.season_id, s.title, s.network_id, n.name, p.number
having sum(p.amount) <> 0 order by p.day, p.position, min(p.no)"""

_LATE = """
select p.day, p.voucher, p.number, p.document_id, sum(greatest(p.amount, 0))::bigint from ledger.posting p
where p.organiser_id = %s and p.position > %s::bigint and ({days})
group by p.position, p.day, p.voucher, p.number, p.document_id order by p.day, p.position limit 50"""

_UNCOVERED = """
select count(distinct p.position), min(p.day), max(p.day) from ledger.posting p
where p.organiser_id = %s and p.day <= %s and not ({days})"""

_NAMES = {
    "receivable": "Kundfordringar",
    "card_clearing": "Fordringar kort",
    "cash_bank": "Bank",
    "unallotted": "Inbetalningar att fördela",
    "vat": "Utgående moms",
    "revenue": "Försäljning",
    "rounding": "Öres- och kronutjämning",
    "losses": "Kundförluster",
    "fees": "Bankkostnader",
}
_RATED = ("vat", "revenue")
_VOUCHERS = {
    "invoice": ("F", "Faktura"),
    "credit_note": ("K", "Kreditfaktura"),
    "payment": ("B", "Inbetalning"),
    "refund": ("B", "Återbetalning"),
    "write_off": ("B", "Avskrivning"),
    "dispute": ("B", "Förlorad korttvist"),
    "card_fee": ("B", "Kortavgift"),
}


class BookkeepingTables:
    """`application.accounting.queries.bookkeeping.BookkeepingModel` on the read models' tables."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def accounts(self, organiser_id: UUID) -> AccountsView | None:
        """The accounts chosen; None where nothing has been."""
        rows = self._reader.query(_BOOKS, [organiser_id])
        return read_json(AccountsView, rows[0][0]) if rows and rows[0][0] else None

    def exports(self, organiser_id: UUID) -> tuple[ExportRow, ...]:
        """The periods exported, latest first."""
        return tuple(
            ExportRow(each.number, each.from_on, each.until_on, each.exported_on)
            for each in reversed(self._exports(organiser_id))
        )

    def late(self, organiser_id: UUID) -> tuple[LateVoucher, ...]:
        """What has come to periods exported before, and is in no file yet."""
        exports = self._exports(organiser_id)
        if not exports:
            return ()
        days, closed = _within(exports)
        given = [organiser_id, exports[-1].position, *closed]
        return tuple(LateVoucher(*row) for row in self._reader.query(_LATE.format(days=days), given))

    def uncovered(self, organiser_id: UUID) -> Uncovered | None:
        """What was left out between or before the periods exported."""
        exports = self._exports(organiser_id)
        if not exports:
            return None
        days, closed = _within(exports)
        given = [organiser_id, max(each.until_on for each in exports), *closed]
        [row] = self._reader.query(_UNCOVERED.format(days=days), given)
        return Uncovered(*row) if row[0] else None

    def keys(self, organiser_id: UUID, from_on: date, until_on: date, position: int) -> frozenset[str]:
        """The accounts that a file of these days would need, as of a position."""
        exports = self._exports(organiser_id)
        export = Export(len(exports) + 1, from_on, until_on, position, until_on, (), 0, 0)
        return frozenset(_key(row[3], row[4]) for row in self._rows(organiser_id, export, exports))

    def file(self, organiser_id: UUID, number: int) -> SieFile | None:
        """An export's file. Raises AccountMissing."""
        exports = self._exports(organiser_id)
        export = next((each for each in exports if each.number == number), None)
        if export is None:
            return None
        rows = self._rows(organiser_id, export, exports[: export.number - 1])
        accounts = _Accounts(self._chosen(organiser_id) | {each.key: each.number for each in export.accounts})
        vouchers = [_voucher(list(each), export, accounts) for _, each in groupby(rows, lambda row: row[0])]
        [(name, org_number, currency)] = self._reader.query(_COMPANY, [organiser_id])
        year = date(export.from_on.year, 1, 1), date(export.until_on.year, 12, 31)
        dimensions = {export.network_dimension: "Nätverk", export.season_dimension: "Säsong"}
        company = Company(name, org_number, currency, year)
        content = write(company, export.exported_on, dimensions, accounts.used, vouchers)
        return SieFile(f"plats-{export.from_on}-{export.until_on}.si", content)

    def _chosen(self, organiser_id: UUID) -> dict[str, int]:
        """What has been chosen since: it helps a period that was handed over before all its accounts were asked for."""
        view = self.accounts(organiser_id)
        return {each.key: each.number for each in view.accounts} if view else {}

    def _exports(self, organiser_id: UUID) -> list[Export]:
        rows = self._reader.query(_BOOKS, [organiser_id])
        return read_json(list[Export], rows[0][1]) if rows else []

    def _rows(self, organiser_id: UUID, export: Export, earlier: list[Export]) -> list[tuple[Any, ...]]:
        """The period's postings, and those that have come late to periods exported before."""
        chosen = "p.position <= %s::bigint and (p.day between %s and %s"
        given: list[Any] = [organiser_id, export.position, export.from_on, export.until_on]
        if earlier:
            days, closed = _within(earlier)
            chosen += f" or (p.position > %s::bigint and ({days}))"
            given += [earlier[-1].position, *closed]
        return self._reader.query(_POSTINGS.format(chosen=chosen + ")"), given)


def _within(exports: list[Export]) -> tuple[str, list[date]]:
    """The condition that a day is in one of the periods, and what it is asked with."""
    closed = [day for each in exports for day in (each.from_on, each.until_on)]
    return " or ".join("p.day between %s and %s" for _ in exports), closed


def _key(account: str, basis_points: int | None) -> str:
    """An account of the ledger as numbers are chosen for it."""
    return f"{account}_{basis_points}" if account in _RATED else account


class _Accounts:
    """The numbers of accounts, and the names of those that were used."""

    def __init__(self, numbers: dict[str, int]) -> None:
        self._numbers = numbers
        self.used: dict[int, str] = {}

    def number(self, account: str, basis_points: int | None) -> int:
        """The number of an account. Raises AccountMissing."""
        is_rated, key = account in _RATED, _key(account, basis_points)
        if key not in self._numbers:
            raise AccountMissing(key=key)
        rate = f" {(basis_points or 0) / 100:g} %".replace(".", ",") if is_rated else ""
        self.used.setdefault(self._numbers[key], _NAMES[account] + rate)
        return self._numbers[key]


def _voucher(rows: list[tuple[Any, ...]], export: Export, accounts: _Accounts) -> Voucher:
    """One event's postings. What was recorded late is booked on the period's nearest day, and says which it was of."""
    position, day, voucher = rows[0][:3]
    series, text = _VOUCHERS[voucher]
    number = rows[0][9]
    booked = min(max(day, export.from_on), export.until_on)
    said = f"{text} {number}" if number else text
    entries = tuple(
        Entry(accounts.number(account, rate), amount, _items(export, *about))
        for _, _, _, account, rate, *about, _, _, amount in rows
    )
    recorded_on = rows[0][10].date()
    return Voucher(series, position, booked, recorded_on, said if booked == day else f"{said} ({day})", entries)


def _items(
    export: Export, season_id: UUID | None, season: str | None, network_id: UUID | None, network: str | None
) -> tuple[Item, ...]:
    if season_id is None or network_id is None:
        return ()
    return (
        Item(export.network_dimension, network_id.hex[:12], network or ""),
        Item(export.season_dimension, season_id.hex[:12], season or ""),
    )
