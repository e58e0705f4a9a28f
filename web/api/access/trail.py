"""The trail: refused attempts, sign-ins and exports, for admins."""

from __future__ import annotations

from application.insight.trail import TrailFilter, TrailRow
from application.kernel.page import Page
from web.api.access.trail_schema import TrailQuery
from web.api.kernel.call import Call
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

trail = ApiBlueprint("traces", "The trail: refused attempts, sign-ins and exports.")


@trail.read("/trail", Who.ADMIN, Page[TrailRow], TrailQuery)
def list_trail(call: Call) -> Page[TrailRow]:
    """The organiser's lines, latest first; of a kind, a person, or from and until an instant, where given."""
    asked = call.query
    which = TrailFilter(asked["kind"], asked["person_id"], asked["since"], asked["until"])
    return call.services.trail_questions.rows(call.actor, which, asked["after"], asked["limit"])
