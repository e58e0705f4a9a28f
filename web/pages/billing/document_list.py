"""The list of documents: what its address asks for, what it may be narrowed to, and its rows in a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.billing.queries.invoice import DocumentFilter, DocumentRow
from domain.kernel.errors import NotFound
from domain.kernel.season_name import season_name
from web.pages.kernel.asked_day import end_of_day
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Visit, say, services, today
from web.reports.spreadsheet import Kronor, Plain
from web.words.wording import status_text

KINDS = ("invoice", "credit_note")
STATUSES = ("open", "overdue", "paid", "credited", "written_off")
COLUMNS = (
    *("number", "kind", "issued", "due", "buyer", "season", "net", "vat"),
    *("gross", "paid", "credited", "balance", "status", "ocr", "reference"),
)


@dataclass(frozen=True)
class Choices:
    """What the list may be narrowed to: networks and seasons by name, and the organisation it is narrowed to."""

    networks: tuple[tuple[UUID, str], ...]
    seasons: tuple[tuple[UUID, str], ...]
    organisation: str


def wanted(form: Form, zone: str) -> DocumentFilter:
    """The filter that an address asks for; what is not a choice is no filter."""
    kind, status = form.text("kind"), form.text("status")
    return DocumentFilter(
        kind=kind if kind in KINDS else "",
        status=status if status in STATUSES else "",
        organisation_id=form.choice("organisation"),
        season_id=form.choice("season"),
        issued_from=form.day("from"),
        issued_until=form.day("until"),
        network_id=form.choice("network"),
        on=form.day("on"),
        known_at=end_of_day(form, "known", zone),
    )


def choices(visit: Visit, asked: DocumentFilter) -> Choices:
    """What the organiser has to choose from."""
    organiser = visit.organiser.organiser_id
    networks = services().programme.networks(organiser)
    seasons = services().invoice_questions.seasons(visit.actor)
    return Choices(
        tuple((each.network_id, each.name) for each in networks),
        tuple((each.season_id, season_name(each.network, each.season)) for each in seasons),
        _organisation(visit, asked.organisation_id),
    )


def _organisation(visit: Visit, organisation_id: UUID | None) -> str:
    if organisation_id is None:
        return ""
    try:
        return services().people_questions.organisation(visit.actor, organisation_id).name
    except NotFound:
        return ""


def disputed_in(visit: Visit) -> frozenset[UUID]:
    """The invoices with a dispute that is not decided; for the staff who see to it, and none for others."""
    if not (visit.is_admin or visit.is_finance):
        return frozenset()
    return frozenset(each.invoice_id for each in services().payment_questions.disputes(visit.actor) if each.is_open)


def header() -> list[str]:
    """The titles of a file's columns."""
    return [say()(f"invoice.column_{name}") for name in COLUMNS]


def file_rows(visit: Visit, asked: DocumentFilter) -> Iterator[list[Plain]]:
    """Every document of the list as a spreadsheet takes it."""
    disputed, on = disputed_in(visit), asked.on or today(visit.zone)
    rows = services().invoice_questions.every(visit.actor, asked)
    return (_cells(row, on, row.document_id in disputed) for row in rows)


def _cells(row: DocumentRow, on: date, is_disputed: bool) -> list[Plain]:
    amounts = [Kronor(each) for each in (row.net, row.vat, row.payable, row.paid, row.credited, row.balance)]
    return [
        row.number,
        say()(f"invoice.kind_{row.kind}"),
        row.issued_on,
        row.due_on or "",
        row.buyer or "",
        season_name(row.network or "", row.season or ""),
        *amounts,
        status_text(row, say(), on, is_disputed=is_disputed),
        row.ocr,
        row.reference,
    ]
