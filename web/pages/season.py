"""A season's page: when, where, who leads, what it costs me and why, what cancelling costs, and the form to book."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from application.booking import MakeBooking, Participant
from application.reading.booking import BookingRow
from application.reading.people import OrganisationRow
from application.reading.programme import SeasonView
from application.waiting_list import JoinWaitingList
from domain.errors import PlatsError
from domain.ids import OrganisationId, SeasonId
from domain.price import Quote
from web.booking_form import FIELDS, Rows, check_rows, first_rows, member_order, read_rows, stranger_order
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
    organisations = _organisations(reader, view)
    payer = str(organisations[0].organisation_id) if organisations else "me"
    form = Form(MultiDict({"payer": payer, "key": new_key()}), Problems(say()))
    rows = first_rows(view, is_seated=_is_seated(reader, view))
    return _show(reader, view, form, rows, organisations), 200


@pages.post("/<slug>/seasons/<uuid:season_id>")
def book(slug: str, season_id: UUID) -> Answer:
    """One more row, one fewer, the sum again, or the booking."""
    reader = visit(slug)
    view = services().programme.season(reader.actor, season_id)
    form = Form(request.form, Problems(say()))
    is_known = reader.actor.person_id is not None
    rows = read_rows(form, always_me=not is_known)
    status = 200
    if form.text("do") == "book":
        check_rows(form, rows)
        try:
            recorded = _member(reader, view, form, rows) if is_known else _stranger(reader, view, form, rows)
            if recorded is not None:
                return recorded
            status = 422
        except PlatsError as error:
            form.problems.refused(error, FIELDS)
            status = status_of(error)
    return _show(reader, view, form, rows, _organisations(reader, view)), status


@pages.post("/<slug>/seasons/<uuid:season_id>/waiting-list")
def wait(slug: str, season_id: UUID) -> Answer:
    """Join the waiting list for some seats together."""
    reader = visit(slug)
    form = Form(request.form, Problems(say()))
    command = JoinWaitingList(SeasonId(season_id), form.whole("seats") or 1)
    recorded = services().waiting_lists.join(reader.actor, command, form.text("key") or None)
    place = recorded.answer.place
    return after(recorded, "season.page", slug=slug, season_id=season_id, done="waiting", place=place)


def _member(reader: Visit, view: SeasonView, form: Form, rows: Rows) -> Answer | None:
    order = member_order(form, rows, reader.actor, view.row.season_id)
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


def _show(reader: Visit, view: SeasonView, form: Form, rows: Rows, organisations: tuple[OrganisationRow, ...]) -> str:
    holder = next((each.name for each in organisations if str(each.organisation_id) == form.text("payer")), "")
    quote = _quote(reader, view, form, rows)
    return render_template(
        "season.html",
        view=view,
        row=view.row,
        form=form,
        problems=form.problems.by_field,
        rows=rows,
        organisations=organisations,
        holder=holder,
        quote=quote,
        reasons=price_reasons(quote, holder, say()) if quote else [],
        prices=price_list_texts(view.prices, today(view.row.zone), say()),
        state=booking_state(view.row, today(view.row.zone), say()),
        takes_bookings=_takes_bookings(view),
        mine=_mine(reader, view),
        place=request.args.get("place", "", str)[:6],
    )


def _quote(reader: Visit, view: SeasonView, form: Form, rows: Rows) -> Quote | None:
    """What the rows would cost now; a refusal is said in the form."""
    if not _takes_bookings(view) or not rows.seats:
        return None
    try:
        if reader.actor.person_id is None:
            return services().registrations.preview(reader.actor, view.row.season_id, rows.seats)
        chosen = form.choice("payer") if form.text("payer") != "me" else None
        unnamed = (Participant(),) * rows.seats
        payer = OrganisationId(chosen) if chosen else None
        order = MakeBooking(view.row.season_id, unnamed, payer, reference=form.text("reference") or "-")
        return services().bookings.preview(reader.actor, order).quote
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return None


def _takes_bookings(view: SeasonView) -> bool:
    row = view.row
    is_past = row.closes_on is not None and row.closes_on < today(row.zone)
    return row.is_open and not row.called_off_for and not is_past


def _organisations(reader: Visit, view: SeasonView) -> tuple[OrganisationRow, ...]:
    return services().people_questions.my_organisations(reader.actor, today(view.row.zone))


def _mine(reader: Visit, view: SeasonView) -> list[BookingRow]:
    """The reader's own bookings of this season that hold seats."""
    mine = services().booking_questions.mine(reader.actor).items
    return [each for each in mine if each.season_id == view.row.season_id and not each.ended_for]


def _is_seated(reader: Visit, view: SeasonView) -> bool:
    seats = [seat for each in _mine(reader, view) for seat in each.seats if not seat.is_cancelled]
    return any(seat.person_id == reader.actor.person_id for seat in seats)
