"""Signing in with a token, and out again. Opening an address never signs anybody in: the button does."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for

from application.actor import Actor
from application.token import NotSignedIn
from web.frame import name_of
from web.reader import TOKEN_COOKIE, Answer, say, services, set_cookie

pages = Blueprint("sign_in", __name__)

A_MONTH = 30 * 24 * 3600


@pages.get("/sign-in")
def page() -> Answer:
    """A field for the token, and where the reader was going."""
    return render_template("sign_in.html", going_to=_local(request.args.get("next", "")), problem="")


@pages.post("/sign-in")
def enter() -> Answer:
    """Sign in with the token that was typed."""
    going_to = _local(request.form.get("next", ""))
    try:
        return _signed_in(request.form.get("token", "").strip(), going_to)
    except NotSignedIn:
        problem = say()("sign_in.unknown")
        return render_template("sign_in.html", going_to=going_to, problem=problem), 422


@pages.get("/sign-in/<token>")
def link(token: str) -> Answer:
    """The button behind a sign-in link: mail scanners open links, only people press buttons."""
    try:
        actor = services().tokens.recognise(token)
    except NotSignedIn:
        return render_template("sign_in.html", going_to="", problem=say()("sign_in.unknown")), 401
    return render_template("sign_in_link.html", token=token, who=name_of(actor), organiser=_organiser(actor))


@pages.post("/sign-out")
def leave() -> Answer:
    """Forget the token in this browser."""
    answer = redirect(url_for("programme.home", done="signed_out"), 303)
    answer.delete_cookie(TOKEN_COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


def _signed_in(token: str, going_to: str) -> Answer:
    actor = services().tokens.recognise(token)
    organisers = [each for each in services().programme.organisers() if each.organiser_id == actor.organiser_id]
    home = url_for("programme.organiser", slug=organisers[0].slug) if organisers else url_for("programme.home")
    answer = redirect(going_to or home, 303)
    set_cookie(answer, TOKEN_COOKIE, token, A_MONTH)
    return answer


def _organiser(actor: Actor) -> str:
    if actor.organiser_id is None:
        return ""
    return services().programme.organiser(actor.organiser_id).name


def _local(address: str) -> str:
    """An address of our own, or nothing: nobody is sent to another site from here."""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_ours and "\\" not in address else ""
