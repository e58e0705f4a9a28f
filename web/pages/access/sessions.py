"""Your sign-ins: where you are signed in, ending one or all others, and your passkeys."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for

from application.access.token import NotSignedIn
from web.pages.kernel.visit import Answer, Visit, services, visit_signed_in

pages = Blueprint("sessions", __name__)


@pages.get("/<slug>/sign-ins")
def page() -> Answer:
    """Every browser one is signed in with, and every passkey."""
    actor = _person().actor
    sessions, passkeys = services().sessions.mine(actor), services().passkeys.mine(actor)
    current = services().sessions.current(actor)
    return render_template("sessions.html", sessions=sessions, passkeys=passkeys, current=current)


@pages.post("/<slug>/sign-ins/<uuid:session_id>/end")
def end(session_id: UUID) -> Answer:
    """End one; the browser that has it is signed out."""
    services().sessions.end(_person().actor, session_id)
    return redirect(url_for("sessions.page", done="session_ended"), 303)


@pages.post("/<slug>/sign-ins/end")
def end_others() -> Answer:
    """End all but this one."""
    services().sessions.end_others(_person().actor)
    return redirect(url_for("sessions.page", done="sessions_ended"), 303)


def _person() -> Visit:
    """The reader, who must be a person: a program's key has no sign-ins. Raises NotSignedIn."""
    found = visit_signed_in()
    if found.actor.person_id is None:
        raise NotSignedIn
    return found
