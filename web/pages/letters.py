"""Letters: what was sent to whom, what did not arrive, and sending it again."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from application.letters import LetterState
from web.reader import Answer, services, visit_signed_in

pages = Blueprint("letters", __name__)


@pages.get("/<slug>/letters")
def index(slug: str) -> Answer:
    """The organiser's letters, latest first; those of one state where one is chosen."""
    actor = visit_signed_in(slug).actor
    chosen = request.args.get("state", "")
    state = chosen if chosen in set(LetterState) else ""
    letters = services().letters.list(actor, state)
    return render_template("letters.html", letters=letters, chosen=state, states=list(LetterState))


@pages.get("/<slug>/letters/<uuid:letter_id>")
def one(slug: str, letter_id: UUID) -> Answer:
    """One letter, as it reads."""
    actor = visit_signed_in(slug).actor
    letter, words = services().letters.one(actor, letter_id), services().letters.words(actor, letter_id)
    return render_template("letter.html", letter=letter, words=words)


@pages.post("/<slug>/letters/<uuid:letter_id>/again")
def again(slug: str, letter_id: UUID) -> Answer:
    """Deliver it once more."""
    services().letters.send_again(visit_signed_in(slug).actor, letter_id)
    return redirect(url_for("letters.one", slug=slug, letter_id=letter_id, done="letter_again"), 303)
