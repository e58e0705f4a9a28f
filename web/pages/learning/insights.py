"""A season's insights as files: to print, and the figures for a spreadsheet. What may be shown is decided elsewhere."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from web.pages.kernel.by_link import FOR_ONE_READER
from web.pages.kernel.visit import Answer, say, services
from web.pages.learning.season import learning_at
from web.reports.spreadsheet import list_file
from web.words.learning import documentation, figure_rows

pages = Blueprint("insights", __name__)


@pages.get("/<slug>/seasons/<uuid:season_id>/insights.pdf")
def pdf(season_id: UUID) -> Answer:
    """What the reader may read, on paper."""
    visit, view = learning_at(season_id, None)
    made = services().insights_press.set(documentation(view, visit.organiser.name, say()))
    return Response(made, mimetype="application/pdf", headers=FOR_ONE_READER)


@pages.get("/<slug>/seasons/<uuid:season_id>/learning.<any(csv, xlsx):saved_as>")
def table(season_id: UUID, saved_as: str = "csv") -> Answer:
    """The figures, a row for each column of each round."""
    _, view = learning_at(season_id, None)
    header, *rows = figure_rows(view, say())
    return list_file(saved_as, say()("learning.file_name"), header, rows)
