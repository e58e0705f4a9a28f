"""Whoever runs a season has its page in front of them: the visit of an admin, with the season."""

from __future__ import annotations

from uuid import UUID

from application.programme.queries.season_view import SeasonView
from web.pages.kernel.visit import Visit, services, visit_as_admin


def season_as_admin(season_id: UUID) -> tuple[Visit, SeasonView]:
    """The season, for an admin of it. Raises NotSignedIn, NotAllowed, NotFound."""
    visit = visit_as_admin()
    return visit, services().programme.season(visit.actor, season_id)
