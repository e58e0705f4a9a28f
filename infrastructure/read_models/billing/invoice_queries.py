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
)
from application.billing.queries.season_sums import SeasonName, SeasonSums
from application.kernel.actor import Actor
from application.kernel.page import Page
from application.kernel.use_case import organiser_of
from domain.kernel.documents import LateTerms, Line, Seller, Supply, sums_per_rate
from infrastructure.read_models.billing.invoice_filter import FROM, STATUSES, listed, whole_days
from infrastructure.read_models.kernel.query import Cells, Shape, Tables, bounded, page_by, place_in, where

_STATUS = """case when d.kind = 'credit_note' then 'credited' when a.balance > 0 then 'open'
when a.written_off > 0 then 'written_off' when a.paid > 0 then 'paid' else 'credited' end"""

_ROW = f"""
select d.document_id, d.kind, d.organiser_id, d.number, d.source_id, d.season_id, s.title as season, n.name as network,
d.organisation_id, d.person_id, d.details, d.reference, d.issued_on, d.due_on, d.net, d.vat, d.gross,
coalesce(a.credited, 0) as credited, coalesce(a.paid, 0) as paid, coalesce(a.balance, 0) as balance, d.currency, d.ocr,
{_STATUS} as status, d.refers_to_id, d.refers_to_number, d.reason, d.gross + d.rounding as payable, d.position"""

_TOTALS = """
select count(*) as documents, coalesce(sum(d.net), 0)::bigint as net, coalesce(sum(d.vat), 0)::bigint as vat,
coalesce(sum(d.gross), 0)::bigint as gross, coalesce(sum(a.balance), 0)::bigint as balance,
coalesce(sum(d.gross + d.rounding), 0)::bigint as payable """

_ORIGINAL = "(select o.issued_on from invoice.document o where o.document_id = d.refers_to_id)"
_WHOLE = f"""{_ROW}, d.seller::text as seller, d.org_number, d.vat_number as buyer_vat_number, d.supply::text as supply,
d.lines::text as lines, coalesce(a.payments::text, '[]') as payments, d.rounding, d.terms::text as terms,
{_ORIGINAL} as refers_to_on, d.set_off, d.late::text as late
{FROM} where d.document_id = %s"""

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

_BOUGHT_BY_PERSON = """
select o.document_id from people.known_as k cross join lateral (select document_id from invoice.document
    where person_id = k.same_id and organiser_id = %s{before}
    order by issued_on desc, position desc limit {most}) o where k.person_id = %s"""
_BOUGHT_BY_ORGANISATIONS = """
select o.document_id from people.contact c cross join lateral (select document_id from invoice.document
    where organisation_id = c.organisation_id and organiser_id = %s{before}
    order by issued_on desc, position desc limit {most}) o where c.person_id = %s"""
"""The latest of each buyer that somebody answers for, looked up by buyer: what others have is not walked through."""

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
    where organiser_id = %s{of_one} and paid <> 0 group by season_id) p on p.season_id = s.season_id
where s.organiser_id = %s{one} order by s.sorts_on, s.position"""

_SEASONS = """
select s.season_id, s.title as season, n.name as network
from season.season s join programme.network n on n.network_id = s.network_id
where s.organiser_id = %s order by s.sorts_on, s.position"""

_TOTAL, _DOCUMENT = Shape(DocumentTotals), Shape(DocumentRow)
_SEASON_SUMS, _SEASON_NAME = Shape(SeasonSums), Shape(SeasonName)
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
        days = whole_days(which)
        if days is not None:
            return self._totals_of_days(organiser_id, which.kind, *where(days))
        if which in (DocumentFilter(status="open"), DocumentFilter(status="overdue")):
            condition = STATUSES[which.status]
            values = [organiser_id, *([self._reader.today(organiser_id)] if "%s" in condition else [])]
            statement = _OPEN_TOTALS + condition
        else:
            source, values, _ = listed(organiser_id, which, self._reader)
            statement = _TOTALS + source
        [totals] = self._reader.rows(_TOTAL, statement, values)
        return totals

    def waits(self, source_id: UUID) -> bool:
        return bool(self._reader.query(_WAITS, [source_id]))

    def sums(self, actor: Actor) -> tuple[SeasonSums, ...]:
        return self._reader.rows(_SEASON_SUMS, _SUMS.format(of_one="", one=""), [actor.organiser_id] * 2)

    def sums_of(self, actor: Actor, season_id: UUID) -> SeasonSums | None:
        statement = _SUMS.format(of_one=" and season_id = %s", one=" and s.season_id = %s")
        rows = self._reader.rows(_SEASON_SUMS, statement, [actor.organiser_id, season_id] * 2)
        return next(iter(rows), None)

    def seasons(self, actor: Actor) -> tuple[SeasonName, ...]:
        return self._reader.rows(_SEASON_NAME, _SEASONS, [actor.organiser_id])

    def about(self, actor: Actor, after: str | None = None, limit: int = 50) -> Page[DocumentRow]:
        return self._bought(actor, after, limit, _BOUGHT_BY_PERSON)

    def _documents(self, actor: Actor, which: DocumentFilter, after: str | None, limit: int) -> Page[DocumentRow]:
        return self._page(*listed(organiser_of(actor), which, self._reader), after, limit)

    def _own(self, actor: Actor, after: str | None, limit: int) -> Page[DocumentRow]:
        return self._bought(actor, after, limit, _BOUGHT_BY_PERSON, _BOUGHT_BY_ORGANISATIONS)

    def _bought(self, actor: Actor, after: str | None, limit: int, *buyers: str) -> Page[DocumentRow]:
        place = place_in(after, tuple[date, int]) or ()
        before = " and (issued_on, position) < (%s, %s::bigint)" if place else ""
        latest = " union all ".join(buyers).format(before=before, most=bounded(limit) + 1)
        values = [organiser_of(actor), *place, actor.person_id] * len(buyers)
        return self._page(f"{FROM} where d.document_id = any(array({latest}))", values, "d", after, limit)

    def _document(self, document_id: UUID) -> DocumentView | None:
        rows = self._reader.cells(_WHOLE, [document_id])
        for cells in rows:
            cells["parties"] = self._reader.details(cells["details"])
        if not rows:
            return None
        notes = self._reader.cells(f"{_ROW}{FROM} where d.refers_to_id = %s order by d.position", [document_id])
        [cells], [row] = rows, self._rows([{**rows[0]}])
        [view] = self._reader.shaped(_VIEW, [{**cells, "row": row, "credit_notes": self._rows(notes)}])
        return view

    def _invoiced_with(self, source_id: UUID) -> tuple[UUID, ...]:
        return tuple(row[0] for row in self._reader.query(_TOGETHER, [source_id]))

    def _is_contact(self, organisation_id: UUID, person_id: UUID) -> bool:
        return self._reader.is_contact(organisation_id, person_id)

    def _totals_of_days(self, organiser_id: UUID, kind: str, chosen: str, values: list[Any]) -> DocumentTotals:
        days = f" and {chosen}" if chosen else ""
        of_kind, kinds = (" and t.kind = %s", [kind]) if kind else ("", [])
        [sums] = self._reader.cells(_DAYS + days + of_kind, [organiser_id, *values, *kinds])
        [(balance,)] = self._reader.query(_OPEN_OF_DAYS + days, [organiser_id, *values])
        return DocumentTotals(**sums, balance=0 if kind == "credit_note" else balance)

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


def _rates(lines: tuple[Line, ...], currency: str) -> tuple[RateSum, ...]:
    return tuple(
        RateSum(rate.basis_points, rate.kind.value, total.net.amount, total.vat.amount)
        for rate, total in sums_per_rate(lines, currency)
    )
