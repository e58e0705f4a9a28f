"""People and organisations as staff look them up."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.reading.people import MembershipRow
from web.forms import search_words
from web.reader import Answer, services, visit_signed_in

pages = Blueprint("people", __name__)


@pages.get("/<slug>/people")
def people(slug: str) -> Answer:
    """People by name, or those whose name or address has the words."""
    reader = visit_signed_in(slug)
    words = search_words(request.args.get("q", ""))
    found = services().people_questions.people(reader.actor, words, request.args.get("after"))
    return render_template("people.html", found=found, words=words)


@pages.get("/<slug>/organisations")
def organisations(slug: str) -> Answer:
    """Organisations by name, or those whose name or number has the words."""
    reader = visit_signed_in(slug)
    words = search_words(request.args.get("q", ""))
    found = services().people_questions.organisations(reader.actor, words, request.args.get("after"))
    return render_template("organisations.html", found=found, words=words)


@pages.get("/<slug>/organisations/<uuid:organisation_id>")
def organisation(slug: str, organisation_id: UUID) -> Answer:
    """One organisation: billing, contacts, memberships, bookings."""
    reader = visit_signed_in(slug)
    row = services().people_questions.organisation(reader.actor, organisation_id)
    bookings = services().booking_questions.all(reader.actor, organisation_id=organisation_id)
    memberships: tuple[MembershipRow, ...] = row.memberships
    return render_template("organisation.html", row=row, memberships=memberships, bookings=bookings)
