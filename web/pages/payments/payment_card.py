"""Paying an invoice by card: what is paid, and on to the card company's page."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from application.payments.checkout import PayByCard
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import InvoiceId
from web.kernel.errors import status_of
from web.pages.kernel.by_link import visit_of_booking
from web.pages.kernel.card_page import leads_to_cards
from web.pages.kernel.visit import Answer, refusal, services

pages = Blueprint("payment_card", __name__)


@pages.get("/<slug>/invoices/<uuid:document_id>/card")
@pages.get("/<slug>/bookings/<uuid:booking_id>/invoices/<uuid:document_id>/card")
def page(document_id: UUID, booking_id: UUID | None = None) -> Answer:  # noqa: ARG001 # by its link
    """What would be paid."""
    return _shown(document_id, "", 200)


@pages.post("/<slug>/invoices/<uuid:document_id>/card")
@pages.post("/<slug>/bookings/<uuid:booking_id>/invoices/<uuid:document_id>/card")
def pay(document_id: UUID, booking_id: UUID | None = None) -> Answer:  # noqa: ARG001 # by its link
    """On to the card company. It sends the reader back to the invoice."""
    visit = visit_of_booking()
    services().invoice_questions.one(visit.actor, document_id)
    back = url_for("invoice.page", document_id=document_id, _external=True)
    paid = url_for("invoice.page", document_id=document_id, done="card", _external=True)
    command = PayByCard(InvoiceId(document_id), paid, back)
    try:
        opened = services().checkouts.pay(visit.actor, command, request.form.get("key") or None)
    except NotFound:
        raise
    except PlatsError as error:
        return _shown(document_id, refusal(error), status_of(error))
    return redirect(opened.address, 303)


def _shown(document_id: UUID, problem: str, status: int) -> Response:
    visit = visit_of_booking()
    view = services().invoice_questions.one(visit.actor, document_id)
    can_pay = services().checkouts.takes_cards_for(view.row.organiser_id)
    html = render_template("payment_card.html", row=view.row, problem=problem, can_pay=can_pay)
    return leads_to_cards(html, status)
