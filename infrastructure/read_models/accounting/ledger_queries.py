"""What the ledger answers: balances, postings, revenue earned and deferred, VAT, and the documents behind it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from application.accounting.queries.ledger_rows import (
    AccountBalance,
    AsOf,
    DeferredRow,
    Period,
    PostingFilter,
    PostingRow,
    RevenueRow,
    VatDocument,
    VatRow,
)
from application.kernel.page import Page
from domain.kernel.money import rounded
from infrastructure.read_models.kernel.query import Reader, bounded, page_of, place_in

_DAYS = "ledger.day_sum"
_KNOWN = """(select organiser_id, day, account,
coalesce(season_id, '00000000-0000-0000-0000-000000000000') as season_id, coalesce(basis_points, -1) as basis_points,
vat_kind, amount from ledger.posting where recorded_at <= %(known_at)s)"""

_BALANCES = """
select account, case when account = 'vat' then basis_points end, sum(amount)::bigint from {sums} s
where organiser_id = %(organiser)s and day <= coalesce(%(until)s::date, 'infinity')
group by 1, 2 having sum(amount) <> 0 order by 1, 2 desc"""

_REVENUE = """
with sums as (select season_id, -coalesce(sum(amount) filter (where account = 'revenue'), 0)::bigint as net,
    -coalesce(sum(amount) filter (where account = 'vat'), 0)::bigint as vat
    from {sums} s where organiser_id = %(organiser)s and account in ('revenue', 'vat')
    and day between coalesce(%(from)s::date, '-infinity') and coalesce(%(until)s::date, 'infinity') group by season_id)
select n.network_id, n.name, s.season_id, s.title, i.net, i.vat, i.net + i.vat from sums i
left join season.season s on s.season_id = i.season_id left join programme.network n on n.network_id = s.network_id
where i.net <> 0 or i.vat <> 0 order by n.name, s.sorts_on, s.position"""

_DEFERRED = """
with said as (select m.*, m.recorded_at < ((%(until)s::date + 1)::timestamp at time zone s.zone) as is_said,
    coalesce(m.kind = 'held' and m.held_on <= %(until)s::date
        or m.kind = 'scheduled' and (m.end_at at time zone s.zone)::date <= %(until)s::date, false) as is_held
    from meeting.time m join season.season s on s.season_id = m.season_id where s.organiser_id = %(organiser)s
    and m.recorded_at <= coalesce(%(known_at)s::timestamptz, 'infinity')),
known as (select distinct on (season_id, meeting_id) season_id, meeting_id, is_held from said
    where meeting_id is not null order by season_id, meeting_id, version desc),
planned as (select distinct on (season_id, meeting_id) season_id, meeting_id, kind from said
    where meeting_id is not null and is_said order by season_id, meeting_id, version desc),
gone as (select season_id from said where kind = 'season_called_off' and is_said),
met as (select k.season_id, count(*) filter (where k.is_held) as held, count(*) filter (where not k.is_held
        and p.kind <> 'called_off' and g.season_id is null) as to_come,
        count(p.meeting_id) > 0 or bool_or(g.season_id is not null) as is_planned
    from known k left join planned p on (p.season_id, p.meeting_id) = (k.season_id, k.meeting_id)
    left join gone g on g.season_id = k.season_id group by k.season_id),
sold as (select season_id, -sum(amount)::bigint as revenue from {sums} s where organiser_id = %(organiser)s
    and account = 'revenue' and day <= %(until)s::date group by season_id)
select s.season_id, s.title, n.name, coalesce(m.held, 0) + coalesce(m.to_come, 0), coalesce(m.held, 0),
coalesce(m.to_come = 0 and m.is_planned, exists (select 1 from gone g where g.season_id = s.season_id)), i.revenue
from sold i join season.season s on s.season_id = i.season_id join programme.network n on n.network_id = s.network_id
left join met m on m.season_id = i.season_id where i.revenue <> 0 order by n.name, s.sorts_on, s.position"""
"""What has been held by a day is what is known of that day; what was to come on it, what had been said by then.

Nothing is to come of a season that has been called off, nor where every meeting has been held or called off.
"""

_VAT = """
select basis_points, vat_kind, -coalesce(sum(amount) filter (where account = 'revenue'), 0)::bigint,
-coalesce(sum(amount) filter (where account = 'vat'), 0)::bigint
from {sums} s where organiser_id = %(organiser)s and account in ('revenue', 'vat')
and day between coalesce(%(from)s::date, '-infinity') and coalesce(%(until)s::date, 'infinity')
group by basis_points, vat_kind order by basis_points desc, vat_kind desc"""

_VAT_DOCUMENTS = """
select d.document_id, d.kind, d.number, p.day, d.details, p.net, coalesce(v.vat, 0)::bigint, p.position
from (select day, position, document_id, -sum(amount)::bigint as net from ledger.posting
    where organiser_id = %(organiser)s and account = 'revenue' and basis_points = %(rate)s and vat_kind = %(kind)s
    and day between coalesce(%(from)s::date, '-infinity') and coalesce(%(until)s::date, 'infinity')
    and recorded_at <= coalesce(%(known_at)s::timestamptz, 'infinity')
    and (day, position) < (coalesce(%(day)s::date, 'infinity'), %(position)s::bigint)
    group by day, position, document_id order by day desc, position desc limit {limit}) p
join invoice.document d on d.document_id = p.document_id
left join lateral (select -sum(amount) as vat from ledger.posting v where v.position = p.position
    and v.account = 'vat' and v.basis_points = %(rate)s and v.vat_kind = %(kind)s) v on true
order by p.day desc, p.position desc"""

_POSTINGS = """
select p.position, p.no, p.day, p.account, p.basis_points, p.amount, p.voucher, p.document_id, p.number, p.subject_id,
p.season_id, s.title, p.recorded_at
from (select * from ledger.posting where {chosen} order by day desc, position desc, no desc limit {limit}) p
left join season.season s on s.season_id = p.season_id
order by p.day desc, p.position desc, p.no desc"""

_LAST = 2**63 - 1


class BookTables:
    """What is asked of postings and their daily sums."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def balances(self, organiser_id: UUID, asked: AsOf) -> tuple[AccountBalance, ...]:
        """What each account amounts to."""
        rows = self._sums(_BALANCES, organiser_id, asked.known_at, until=asked.on)
        return tuple(AccountBalance(_account(account, rate), amount) for account, rate, amount in rows)

    def revenue(self, organiser_id: UUID, asked: Period) -> tuple[RevenueRow, ...]:
        """What each season was invoiced."""
        return tuple(RevenueRow(*row) for row in self._period(_REVENUE, organiser_id, asked))

    def deferred(self, organiser_id: UUID, asked: AsOf) -> tuple[DeferredRow, ...]:
        """What of each season's revenue is earned: equal parts by meetings held, each sum rounded to whole öre."""
        until = asked.on or self._reader.today(organiser_id)
        rows = self._sums(_DEFERRED, organiser_id, asked.known_at, until=until)
        return tuple(_deferred(*row) for row in rows)

    def vat(self, organiser_id: UUID, asked: Period) -> tuple[VatRow, ...]:
        """Base and VAT of each rate."""
        return tuple(VatRow(*row) for row in self._period(_VAT, organiser_id, asked) if row[2] or row[3])

    def vat_documents(
        self, organiser_id: UUID, asked: Period, rate: VatRow, after: str | None, limit: int
    ) -> Page[VatDocument]:
        """The documents behind one rate, latest first."""
        place = place_in(after, tuple[date, int]) or (None, _LAST)
        given = {
            "organiser": organiser_id,
            "rate": rate.basis_points,
            "kind": rate.kind,
            "from": asked.from_on,
            "until": asked.until_on,
            "known_at": asked.known_at,
            "day": place[0],
            "position": place[1],
        }
        statement = _VAT_DOCUMENTS.format(limit=bounded(limit) + 1)
        rows = self._reader.query(*_numbered(statement, given))

        def make(shown: list[tuple[Any, ...]]) -> list[VatDocument]:
            buyers = self._reader.typed_names([row[4] for row in shown])
            return [_vat_document(row, name) for row, name in zip(shown, buyers, strict=True)]

        return page_of(rows, limit, make, lambda row: (row[3], row[7]))

    def postings(self, organiser_id: UUID, asked: PostingFilter, after: str | None, limit: int) -> Page[PostingRow]:
        """Postings, latest day first."""
        chosen = ["organiser_id = %s"]
        given: list[Any] = [organiser_id]
        for condition, value in _conditions(asked):
            chosen.append(condition)
            given.append(value)
        place = place_in(after, tuple[date, int, int])
        if place is not None:
            chosen.append("(day, position, no) < (%s, %s::bigint, %s::bigint)")
            given += place
        statement = _POSTINGS.format(chosen=" and ".join(chosen), limit=bounded(limit) + 1)
        rows = self._reader.query(statement, given)
        return page_of(rows, limit, lambda shown: [_posting(row) for row in shown], lambda row: (row[2], *row[:2]))

    def _period(self, statement: str, organiser_id: UUID, asked: Period) -> list[tuple[Any, ...]]:
        return self._sums(statement, organiser_id, asked.known_at, asked.from_on, asked.until_on)

    def _sums(
        self,
        statement: str,
        organiser_id: UUID,
        known_at: datetime | None,
        from_on: date | None = None,
        until: date | None = None,
    ) -> list[tuple[Any, ...]]:
        """A question to the sums of days; as known at an instant, to the postings themselves."""
        given = {"organiser": organiser_id, "known_at": known_at, "from": from_on, "until": until}
        return self._reader.query(*_numbered(statement.format(sums=_DAYS if known_at is None else _KNOWN), given))


def _numbered(statement: str, given: dict[str, Any]) -> tuple[str, list[Any]]:
    """Named parameters as the positional ones that questions are put with."""
    values: list[Any] = []
    parts = statement.split("%(")
    text = parts[0]
    for part in parts[1:]:
        name, _, rest = part.partition(")s")
        values.append(given[name])
        text += "%s" + rest
    return text, values


def _conditions(asked: PostingFilter) -> list[tuple[str, Any]]:
    account, _, rate = asked.account.partition("_")
    is_vat = account == "vat" and rate.isdigit() and len(rate) <= len("10000")
    columns = {
        "account = %s": "vat" if is_vat else asked.account or None,
        "basis_points = %s": int(rate) if is_vat else None,
        "day >= %s": asked.from_on,
        "day <= %s": asked.until_on,
        "season_id = %s": asked.season_id,
        "document_id = %s": asked.document_id,
    }
    return [(text, value) for text, value in columns.items() if value is not None]


def _posting(row: tuple[Any, ...]) -> PostingRow:
    cells = [*row[:3], _account(row[3], row[4]), *row[5:]]
    return PostingRow(*cells)


def _vat_document(row: tuple[Any, ...], buyer: str | None) -> VatDocument:
    cells = [*row[:4], buyer, *row[5:7]]
    return VatDocument(*cells)


def _account(account: str, basis_points: int | None) -> str:
    return f"vat_{basis_points}" if account == "vat" else account


def _deferred(
    season_id: UUID, season: str, network: str, meetings: int, held: int, is_over: bool, revenue: int
) -> DeferredRow:
    """Nothing is deferred to meetings that will not be: when none is to come, all that has been kept is earned."""
    earned = revenue if is_over else rounded(revenue * held, meetings) if meetings else 0
    return DeferredRow(season_id, season, network, meetings, held, revenue, earned, revenue - earned)
