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
    PaymentRow,
    RateSum,
    SeasonSums,
)
from application.kernel.page import Page
from domain.kernel.documents import Line, Seller, Supply, sums_per_rate
from domain.kernel.errors import BadValue
from infrastructure.read_models.kernel.query import SAME, Reader, Rows, bounded, page_of, place_in, read_json

_STATUS = """case when d.kind = 'credit_note' then 'credited' when a.balance > 0 then 'open'
when a.written_off > 0 then 'written_off' when a.paid > 0 then 'paid' else 'credited' end"""

_ROW = f"""
select d.document_id, d.kind, d.organiser_id, d.number, d.source_id, d.season_id, s.title, d.organisation_id,
d.person_id, d.details, d.reference, d.issued_on, d.due_on, d.net, d.vat, d.gross, coalesce(a.credited, 0),
coalesce(a.paid, 0), coalesce(a.balance, 0), d.currency, d.ocr, {_STATUS}, d.refers_to_id, d.refers_to_number, d.reason,
d.gross + d.rounding, d.position"""

_SEASON = "left join season.season s on s.season_id = d.season_id "
_NOW = "from invoice.document d left join invoice.account a on a.document_id = d.document_id "
_OPEN = "from invoice.account a join invoice.document d on d.document_id = a.document_id "
_FROM = f"""
{_NOW}{_SEASON}"""

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
select count(*), coalesce(sum(d.net), 0)::bigint, coalesce(sum(d.vat), 0)::bigint, coalesce(sum(d.gross), 0)::bigint,
coalesce(sum(a.balance), 0)::bigint, coalesce(sum(d.gross + d.rounding), 0)::bigint """

_ORIGINAL = "(select o.issued_on from invoice.document o where o.document_id = d.refers_to_id)"
_WHOLE = f"""{_ROW}, d.seller::text, d.org_number, d.vat_number, d.supply::text, d.lines::text, a.payments::text,
d.rounding, d.terms::text, {_ORIGINAL}, d.set_off
{_FROM} where d.document_id = %s"""

_DAYS = """
select coalesce(sum(t.documents), 0)::bigint, coalesce(sum(t.net), 0)::bigint, coalesce(sum(t.vat), 0)::bigint,
coalesce(sum(t.gross), 0)::bigint, coalesce(sum(t.gross + t.rounding), 0)::bigint
from invoice.day_total t where t.organiser_id = %s"""

_OPEN_OF_DAYS = """
select coalesce(sum(t.balance), 0)::bigint from invoice.account t where t.organiser_id = %s and t.balance <> 0"""

_OPEN_TOTALS = """
select count(*), coalesce(sum(a.net), 0)::bigint, coalesce(sum(a.vat), 0)::bigint,
coalesce(sum(a.net + a.vat), 0)::bigint, coalesce(sum(a.balance), 0)::bigint, coalesce(sum(a.payable), 0)::bigint
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

_OF_PERSON = f"""d.organiser_id = %s and (d.person_id = {SAME} or d.organisation_id in (
select organisation_id from people.contact where person_id = %s))"""  # noqa: S608 # no input

_TOGETHER = "select document_id from invoice.stands_on where source_id = %s order by document_id"
_WAITS = "select 1 from tab.waiting where source_id = %s"
_IS_CONTACT = "select 1 from people.contact where organisation_id = %s and person_id = %s"

_ORGANISATIONS = "select organisation_id, name from people.organisation where organisation_id = any(%s::uuid[])"

_SUMS = """
select s.season_id, s.title, n.name, coalesce(i.documents, 0), coalesce(i.net, 0), coalesce(i.vat, 0),
coalesce(i.gross, 0), coalesce(i.credited, 0), coalesce(p.paid, 0), t.taken
from season.season s join programme.network n on n.network_id = s.network_id
join season.seating t on t.season_id = s.season_id
left join invoice.season_sum i on i.organiser_id = s.organiser_id and i.season_id = s.season_id
left join (select season_id, sum(paid)::bigint as paid from invoice.account
    where organiser_id = %s and paid <> 0 group by season_id) p on p.season_id = s.season_id
where s.organiser_id = %s order by s.sorts_on, s.position"""


class InvoiceTables:
    """`application.billing.queries.invoice.InvoiceModel` on the read models' tables."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def documents(self, organiser_id: UUID, asked: DocumentFilter, after: str | None, limit: int) -> Page[DocumentRow]:
        """An organiser's documents, latest issued first. Raises BadValue for a status or kind there is not."""
        source, given, side = self._listed(organiser_id, asked)
        return self._page(source, given, after, limit, side)

    def totals(self, organiser_id: UUID, asked: DocumentFilter) -> DocumentTotals:
        """What they add up to."""
        days = _whole_days(asked)
        if days is not None:
            return self._totals_of_days(organiser_id, asked.kind, days)
        if asked in (DocumentFilter(status="open"), DocumentFilter(status="overdue")):
            condition = _CHOICES[asked.status]
            given = [organiser_id, *([self._reader.today(organiser_id)] if "%s" in condition else [])]
            return DocumentTotals(*self._reader.query(_OPEN_TOTALS + condition, given)[0])
        source, given, _ = self._listed(organiser_id, asked)
        return DocumentTotals(*self._reader.query(_TOTALS + source, given)[0])

    def of_person(self, organiser_id: UUID, person_id: UUID, after: str | None, limit: int) -> Page[DocumentRow]:
        """Documents somebody pays, or of the organisations they are a contact of."""
        source = f"{_FROM} where {_OF_PERSON}"
        return self._page(source, [organiser_id, person_id, person_id], after, limit)

    def document(self, document_id: UUID) -> DocumentView | None:
        """One document whole."""
        rows = self._reader.query(_WHOLE, [document_id])
        return self._whole(rows[0]) if rows else None

    def invoiced_with(self, source_id: UUID) -> tuple[UUID, ...]:
        """The invoices on which something stands together with other things."""
        return tuple(row[0] for row in self._reader.query(_TOGETHER, [source_id]))

    def waits(self, source_id: UUID) -> bool:
        """Whether something waits for the collective invoice of the month."""
        return bool(self._reader.query(_WAITS, [source_id]))

    def sums(self, organiser_id: UUID) -> tuple[SeasonSums, ...]:
        """The sums of each season."""
        return tuple(SeasonSums(*row) for row in self._reader.query(_SUMS, [organiser_id, organiser_id]))

    def is_contact(self, organisation_id: UUID, person_id: UUID) -> bool:
        """Whether a person is a contact of an organisation."""
        return bool(self._reader.query(_IS_CONTACT, [organisation_id, person_id]))

    def _listed(self, organiser_id: UUID, asked: DocumentFilter) -> tuple[str, list[Any], str]:
        """Which documents: from where and under what conditions, and which table's order is an index."""
        is_now = asked.on is None and asked.known_at is None
        side = "a" if is_now and asked.status in _OF_ACCOUNTS else "d"
        chosen = [f"{side}.organiser_id = %s"]
        given: list[Any] = [] if is_now else [asked.on, asked.known_at]
        given.append(organiser_id)
        for condition, value in self._conditions(organiser_id, asked):
            chosen.append(condition)
            given += value
        source = _THEN if not is_now else _OPEN if side == "a" else _NOW
        return f"{source}{_SEASON} where {' and '.join(chosen)}", given, side

    def _totals_of_days(self, organiser_id: UUID, kind: str, days: list[tuple[str, Any]]) -> DocumentTotals:
        self._conditions(organiser_id, DocumentFilter(kind=kind))
        chosen = "".join(f" and {condition}" for condition, _ in days)
        given = [organiser_id, *(value for _, value in days)]
        of_kind = (" and t.kind = %s", [kind]) if kind else ("", [])
        [sums] = self._reader.query(_DAYS + chosen + of_kind[0], [*given, *of_kind[1]])
        [(balance,)] = self._reader.query(_OPEN_OF_DAYS + chosen, given)
        *of_lines, payable = sums
        cells = [*of_lines, 0 if kind == "credit_note" else balance, payable]
        return DocumentTotals(*cells)

    def _conditions(self, organiser_id: UUID, asked: DocumentFilter) -> list[tuple[str, list[Any]]]:
        if asked.kind not in ("", "invoice", "credit_note"):
            raise BadValue(field="kind", why="invoice or credit_note")
        if asked.status and asked.status not in _CHOICES:
            raise BadValue(field="status", why=" or ".join(_CHOICES))
        columns = {
            "d.kind = %s": asked.kind or None,
            "d.organisation_id = %s": asked.organisation_id,
            "d.season_id = %s": asked.season_id,
            "d.issued_on >= %s": asked.issued_from,
            "d.issued_on <= %s": asked.issued_until,
            "d.number = %s": asked.number,
            "s.network_id = %s": asked.network_id,
            "d.issued_on <= %s::date": asked.on,
            _KNOWN: asked.known_at,
        }
        found: list[tuple[str, list[Any]]] = [(text, [value]) for text, value in columns.items() if value is not None]
        if asked.status:
            condition = _CHOICES[asked.status]
            day = asked.on or self._reader.today(organiser_id)
            found.append((condition, [day] if "%s" in condition else []))
        return found

    def _page(self, source: str, given: list[Any], after: str | None, limit: int, side: str = "d") -> Page[DocumentRow]:
        place = place_in(after, tuple[date, int])
        asked = [*given]
        if place is not None:
            source += f" and ({side}.issued_on, {side}.position) < (%s, %s::bigint)"
            asked += place
        statement = f"{_ROW} {source} order by {side}.issued_on desc, {side}.position desc limit {bounded(limit) + 1}"
        rows = self._reader.query(statement, asked)
        return page_of(rows, limit, self._rows, lambda row: (row[11], row[26]))

    def _rows(self, rows: Rows) -> list[DocumentRow]:
        """Of a year whose key is destroyed: an organisation by the name it has now, a person by none."""
        buyers = self._reader.typed_names([row[9] for row in rows])
        unnamed = [row[7] for row, name in zip(rows, buyers, strict=True) if name is None and row[7] is not None]
        known: dict[UUID, str] = dict(self._reader.query(_ORGANISATIONS, [unnamed])) if unnamed else {}
        return [_document(row, name or known.get(row[7])) for row, name in zip(rows, buyers, strict=True)]

    def _whole(self, row: tuple[Any, ...]) -> DocumentView:
        lines = read_json(tuple[Line, ...], row[31])
        buyer = self._reader.details(row[9])
        notes = self._reader.query(f"{_ROW}{_FROM} where d.refers_to_id = %s order by d.position", [row[0]])
        return DocumentView(
            row=self._rows([row])[0],
            seller=read_json(Seller, row[27]),
            buyer_address=buyer.get("address"),
            buyer_org_number=row[28] or buyer.get("org_number", ""),
            buyer_vat_number=row[29],
            supply=read_json(tuple[Supply, ...], row[30]),
            lines=lines,
            rates=_rates(lines, row[19]),
            payments=read_json(tuple[PaymentRow, ...], row[32] or "[]"),
            credit_notes=tuple(self._rows(notes)),
            rounding=row[33],
            set_off=row[36],
            terms=read_json(BuyerTerms, row[34]),
            refers_to_on=row[35],
        )


def _whole_days(asked: DocumentFilter) -> list[tuple[str, Any]] | None:
    """The conditions on days and seasons, where nothing else is asked; None where documents must be looked at."""
    if asked.status or asked.organisation_id or asked.number is not None or asked.on or asked.known_at:
        return None
    columns = {
        "t.season_id = %s": asked.season_id,
        "t.season_id in (select season_id from season.season where network_id = %s)": asked.network_id,
        "t.issued_on >= %s": asked.issued_from,
        "t.issued_on <= %s": asked.issued_until,
    }
    return [(text, value) for text, value in columns.items() if value is not None]


def _document(row: tuple[Any, ...], buyer: str | None) -> DocumentRow:
    cells = [*row[:9], buyer, *row[10:26]]
    return DocumentRow(*cells)


def _rates(lines: tuple[Line, ...], currency: str) -> tuple[RateSum, ...]:
    return tuple(
        RateSum(rate.basis_points, rate.kind.value, total.net.amount, total.vat.amount)
        for rate, total in sums_per_rate(lines, currency)
    )
