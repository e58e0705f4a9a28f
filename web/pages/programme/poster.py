"""A season's poster, at an address that changes with what stands on it, so that it can be kept for ever."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, current_app, redirect, request, url_for

from application.kernel.actor import stranger
from web.pages.kernel.sharing import poster_here
from web.pages.kernel.visit import Answer, services, visit_by_anyone

pages = Blueprint("poster", __name__)

A_YEAR = 365 * 24 * 3600


@pages.get("/<slug>/seasons/<uuid:season_id>/<mark>.png")
def picture(season_id: UUID, mark: str) -> Answer:
    """The poster; an address of an earlier one leads to that of today. Raises NotFound."""
    organiser = visit_by_anyone().organiser
    view = services().programme.season(stranger(organiser.organiser_id), season_id)
    poster = poster_here(view, organiser)
    current = services().posters.mark_of(poster)
    if mark != current:
        return redirect(url_for("poster.picture", season_id=season_id, mark=current))
    answer = current_app.response_class(services().posters.draw(poster), mimetype="image/png")
    answer.cache_control.public, answer.cache_control.max_age, answer.cache_control.immutable = True, A_YEAR, True
    answer.set_etag(current)
    return answer.make_conditional(request)
