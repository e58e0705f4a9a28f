"""What the ledger answers: balances, postings, revenue earned and deferred, VAT, and the documents behind it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from application.accounting.queries.ageing import NOW, AsOf
from application.accounting.queries.ledger import (
    EVER,
    AccountBalance,
    ClosingRow,
    DeferredRow,
    EarnedRow,
    LedgerQuestions,
    Period,
    PostingFilter,
    PostingRow,
    RevenueRow,
    VatDocument,
    VatRow,
)
from application.kernel.actor import Actor
from application.kernel.page import Page
from application.kernel.use_case import organiser_of
from domain.accounting.closing import Deferred
from domain.kernel.money import rounded
from infrastructure.read_models.accounting.ageing_queries import AgeingTables
from infrastructure.read_models.accounting.closing_queries import closings_of, deferred_by_rate
from infrastructure.read_models.accounting.dormant_queries import DormantTables, DormantVat, corrected
from infrastructure.read_models.accounting.held_queries import HELD
from infrastructure.read_models.accounting.journal_queries import JournalTables
from infrastructure.read_models.kernel.query import Cells, Shape, bounded, place_in, where

T = TypeVar("T")

_DAYS = "ledger.day_sum"
_KNOWN = """(select organiser_id, day, account,
coalesce(season_id, '00000000-0000-0000-0000-000000000000') as season_id, coalesce(basis_points, -1) as basis_points,
vat_kind, supplies, amount from ledger.posting where recorded_at <= %(known_at)s)"""

_BALANCES = """
select b.account || coalesce('_' || b.rate, '') as account, b.amount from (
    select case when account = 'vat_moved' then 'vat' else account end as account,
    case when account in ('vat', 'vat_moved', 'vat_dormant') then basis_points end as rate,
    sum(amount)::bigint as amount
    from {sums} s where organiser_id = %(organiser)s and day <= coalesce(%(until)s::date, 'infinity')
    group by 1, 2 having sum(amount) <> 0) b
order by b.account, b.rate desc"""

_REVENUE = """
with sums as (select season_id, -coalesce(sum(amount) filter (where account = 'revenue'), 0)::bigint as net,
    -coalesce(sum(amount) filter (where account = 'vat'), 0)::bigint as vat
    from {sums} s where organiser_id = %(organiser)s and (account = 'revenue' or account = 'vat' and supplies <> '')
    and day between coalesce(%(from)s::date, '-infinity') and coalesce(%(until)s::date, 'infinity') group by season_id)
select n.network_id, n.name as network, s.season_id, s.title as season, i.net, i.vat, i.net + i.vat as gross from sums i
left join season.season s on s.season_id = i.season_id left join programme.network n on n.network_id = s.network_id
where i.net <> 0 or i.vat <> 0 order by n.name, s.sorts_on, s.position"""
"""VAT that goes back with a loss is of no supply: what has been invoiced stays invoiced."""

_DEFERRED = """{held},
sold as (select season_id, -sum(amount)::bigint as revenue from {sums} s where organiser_id = %(organiser)s
    and account = 'revenue' and day <= %(until)s::date group by season_id)
select s.season_id, s.title as season, n.name as network, m.meetings, m.held, m.is_over, i.revenue
from sold i join season.season s on s.season_id = i.season_id join programme.network n on n.network_id = s.network_id
join stands m on m.season_id = i.season_id where i.revenue <> 0 order by n.name, s.sorts_on, s.position""".replace(
    "{held}", HELD
)

_EARNED = """
select e.day, d.* from unnest(%(ends)s::date[]) as e (day) cross join lateral ({deferred}) d
order by e.day"""

_VAT = """
select * from (select basis_points, vat_kind as kind,
    -coalesce(sum(amount) filter (where account in ('revenue', 'losses')), 0)::bigint as net,
    -coalesce(sum(amount) filter (where account in ('vat', 'vat_moved')), 0)::bigint as vat
    from (select day, account, basis_points, vat_kind, amount from {sums} s where organiser_id = %(organiser)s
            and account in ('revenue', 'vat', 'vat_moved', 'losses') and vat_kind <> ''
        union all select day, 'revenue', basis_points, vat_kind, net from ledger.resting
        where organiser_id = %(organiser)s and recorded_at <= coalesce(%(known_at)s::timestamptz, 'infinity')) s
    where day between coalesce(%(from)s::date, '-infinity') and coalesce(%(until)s::date, 'infinity')
    group by basis_points, vat_kind) rates
where net <> 0 or vat <> 0 order by basis_points desc, kind desc"""
"""Losses at a rate lower the base, as in the VAT return."""

_AT_RATE = """(select day, position, document_id, voucher, -sum(amount)::bigint as net from ledger.posting
    where organiser_id = %(organiser)s and account = '{account}' and basis_points = %(rate)s and vat_kind = %(kind)s
    and day between coalesce(%(from)s::date, '-infinity') and coalesce(%(until)s::date, 'infinity')
    and recorded_at <= coalesce(%(known_at)s::timestamptz, 'infinity')
    and (day, position) < (coalesce(%(day)s::date, 'infinity'), %(position)s::bigint)
    group by day, position, document_id, voucher order by day desc, position desc limit {limit})"""

_VAT_DOCUMENTS = """
select d.document_id, p.voucher as kind, d.number, p.day, d.details as buyer, p.net, coalesce(v.vat, 0)::bigint as vat,
p.position from (select * from ({sold} union all {lost}) each order by day desc, position desc limit {limit}) p
join invoice.document d on d.document_id = p.document_id
left join lateral (select -sum(amount) as vat from ledger.posting v where v.position = p.position
    and v.account = 'vat' and v.basis_points = %(rate)s and v.vat_kind = %(kind)s) v on true
order by p.day desc, p.position desc"""

_POSTINGS = """
select p.position, p.no, p.day,
case when p.account in ('vat', 'vat_moved') then 'vat_' || p.basis_points
    when p.account = 'vat_dormant' then 'vat_dormant_' || p.basis_points else p.account end as account,
p.amount, p.voucher, p.document_id, p.number, p.subject_id, p.season_id, s.title as season, n.name as network,
p.recorded_at
from (select * from ledger.posting where {chosen} order by day desc, position desc, no desc limit {limit}) p
left join season.season s on s.season_id = p.season_id
left join programme.network n on n.network_id = s.network_id
order by p.day desc, p.position desc, p.no desc"""

_LAST = 2**63 - 1
_MOST_MONTHS = 60
_BALANCE, _REVENUE_ROW, _VAT_ROW = Shape(AccountBalance), Shape(RevenueRow), Shape(VatRow)
_DOCUMENT, _POSTING = Shape(VatDocument, typed=("buyer",)), Shape(PostingRow)


class LedgerTables(JournalTables, AgeingTables, DormantTables, LedgerQuestions):
    """What is asked of postings and their daily sums."""

    def balances(self, actor: Actor, as_of: AsOf = NOW) -> tuple[AccountBalance, ...]:
        return self._sums(_BALANCE, _BALANCES, actor, Period(None, as_of.on, as_of.known_at))

    def revenue(self, actor: Actor, period: Period = EVER) -> tuple[RevenueRow, ...]:
        return self._sums(_REVENUE_ROW, _REVENUE, actor, period)

    def deferred(self, actor: Actor, as_of: AsOf = NOW) -> tuple[DeferredRow, ...]:
        until = as_of.on or self._reader.today(organiser_of(actor))
        return self._sums(_DEFERRED_ROW, _DEFERRED, actor, Period(None, until, as_of.known_at))

    def to_defer(self, actor: Actor, on: date) -> tuple[Deferred, ...]:
        rows = self.deferred(actor, AsOf(on))
        return tuple(deferred_by_rate(self._reader, organiser_of(actor), on, rows))

    def closings(self, actor: Actor) -> tuple[ClosingRow, ...]:
        return closings_of(self._reader, organiser_of(actor))

    def earned(self, actor: Actor, period: Period = EVER) -> tuple[EarnedRow, ...]:
        until = period.until_on or self._reader.today(organiser_of(actor))
        before, *ends = _ends(period.from_on, until)
        values = {**_asked(actor, period), "ends": [before, *ends]}
        sums = _DAYS if period.known_at is None else _KNOWN
        deferred_then = _DEFERRED.format(sums=sums).replace("%(until)s", "e.day")
        rows = self._reader.cells(_EARNED.format(deferred=deferred_then), values)
        earned, deferred = dict.fromkeys([before, *ends], 0), dict.fromkeys(ends, 0)
        for row in rows:
            earned[row["day"]] += _earned(row)
            if row["day"] != before:
                deferred[row["day"]] += row["revenue"] - _earned(row)
        return tuple(
            EarnedRow(end.replace(day=1), earned[end] - earned[last], deferred[end])
            for last, end in pairwise([before, *ends])
        )

    def vat(self, actor: Actor, period: Period = EVER) -> tuple[VatRow, ...]:
        rows = self._sums(_VAT_ROW, _VAT, actor, period)
        dormant = DormantVat(self._reader, organiser_of(actor), period.known_at)
        if not dormant.spans:
            return rows
        until = period.until_on or self._reader.today(organiser_of(actor))
        before = dormant.to_post(period.from_on - date.resolution) if period.from_on else {}
        told = [((row.basis_points, row.kind), row.net, row.vat) for row in rows]
        return tuple(VatRow(*of, net, vat) for of, net, vat in corrected(told, before, dormant.to_post(until)))

    def vat_documents(
        self, actor: Actor, period: Period, basis_points: int, kind: str, after: str | None = None, limit: int = 50
    ) -> Page[VatDocument]:
        day, position = place_in(after, tuple[date, int]) or (None, _LAST)
        rate = {"rate": basis_points, "kind": kind, "day": day, "position": position}
        most = bounded(limit) + 1
        sold, lost = (_AT_RATE.format(account=each, limit=most) for each in ("revenue", "losses"))
        statement = _VAT_DOCUMENTS.format(sold=sold, lost=lost, limit=most)
        values = {**_asked(actor, period), **rate}
        return self._reader.page(_DOCUMENT, statement, values, limit, "day", "position")

    def postings(
        self, actor: Actor, which: PostingFilter, after: str | None = None, limit: int = 50
    ) -> Page[PostingRow]:
        account, _, rate = which.account.rpartition("_")
        is_rated = account in ("vat", "vat_dormant") and rate.isdecimal() and len(rate) <= len("10000")
        of_rate = account if is_rated else ""
        is_moved = of_rate == "vat" and bool(DormantVat(self._reader, organiser_of(actor)).choices)
        chosen, values = where(
            {
                "organiser_id = %s": actor.organiser_id,
                "account = %s": None if is_moved else of_rate or which.account or None,
                "account in ('vat', 'vat_moved') and basis_points = %s": int(rate) if is_moved else None,
                "basis_points = %s": int(rate) if of_rate else None,
                "day >= %s": which.from_on,
                "day <= %s": which.until_on,
                "season_id = %s": which.season_id,
                "document_id = %s": which.document_id,
                "(day, position, no) < (%s, %s::bigint, %s::bigint)": place_in(after, tuple[date, int, int]),
            }
        )
        statement = _POSTINGS.format(chosen=chosen, limit=bounded(limit) + 1)
        return self._reader.page(_POSTING, statement, values, limit, "day", "position", "no")

    def _sums(self, shape: Shape[T], statement: str, actor: Actor, period: Period) -> tuple[T, ...]:
        """A question to the sums of days; as known at an instant, to the postings themselves."""
        sums = _DAYS if period.known_at is None else _KNOWN
        return self._reader.rows(shape, statement.format(sums=sums), _asked(actor, period))


def _asked(actor: Actor, period: Period) -> dict[str, Any]:
    days = {"from": period.from_on, "until": period.until_on, "known_at": period.known_at}
    return {"organiser": actor.organiser_id, **days}


def _ends(first: date | None, until: date) -> list[date]:
    """The last days of the months from that of the first day (eleven before the last) to `until`, and the one before.

    No more than five years of them.
    """
    number = until.year * 12 + until.month - 1
    begins = number - 11 if first is None else max(first.year * 12 + first.month - 1, number - _MOST_MONTHS + 1)
    firsts = [date(each // 12, each % 12 + 1, 1) for each in range(max(begins, 13), number + 1)]
    return [*(each - date.resolution for each in firsts), until]


def _earned(cells: Cells) -> int:
    """Nothing is deferred to meetings that will not be: when none is to come, all that has been kept is earned.

    Equal parts by meetings held, each sum rounded to whole öre.
    """
    if cells["is_over"]:
        return int(cells["revenue"])
    return rounded(cells["revenue"] * cells["held"], cells["meetings"]) if cells["meetings"] else 0


_DEFERRED_ROW = Shape(
    DeferredRow, made={"earned": _earned, "deferred": lambda cells: cells["revenue"] - cells["earned"]}
)
