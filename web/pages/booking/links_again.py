"""The links to one's bookings, mailed again: for whoever has lost the mail, or whose link is over."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from application.kernel.one_time_token import TooManyAttempts
from domain.kernel.errors import BadValue
from domain.kernel.ids import OrganiserId
from web.kernel.errors import status_of
from web.kernel.trail import note_refusal
from web.pages.kernel.visit import Answer, place_of_reader, refusal, say, services, visit_by_anyone

pages = Blueprint("links_again", __name__)


@pages.get("/links")
@pages.get("/<slug>/links")
def page() -> Answer:
    """Where to send them."""
    return _page()


@pages.post("/links")
@pages.post("/<slug>/links")
def ask() -> Answer:
    """Ask for them. The answer is the same whether anybody has the address or not."""
    email = request.form.get("email", "").strip()
    organisers = _organisers()
    try:
        services().links_again.ask(organisers, email, place_of_reader(), say().language)
    except (BadValue, TooManyAttempts) as error:
        note_refusal(error, None)
        return _page(email, refusal(error), status_of(error))
    return render_template("links_again.html", email=email, is_sent=True)


def _page(email: str = "", problem: str = "", status: int = 200) -> Answer:
    if g.slug:
        visit_by_anyone()
    return render_template("links_again.html", email=email, problem=problem), status


def _organisers() -> tuple[OrganiserId, ...]:
    if g.slug:
        return (visit_by_anyone().organiser.organiser_id,)
    return tuple(each.organiser_id for each in services().programme.organisers())
