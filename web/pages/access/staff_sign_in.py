"""Staff go out to their organiser's provider of identities, and come back in."""

from __future__ import annotations

import hmac

from flask import Blueprint, redirect, request, url_for

from application.access.staff_sign_in import ProviderRefused
from application.access.token import NotSignedIn
from web.pages.access.entrance import let_in, local_address, this_browser
from web.pages.kernel.visit import Answer, services, set_cookie, visit_by_anyone

pages = Blueprint("staff_sign_in", __name__)

STATE_COOKIE = "plats_state"
A_QUARTER = 15 * 60


@pages.get("/<slug>/sign-in/staff")
def start() -> Answer:
    """Out to the provider."""
    visit = visit_by_anyone()
    way_out = services().staff_sign_in.start(visit.organiser.slug, _back(), local_address(request.args.get("next", "")))
    answer = redirect(way_out.address, 303)
    answer.headers["Cache-Control"] = "no-store"
    set_cookie(answer, STATE_COOKIE, way_out.state, A_QUARTER)
    return answer


@pages.get("/<slug>/sign-in/staff/back")
def back() -> Answer:
    """Back from the provider: the state must be that of this very browser."""
    visit = visit_by_anyone()
    state, ours = request.args.get("state", ""), request.cookies.get(STATE_COOKIE, "")
    if not ours or not hmac.compare_digest(state.encode(), ours.encode()):
        raise NotSignedIn
    if "code" not in request.args:
        raise ProviderRefused(request.args.get("error", "")[:60])
    entered = services().staff_sign_in.enter(visit.organiser.slug, state, request.args["code"], _back(), this_browser())
    answer = redirect(entered.going_to or url_for("programme.organiser"), 303)
    answer.delete_cookie(STATE_COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
    let_in(answer, entered.secret)
    return answer


def _back() -> str:
    return url_for("staff_sign_in.back", _external=True)
