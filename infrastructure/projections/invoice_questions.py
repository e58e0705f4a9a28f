"""What the documents answer: lists for finance and for payers, one document whole, and the sums of each season."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from application.reading.invoice import DocumentFilter, DocumentRow, DocumentView, PaymentRow, RateSum, SeasonSums
from application.reading.page import Page
from domain.documents import Line, Seller, Supply, sums_per_rate
from domain.errors import BadValue
from infrastructure.following.reading import Reader, Rows, bounded, page_of, place_in, read_json

_STATUS = """case when d.kind = 'credit_note' then 'credited' when a.balance > 0 then 'open'
when a.paid > 0 then 'paid' else 'credited' end"""

_ROW = f"""
select d.document_id, d.kind, d.organiser_id, d.number, d.source_id, d.season_id, s.title, d.organisation_id,
d.person_id, d.details, d.reference, d.issued_on, d.due_on, d.net, d.vat, d.gross, coalesce(a.credited, 0),
coalesce(a.paid, 0), coalesce(a.balance, 0), d.currency, d.ocr, {_STATUS}, d.refers_to_id, d.refers_to_number, d.reason,
d.position"""

_FROM = """
from invoice.document d left join invoice.account a on a.document_id = d.document_id
left join season.season s on s.season_id = d.season_id """

_WHOLE = f"""{_ROW}, d.seller::text, d.org_number, d.vat_number, d.supply::text, d.lines::text, a.payments::text
{_FROM} where d.document_id = %s"""

_CHOICES = {
    "open": "a.balance > 0",
    "paid": "a.balance <= 0 and a.paid > 0",
    "credited": "(d.kind = 'credit_note' or (a.balance <= 0 and a.paid = 0))",
    "overdue": "a.balance > 0 and d.due_on < (%s at time zone (select zone from programme.organiser o "
    "where o.organiser_id = d.organiser_id))::date",
}

_OF_PERSON = """d.organiser_id = %s and (d.person_id = %s or d.organisation_id in (
select organisation_id from people.contact where person_id = %s))"""

_IS_CONTACT = "select 1 from people.contact where organisation_id = %s and person_id = %s"

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
    """`application.reading.invoice.InvoiceModel` on the read models' tables."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def documents(self, organiser_id: UUID, asked: DocumentFilter, after: str | None, limit: int) -> Page[DocumentRow]:
        """An organiser's documents, latest issued first. Raises BadValue for a status or kind there is not."""
        chosen = ["d.organiser_id = %s"]
        given: list[Any] = [organiser_id]
        for condition, value in self._conditions(asked):
            chosen.append(condition)
            given += value
        return self._page(" and ".join(chosen), given, after, limit)

    def of_person(self, organiser_id: UUID, person_id: UUID, after: str | None, limit: int) -> Page[DocumentRow]:
        """Documents somebody pays, or of the organisations they are a contact of."""
        return self._page(_OF_PERSON, [organiser_id, person_id, person_id], after, limit)

    def document(self, document_id: UUID) -> DocumentView | None:
        """One document whole."""
        rows = self._reader.query(_WHOLE, [document_id])
        return self._whole(rows[0]) if rows else None

    def sums(self, organiser_id: UUID) -> tuple[SeasonSums, ...]:
        """The sums of each season."""
        return tuple(SeasonSums(*row) for row in self._reader.query(_SUMS, [organiser_id, organiser_id]))

    def is_contact(self, organisation_id: UUID, person_id: UUID) -> bool:
        """Whether a person is a contact of an organisation."""
        return bool(self._reader.query(_IS_CONTACT, [organisation_id, person_id]))

    def _conditions(self, asked: DocumentFilter) -> list[tuple[str, list[Any]]]:
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
        }
        found: list[tuple[str, list[Any]]] = [(text, [value]) for text, value in columns.items() if value is not None]
        if asked.status:
            condition = _CHOICES[asked.status]
            found.append((condition, [self._reader.clock.now()] if "%s" in condition else []))
        return found

    def _page(self, chosen: str, given: list[Any], after: str | None, limit: int) -> Page[DocumentRow]:
        place = place_in(after, tuple[date, int])
        asked = [*given]
        if place is not None:
            chosen += " and (d.issued_on, d.position) < (%s, %s::bigint)"
            asked += place
        statement = f"{_ROW}{_FROM} where {chosen} order by d.issued_on desc, d.position desc limit %s"
        rows = self._reader.query(statement, [*asked, bounded(limit) + 1])
        return page_of(rows, limit, self._rows, lambda row: (row[11], row[25]))

    def _rows(self, rows: Rows) -> list[DocumentRow]:
        buyers = self._reader.typed_names([row[9] for row in rows])
        return [_document(row, name) for row, name in zip(rows, buyers, strict=True)]

    def _whole(self, row: tuple[Any, ...]) -> DocumentView:
        lines = read_json(tuple[Line, ...], row[30])
        buyer = self._reader.details(row[9])
        notes = self._reader.query(f"{_ROW}{_FROM} where d.refers_to_id = %s order by d.position", [row[0]])
        return DocumentView(
            row=self._rows([row])[0],
            seller=read_json(Seller, row[26]),
            buyer_address=buyer.get("address"),
            buyer_org_number=row[27] or buyer.get("org_number", ""),
            buyer_vat_number=row[28],
            supply=read_json(tuple[Supply, ...], row[29]),
            lines=lines,
            rates=_rates(lines, row[19]),
            payments=read_json(tuple[PaymentRow, ...], row[31] or "[]"),
            credit_notes=tuple(self._rows(notes)),
        )


def _document(row: tuple[Any, ...], buyer: str | None) -> DocumentRow:
    cells = [*row[:9], buyer, *row[10:25]]
    return DocumentRow(*cells)


def _rates(lines: tuple[Line, ...], currency: str) -> tuple[RateSum, ...]:
    return tuple(
        RateSum(rate.basis_points, rate.kind.value, total.net.amount, total.vat.amount)
        for rate, total in sums_per_rate(lines, currency)
    )
