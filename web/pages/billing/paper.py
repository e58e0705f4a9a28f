"""Documents as files: on paper, as an e-invoice, and the e-invoice sent again."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, request

from application.billing.delivery import DeliverAgain
from application.billing.rendering import PrintedDocument
from web.pages.kernel.by_link import visit_of_booking
from web.pages.kernel.visit import Answer, after, services, visit_signed_in

pages = Blueprint("paper", __name__)


@pages.get("/<slug>/invoices/<uuid:document_id>.pdf")
@pages.get("/<slug>/bookings/<uuid:booking_id>/invoices/<uuid:document_id>.pdf")
def pdf(document_id: UUID, booking_id: UUID | None = None) -> Answer:  # noqa: ARG001 # by its link
    """The document on paper, in the buyer's language."""
    visit = visit_of_booking()
    return _file(services().papers.pdf(visit.actor, document_id), "application/pdf")


@pages.get("/<slug>/invoices/<uuid:document_id>.xml")
def xml(document_id: UUID) -> Answer:
    """The e-invoice."""
    visit = visit_signed_in()
    return _file(services().papers.xml(visit.actor, document_id), "application/xml")


@pages.post("/<slug>/invoices/<uuid:document_id>/delivery")
def deliver_again(document_id: UUID) -> Answer:
    """Send an e-invoice that did not arrive once more."""
    visit = visit_signed_in()
    recorded = services().deliveries.again(visit.actor, DeliverAgain(document_id), request.form.get("key"))
    return after(recorded, "invoice.page", document_id=document_id, done="delivered_again")


def _file(printed: PrintedDocument, media_type: str) -> Response:
    answer = Response(printed.content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{printed.name}"'
    return answer
