"""What I tell those who take part in a season with me: chosen by myself, and taken back at any time."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from application.booking.introduction import Introduce, TakeBackIntroduction
from application.booking.queries.fellow import Introduction
from application.programme.queries.season_view import SeasonView
from domain.kernel.errors import NotFound
from domain.kernel.ids import SeasonId
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, Visit, after, services, visit_signed_in

pages = Blueprint("introduction", __name__)

AT = "/<slug>/seasons/<uuid:season_id>/introduction"
FIELDS = {"words": "words"}


@pages.get(AT)
def page(season_id: UUID) -> Answer:
    """What is told now, and the form."""
    visit, view = _season(season_id)
    mine = services().fellow_questions.mine(visit.actor, season_id)
    ticked = {name: "yes" for name in ("shows_email", "shows_phone") if getattr(mine, name)}
    return _show(view, mine, Form(Typed({"words": mine.words or "", **ticked})))


@pages.post(AT)
def tell(season_id: UUID) -> Answer:
    """Shown with these words from now on, or (`do` remove) not at all."""
    visit, view = _season(season_id)
    mine = services().fellow_questions.mine(visit.actor, season_id)
    form = Form.sent(lambda form: _show(view, mine, form), FIELDS)
    season, acts = SeasonId(season_id), services().fellow_introductions
    if form.text("do") == "remove":
        removed = form.submit(acts.take_back, visit.actor, TakeBackIntroduction(season))
        return after(removed, "introduction.page", season_id=season_id, done="introduction_taken_back")
    told = Introduce(season, form.text("words"), bool(form.text("shows_email")), bool(form.text("shows_phone")))
    introduced = form.submit(acts.introduce, visit.actor, told)
    return after(introduced, "season.page", season_id=season_id, done="introduced", _anchor="fellows")


def _season(season_id: UUID) -> tuple[Visit, SeasonView]:
    """Where participants may see each other, or where I am shown still. Raises NotSignedIn, NotFound."""
    visit = visit_signed_in()
    view = services().programme.season(visit.actor, season_id)
    is_shown = services().fellow_questions.mine(visit.actor, season_id).is_shown
    if not is_shown and not (view.row.shows_participants and services().fellow_questions.sits(visit.actor, season_id)):
        raise NotFound(what="season")
    return visit, view


def _show(view: SeasonView, mine: Introduction, form: Form) -> str:
    return form.page("introduction.html", row=view.row, mine=mine)
