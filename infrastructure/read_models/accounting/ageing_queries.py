"""What is open and how late, now or on any past day; and what does not match between seats, lines and payments."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from application.accounting.queries.ledger import FREE_BY_RULE, MATCHES, MONEY_WITHOUT_SEAT, SEAT_WITHOUT_MONEY
from application.accounting.queries.ledger_rows import Ageing, AgeingBucket, AsOf, MatchRow, OpenItem, Reconciliation
from application.kernel.page import Page
from domain.kernel.errors import BadValue
from infrastructure.read_models.kernel.query import Reader, bounded, page_of, place_in

BUCKETS: tuple[tuple[int | None, int | None], ...] = ((None, 0), (1, 30), (31, 60), (61, 90), (91, None))
"""Days late, from and until."""

_NOW = """
select document_id, due_on, balance from invoice.account where organiser_id = %s and balance <> 0"""

_ON_A_DAY = """
select document_id, due_on, balance from (select a.document_id, a.due_on, case when a.moved_on <= %s then a.balance
        when a.first_on > %s then a.payable else (select coalesce(sum(p.amount), 0)::bigint
        from ledger.posting p where p.invoice_id = a.document_id and p.account = 'receivable' and p.day <= %s) end
        as balance
    from invoice.account a where a.organiser_id = %s and least(a.issued_on, a.first_on) <= %s
    and (a.balance <> 0 or a.moved_on > %s)) then_open where balance <> 0"""
"""Most invoices were then as they are now or as they were issued; the others' postings are added up."""

_AS_KNOWN = """
select document_id, due_on, balance from (select a.document_id, a.due_on,
    case when a.moved_on <= %s and a.moved_at <= %s then a.balance else (select coalesce(sum(p.amount), 0)::bigint
        from ledger.posting p where p.invoice_id = a.document_id and p.account = 'receivable' and p.day <= %s
        and p.recorded_at <= %s) end as balance
    from invoice.account a where a.organiser_id = %s and least(a.issued_on, a.first_on) <= %s
    and (a.balance <> 0 or a.moved_on > %s or a.moved_at > %s)) then_open where balance <> 0"""

_AGEING = """
select case when balance < 0 then -1 when due_on >= %s::date then 0 when due_on >= %s::date then 1
    when due_on >= %s::date then 2 when due_on >= %s::date then 3 else 4 end as bucket,
count(*), sum(balance)::bigint from ({open}) o group by bucket
union all ({receivable})"""

_ITEMS = """
select o.document_id, d.number, d.organisation_id, d.details, d.issued_on, o.due_on, d.gross + d.rounding, o.balance
from (select * from ({open}) every where balance > 0 and due_on >= coalesce(%s::date, '-infinity')
    and due_on <= coalesce(%s::date, 'infinity') and (due_on, document_id) > (%s, %s)
    order by due_on, document_id limit {limit}) o
join invoice.document d on d.document_id = o.document_id order by o.due_on, o.document_id"""

_RECEIVABLE = """
select null, 0, coalesce(sum(amount), 0)::bigint from ledger.{table} where organiser_id = %s and account = 'receivable'
and day <= %s"""

_RECONCILIATION = """
select t.seats, (select coalesce(sum(seats), 0)::bigint from matching.subject
    where organiser_id = %s and is_free and seats > 0),
t.agreed, t.invoiced, m.without_money, m.without_seat, l.receivable,
(select coalesce(sum(balance), 0)::bigint from invoice.account where organiser_id = %s and balance <> 0), l.unallotted,
(select coalesce(sum(w.gross), 0)::bigint from tab.tab t join tab.waiting w on w.tab_id = t.tab_id
    where t.organiser_id = %s)
from (select coalesce(sum(seats), 0)::bigint as seats, coalesce(sum(agreed), 0)::bigint as agreed,
    coalesce(sum(invoiced), 0)::bigint as invoiced from matching.tally where organiser_id = %s) t,
(select count(*) filter (where agreed > invoiced + waiting) as without_money,
    count(*) filter (where agreed < invoiced + waiting) as without_seat
    from matching.subject where organiser_id = %s and agreed <> invoiced + waiting) m,
(select coalesce(sum(amount) filter (where account = 'receivable'), 0)::bigint as receivable,
    coalesce(-sum(amount) filter (where account = 'unallotted'), 0)::bigint as unallotted
    from ledger.day_sum where organiser_id = %s and account in ('receivable', 'unallotted')) l"""

_KINDS = {
    SEAT_WITHOUT_MONEY: "m.agreed <> m.invoiced + m.waiting and m.agreed > m.invoiced + m.waiting",
    MONEY_WITHOUT_SEAT: "m.agreed <> m.invoiced + m.waiting and m.agreed < m.invoiced + m.waiting",
    FREE_BY_RULE: "m.is_free and m.seats > 0",
}

_MATCHES = """
select m.subject_id, m.kind, m.season_id, s.title, m.organisation_id, o.name, m.seats, m.agreed, m.invoiced, m.ground,
m.position from matching.subject m left join season.season s on s.season_id = m.season_id
left join people.organisation o on o.organisation_id = m.organisation_id
where m.organiser_id = %s and {chosen} and (m.position, m.subject_id) > (%s::bigint, %s)
order by m.position, m.subject_id limit {limit}"""

_NOBODY = UUID(int=0)


class OpenTables:
    """What is asked of open invoices and of matches."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def ageing(self, organiser_id: UUID, asked: AsOf) -> Ageing:
        """Open invoices on a day by age, and what the ledger says is receivable."""
        on = asked.on or self._reader.today(organiser_id)
        every, given = _open(organiser_id, asked)
        receivable, said = _receivable(organiser_id, asked)
        until = [on - timedelta(days=late) for late in (0, 30, 60, 90)]
        rows = self._reader.query(_AGEING.format(open=every, receivable=receivable), [*until, *given, *said])
        found = {bucket: (documents, amount) for bucket, documents, amount in rows}
        ledger = found.pop(None)[1]
        buckets = tuple(AgeingBucket(first, last, *found.get(no, (0, 0))) for no, (first, last) in enumerate(BUCKETS))
        total = sum(amount for _, amount in found.values())
        return Ageing(on, buckets, found.get(-1, (0, 0))[1], total, ledger)

    def open_items(
        self, organiser_id: UUID, asked: AsOf, bucket: int | None, after: str | None, limit: int
    ) -> Page[OpenItem]:
        """Open invoices on a day, longest overdue first."""
        on = asked.on or self._reader.today(organiser_id)
        first, last = _due_within(on, bucket)
        every, given = _open(organiser_id, asked)
        place = place_in(after, tuple[date, UUID]) or (date.min, _NOBODY)
        statement = _ITEMS.format(open=every, limit=bounded(limit) + 1)
        rows = self._reader.query(statement, [*given, first, last, *place])

        def make(shown: list[tuple[Any, ...]]) -> list[OpenItem]:
            buyers = self._reader.typed_names([row[3] for row in shown])
            return [_item(row, name, on) for row, name in zip(shown, buyers, strict=True)]

        return page_of(rows, limit, make, lambda row: (row[5], row[0]))

    def reconciliation(self, organiser_id: UUID) -> Reconciliation:
        """Seats against lines against payments."""
        return Reconciliation(*self._reader.query(_RECONCILIATION, [organiser_id] * 6)[0])

    def matches(self, organiser_id: UUID, kind: str, after: str | None, limit: int) -> Page[MatchRow]:
        """What does not match, or is free by rule, in the order it was made. Raises BadValue."""
        if kind not in _KINDS:
            raise BadValue(field="kind", why=" or ".join(MATCHES))
        place = place_in(after, tuple[int, UUID]) or (-1, _NOBODY)
        statement = _MATCHES.format(chosen=_KINDS[kind], limit=bounded(limit) + 1)
        rows = self._reader.query(statement, [organiser_id, *place])
        return page_of(rows, limit, lambda shown: [MatchRow(*row[:10]) for row in shown], lambda row: (row[10], row[0]))


def _item(row: tuple[Any, ...], buyer: str | None, on: date) -> OpenItem:
    cells = [*row[:3], buyer, *row[4:], (on - row[5]).days]
    return OpenItem(*cells)


def _open(organiser_id: UUID, asked: AsOf) -> tuple[str, list[Any]]:
    """The question for open invoices, and what it is asked with."""
    if asked.on is None and asked.known_at is None:
        return _NOW, [organiser_id]
    on: Any = asked.on or "infinity"
    if asked.known_at is None:
        return _ON_A_DAY, [on, on, on, organiser_id, on, on]
    known = asked.known_at
    return _AS_KNOWN, [on, known, on, known, organiser_id, on, on, known]


def _receivable(organiser_id: UUID, asked: AsOf) -> tuple[str, list[Any]]:
    """The question for what the ledger has on receivables, and what it is asked with."""
    given: list[Any] = [organiser_id, asked.on or "infinity"]
    if asked.known_at is None:
        return _RECEIVABLE.format(table="day_sum"), given
    return _RECEIVABLE.format(table="posting") + " and recorded_at <= %s", [*given, asked.known_at]


def _due_within(on: date, bucket: int | None) -> tuple[date | None, date | None]:
    """The first and the last due day of a bucket. Raises BadValue."""
    if bucket is None:
        return None, None
    if not 0 <= bucket < len(BUCKETS):
        raise BadValue(field="bucket", why=f"0 to {len(BUCKETS) - 1}")
    least, most = BUCKETS[bucket]
    first = None if most is None or most == 0 else on - timedelta(days=most)
    last = None if least is None else on - timedelta(days=least)
    return (on, None) if bucket == 0 else (first, last)
