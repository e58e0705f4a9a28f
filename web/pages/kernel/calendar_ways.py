"""The ways to put a season in one's calendar, as pages offer them."""

from __future__ import annotations

from flask import url_for

from application.programme.queries.season_view import SeasonView
from web.calendar.ways import CalendarWays, ways_to_calendar
from web.pages.kernel.visit import say


def calendar_ways(view: SeasonView, file: str = "") -> tuple[CalendarWays | None, str]:
    """The ways of a season, and the file to save: the reader's own, or the one that is anybody's."""
    season_id = view.row.season_id
    page = url_for("season.page", season_id=season_id, _external=True)
    feed = url_for("calendar.season", season_id=season_id, _external=True)
    return ways_to_calendar(view, page, feed, say()), file or url_for("calendar.season", season_id=season_id)
