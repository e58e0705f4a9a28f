"""A certificate of attendance as a file: somebody's own, or anybody's for an admin."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response

from domain.kernel.ids import PersonId, SeasonId
from web.pages.kernel.visit import Answer, say, services, visit_signed_in

pages = Blueprint("certificate", __name__)


@pages.get("/<slug>/seasons/<uuid:season_id>/people/<uuid:person_id>/certificate.pdf")
def pdf(season_id: UUID, person_id: UUID) -> Answer:
    """In the reader's language."""
    visit = visit_signed_in()
    about = (SeasonId(season_id), PersonId(person_id))
    printed = services().certificates.pdf(visit.actor, *about, say().language)
    answer = Response(printed, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{say()("certificate.file_name")}.pdf"'
    return answer
