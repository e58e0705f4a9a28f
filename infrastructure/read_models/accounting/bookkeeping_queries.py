"""What bookkeeping answers: accounts, exports, and each export's file, written from the ledger as it stood then."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from application.accounting.queries.bookkeeping import (
    USUAL_ACCOUNTS,
    AccountRow,
    AccountsView,
    BookkeepingQuestions,
    CodeRow,
    ExportRow,
    LateVoucher,
    PeriodContents,
    SieFile,
    Uncovered,
    YearsView,
)
from application.kernel.actor import Actor
from application.kernel.page import found
from application.kernel.use_case import organiser_of
from domain.accounting.account import USUAL, numbers_of
from domain.accounting.bookkeeping import Bookkeeping
from domain.accounting.period import Contents, Export
from domain.kernel.financial_year import FinancialYear
from domain.kernel.ids import OrganiserId
from domain.kernel.season_name import season_name
from infrastructure.accounting.sie import Company, write
from infrastructure.read_models.accounting.financial_year_queries import FinancialYearTables
from infrastructure.read_models.accounting.rest_queries import rests_of, vouchers_to_come
from infrastructure.read_models.accounting.voucher_queries import OF_RESTING, Books, Posting, drafts_of
from infrastructure.read_models.kernel.query import Shape, Tables, read_json

_BOOKS = "select chosen::text from bookkeeping.books where organiser_id = %s"
_EXPORTS = "select export::text, fetched_on from bookkeeping.export where books_id = %s order by number"
_COMPANY = "select name, org_number, currency, zone from programme.organiser where organiser_id = %s"
_CODES = """
select o.kind, o.object_id, o.name, o.season, c.code from (
    select 'network' as kind, network_id as object_id, name, null as season, 0 as sorts, null::date as sorts_on
    from programme.network where organiser_id = %s
    union all select 'season', s.season_id, n.name, s.title, 1, s.sorts_on from season.season s
    join programme.network n on n.network_id = s.network_id where s.organiser_id = %s) o
left join bookkeeping.code c on c.books_id = %s and c.object_id = o.object_id
order by o.sorts, o.sorts_on desc nulls first, o.name, o.season, o.object_id"""

_IS_RESTING = "p.voucher in ('vat_rest', 'vat_back')"
"""What is posted with the hand-over itself, once it is known how far the log has come, and never afterwards."""

_POSTINGS = """
select p.position, p.day, p.voucher, p.account, p.basis_points, p.vat_kind, p.supplies, p.season_id, s.title as season,
s.network_id, n.name as network, p.number, p.payment_id, d.details as buyer, min(p.recorded_at) as recorded_at,
sum(p.amount)::bigint as amount from ledger.posting p
left join season.season s on s.season_id = p.season_id left join programme.network n on n.network_id = s.network_id
left join invoice.document d on d.document_id = case when p.voucher in ('invoice', 'credit_note') then p.document_id
    else p.invoice_id end
where p.organiser_id = %s and {chosen}
group by p.position, p.day, p.voucher, p.account, p.basis_points, p.vat_kind, p.supplies, p.season_id, s.title,
    s.network_id, n.name, p.number, p.payment_id, d.details
having sum(p.amount) <> 0 order by p.day, p.position, min(p.no)"""

_LATE = """
select p.day, p.voucher, p.number, p.document_id, sum(greatest(p.amount, 0))::bigint as amount from ledger.posting p
where p.organiser_id = %s and p.position > %s::bigint and ({days}) and not {resting}
group by p.position, p.day, p.voucher, p.number, p.document_id order by p.day, p.position limit 50"""

_UNCOVERED = """
select count(distinct p.position) as vouchers, min(p.day) as first, max(p.day) as last from ledger.posting p
where p.organiser_id = %s and p.day <= %s and not ({days})"""

_LEFT = """
select (select coalesce(sum(amount), 0)::bigint from ledger.posting where organiser_id = %s and account = 'unallotted'
    and day <= %s and position <= %s::bigint),
(select count(distinct p.position) from ledger.posting p where p.organiser_id = %s and p.day < %s
    and p.position <= %s::bigint and not ({days}))"""


@dataclass(frozen=True)
class _Kept:
    """An export, and when its file was first fetched."""

    export: Export
    fetched_on: date | None


_POSTING, _LATE_ROW, _UNCOVERED_ROW = Shape(Posting, typed=("buyer",)), Shape(LateVoucher), Shape(Uncovered)
_CODE = Shape(CodeRow, made={"name": lambda cells: season_name(cells["name"], cells["season"] or "")})


class BookkeepingTables(Tables, BookkeepingQuestions):
    """Written from the ledger as it stood when a period was handed over."""

    def accounts(self, actor: Actor) -> AccountsView:
        return self._chosen(organiser_of(actor)) or USUAL_ACCOUNTS

    def codes(self, actor: Actor) -> tuple[CodeRow, ...]:
        organiser_id = organiser_of(actor)
        books_id = Bookkeeping.create_id(organiser_id)
        return self._reader.rows(_CODE, _CODES, [organiser_id, organiser_id, books_id])

    def exports(self, actor: Actor) -> tuple[ExportRow, ...]:
        kept = self._kept(organiser_of(actor))
        return tuple(
            ExportRow(
                each.export.number,
                each.export.from_on,
                each.export.until_on,
                each.export.exported_on,
                each.fetched_on,
                may_be_taken_back=each is kept[-1] and each.fetched_on is None,
            )
            for each in reversed(kept)
        )

    def years(self, actor: Actor) -> YearsView:
        organiser_id = organiser_of(actor)
        years = FinancialYearTables(self._reader).of(organiser_id)
        current = years.year_of(self._reader.today(organiser_id))
        return YearsView(
            years.year_of(current.first - date.resolution),
            current,
            years.year_of(current.last + date.resolution),
            tuple(each.year for each in years.told),
        )

    def late(self, actor: Actor) -> tuple[LateVoucher, ...]:
        exports = self._exports(organiser_of(actor))
        if not exports:
            return ()
        days, closed = _within(exports)
        values = [actor.organiser_id, exports[-1].position, *closed]
        return self._reader.rows(_LATE_ROW, _LATE.format(days=days, resting=_IS_RESTING), values)

    def uncovered(self, actor: Actor) -> Uncovered | None:
        exports = self._exports(organiser_of(actor))
        if not exports:
            return None
        days, closed = _within(exports)
        values = [actor.organiser_id, max(each.until_on for each in exports), *closed]
        [row] = self._reader.rows(_UNCOVERED_ROW, _UNCOVERED.format(days=days), values)
        return row if row.vouchers else None

    def contents(self, actor: Actor, from_on: date, until_on: date, position: int) -> PeriodContents:
        organiser_id = organiser_of(actor)
        exports = self._exports(organiser_id)
        export = Export(len(exports) + 1, from_on, until_on, position, until_on, (), 0, 0)
        found = self._postings(organiser_id, export, exports)
        drafts = drafts_of([each for each in found if each.voucher not in OF_RESTING], from_on, until_on)
        postings = [posting for draft in drafts for posting in draft.postings]
        days, closed = _within(exports) if exports else ("false", [])
        before = [organiser_id, from_on, position, *closed]
        [(unallotted, left_out)] = self._reader.query(
            _LEFT.format(days=days), [organiser_id, until_on, position, *before]
        )
        rests = rests_of(self._reader, organiser_id, from_on, until_on)
        resting = vouchers_to_come(self._reader, organiser_id, from_on, until_on, rests)
        objects = chain(chain.from_iterable(each.objects for each in postings), resting.objects)
        series = Counter(draft.series for draft in drafts) + Counter({"P": resting.vouchers})
        contents = Contents(series, tuple(dict.fromkeys(objects)), -unallotted, left_out)
        keys = frozenset(each.key for each in postings if not each.is_of_choice)
        return PeriodContents(keys | resting.keys, contents, rests)

    def file(self, actor: Actor, number: int) -> SieFile:
        """With what has been chosen since: it helps a period handed over before all its accounts were asked for."""
        organiser_id = organiser_of(actor)
        exports = self._exports(organiser_id)
        export = found(next((each for each in exports if each.number == number), None), "export")
        earlier = [each for each in exports if each.number < export.number]
        [(name, org_number, currency, zone)] = self._reader.query(_COMPANY, [organiser_id])
        view = self._chosen(organiser_id)
        books = Books(export, {each.key: each.number for each in view.accounts} if view else {}, zone)
        postings = self._postings(organiser_id, export, earlier)
        drafts = drafts_of(postings, export.from_on, export.until_on, by_payment=bool(export.series))
        vouchers = [books.voucher(draft) for draft in drafts]
        year = export.year or FinancialYear(date(export.from_on.year, 1, 1), date(export.until_on.year, 12, 31))
        dimensions = {export.network_dimension: "Nätverk", export.season_dimension: "Säsong"}
        content = write(Company(name, org_number, currency, year), export.exported_on, dimensions, books.used, vouchers)
        return SieFile(f"plats-{export.from_on}-{export.until_on}.si", content)

    def _chosen(self, organiser_id: UUID) -> AccountsView | None:
        rows = self._reader.query(_BOOKS, [organiser_id])
        if not rows or not rows[0][0]:
            return None
        said = read_json(AccountsView, rows[0][0])
        numbers = USUAL | numbers_of(tuple(each.choice for each in said.accounts))
        accounts = tuple(AccountRow(key, number) for key, number in sorted(numbers.items()))
        return AccountsView(accounts, said.network_dimension, said.season_dimension)

    def _kept(self, organiser_id: OrganiserId) -> list[_Kept]:
        rows = self._reader.query(_EXPORTS, [Bookkeeping.create_id(organiser_id)])
        return [_Kept(read_json(Export, export), fetched_on) for export, fetched_on in rows]

    def _exports(self, organiser_id: OrganiserId) -> list[Export]:
        return [each.export for each in self._kept(organiser_id)]

    def _postings(self, organiser_id: UUID, export: Export, earlier: list[Export]) -> tuple[Posting, ...]:
        """The period's postings, and those that have come late to periods exported before."""
        chosen = f"(p.position <= %s::bigint or {_IS_RESTING}) and (p.day between %s and %s"
        values: list[Any] = [organiser_id, export.position, export.from_on, export.until_on]
        if earlier:
            days, closed = _within(earlier)
            chosen += f" or (p.position > %s::bigint and ({days}) and not {_IS_RESTING})"
            values += [earlier[-1].position, *closed]
        return self._reader.rows(_POSTING, _POSTINGS.format(chosen=chosen + ")"), values)


def _within(exports: list[Export]) -> tuple[str, list[date]]:
    """The condition that a day is in one of the periods, and what it is asked with."""
    closed = [day for each in exports for day in (each.from_on, each.until_on)]
    return " or ".join("p.day between %s and %s" for _ in exports), closed
