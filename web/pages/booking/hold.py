"""Seats that are held while somebody pays by card: pay again, let go, and what came of it."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from flask import Blueprint, redirect, render_template, request

from application.kernel.ports import Committed
from application.payments.card import CardsUnavailable
from domain.kernel.errors import NotFound, PlatsError
from web.kernel.errors import status_of
from web.pages.kernel.card_page import leads_to_cards, ways_back
from web.pages.kernel.visit import Answer, Visit, after, refusal, services, visit_signed_in

pages = Blueprint("hold", __name__)


@pages.get("/<slug>/holds/<uuid:hold_id>")
def page(hold_id: UUID) -> Answer:
    """How it stands; who comes back from paying is shown the booking as soon as it is made."""
    visit = visit_signed_in()
    position = 0
    if request.args.get("paid"):
        with suppress(CardsUnavailable):  # the notice comes by itself
            position = services().holds.come_back(visit.actor, hold_id)
    return _shown(visit, hold_id, position=position)


@pages.post("/<slug>/holds/<uuid:hold_id>")
def act(hold_id: UUID) -> Answer:
    """On to the card company again, or (`do` let_go) free the seats."""
    visit = visit_signed_in()
    try:
        if request.form.get("do") == "let_go":
            recorded = services().holds.let_go(visit.actor, hold_id)
            season_id = services().holds.view(visit.actor, hold_id).season_id
            return after(recorded, "season.page", season_id=season_id, done="let_go")
        opened = services().holds.again(visit.actor, hold_id, *ways_back())
    except NotFound:
        raise
    except PlatsError as error:
        return _shown(visit, hold_id, refusal(error), status_of(error))
    return redirect(opened.address, 303)


def _shown(visit: Visit, hold_id: UUID, problem: str = "", status: int = 200, position: int = 0) -> Answer:
    view = services().holds.view(visit.actor, hold_id)
    if view.state == "booked" and view.booking_id is not None:
        done = Committed(view, position)
        return after(done, "booking.page", booking_id=view.booking_id, done="booked_paid")
    html = render_template("hold.html", hold=view, problem=problem)
    return leads_to_cards(html, status)
