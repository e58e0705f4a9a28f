"""Invoices and credit notes: found in one field, listed, printed; sums for each season; payments recorded."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from application.billing.invoice import RecordPayment
from domain.kernel.ids import InvoiceId
from web.pages.billing.document_list import KINDS, STATUSES, choices, file_rows, header, wanted
from web.pages.billing.document_story import reasons_of, since
from web.pages.kernel.by_link import visit_of_booking
from web.pages.kernel.closed_periods import exported_until
from web.pages.kernel.forms import Form, Typed, search_words
from web.pages.kernel.visit import Answer, Visit, after, say, services, today, visit_signed_in
from web.reports.spreadsheet import list_file

pages = Blueprint("invoice", __name__)

FILTERS = ("kind", "from", "until", "network", "season", "on", "known")
FIELDS = {"amount": "amount", "reference": "reference", "received_on": "received_on", "PaymentKnown": "reference"}


@pages.get("/<slug>/invoices")
def index() -> Answer:
    """The organiser's documents for staff, one's own for members; words that are searched for lead further."""
    visit = visit_signed_in()
    is_staff = visit.is_admin or visit.is_finance
    words = search_words(request.args.get("q", ""))
    if words and is_staff:
        return _search(visit, words)
    form = Form(request.args)
    asked = wanted(form, visit.zone)
    found = services().invoice_questions.list(visit.actor, asked, request.args.get("after"), 50)
    return form.page(
        "invoices.html",
        found=found,
        totals=services().invoice_questions.totals(visit.actor, asked) if is_staff else None,
        choices=choices(visit, asked) if is_staff else None,
        wanted=asked,
        kinds=KINDS,
        demands=services().payment_questions.demand_states(tuple(each.document_id for each in found.items)),
        statuses=STATUSES,
        is_chosen=bool(form.problems.by_field) or any(request.args.get(name) for name in FILTERS),
    )


@pages.get("/<slug>/invoices.<any(csv, xlsx):saved_as>")
def file(saved_as: str) -> Answer:
    """The same list as a file."""
    visit = visit_signed_in()
    asked = wanted(Form(request.args), visit.zone)
    return list_file(saved_as, say()("invoice.file_name"), header(), file_rows(visit, asked))


@pages.get("/<slug>/invoices/sums")
def sums() -> Answer:
    """What each season has been invoiced, credited and paid."""
    visit = visit_signed_in()
    return render_template("invoice_sums.html", rows=services().invoice_questions.sums(visit.actor))


@pages.get("/<slug>/invoices/<uuid:document_id>")
@pages.get("/<slug>/bookings/<uuid:booking_id>/invoices/<uuid:document_id>")
def page(document_id: UUID, booking_id: UUID | None = None) -> Answer:  # noqa: ARG001 # by its link
    """One document, as it is printed; for finance with a form for what has been paid."""
    visit = visit_of_booking()
    return _show(visit, document_id, Form(Typed({"received_on": today(visit.zone).isoformat()})))


@pages.post("/<slug>/invoices/<uuid:document_id>/payments")
def pay(document_id: UUID) -> Answer:
    """Record money that has arrived."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show(visit, document_id, form), FIELDS)
    amount, received_on = form.sum("amount"), form.day("received_on")
    reference = form.required("reference")
    if received_on is None:
        form.problems.note("received_on", "form.day")
    command = RecordPayment(InvoiceId(document_id), form.needed(amount), reference, form.needed(received_on))
    recorded = form.submit(services().invoices.record_payment, visit.actor, command)
    return after(recorded, "invoice.page", document_id=document_id, done="paid")


def _show(visit: Visit, document_id: UUID, form: Form) -> str:
    view = services().invoice_questions.one(visit.actor, document_id)
    demand = services().payment_questions.demand(document_id) if view.row.kind == "invoice" else None
    comes_from_cards, is_owed = request.args.get("done") == "card", view.row.balance > 0
    return form.page(
        "invoice.html",
        view=view,
        row=view.row,
        demand=demand,
        delivery=services().delivery_questions.of(visit.actor, document_id),
        reasons=reasons_of(view, services().explanations.of(view), visit.zone),
        happened=since(view, demand),
        today=today(visit.zone),
        can_pay=is_owed and not comes_from_cards and services().checkouts.takes_cards_for(view.row.organiser_id),
        exported_until=exported_until(visit) if visit.is_finance else None,
        **({"done": say()("invoice.card_shows")} if comes_from_cards and not is_owed else {}),
    )


def _search(visit: Visit, words: str) -> Answer:
    """Straight to the one document or organisation that fits; otherwise a list of what does."""
    found = services().finding.find(visit.actor, words)
    if len(found.documents) == 1 and not found.organisations:
        return redirect(url_for("invoice.page", document_id=found.documents[0].document_id), 303)
    if len(found.organisations) == 1 and not found.documents:
        organisation = found.organisations[0].organisation_id
        return redirect(url_for("invoice.index", organisation=organisation), 303)
    return render_template("invoices_found.html", found=found, words=words)
