"""Of which season a page of its learning is: by the season's address, or by a booking's, which a mail's link opens."""

from __future__ import annotations

from uuid import UUID

from application.learning.queries.learning import LearningView
from domain.kernel.ids import SeasonId
from web.pages.kernel.by_link import visit_of_booking
from web.pages.kernel.visit import Visit, services, visit_signed_in


def learning_at(season_id: UUID | None, booking_id: UUID | None) -> tuple[Visit, LearningView]:
    """The reader and all that they may know. Raises NotSignedIn, NotFound."""
    if booking_id is None or season_id is not None:
        visit = visit_signed_in()
        where = season_id
    else:
        visit = visit_of_booking()
        where = services().booking_questions.one(visit.actor, booking_id).season_id
    return visit, services().learning_questions.of(visit.actor, SeasonId(where or UUID(int=0)))


def addressed(season_id: UUID | None, booking_id: UUID | None) -> dict[str, UUID]:
    """What stands in the address of the same reader's other pages."""
    if season_id is not None:
        return {"season_id": season_id}
    return {"booking_id": booking_id} if booking_id is not None else {}
