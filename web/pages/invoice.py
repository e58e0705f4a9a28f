"""Invoices and credit notes: found in one field, listed, printed; sums for each season; payments recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from application.invoice import RecordPayment
from application.reading.invoice import DocumentFilter, DocumentRow
from application.reading.page import Page
from application.reading.people import OrganisationRow
from domain.documents import ocr_of
from domain.errors import PlatsError
from domain.ids import InvoiceId
from web.errors import status_of
from web.forms import Form, Problems, search_words
from web.reader import Answer, Visit, after, new_key, say, services, today, visit_signed_in
from web.spreadsheet import csv_file, kronor_cell, text_cell

pages = Blueprint("invoice", __name__)

KINDS = ("invoice", "credit_note")
STATUSES = ("open", "overdue", "paid", "credited")
FIELDS = {"amount": "amount", "reference": "reference", "received_on": "received_on", "PaymentKnown": "reference"}
MOST = 200
MOST_IN_A_FILE = 10_000


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a filter, the words that were searched for, and organisations they may mean."""

    wanted: DocumentFilter
    words: str
    organisations: tuple[OrganisationRow, ...]
    is_nothing: bool


@pages.get("/<slug>/invoices")
def index(slug: str) -> Answer:
    """The organiser's documents for staff, one's own for members."""
    reader = visit_signed_in(slug)
    asked = _asked(reader)
    found: Page[DocumentRow] = Page(())
    if not asked.is_nothing:
        found = services().invoice_questions.list(reader.actor, asked.wanted, request.args.get("after"), 50)
    return render_template(
        "invoices.html", found=found, asked=asked, wanted=asked.wanted, kinds=KINDS, statuses=STATUSES, form=_form()
    )


@pages.get("/<slug>/invoices.csv")
def file(slug: str) -> Answer:
    """The same list as a file."""
    reader = visit_signed_in(slug)
    asked = _asked(reader)
    rows = [] if asked.is_nothing else _all(reader, asked.wanted)
    names = "number kind issued due buyer season net vat gross paid credited balance status ocr reference"
    header = [say()(f"invoice.column_{name}") for name in names.split()]
    return csv_file(say()("invoice.file_name"), header, (_cells(row) for row in rows))


@pages.get("/<slug>/invoices/sums")
def sums(slug: str) -> Answer:
    """What each season has been invoiced, credited and paid."""
    reader = visit_signed_in(slug)
    return render_template("invoice_sums.html", rows=services().invoice_questions.sums(reader.actor))


@pages.get("/<slug>/invoices/<uuid:document_id>")
def page(slug: str, document_id: UUID) -> Answer:
    """One document, as it is printed; for finance with a form for what has been paid."""
    reader = visit_signed_in(slug)
    on = today(reader.zone).isoformat()
    form = Form(MultiDict({"received_on": on, "key": new_key()}), Problems(say()))
    return _show(reader, document_id, form)


@pages.post("/<slug>/invoices/<uuid:document_id>/payments")
def pay(slug: str, document_id: UUID) -> Answer:
    """Record money that has arrived."""
    reader = visit_signed_in(slug)
    form = Form(request.form, Problems(say()))
    amount, received_on = form.sum("amount"), form.day("received_on")
    reference = form.required("reference")
    if received_on is None:
        form.problems.note("received_on", "form.day")
    if form.problems or amount is None or received_on is None:
        return _show(reader, document_id, form), 422
    try:
        command = RecordPayment(InvoiceId(document_id), amount, reference, received_on)
        recorded = services().invoices.record_payment(reader.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(reader, document_id, form), status_of(error)
    return after(recorded, "invoice.page", slug=slug, document_id=document_id, done="paid")


def _show(reader: Visit, document_id: UUID, form: Form) -> str:
    view = services().invoice_questions.one(reader.actor, document_id)
    return render_template("invoice.html", view=view, row=view.row, form=form, problems=form.problems.by_field)


def _form() -> Form:
    return Form(request.args, Problems(say()))


def _asked(reader: Visit) -> Asked:
    """Digits are a number or an OCR reference; other words are an organisation's name."""
    form = _form()
    kind, status, words = form.text("kind"), form.text("status"), search_words(form.text("q"))
    wanted = DocumentFilter(
        kind=kind if kind in KINDS else "",
        status=status if status in STATUSES else "",
        organisation_id=form.choice("organisation"),
        season_id=form.choice("season"),
        issued_from=form.day("from"),
        issued_until=form.day("until"),
    )
    if words.isascii() and words.isdigit() and len(words) <= 15:
        return Asked(replace(wanted, number=_number(words)), words, (), is_nothing=False)
    if not words or not (reader.is_admin or reader.is_finance):
        return Asked(wanted, words, (), is_nothing=False)
    meant = services().people_questions.organisations(reader.actor, words, limit=20).items
    if len(meant) == 1:
        return Asked(replace(wanted, organisation_id=meant[0].organisation_id), words, meant, is_nothing=False)
    return Asked(wanted, words, meant, is_nothing=True)


def _number(digits: str) -> int:
    body = digits[:-2]
    return int(body) if body and ocr_of(int(body)) == digits else int(digits)


def _all(reader: Visit, wanted: DocumentFilter) -> list[DocumentRow]:
    rows: list[DocumentRow] = []
    cursor: str | None = None
    while len(rows) < MOST_IN_A_FILE:
        found = services().invoice_questions.list(reader.actor, wanted, cursor, MOST)
        rows += found.items
        cursor = found.next_cursor
        if cursor is None:
            break
    return rows


def _cells(row: DocumentRow) -> list[str]:
    amounts = [kronor_cell(each) for each in (row.net, row.vat, row.gross, row.paid, row.credited, row.balance)]
    return [
        str(row.number),
        say()(f"invoice.kind_{row.kind}"),
        row.issued_on.isoformat(),
        row.due_on.isoformat() if row.due_on else "",
        text_cell(row.buyer or ""),
        text_cell(row.season or ""),
        *amounts,
        say()(f"invoice.status_{row.status}"),
        row.ocr,
        text_cell(row.reference),
    ]
