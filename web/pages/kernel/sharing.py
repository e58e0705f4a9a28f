"""What a season's page tells those who pass it on: search engines, and services that show a link as a card."""

from __future__ import annotations

from flask import url_for

from application.programme.queries.programme import SeasonView
from web.feeds.event import Data, event_of, organiser_of
from web.pages.kernel.visit import Visit, say, today


def event_here(visit: Visit, view: SeasonView) -> Data:
    """The season as search engines read it."""
    page = url_for("season.page", season_id=view.row.season_id, _external=True)
    by = organiser_of(visit.organiser.name, url_for("programme.organiser", _external=True))
    return event_of(view, page, by, today(view.row.zone), say())
