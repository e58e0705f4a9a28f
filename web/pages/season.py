"""A season's page: when, where, who leads, what it costs me and why, what cancelling costs, and the form to book."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from application.booking import MakeBooking
from application.participant import Participant
from application.reading.programme import SeasonView
from domain.errors import PlatsError
from domain.ids import OrganisationId
from domain.price import Quote
from web.booking_form import FIELDS, Rows, check_rows, first_rows, member_order, read_rows, stranger_order
from web.buyer import Buyer, buyer_of, people_found
from web.errors import status_of
from web.forms import Form, Problems
from web.reader import Answer, Visit, after, new_key, say, services, today, visit
from web.wording import booking_state, price_list_texts, price_reasons

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


def _member(reader: Visit, view: SeasonView, form: Form, rows: Rows, buyer: Buyer) -> Answer | None:
    order = member_order(form, rows, buyer, view.row.season_id)
    if form.problems:
        return None
    recorded = services().bookings.make(reader.actor, order, form.text("key") or None)
    slug, booking_id = reader.organiser.slug, recorded.answer.booking_id
    return after(recorded, "booking.page", slug=slug, booking_id=booking_id, done="booked")


def _stranger(reader: Visit, view: SeasonView, form: Form, rows: Rows) -> Answer | None:
    is_free = view.prices is None or view.prices.is_free
    order = stranger_order(form, rows, view.row.season_id, is_free=is_free)
    if form.problems:
        return None
    recorded = services().registrations.register(reader.actor, order, form.text("key") or None)
    return after(recorded, "season.page", slug=reader.organiser.slug, season_id=view.row.season_id, done="registered")


def _show(reader: Visit, view: SeasonView, form: Form, rows: Rows, buyer: Buyer) -> str:
    chosen = (each.name for each in buyer.organisations if str(each.organisation_id) == form.text("payer"))
    holder = next(chosen, buyer.name if buyer.is_other else "")
    quote = _quote(reader, view, form, rows, buyer)
    words, found = people_found(reader)
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
        quote=quote,
        reasons=price_reasons(quote, holder, say()) if quote else [],
        prices=price_list_texts(view.prices, today(view.row.zone), say()),
        state=booking_state(view.row, today(view.row.zone), say()),
        takes_bookings=_takes_bookings(view),
        mine=buyer.bookings,
    )


def _quote(reader: Visit, view: SeasonView, form: Form, rows: Rows, buyer: Buyer) -> Quote | None:
    """What the rows would cost now; a refusal is said in the form."""
    if not _takes_bookings(view) or not rows.seats:
        return None
    try:
        if buyer.person_id is None:
            return services().registrations.preview(reader.actor, view.row.season_id, rows.seats)
        chosen = form.choice("payer") if form.text("payer") != "me" else None
        unnamed = (Participant(),) * rows.seats
        payer = OrganisationId(chosen) if chosen else None
        named = form.text("reference") or "-"
        order = MakeBooking(view.row.season_id, unnamed, payer, named, booked_for=buyer.booked_for)
        return services().bookings.preview(reader.actor, order).quote
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return None


def _takes_bookings(view: SeasonView) -> bool:
    row = view.row
    is_past = row.closes_on is not None and row.closes_on < today(row.zone)
    return row.is_open and not row.called_off_for and not is_past
