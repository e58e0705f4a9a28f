"""A season's page: when, where, who leads, what it costs me and why, what cancelling costs, and the form to book."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from werkzeug.datastructures import MultiDict

from application.booking.booking import MakeBooking
from application.booking.held_seats import HoldSeats
from application.payments.checkout import CardPageOpened
from application.programme.network import AskAdmission
from application.programme.queries.programme import SeasonView
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import PersonId, SeasonId
from web.kernel.errors import status_of
from web.pages.booking.booking_form import Rows, check_rows, fields_for, first_rows, member_order, read_rows
from web.pages.booking.buyer import Buyer, buyer_of, people_found
from web.pages.booking.season_form import offer_to, register, takes_bookings
from web.pages.kernel.card_page import leads_to_cards, ways_back
from web.pages.kernel.form_token import new_key
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, Visit, after, say, services, visit_by_anyone, visit_signed_in

pages = Blueprint("season", __name__)


@pages.get("/<slug>/seasons/<uuid:season_id>")
def page(season_id: UUID) -> Answer:
    """The season, with the form filled in for one seat and its price."""
    visit = visit_by_anyone()
    view = services().programme.season(visit.actor, season_id)
    buyer = buyer_of(visit, view)
    payer = str(buyer.organisations[0].organisation_id) if buyer.organisations else "me"
    form = Form(MultiDict({"payer": payer, "key": new_key()}), Problems(say()))
    rows = first_rows(view, is_seated=buyer.is_seated)
    return _show(visit, view, form, rows, buyer)


@pages.post("/<slug>/seasons/<uuid:season_id>")
def book(season_id: UUID) -> Answer:
    """One more row, one fewer, the sum again, or the booking."""
    visit = visit_by_anyone()
    view = services().programme.season(visit.actor, season_id)
    form = Form(request.form, Problems(say()))
    buyer = buyer_of(visit, view)
    is_known = buyer.person_id is not None
    rows = read_rows(form, always_me=not is_known)
    status = 200
    if form.text("do") in ("book", "card"):
        check_rows(form, rows)
        try:
            recorded = _member(visit, view, form, rows, buyer) if is_known else _stranger(visit, view, form, rows)
            if recorded is not None:
                return recorded
            status = 422
        except PlatsError as error:
            form.problems.refused(error, fields_for(error, rows))
            status = status_of(error)
    return _show(visit, view, form, rows, buyer, status)


@pages.post("/<slug>/seasons/<uuid:season_id>/admission")
def ask_admission(season_id: UUID) -> Answer:
    """Ask the organiser to decide whether I (or the person an admin books for) may join."""
    visit = visit_signed_in()
    form = Form(request.form, Problems(say()))
    person_id = form.choice("for") or visit.actor.person_id
    if person_id is None:
        raise NotFound(what="person")
    command = AskAdmission(SeasonId(season_id), PersonId(person_id))
    recorded = services().networks.ask_admission(visit.actor, command, form.text("key") or None)
    return after(recorded, "season.page", season_id=season_id, done="admission_asked")


@pages.get("/<slug>/seasons/<uuid:season_id>/registered")
def registered(season_id: UUID) -> Answer:
    """What happens next, for somebody who registered without signing in; the same for everyone."""
    visit = visit_by_anyone()
    view = services().programme.season(visit.actor, season_id)
    return render_template("registered.html", view=view, row=view.row)


def _member(visit: Visit, view: SeasonView, form: Form, rows: Rows, buyer: Buyer) -> Answer | None:
    order = member_order(form, rows, buyer, view.row.season_id)
    if form.problems:
        return None
    if form.text("do") == "card" and not buyer.is_other:
        return redirect(_held(visit, order, form).address, 303)
    recorded = services().bookings.make(visit.actor, order, form.text("key") or None)
    booking_id = recorded.answer.booking_id
    return after(recorded, "booking.page", booking_id=booking_id, done="booked")


def _held(visit: Visit, order: MakeBooking, form: Form) -> CardPageOpened:
    """The seats held, and a page of the card company to pay on."""
    paid, back = ways_back()
    command = HoldSeats(
        order.season_id,
        order.participants,
        paid,
        back,
        organisation_id=order.organisation_id,
        reference=order.reference,
        order_number=order.order_number,
        shown=order.shown,
        place_id=order.place_id,
        billing=order.billing,
        goods=order.goods,
    )
    key = form.text("key")
    return services().holds.hold(visit.actor, command, f"{key}/card" if key else None)


def _stranger(visit: Visit, view: SeasonView, form: Form, rows: Rows) -> Answer | None:
    recorded = register(visit, view, form, rows)
    if recorded is None:
        return None
    season_id = view.row.season_id
    return after(recorded, "season.registered", season_id=season_id, done="registered")


def _asking(visit: Visit, view: SeasonView, buyer: Buyer) -> str:
    """How it stands with the buyer's admission, where the rule may leave it to an admin (S16)."""
    if buyer.person_id is None or not view.admission.decided_sectors or not takes_bookings(view):
        return ""
    return services().networks.asking(visit.actor, SeasonId(view.row.season_id), buyer.person_id)


def _show(visit: Visit, view: SeasonView, form: Form, rows: Rows, buyer: Buyer, status: int = 200) -> Answer:
    words, found = people_found(visit)
    rows = replace(rows, with_me=rows.with_me and not buyer.is_seated)
    offer = offer_to(visit, view, form, rows, buyer)
    takes_card = (
        services().checkouts.takes_cards_for(view.row.organiser_id)
        and buyer.person_id is not None
        and not buyer.is_other
    )
    html = render_template(
        "season.html",
        view=view,
        row=view.row,
        form=form,
        problems=form.problems.by_field,
        rows=rows,
        buyer=buyer,
        words=words,
        found=found,
        asking=_asking(visit, view, buyer),
        mine=buyer.bookings,
        takes_card=takes_card,
        hold=services().holds.mine(visit.actor, SeasonId(view.row.season_id)) if takes_card else None,
        **vars(offer),
    )
    return leads_to_cards(html, status) if takes_card else (html, status)
