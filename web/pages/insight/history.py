"""The history of a booking, a document, a season, an organisation or a person, page by page."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from application.insight.history import Happening
from application.kernel.page import Page
from domain.kernel.season_name import season_name
from web.pages.kernel.by_link import visit_of_booking
from web.pages.kernel.finding import goods_of
from web.pages.kernel.telling import teller_for
from web.pages.kernel.visit import Answer, Visit, say, services, visit_signed_in

pages = Blueprint("history", __name__)


@pages.get("/<slug>/bookings/<uuid:booking_id>/history")
def of_booking(booking_id: UUID) -> Answer:
    """What has happened to a booking and to what belongs to it."""
    visit = visit_of_booking()
    found = services().history.of_booking(visit.actor, booking_id, request.args.get("after"))
    booking = services().booking_questions.one(visit.actor, booking_id)
    return _show(
        visit, found, season_name(booking.network, booking.season), url_for("booking.page", booking_id=booking_id)
    )


@pages.get("/<slug>/invoices/<uuid:document_id>/history")
def of_document(document_id: UUID) -> Answer:
    """What has happened to an invoice or a credit note."""
    visit = visit_signed_in()
    found = services().history.of_document(visit.actor, document_id, request.args.get("after"))
    row = services().invoice_questions.one(visit.actor, document_id).row
    name = say()("booking.invoice_no" if row.kind == "invoice" else "booking.credit_note_no", number=row.number)
    return _show(visit, found, name, url_for("invoice.page", document_id=document_id))


@pages.get("/<slug>/seasons/<uuid:season_id>/history")
def of_season(season_id: UUID) -> Answer:
    """What has happened to a season, for admins."""
    visit = visit_signed_in()
    found = services().history.of_season(visit.actor, season_id, request.args.get("after"))
    row = services().programme.season(visit.actor, season_id).row
    return _show(visit, found, season_name(row.network, row.title), url_for("season.page", season_id=season_id))


@pages.get("/<slug>/networks/<uuid:network_id>/history")
def of_network(network_id: UUID) -> Answer:
    """What has happened to a network, for admins."""
    visit = visit_signed_in()
    found = services().history.of_network(visit.actor, network_id, request.args.get("after"))
    name = services().programme.network(visit.organiser.organiser_id, network_id).name
    return _show(visit, found, name, url_for("network_change.page", network_id=network_id))


@pages.get("/<slug>/goods/<uuid:goods_id>/history")
def of_goods(goods_id: UUID) -> Answer:
    """What has happened to goods, for admins."""
    visit = visit_signed_in()
    found = services().history.of_goods(visit.actor, goods_id, request.args.get("after"))
    return _show(visit, found, goods_of(visit, goods_id).title, url_for("goods.page", goods_id=goods_id))


@pages.get("/<slug>/organisations/<uuid:organisation_id>/history")
def of_organisation(organisation_id: UUID) -> Answer:
    """What has happened to an organisation, for staff."""
    visit = visit_signed_in()
    found = services().history.of_organisation(visit.actor, organisation_id, request.args.get("after"))
    name = services().people_questions.organisation(visit.actor, organisation_id).name
    return _show(visit, found, name, url_for("people.organisation", organisation_id=organisation_id))


@pages.get("/<slug>/people/<uuid:person_id>/history")
def of_person(person_id: UUID) -> Answer:
    """What is remembered about a person, for themselves and for admins."""
    visit = visit_signed_in()
    found = services().history.of_person(visit.actor, person_id, request.args.get("after"))
    name = services().people_questions.person(visit.actor, person_id).name or say()("frame.erased")
    return _show(visit, found, name, url_for("me.of_person", person_id=person_id))


def _show(visit: Visit, found: Page[Happening], name: str, back: str) -> str:
    sentences = teller_for(visit).tell(found.items)
    return render_template("history_page.html", sentences=sentences, cursor=found.next_cursor, name=name, back=back)
