"""What is open and how late, now or on any past day; and what does not match between seats, lines and payments."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from application.accounting.queries.ageing import (
    FREE_BY_RULE,
    MATCHES,
    MONEY_WITHOUT_SEAT,
    NOW,
    SEAT_WITHOUT_MONEY,
    Ageing,
    AgeingBucket,
    AgeingQuestions,
    AsOf,
    MatchRow,
    OpenItem,
    Reconciliation,
)
from application.kernel.actor import Actor
from application.kernel.page import Page
from application.kernel.use_case import organiser_of
from domain.kernel.errors import BadValue
from infrastructure.read_models.kernel.query import Shape, Tables, bounded, place_in

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
count(*) as documents, sum(balance)::bigint as amount from ({open}) o group by bucket
union all ({receivable})"""

_ITEMS = """
select o.document_id, d.number, d.organisation_id, d.details as buyer, d.issued_on, o.due_on,
d.gross + d.rounding as gross, o.balance, %s::date - o.due_on as days_late
from (select * from ({open}) every where balance > 0 and due_on >= coalesce(%s::date, '-infinity')
    and due_on <= coalesce(%s::date, 'infinity') and (due_on, document_id) > (%s, %s)
    order by due_on, document_id limit {limit}) o
join invoice.document d on d.document_id = o.document_id order by o.due_on, o.document_id"""

_RECEIVABLE = """
select null, 0, coalesce(sum(amount), 0)::bigint from ledger.{table} where organiser_id = %s and account = 'receivable'
and day <= %s"""

_RECONCILIATION = """
select t.seats, (select coalesce(sum(seats), 0)::bigint from matching.subject
    where organiser_id = %s and is_free and seats > 0) as free_seats,
t.agreed, t.invoiced, m.seats_without_money, m.money_without_seat, l.receivable,
(select coalesce(sum(balance), 0)::bigint from invoice.account where organiser_id = %s and balance <> 0)
    as open_invoices, l.unallotted,
(select coalesce(sum(w.gross), 0)::bigint from tab.tab t join tab.waiting w on w.tab_id = t.tab_id
    where t.organiser_id = %s) as waiting
from (select coalesce(sum(seats), 0)::bigint as seats, coalesce(sum(agreed), 0)::bigint as agreed,
    coalesce(sum(invoiced), 0)::bigint as invoiced from matching.tally where organiser_id = %s) t,
(select count(*) filter (where agreed > invoiced + waiting) as seats_without_money,
    count(*) filter (where agreed < invoiced + waiting) as money_without_seat
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
select m.subject_id, m.kind, m.season_id, s.title as season, n.name as network, m.organisation_id,
o.name as organisation, m.seats, m.agreed, m.invoiced, m.ground, m.position
from matching.subject m left join season.season s on s.season_id = m.season_id
left join programme.network n on n.network_id = s.network_id
left join people.organisation o on o.organisation_id = m.organisation_id
where m.organiser_id = %s and {chosen} and (m.position, m.subject_id) > (%s::bigint, %s)
order by m.position, m.subject_id limit {limit}"""

_NOBODY = UUID(int=0)
_ITEM, _SUMS, _MATCH = Shape(OpenItem, typed=("buyer",)), Shape(Reconciliation), Shape(MatchRow)


class AgeingTables(Tables, AgeingQuestions):
    """What is asked of open invoices and of matches."""

    def ageing(self, actor: Actor, as_of: AsOf = NOW) -> Ageing:
        organiser_id = organiser_of(actor)
        on = as_of.on or self._reader.today(organiser_id)
        every, chosen = _open(organiser_id, as_of)
        receivable, sums = _receivable(organiser_id, as_of)
        until = [on - timedelta(days=late) for late in (0, 30, 60, 90)]
        rows = self._reader.query(_AGEING.format(open=every, receivable=receivable), [*until, *chosen, *sums])
        amounts = {bucket: (documents, amount) for bucket, documents, amount in rows}
        _, ledger = amounts.pop(None)
        buckets = tuple(AgeingBucket(first, last, *amounts.get(no, (0, 0))) for no, (first, last) in enumerate(BUCKETS))
        total = sum(amount for _, amount in amounts.values())
        return Ageing(on, buckets, amounts.get(-1, (0, 0))[1], total, ledger)

    def open_items(
        self, actor: Actor, as_of: AsOf = NOW, bucket: int | None = None, after: str | None = None, limit: int = 50
    ) -> Page[OpenItem]:
        organiser_id = organiser_of(actor)
        on = as_of.on or self._reader.today(organiser_id)
        every, chosen = _open(organiser_id, as_of)
        place = place_in(after, tuple[date, UUID]) or (date.min, _NOBODY)
        statement = _ITEMS.format(open=every, limit=bounded(limit) + 1)
        values = [on, *chosen, *_due_within(on, bucket), *place]
        return self._reader.page(_ITEM, statement, values, limit, "due_on", "document_id")

    def reconciliation(self, actor: Actor) -> Reconciliation:
        [sums] = self._reader.rows(_SUMS, _RECONCILIATION, [actor.organiser_id] * 6)
        return sums

    def matches(self, actor: Actor, kind: str, after: str | None = None, limit: int = 50) -> Page[MatchRow]:
        if kind not in _KINDS:
            raise BadValue(field="kind", why=" or ".join(MATCHES))
        place = place_in(after, tuple[int, UUID]) or (-1, _NOBODY)
        statement = _MATCHES.format(chosen=_KINDS[kind], limit=bounded(limit) + 1)
        return self._reader.page(_MATCH, statement, [actor.organiser_id, *place], limit, "position", "subject_id")


def _open(organiser_id: UUID, as_of: AsOf) -> tuple[str, list[Any]]:
    """The question for open invoices, and what it is asked with."""
    if as_of.on is None and as_of.known_at is None:
        return _NOW, [organiser_id]
    on: Any = as_of.on or "infinity"
    if as_of.known_at is None:
        return _ON_A_DAY, [on, on, on, organiser_id, on, on]
    known = as_of.known_at
    return _AS_KNOWN, [on, known, on, known, organiser_id, on, on, known]


def _receivable(organiser_id: UUID, as_of: AsOf) -> tuple[str, list[Any]]:
    """The question for what the ledger has on receivables, and what it is asked with."""
    values: list[Any] = [organiser_id, as_of.on or "infinity"]
    if as_of.known_at is None:
        return _RECEIVABLE.format(table="day_sum"), values
    return _RECEIVABLE.format(table="posting") + " and recorded_at <= %s", [*values, as_of.known_at]


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
