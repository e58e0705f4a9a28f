"""What a season's page tells those who pass it on: search engines, and services that show a link as a card."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from application.programme.poster import Poster
from application.programme.queries.programme import OrganiserRow
from application.programme.queries.season_view import SeasonView
from web.feeds.event import Data, event_of, organiser_of
from web.pages.kernel.visit import Visit, say, services, today
from web.words.language import read_phrases
from web.words.poster import poster_of, said_of


@dataclass(frozen=True)
class Shared:
    """The season as search engines read it; the address of its poster, and what stands there."""

    event: Data
    poster: str
    said: str


def shared(visit: Visit, view: SeasonView) -> Shared:
    """What there is to tell of a season."""
    season_id, organiser = view.row.season_id, visit.organiser
    poster = poster_here(view, organiser)
    mark = services().posters.mark_of(poster)
    picture = url_for("poster.picture", season_id=season_id, mark=mark, _external=True)
    page = url_for("season.page", season_id=season_id, _external=True)
    by = organiser_of(organiser.name, url_for("programme.organiser", _external=True))
    event = event_of(view, page, by, today(view.row.zone), say())
    return Shared({**event, "image": [picture]}, picture, said_of(poster))


def poster_here(view: SeasonView, organiser: OrganiserRow) -> Poster:
    """The poster of a season, in the season's language."""
    return poster_of(view, organiser, read_phrases().speaking(view.row.language))
