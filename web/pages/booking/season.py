"""A season's page: when, where, who leads, what it costs me and why, what cancelling costs, and the form to book."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, redirect, render_template, request

from application.booking.booking import MakeBooking
from application.booking.held_seats import HoldSeats
from application.booking.move import SeatElsewhere
from application.booking.queries.application import ApplicationRow
from application.programme.network import AskAdmission
from application.programme.queries.goods import GoodsRow
from application.programme.queries.season_view import SeasonView
from domain.kernel.errors import NotFound
from domain.kernel.ids import PersonId, SeasonId
from web.pages.booking.booking_form import (
    Booker,
    Rows,
    booker_of,
    check_rows,
    fields_for,
    first_rows,
    read_rows,
    seats_wanted,
    stated_price,
)
from web.pages.booking.buyer import Buyer, buyer_of, people_found
from web.pages.booking.receipt import read_receipt, send_receipt
from web.pages.booking.season_form import offer_to, register, takes_bookings
from web.pages.booking.typed_buyer import OTHER
from web.pages.kernel.card_page import leads_to_cards, ways_back
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.sharing import shared
from web.pages.kernel.visit import Answer, Visit, after, services, visit_by_anyone, visit_signed_in

pages = Blueprint("season", __name__)


@pages.get("/<slug>/seasons/<uuid:season_id>")
def page(season_id: UUID) -> Answer:
    """The season, with the form filled in for one seat and its price."""
    visit = visit_by_anyone()
    view = services().programme.season(visit.actor, season_id)
    buyer = buyer_of(visit, view, booker_of(visit))
    payer = str(buyer.organisations[0].organisation_id) if buyer.organisations else "me" if buyer.person_id else OTHER
    form = Form(Typed({"payer": payer}))
    return _show(visit, view, form, first_rows(view, is_seated=buyer.is_seated), buyer)


@pages.post("/<slug>/seasons/<uuid:season_id>")
def book(season_id: UUID) -> Answer:
    """One more row, one fewer, the sum again, or the booking."""
    visit = visit_by_anyone()
    booker = booker_of(visit)
    form = Form.sent(
        lambda form: _show_again(visit, season_id, form, rows, booker), lambda error: fields_for(error, form, rows)
    )
    rows = read_rows(form, always_me=booker.person_id is None)
    if form.text("do") not in ("book", "card"):
        return _show_again(visit, season_id, form, rows, booker)
    check_rows(form, rows)
    if rows.chosen:
        _must_be_known(visit, season_id, form, rows, booker)
    return _booked(visit, season_id, form, rows, booker)


def _booked(visit: Visit, season_id: UUID, form: Form, rows: Rows, booker: Booker) -> Answer:
    """Booked, on the way to pay, or registered. Raises FormRefused."""
    if booker.person_id is None:
        return _registered(visit, season_id, form, rows)
    wanted, stated = seats_wanted(form, rows, booker, season_id), stated_price(form, booker)
    if "card" in (form.text("do"), form.text("pay")) and not booker.is_other:
        paid, back = ways_back()
        held = HoldSeats(**vars(wanted), paid_url=paid, back_url=back)
        with form.attempt():
            key = f"{form.key}/card" if form.key else None
            return redirect(services().holds.hold(visit.actor, held, key).address, 303)
    command = MakeBooking(**vars(wanted), booked_for=booker.booked_for, stated=stated)
    made = form.submit(services().bookings.make, visit.actor, command)
    return after(made, "booking.page", booking_id=made.answer.booking_id, done="booked")


def _registered(visit: Visit, season_id: UUID, form: Form, rows: Rows) -> Answer:
    """Sent by somebody we do not know, who is told so on the next page. Raises FormRefused."""
    view = services().programme.season(visit.actor, season_id)
    recorded = register(visit, view, form, rows)
    answer = after(recorded, "season.registered", season_id=season_id)
    return send_receipt(answer, view.row.season_id, form, rows, recorded.answer)


def _must_be_known(visit: Visit, season_id: UUID, form: Form, rows: Rows, booker: Booker) -> None:
    """Whoever is chosen by name is somebody the reader has booked before. Raises FormRefused."""
    buyer = buyer_of(visit, services().programme.season(visit.actor, season_id), booker)
    if not {each.person_id for each in buyer.known}.issuperset(rows.chosen):
        form.problems.note("", "form.choose")
    form.must_be_right()


def _show_again(visit: Visit, season_id: UUID, form: Form, rows: Rows, booker: Booker) -> Answer:
    view = services().programme.season(visit.actor, season_id)
    return _show(visit, view, form, rows, buyer_of(visit, view, booker))


def show_for_stranger(visit: Visit, season_id: UUID, form: Form) -> Answer:
    """The page once more for somebody we do not know, whose form was refused."""
    view = services().programme.season(visit.actor, season_id)
    return _show(visit, view, form, first_rows(view, is_seated=False), buyer_of(visit, view, booker_of(visit)))


@pages.post("/<slug>/seasons/<uuid:season_id>/admission")
def ask_admission(season_id: UUID) -> Answer:
    """Ask the organiser to decide whether I (or the person an admin books for) may join."""
    visit = visit_signed_in()
    form = Form(request.form)
    person_id = form.choice("for") or visit.actor.person_id
    if person_id is None:
        raise NotFound(what="person")
    command = AskAdmission(SeasonId(season_id), PersonId(person_id))
    recorded = services().networks.ask_admission(visit.actor, command, form.text("key") or None)
    return after(recorded, "season.page", season_id=season_id, done="admission_asked")


@pages.get("/<slug>/seasons/<uuid:season_id>/registered")
def registered(season_id: UUID) -> Answer:
    """What was sent and what happens next, for somebody who registered without signing in."""
    visit = visit_by_anyone()
    view = services().programme.season(visit.actor, season_id)
    return render_template("registered.html", view=view, row=view.row, sent=read_receipt())


def _asking(visit: Visit, view: SeasonView, buyer: Buyer) -> str:
    """How it stands with the buyer's admission, where the rule may leave it to an admin (S16)."""
    if buyer.person_id is None or not view.admission.decided_sectors or not takes_bookings(view):
        return ""
    return services().networks.asking(visit.actor, SeasonId(view.row.season_id), buyer.person_id)


def _application(visit: Visit, view: SeasonView) -> ApplicationRow | None:
    """The reader's own application for this season that waits for an answer."""
    if view.admission.is_open or visit.actor.person_id is None:
        return None
    mine = services().application_questions.mine(visit.actor)
    waiting = (each for each in mine if each.status == "waiting")
    return next((each for each in waiting if each.season_id == view.row.season_id), None)


def _elsewhere(visit: Visit, view: SeasonView, buyer: Buyer) -> SeatElsewhere | None:
    """The seat that the buyer has for the same content in another season (S15)."""
    if not view.row.content or buyer.person_id is None or buyer.is_seated:
        return None
    return services().moves.elsewhere(visit.actor, view.row.season_id, buyer.person_id)


def _takes_card(view: SeasonView, buyer: Buyer) -> bool:
    """Whether the buyer may pay by card at once: somebody we know, who books for themselves."""
    is_known = buyer.person_id is not None and not buyer.is_other
    return is_known and services().checkouts.takes_cards_for(view.row.organiser_id)


def _goods_beside(view: SeasonView) -> list[GoodsRow]:
    """What is sold beside the season now, in its order."""
    if not view.goods:
        return []
    sold = {each.goods_id: each for each in services().goods_questions.goods(view.row.organiser_id)}
    return [sold[each] for each in view.goods if each in sold and not sold[each].is_withdrawn]


def _fellows(visit: Visit, view: SeasonView) -> dict[str, object]:
    """Whom a participant takes part with, where the season lets them see each other."""
    asked, season_id = services().fellow_questions, view.row.season_id
    sits = view.row.shows_participants and asked.sits(visit.actor, season_id)
    if not sits:
        return {"sits": False}
    fellows, mine = asked.of_season(visit.actor, season_id), asked.mine(visit.actor, season_id)
    return {"sits": True, "fellows": fellows, "introduced": mine.is_shown}


def _show(visit: Visit, view: SeasonView, form: Form, rows: Rows, buyer: Buyer) -> Answer:
    words, found = people_found(visit)
    known = {each.person_id for each in buyer.known}
    chosen = tuple(each for each in rows.chosen if each in known)
    rows = replace(rows, with_me=rows.with_me and not buyer.is_seated, chosen=chosen)
    offer = offer_to(visit, view, form, rows, buyer)
    takes_card = _takes_card(view, buyer)
    html = form.page(
        "season.html",
        view=view,
        row=view.row,
        rows=rows,
        buyer=buyer,
        words=words,
        found=found,
        asking=_asking(visit, view, buyer),
        mine=buyer.bookings,
        application=_application(visit, view),
        elsewhere=_elsewhere(visit, view, buyer),
        clashes=services().clashes.with_season(visit.actor, view.row.season_id, buyer.person_id),
        shared=shared(visit, view),
        takes_card=takes_card,
        **_fellows(visit, view),
        goods_beside=_goods_beside(view),
        hold=services().holds.mine(visit.actor, SeasonId(view.row.season_id)) if takes_card else None,
        **vars(offer),
    )
    return leads_to_cards(html) if takes_card else html
