"""What bookkeeping answers: accounts, exports, and each export's file, written from the ledger as it stood then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from application.accounting.queries.bookkeeping import (
    USUAL_ACCOUNTS,
    AccountMissing,
    AccountsView,
    BookkeepingQuestions,
    ExportRow,
    LateVoucher,
    SieFile,
    Uncovered,
)
from application.kernel.actor import Actor
from application.kernel.page import found
from application.kernel.use_case import organiser_of
from domain.accounting.bookkeeping import Export
from domain.kernel.season_name import season_name
from infrastructure.accounting.sie import Company, Entry, Item, Voucher, write
from infrastructure.read_models.kernel.query import Shape, Tables, read_json

_BOOKS = "select chosen::text, exports::text from bookkeeping.books where organiser_id = %s"
_COMPANY = "select name, org_number, currency from programme.organiser where organiser_id = %s"

_POSTINGS = """
select p.position, p.day, p.voucher, p.account, p.basis_points, p.season_id, s.title as season, s.network_id,
n.name as network, p.number, min(p.recorded_at) as recorded_at, sum(p.amount)::bigint as amount from ledger.posting p
left join season.season s on s.season_id = p.season_id left join programme.network n on n.network_id = s.network_id
where p.organiser_id = %s and {chosen}
group by p.position, p.day, p.voucher, p.account, p.basis_points, p.season_id, s.title, s.network_id, n.name, p.number
having sum(p.amount) <> 0 order by p.day, p.position, min(p.no)"""

_LATE = """
select p.day, p.voucher, p.number, p.document_id, sum(greatest(p.amount, 0))::bigint as amount from ledger.posting p
where p.organiser_id = %s and p.position > %s::bigint and ({days})
group by p.position, p.day, p.voucher, p.number, p.document_id order by p.day, p.position limit 50"""

_UNCOVERED = """
select count(distinct p.position) as vouchers, min(p.day) as first, max(p.day) as last from ledger.posting p
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


@dataclass(frozen=True)
class _Posting:
    """What a period has on one account, rate and season in one voucher (öre)."""

    position: int
    day: date
    voucher: str
    account: str
    basis_points: int | None
    season_id: UUID | None
    season: str | None
    network_id: UUID | None
    network: str | None
    number: int | None
    recorded_at: datetime
    amount: int


_POSTING, _LATE_ROW, _UNCOVERED_ROW = Shape(_Posting), Shape(LateVoucher), Shape(Uncovered)


class BookkeepingTables(Tables, BookkeepingQuestions):
    """Written from the ledger as it stood when a period was handed over."""

    def accounts(self, actor: Actor) -> AccountsView:
        return self._chosen(organiser_of(actor)) or USUAL_ACCOUNTS

    def exports(self, actor: Actor) -> tuple[ExportRow, ...]:
        return tuple(
            ExportRow(each.number, each.from_on, each.until_on, each.exported_on)
            for each in reversed(self._exports(organiser_of(actor)))
        )

    def late(self, actor: Actor) -> tuple[LateVoucher, ...]:
        exports = self._exports(organiser_of(actor))
        if not exports:
            return ()
        days, closed = _within(exports)
        values = [actor.organiser_id, exports[-1].position, *closed]
        return self._reader.rows(_LATE_ROW, _LATE.format(days=days), values)

    def uncovered(self, actor: Actor) -> Uncovered | None:
        exports = self._exports(organiser_of(actor))
        if not exports:
            return None
        days, closed = _within(exports)
        values = [actor.organiser_id, max(each.until_on for each in exports), *closed]
        [row] = self._reader.rows(_UNCOVERED_ROW, _UNCOVERED.format(days=days), values)
        return row if row.vouchers else None

    def keys(self, actor: Actor, from_on: date, until_on: date, position: int) -> frozenset[str]:
        exports = self._exports(organiser_of(actor))
        export = Export(len(exports) + 1, from_on, until_on, position, until_on, (), 0, 0)
        postings = self._postings(organiser_of(actor), export, exports)
        return frozenset(_key(each.account, each.basis_points) for each in postings)

    def file(self, actor: Actor, number: int) -> SieFile:
        """With what has been chosen since: it helps a period handed over before all its accounts were asked for."""
        organiser_id = organiser_of(actor)
        exports = self._exports(organiser_id)
        export = found(next((each for each in exports if each.number == number), None), "export")
        postings = self._postings(organiser_id, export, exports[: export.number - 1])
        view = self._chosen(organiser_id)
        since = {each.key: each.number for each in view.accounts} if view else {}
        accounts = _Accounts(since | {each.key: each.number for each in export.accounts})
        vouchers = [
            _voucher(list(each), export, accounts) for _, each in groupby(postings, lambda posting: posting.position)
        ]
        [(name, org_number, currency)] = self._reader.query(_COMPANY, [organiser_id])
        year = date(export.from_on.year, 1, 1), date(export.until_on.year, 12, 31)
        dimensions = {export.network_dimension: "Nätverk", export.season_dimension: "Säsong"}
        company = Company(name, org_number, currency, year)
        content = write(company, export.exported_on, dimensions, accounts.used, vouchers)
        return SieFile(f"plats-{export.from_on}-{export.until_on}.si", content)

    def _chosen(self, organiser_id: UUID) -> AccountsView | None:
        rows = self._reader.query(_BOOKS, [organiser_id])
        return read_json(AccountsView, rows[0][0]) if rows and rows[0][0] else None

    def _exports(self, organiser_id: UUID) -> list[Export]:
        rows = self._reader.query(_BOOKS, [organiser_id])
        return read_json(list[Export], rows[0][1]) if rows else []

    def _postings(self, organiser_id: UUID, export: Export, earlier: list[Export]) -> tuple[_Posting, ...]:
        """The period's postings, and those that have come late to periods exported before."""
        chosen = "p.position <= %s::bigint and (p.day between %s and %s"
        values: list[Any] = [organiser_id, export.position, export.from_on, export.until_on]
        if earlier:
            days, closed = _within(earlier)
            chosen += f" or (p.position > %s::bigint and ({days}))"
            values += [earlier[-1].position, *closed]
        return self._reader.rows(_POSTING, _POSTINGS.format(chosen=chosen + ")"), values)


def _named(posting: _Posting) -> str:
    return season_name(posting.network or "", posting.season or "")


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


def _voucher(postings: list[_Posting], export: Export, accounts: _Accounts) -> Voucher:
    """One event's postings. What was recorded late is booked on the period's nearest day, and says which it was of."""
    first = postings[0]
    series, text = _VOUCHERS[first.voucher]
    booked = min(max(first.day, export.from_on), export.until_on)
    if first.number:
        text = f"{text} {first.number}"
    if booked != first.day:
        text = f"{text} ({first.day})"
    entries = tuple(
        Entry(accounts.number(each.account, each.basis_points), each.amount, _items(export, each)) for each in postings
    )
    return Voucher(series, first.position, booked, first.recorded_at.date(), text, entries)


def _items(export: Export, posting: _Posting) -> tuple[Item, ...]:
    if posting.season_id is None or posting.network_id is None:
        return ()
    return (
        Item(export.network_dimension, posting.network_id.hex[:12], posting.network or ""),
        Item(export.season_dimension, posting.season_id.hex[:12], _named(posting)),
    )
