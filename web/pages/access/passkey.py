"""Passkeys: the browser asks for options, the device answers, and an ordinary form carries the answer in."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, url_for

from application.access.passkey import PasskeyRefused, Site
from application.access.token import NotSignedIn
from web.kernel.trail import note_refusal
from web.pages.access.entrance import let_in, local_address, this_browser
from web.pages.kernel.spoken import name_of
from web.pages.kernel.visit import Answer, refusal, services, visit_by_anyone, visit_signed_in

pages = Blueprint("passkey", __name__)


@pages.post("/sign-in/passkey/options")
def sign_in_options() -> Response:
    """What anybody's browser is asked, to sign in."""
    return _json(services().passkeys.options_to_show(_site()))


@pages.post("/sign-in/passkey")
@pages.post("/<slug>/sign-in/passkey")
def enter() -> Answer:
    """Come in with a passkey."""
    try:
        entered = services().passkeys.enter(_site(), request.form.get("credential", ""), this_browser())
    except (PasskeyRefused, NotSignedIn) as error:
        if g.slug:
            visit_by_anyone()
        note_refusal(error, None)
        words = refusal(PasskeyRefused())
        return render_template("error.html", status=422, words=words), 422
    organiser = services().programme.organiser(entered.organiser_id) if entered.organiser_id else None
    home = url_for("programme.organiser", slug=organiser.slug) if organiser else url_for("programme.home")
    answer = redirect(local_address(request.form.get("next", "")) or home, 303)
    let_in(answer, entered.secret)
    return answer


@pages.post("/<slug>/passkeys/options")
def options() -> Response:
    """What the signed-in reader's browser is asked, to make one."""
    actor = visit_signed_in().actor
    return _json(services().passkeys.options_to_make(actor, _site(), name_of(actor)))


@pages.post("/<slug>/passkeys")
def make() -> Answer:
    """Keep what the device has made."""
    actor = visit_signed_in().actor
    services().passkeys.make(actor, _site(), request.form.get("credential", ""), request.form.get("name", ""))
    return redirect(url_for("sessions.page", done="passkey_made"), 303)


@pages.post("/<slug>/passkeys/<uuid:passkey_id>/remove")
def remove(passkey_id: UUID) -> Answer:
    """Forget one."""
    services().passkeys.remove(visit_signed_in().actor, passkey_id)
    return redirect(url_for("sessions.page", done="passkey_removed"), 303)


def _site() -> Site:
    """Where the reader's browser thinks it is; a passkey made elsewhere does not fit."""
    return Site(request.host_url.rstrip("/"), request.host.rpartition(":")[0] if ":" in request.host else request.host)


def _json(text: str) -> Response:
    answer: Response = current_app.response_class(text, content_type="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
