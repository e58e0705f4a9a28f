"""Words of an organiser's own in the letters that go out by themselves, looked at as text and as set, and saved."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from flask import Blueprint, make_response

from application.mail.letters import Written
from application.notifications.own_words import WriteOwnWords
from application.programme.queries.season_view import SeasonRow
from domain.kernel.errors import NotFound
from domain.kernel.ids import SeasonId
from domain.mail.own_words import Occasion, OwnWords
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, Visit, after, say, services, visit_as_admin
from web.pages.mail.letters import AS_SET

pages = Blueprint("own_words", __name__)

FIELDS = {name: name for name in ("words_sv", "words_en")}


@pages.get("/<slug>/letters/words/<occasion>")
def page(occasion: str) -> Answer:
    """What all seasons say, unless one says something else."""
    return _show(visit_as_admin(), None, _known(occasion))


@pages.post("/<slug>/letters/words/<occasion>")
def write(occasion: str) -> Answer:
    """Save it, or look at it before."""
    return _written(visit_as_admin(), None, _known(occasion))


@pages.get("/<slug>/seasons/<uuid:season_id>/words/<occasion>")
def of_season(season_id: UUID, occasion: str) -> Answer:
    """What a season says."""
    visit, view = season_as_admin(season_id)
    return _show(visit, view.row, _known(occasion))


@pages.post("/<slug>/seasons/<uuid:season_id>/words/<occasion>")
def write_for_season(season_id: UUID, occasion: str) -> Answer:
    """Save it, look at it before, or say what all seasons say."""
    visit, view = season_as_admin(season_id)
    return _written(visit, view.row, _known(occasion))


def _known(occasion: str) -> Occasion:
    """Raises NotFound."""
    with suppress(ValueError):
        return Occasion(occasion)
    raise NotFound(what="letter")


def _written(visit: Visit, row: SeasonRow | None, occasion: Occasion) -> Answer:
    form = Form.sent(lambda form: _show(visit, row, occasion, form), FIELDS)
    words, do = OwnWords(form.text("words_sv"), form.text("words_en")), form.text("do")
    if do in ("look", "set"):
        with form.attempt():
            sample = _sample(visit, row, occasion, words)
        if do == "look" or sample is None:
            return _show(visit, row, occasion, form, sample)
        answer = make_response(sample.html)
        answer.headers["Content-Security-Policy"] = AS_SET
        answer.headers["Cache-Control"] = "no-store"
        return answer
    season = SeasonId(row.season_id) if row is not None else None
    command = WriteOwnWords(occasion, None if do == "usual" else words, season)
    recorded = form.submit(services().own_words.write, visit.actor, command)
    if row is None:
        return after(recorded, "own_words.page", occasion=occasion, done="own_words_saved")
    return after(recorded, "own_words.of_season", season_id=row.season_id, occasion=occasion, done="own_words_saved")


def _sample(visit: Visit, row: SeasonRow | None, occasion: Occasion, words: OwnWords) -> Written | None:
    """A letter about the season, or the latest there is; None where there is none, or nobody to write to."""
    seasons = (row,) if row is not None else services().programme.seasons(visit.organiser.organiser_id).items
    for each in seasons[:1]:
        return services().own_words.example(visit.actor, each.season_id, occasion, words, say().language)
    return None


def _show(
    visit: Visit, row: SeasonRow | None, occasion: Occasion, form: Form | None = None, sample: Written | None = None
) -> Answer:
    rows = services().own_words.list(visit.actor, row.season_id if row is not None else None)
    [now] = [each for each in rows if each.occasion is occasion]
    form = form or Form(Typed({"words_sv": now.sv, "words_en": now.en}))
    is_looked = form.text("do") in ("look", "set")
    return form.page("own_words.html", row=row, rows=rows, now=now, sample=sample, is_looked=is_looked)
