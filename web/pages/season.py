"""A season's page: when, where, who leads, what it costs me and why, what cancelling costs, and the form to book."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from application.reading.programme import SeasonView
from domain.errors import PlatsError
from web.booking_form import FIELDS, Rows, check_rows, first_rows, member_order, read_rows
from web.buyer import Buyer, buyer_of, people_found
from web.errors import status_of
from web.forms import Form, Problems
from web.reader import Answer, Visit, after, new_key, say, services, visit
from web.season_form import offer_to, register

pages = Blueprint("season", __name__)


@pages.get("/<slug>/seasons/<uuid:season_id>")
def page(slug: str, season_id: UUID) -> Answer:
    """The season, with the form filled in for one seat and its price."""
    reader = visit(slug)
    view = services().programme.season(reader.actor, season_id)
    buyer = buyer_of(reader, view)
    payer = str(buyer.organisations[0].organisation_id) if buyer.organisations else "me"
    form = Form(MultiDict({"payer": payer, "key": new_key()}), Problems(say()))
    rows = first_rows(view, is_seated=buyer.is_seated)
    return _show(reader, view, form, rows, buyer), 200


@pages.post("/<slug>/seasons/<uuid:season_id>")
def book(slug: str, season_id: UUID) -> Answer:
    """One more row, one fewer, the sum again, or the booking."""
    reader = visit(slug)
    view = services().programme.season(reader.actor, season_id)
    form = Form(request.form, Problems(say()))
    buyer = buyer_of(reader, view)
    is_known = buyer.person_id is not None
    rows = read_rows(form, always_me=not is_known)
    status = 200
    if form.text("do") == "book":
        check_rows(form, rows)
        try:
            recorded = _member(reader, view, form, rows, buyer) if is_known else _stranger(reader, view, form, rows)
            if recorded is not None:
                return recorded
            status = 422
        except PlatsError as error:
            form.problems.refused(error, FIELDS)
            status = status_of(error)
    return _show(reader, view, form, rows, buyer), status


@pages.get("/<slug>/seasons/<uuid:season_id>/registered")
def registered(slug: str, season_id: UUID) -> Answer:
    """What happens next, for somebody who registered without signing in; the same for everyone."""
    reader = visit(slug)
    view = services().programme.season(reader.actor, season_id)
    return render_template("registered.html", view=view, row=view.row)


def _member(reader: Visit, view: SeasonView, form: Form, rows: Rows, buyer: Buyer) -> Answer | None:
    order = member_order(form, rows, buyer, view.row.season_id)
    if form.problems:
        return None
    recorded = services().bookings.make(reader.actor, order, form.text("key") or None)
    slug, booking_id = reader.organiser.slug, recorded.answer.booking_id
    return after(recorded, "booking.page", slug=slug, booking_id=booking_id, done="booked")


def _stranger(reader: Visit, view: SeasonView, form: Form, rows: Rows) -> Answer | None:
    recorded = register(reader, view, form, rows)
    if recorded is None:
        return None
    slug, season_id = reader.organiser.slug, view.row.season_id
    return after(recorded, "season.registered", slug=slug, season_id=season_id, done="registered")


def _show(reader: Visit, view: SeasonView, form: Form, rows: Rows, buyer: Buyer) -> str:
    words, found = people_found(reader)
    offer = offer_to(reader, view, form, rows, buyer)
    return render_template(
        "season.html",
        view=view,
        row=view.row,
        form=form,
        problems=form.problems.by_field,
        rows=rows,
        buyer=buyer,
        words=words,
        found=found,
        mine=buyer.bookings,
        **vars(offer),
    )
