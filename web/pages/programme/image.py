"""Pictures of a season and of its places: shown to anyone, chosen with their words by an admin."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response

from application.programme.image import PDF, ChooseImage, RemoveImage
from application.programme.queries.season_view import SeasonView
from domain.kernel.errors import NotFound
from domain.kernel.ids import SeasonId
from domain.kernel.image import LARGEST
from domain.programme.season_images import ImageUse
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.uploaded import uploaded
from web.pages.kernel.visit import Answer, after, services, visit_by_anyone

pages = Blueprint("image", __name__)

FIELDS = {"alt": "alt", "content": "image", "NotAnImage": "image", "NotAPlan": "image", "ImageTooLarge": "image"}
WEBP = "image/webp"
NO_WIDTH = 0


@pages.get("/<slug>/images/<digest>-<int:width>.webp")
def picture(digest: str, width: int) -> Answer:
    """A picture that is shown, in one of its widths. Another has another address, so this one may be kept for ever."""
    if width == NO_WIDTH:
        raise NotFound(what="picture")
    return _kept(digest, width, WEBP)


@pages.get("/<slug>/images/<digest>.pdf")
def plan(digest: str) -> Answer:
    """A plan of the way in that is a PDF. It may be kept for ever too."""
    answer = _kept(digest, NO_WIDTH, PDF)
    answer.headers["Content-Disposition"] = 'inline; filename="plan.pdf"'
    return answer


def _kept(digest: str, width: int, media_type: str) -> Response:
    visit = visit_by_anyone()
    found = services().images.picture(visit.actor, visit.organiser.organiser_id, digest, width)
    if found is None:
        raise NotFound(what="picture")
    answer = Response(found.content, content_type=media_type)
    answer.headers["Cache-Control"] = "no-store" if found.is_draft else "public, max-age=31536000, immutable"
    return answer


@pages.get("/<slug>/seasons/<uuid:season_id>/images")
def page(season_id: UUID) -> Answer:
    """Which there are, and a form for each."""
    _, view = season_as_admin(season_id)
    return _show(view, Form(Typed()))


@pages.post("/<slug>/seasons/<uuid:season_id>/images")
def choose(season_id: UUID) -> Answer:
    """Another picture or other words from now on, or (`do` remove) none."""
    visit, view = season_as_admin(season_id)
    form = Form.sent(lambda form: _show(view, form), FIELDS)
    use, about = form.one_of("use", ImageUse, ImageUse.SEASON), form.text("about")
    if form.text("do") == "remove":
        removed = form.submit(services().images.remove, visit.actor, RemoveImage(SeasonId(season_id), use, about))
        return after(removed, "image.page", season_id=season_id, done="image_removed")
    content = uploaded("image", LARGEST)
    if not content and not any(each.is_for(use, about) for each in view.images):
        form.problems.note("image", "image.missing")
    command = ChooseImage(SeasonId(season_id), use, content, form.text("alt"), bool(form.text("is_decoration")), about)
    chosen = form.submit(services().images.choose, visit.actor, command)
    return after(chosen, "image.page", season_id=season_id, done="image_chosen")


def _show(view: SeasonView, form: Form) -> str:
    """A part for the season, and two for each of its places; what was typed stands in the part it was typed in."""
    venues = tuple(dict.fromkeys(each.place.venue for each in view.meetings if each.place.venue))
    wanted = [(ImageUse.SEASON, ""), *((use, venue) for venue in venues for use in (ImageUse.PLACE, ImageUse.PLAN))]
    known = {(each.use, each.about): each.image for each in view.images}
    parts = [(use.value, about, known.get((use, about))) for use, about in wanted]
    asked = (form.text("use"), form.text("about"))
    return form.page("images.html", row=view.row, parts=parts, asked=asked)
