"""What the documents answer: lists for finance and for payers, one document whole, and the sums of each season."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from application.billing.queries.invoice import (
    BuyerTerms,
    DocumentFilter,
    DocumentRow,
    DocumentTotals,
    DocumentView,
    InvoiceQuestions,
    PaymentRow,
    RateSum,
    SeasonSums,
)
from application.kernel.actor import Actor
from application.kernel.page import Page
from application.kernel.use_case import organiser_of
from domain.kernel.documents import LateTerms, Line, Seller, Supply, sums_per_rate
from domain.kernel.errors import BadValue
from infrastructure.read_models.kernel.query import Cells, Shape, Tables, bounded, page_by, place_in, where

_STATUS = """case when d.kind = 'credit_note' then 'credited' when a.balance > 0 then 'open'
when a.written_off > 0 then 'written_off' when a.paid > 0 then 'paid' else 'credited' end"""

_ROW = f"""
select d.document_id, d.kind, d.organiser_id, d.number, d.source_id, d.season_id, s.title as season, n.name as network,
d.organisation_id, d.person_id, d.details, d.reference, d.issued_on, d.due_on, d.net, d.vat, d.gross,
coalesce(a.credited, 0) as credited, coalesce(a.paid, 0) as paid, coalesce(a.balance, 0) as balance, d.currency, d.ocr,
{_STATUS} as status, d.refers_to_id, d.refers_to_number, d.reason, d.gross + d.rounding as payable, d.position"""

_SEASON = """left join season.season s on s.season_id = d.season_id
left join programme.network n on n.network_id = s.network_id """
_NOW = "from invoice.document d left join invoice.account a on a.document_id = d.document_id "
_OPEN = "from invoice.account a join invoice.document d on d.document_id = a.document_id "
_FROM = f"\n{_NOW}{_SEASON}"

_THEN = """
from invoice.document d left join lateral (select coalesce(sum(p.amount), 0)::bigint as balance,
    coalesce(-sum(p.amount) filter (where p.voucher in ('payment', 'refund')), 0)::bigint as paid,
    coalesce(-sum(p.amount) filter (where p.voucher = 'credit_note'), 0)::bigint as credited,
    coalesce(-sum(p.amount) filter (where p.voucher = 'write_off'), 0)::bigint as written_off, d.due_on
    from ledger.posting p where p.invoice_id = d.document_id and p.account = 'receivable'
    and p.day <= coalesce(%s::date, 'infinity') and p.recorded_at <= coalesce(%s::timestamptz, 'infinity')) a
on d.kind = 'invoice' """

_KNOWN = "exists (select 1 from ledger.posting k where k.document_id = d.document_id and k.recorded_at <= %s)"

_TOTALS = """
select count(*) as documents, coalesce(sum(d.net), 0)::bigint as net, coalesce(sum(d.vat), 0)::bigint as vat,
coalesce(sum(d.gross), 0)::bigint as gross, coalesce(sum(a.balance), 0)::bigint as balance,
coalesce(sum(d.gross + d.rounding), 0)::bigint as payable """

_ORIGINAL = "(select o.issued_on from invoice.document o where o.document_id = d.refers_to_id)"
_WHOLE = f"""{_ROW}, d.seller::text as seller, d.org_number, d.vat_number as buyer_vat_number, d.supply::text as supply,
d.lines::text as lines, coalesce(a.payments::text, '[]') as payments, d.rounding, d.terms::text as terms,
{_ORIGINAL} as refers_to_on, d.set_off, d.late::text as late
{_FROM} where d.document_id = %s"""

_DAYS = """
select coalesce(sum(t.documents), 0)::bigint as documents, coalesce(sum(t.net), 0)::bigint as net,
coalesce(sum(t.vat), 0)::bigint as vat, coalesce(sum(t.gross), 0)::bigint as gross,
coalesce(sum(t.gross + t.rounding), 0)::bigint as payable
from invoice.day_total t where t.organiser_id = %s"""

_OPEN_OF_DAYS = """
select coalesce(sum(t.balance), 0)::bigint from invoice.account t where t.organiser_id = %s and t.balance <> 0"""

_OPEN_TOTALS = """
select count(*) as documents, coalesce(sum(a.net), 0)::bigint as net, coalesce(sum(a.vat), 0)::bigint as vat,
coalesce(sum(a.net + a.vat), 0)::bigint as gross, coalesce(sum(a.balance), 0)::bigint as balance,
coalesce(sum(a.payable), 0)::bigint as payable
from invoice.account a where a.organiser_id = %s and a.balance <> 0 and """

_CHOICES = {
    "open": "a.balance > 0",
    "paid": "a.balance <= 0 and a.paid > 0 and a.written_off = 0",
    "credited": "(d.kind = 'credit_note' or (a.balance <= 0 and a.paid = 0 and a.written_off = 0))",
    "overdue": "a.balance > 0 and a.due_on < %s::date",
    "written_off": "a.balance <= 0 and a.written_off > 0",
}
_OF_ACCOUNTS = ("open", "overdue", "paid")
"""What accounts tell alone, in an index of their own."""

_LATEST_OF_PERSON = """d.document_id = any(array(
select o.document_id from people.known_as k cross join lateral (select document_id from invoice.document
    where person_id = k.same_id and organiser_id = %s{before}
    order by issued_on desc, position desc limit {most}) o where k.person_id = %s
union all select o.document_id from people.contact c cross join lateral (select document_id from invoice.document
    where organisation_id = c.organisation_id and organiser_id = %s{before}
    order by issued_on desc, position desc limit {most}) o where c.person_id = %s))"""
"""Of each who pays for somebody the latest, looked up by payer: what others have is not walked through."""

_TOGETHER = "select document_id from invoice.stands_on where source_id = %s order by document_id"
_WAITS = "select 1 from tab.waiting where source_id = %s"

_ORGANISATIONS = "select organisation_id, name from people.organisation where organisation_id = any(%s::uuid[])"

_SUMS = """
select s.season_id, s.title as season, n.name as network, coalesce(i.documents, 0) as documents,
coalesce(i.net, 0) as net, coalesce(i.vat, 0) as vat, coalesce(i.gross, 0) as gross,
coalesce(i.credited, 0) as credited, coalesce(p.paid, 0) as paid, t.taken as seats_taken
from season.season s join programme.network n on n.network_id = s.network_id
join season.seating t on t.season_id = s.season_id
left join invoice.season_sum i on i.organiser_id = s.organiser_id and i.season_id = s.season_id
left join (select season_id, sum(paid)::bigint as paid from invoice.account
    where organiser_id = %s and paid <> 0 group by season_id) p on p.season_id = s.season_id
where s.organiser_id = %s order by s.sorts_on, s.position"""

_TOTAL, _SEASON_SUMS, _DOCUMENT = Shape(DocumentTotals), Shape(SeasonSums), Shape(DocumentRow)
_VIEW = Shape(
    DocumentView,
    json={
        "seller": Seller,
        "supply": tuple[Supply, ...],
        "lines": tuple[Line, ...],
        "payments": tuple[PaymentRow, ...],
        "terms": BuyerTerms,
        "late": LateTerms,
    },
    made={
        "rates": lambda cells: _rates(cells["lines"], cells["currency"]),
        "buyer_address": lambda cells: cells["parties"].get("address"),
        "buyer_org_number": lambda cells: cells["org_number"] or cells["parties"].get("org_number", ""),
    },
)


class InvoiceTables(Tables, InvoiceQuestions):
    """Lists and sums take the cheapest table that can tell."""

    def totals(self, actor: Actor, which: DocumentFilter) -> DocumentTotals:
        organiser_id = organiser_of(actor)
        days = _whole_days(which)
        if days is not None:
            return self._totals_of_days(organiser_id, which.kind, *where(days))
        if which in (DocumentFilter(status="open"), DocumentFilter(status="overdue")):
            condition = _CHOICES[which.status]
            values = [organiser_id, *([self._reader.today(organiser_id)] if "%s" in condition else [])]
            statement = _OPEN_TOTALS + condition
        else:
            source, values, _ = self._listed(organiser_id, which)
            statement = _TOTALS + source
        [totals] = self._reader.rows(_TOTAL, statement, values)
        return totals

    def waits(self, source_id: UUID) -> bool:
        return bool(self._reader.query(_WAITS, [source_id]))

    def sums(self, actor: Actor) -> tuple[SeasonSums, ...]:
        return self._reader.rows(_SEASON_SUMS, _SUMS, [actor.organiser_id] * 2)

    def _documents(self, actor: Actor, which: DocumentFilter, after: str | None, limit: int) -> Page[DocumentRow]:
        return self._page(*self._listed(organiser_of(actor), which), after, limit)

    def _own(self, actor: Actor, after: str | None, limit: int) -> Page[DocumentRow]:
        place = place_in(after, tuple[date, int]) or ()
        before = " and (issued_on, position) < (%s, %s::bigint)" if place else ""
        latest = _LATEST_OF_PERSON.format(before=before, most=bounded(limit) + 1)
        theirs = [organiser_of(actor), *place, actor.person_id]
        return self._page(f"{_FROM} where {latest}", [*theirs, *theirs], "d", after, limit)

    def _document(self, document_id: UUID) -> DocumentView | None:
        rows = self._reader.cells(_WHOLE, [document_id])
        for cells in rows:
            cells["parties"] = self._reader.details(cells["details"])
        if not rows:
            return None
        notes = self._reader.cells(f"{_ROW}{_FROM} where d.refers_to_id = %s order by d.position", [document_id])
        [cells], [row] = rows, self._rows([{**rows[0]}])
        [view] = self._reader.shaped(_VIEW, [{**cells, "row": row, "credit_notes": self._rows(notes)}])
        return view

    def _invoiced_with(self, source_id: UUID) -> tuple[UUID, ...]:
        return tuple(row[0] for row in self._reader.query(_TOGETHER, [source_id]))

    def _is_contact(self, organisation_id: UUID, person_id: UUID) -> bool:
        return self._reader.is_contact(organisation_id, person_id)

    def _listed(self, organiser_id: UUID, which: DocumentFilter) -> tuple[str, list[Any], str]:
        """Which documents: from where and under what conditions, and which table's order is an index."""
        is_now = which.on is None and which.known_at is None
        side = "a" if is_now and which.status in _OF_ACCOUNTS else "d"
        chosen, values = where({f"{side}.organiser_id = %s": organiser_id, **self._conditions(organiser_id, which)})
        source = _THEN if not is_now else _OPEN if side == "a" else _NOW
        then = [] if is_now else [which.on, which.known_at]
        return f"{source}{_SEASON} where {chosen}", [*then, *values], side

    def _totals_of_days(self, organiser_id: UUID, kind: str, chosen: str, values: list[Any]) -> DocumentTotals:
        self._conditions(organiser_id, DocumentFilter(kind=kind))
        days = f" and {chosen}" if chosen else ""
        of_kind, kinds = (" and t.kind = %s", [kind]) if kind else ("", [])
        [sums] = self._reader.cells(_DAYS + days + of_kind, [organiser_id, *values, *kinds])
        [(balance,)] = self._reader.query(_OPEN_OF_DAYS + days, [organiser_id, *values])
        return DocumentTotals(**sums, balance=0 if kind == "credit_note" else balance)

    def _conditions(self, organiser_id: UUID, which: DocumentFilter) -> dict[str, object]:
        if which.kind not in ("", "invoice", "credit_note"):
            raise BadValue(field="kind", why="invoice or credit_note")
        if which.status and which.status not in _CHOICES:
            raise BadValue(field="status", why=" or ".join(_CHOICES))
        conditions: dict[str, object] = {
            "d.kind = %s": which.kind or None,
            "d.organisation_id = %s": which.organisation_id,
            "d.season_id = %s": which.season_id,
            "d.issued_on >= %s": which.issued_from,
            "d.issued_on <= %s": which.issued_until,
            "d.number = %s": which.number,
            "s.network_id = %s": which.network_id,
            "d.issued_on <= %s::date": which.on,
            _KNOWN: which.known_at,
        }
        if which.status:
            condition = _CHOICES[which.status]
            day = which.on or self._reader.today(organiser_id)
            conditions[condition] = day if "%s" in condition else ()
        return conditions

    def _page(self, source: str, values: list[Any], side: str, after: str | None, limit: int) -> Page[DocumentRow]:
        place = place_in(after, tuple[date, int])
        if place is not None:
            source += f" and ({side}.issued_on, {side}.position) < (%s, %s::bigint)"
        statement = f"{_ROW} {source} order by {side}.issued_on desc, {side}.position desc limit {bounded(limit) + 1}"
        rows = self._reader.cells(statement, [*values, *(place or ())])
        return page_by(rows, limit, self._rows, "issued_on", "position")

    def _rows(self, rows: list[Cells]) -> tuple[DocumentRow, ...]:
        """Of a year whose key is destroyed: an organisation by the name it has now, a person by none."""
        buyers = self._reader.typed_names([row["details"] for row in rows])
        for row, buyer in zip(rows, buyers, strict=True):
            row["buyer"] = buyer
        unnamed = [row["organisation_id"] for row in rows if row["buyer"] is None and row["organisation_id"]]
        known: dict[UUID, str] = dict(self._reader.query(_ORGANISATIONS, [unnamed])) if unnamed else {}
        for row in rows:
            row["buyer"] = row["buyer"] or known.get(row["organisation_id"])
        return self._reader.shaped(_DOCUMENT, rows)


def _whole_days(which: DocumentFilter) -> dict[str, object] | None:
    """The conditions on days and seasons, where nothing else is asked; None where documents must be looked at."""
    if which.status or which.organisation_id or which.number is not None or which.on or which.known_at:
        return None
    return {
        "t.season_id = %s": which.season_id,
        "t.season_id in (select season_id from season.season where network_id = %s)": which.network_id,
        "t.issued_on >= %s": which.issued_from,
        "t.issued_on <= %s": which.issued_until,
    }


def _rates(lines: tuple[Line, ...], currency: str) -> tuple[RateSum, ...]:
    return tuple(
        RateSum(rate.basis_points, rate.kind.value, total.net.amount, total.vat.amount)
        for rate, total in sums_per_rate(lines, currency)
    )
