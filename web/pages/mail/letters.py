"""Letters: what was sent to whom, what did not arrive, sending it again; and what somebody had been told on a day."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from application.kernel.page import MOST
from application.mail.letter_desk import LetterFilter, LetterState
from application.notifications.table import KINDS
from application.people.queries.people import PersonRow
from web.pages.kernel.forms import Form, search_words
from web.pages.kernel.visit import Answer, Visit, services, visit_signed_in

pages = Blueprint("letters", __name__)

AS_SET = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
"""Letters carry their styles with them, as mail programs want it; no page of ours does."""


@pages.get("/<slug>/letters")
def index() -> Answer:
    """The organiser's letters, latest first: of a state, person, season, kind or day where one is chosen."""
    visit = visit_signed_in()
    form, words = Form(request.args), search_words(request.args.get("q", ""))
    found, on = _people(visit, words), form.day("on")
    which = LetterFilter(
        _one_of("state", tuple(LetterState)),
        _one_of("kind", KINDS),
        _season(),
        tuple(each.person_id for each in found) if words else None,
    )
    letters = services().letters.find(visit.actor, which, on)
    one, season_id = found[0] if len(found) == 1 else None, which.season_id
    told = services().who_knew_what.of(visit.actor, season_id, one.person_id, on) if one and season_id else None
    return form.page(
        "letters.html",
        letters=letters,
        which=which,
        words=words,
        on=on,
        found=found,
        told=told,
        states=list(LetterState),
        kinds=KINDS,
        seasons=services().programme.seasons(visit.organiser.organiser_id, limit=MOST, reader=visit.actor).items,
    )


@pages.get("/<slug>/letters/<uuid:letter_id>")
def one(letter_id: UUID) -> Answer:
    """One letter, as it reads."""
    actor = visit_signed_in().actor
    letter, words = services().letters.one(actor, letter_id), services().letters.words(actor, letter_id)
    return render_template("letter.html", letter=letter, words=words)


@pages.get("/<slug>/letters/<uuid:letter_id>/page")
def as_set(letter_id: UUID) -> Answer:
    """What it looks like to its reader: a document of its own that runs nothing, fetches nothing and leads nowhere."""
    answer = make_response(services().letters.page(visit_signed_in().actor, letter_id))
    answer.headers["Content-Security-Policy"] = AS_SET
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/<slug>/letters/<uuid:letter_id>/again")
def again(letter_id: UUID) -> Answer:
    """Deliver it once more."""
    services().letters.send_again(visit_signed_in().actor, letter_id)
    return redirect(url_for("letters.one", letter_id=letter_id, done="letter_again"), 303)


def _people(visit: Visit, words: str) -> tuple[PersonRow, ...]:
    """Whoever is meant by the words: the one whose name or address they are, or all who have them."""
    if not words:
        return ()
    found = services().people_questions.people(visit.actor, words).items
    exact = tuple(each for each in found if words.casefold() in ((each.name or "").casefold(), each.email))
    return exact or found


def _one_of(name: str, known: tuple[str, ...]) -> str:
    chosen = request.args.get(name, "")
    return chosen if chosen in known else ""


def _season() -> UUID | None:
    try:
        return UUID(request.args.get("season", ""))
    except ValueError:
        return None
