"""The history of a booking, a document, a season, an organisation or a person, page by page."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from application.insight.history import Happening
from application.kernel.page import Page
from web.pages.kernel.telling import teller_for
from web.pages.kernel.visit import Answer, Visit, say, services, visit_signed_in

pages = Blueprint("history", __name__)


@pages.get("/<slug>/bookings/<uuid:booking_id>/history")
def of_booking(slug: str, booking_id: UUID) -> Answer:
    """What has happened to a booking and to what belongs to it."""
    reader = visit_signed_in(slug)
    found = services().history.of_booking(reader.actor, booking_id, request.args.get("after"))
    season = services().booking_questions.one(reader.actor, booking_id).season
    return _show(reader, found, season, url_for("booking.page", slug=slug, booking_id=booking_id))


@pages.get("/<slug>/invoices/<uuid:document_id>/history")
def of_document(slug: str, document_id: UUID) -> Answer:
    """What has happened to an invoice or a credit note."""
    reader = visit_signed_in(slug)
    found = services().history.of_document(reader.actor, document_id, request.args.get("after"))
    row = services().invoice_questions.one(reader.actor, document_id).row
    name = say()("booking.invoice_no" if row.kind == "invoice" else "booking.credit_note_no", number=row.number)
    return _show(reader, found, name, url_for("invoice.page", slug=slug, document_id=document_id))


@pages.get("/<slug>/seasons/<uuid:season_id>/history")
def of_season(slug: str, season_id: UUID) -> Answer:
    """What has happened to a season, for admins."""
    reader = visit_signed_in(slug)
    found = services().history.of_season(reader.actor, season_id, request.args.get("after"))
    title = services().programme.season(reader.actor, season_id).row.title
    return _show(reader, found, title, url_for("season.page", slug=slug, season_id=season_id))


@pages.get("/<slug>/networks/<uuid:network_id>/history")
def of_network(slug: str, network_id: UUID) -> Answer:
    """What has happened to a network, for admins."""
    reader = visit_signed_in(slug)
    found = services().history.of_network(reader.actor, network_id, request.args.get("after"))
    name = services().programme.network(reader.organiser.organiser_id, network_id).name
    return _show(reader, found, name, url_for("network_change.page", slug=slug, network_id=network_id))


@pages.get("/<slug>/goods/<uuid:goods_id>/history")
def of_goods(slug: str, goods_id: UUID) -> Answer:
    """What has happened to goods, for admins."""
    reader = visit_signed_in(slug)
    found = services().history.of_goods(reader.actor, goods_id, request.args.get("after"))
    known = services().goods_questions.goods(reader.organiser.organiser_id)
    title = next(each.title for each in known if each.goods_id == goods_id)
    return _show(reader, found, title, url_for("goods.page", slug=slug, goods_id=goods_id))


@pages.get("/<slug>/organisations/<uuid:organisation_id>/history")
def of_organisation(slug: str, organisation_id: UUID) -> Answer:
    """What has happened to an organisation, for staff."""
    reader = visit_signed_in(slug)
    found = services().history.of_organisation(reader.actor, organisation_id, request.args.get("after"))
    name = services().people_questions.organisation(reader.actor, organisation_id).name
    return _show(reader, found, name, url_for("people.organisation", slug=slug, organisation_id=organisation_id))


@pages.get("/<slug>/people/<uuid:person_id>/history")
def of_person(slug: str, person_id: UUID) -> Answer:
    """What is remembered about a person, for themselves and for admins."""
    reader = visit_signed_in(slug)
    found = services().history.of_person(reader.actor, person_id, request.args.get("after"))
    name = services().people_questions.person(reader.actor, person_id).name or say()("frame.erased")
    return _show(reader, found, name, url_for("me.of_person", slug=slug, person_id=person_id))


def _show(reader: Visit, found: Page[Happening], name: str, back: str) -> str:
    sentences = teller_for(reader).tell(found.items)
    return render_template("history_page.html", sentences=sentences, cursor=found.next_cursor, name=name, back=back)
