"""Files as material: saved by whom they are for, and never shown as a page of ours."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, current_app
from werkzeug.wrappers import Response

from application.programme.material_file import FileToRead
from web.pages.kernel.by_link import visit_of_booking
from web.pages.kernel.visit import Answer, services, visit_by_anyone

pages = Blueprint("material_file", __name__)

APART = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Whatever a browser makes of it, it does not do so as a page of ours."""


@pages.get("/<slug>/files/<uuid:season_id>/<uuid:material_id>")
def read(season_id: UUID, material_id: UUID) -> Answer:
    """A file, to be saved. Raises NotFound for whom it is not for, and before its moment."""
    return _handed_out(services().material_files.read(visit_by_anyone().actor, season_id, material_id))


@pages.get("/<slug>/bookings/<uuid:booking_id>/files/<uuid:material_id>")
def of_booking(booking_id: UUID, material_id: UUID) -> Answer:
    """The same to whoever came by the link of a booking in that season."""
    visit = visit_of_booking()
    booking = services().booking_questions.one(visit.actor, booking_id)
    return _handed_out(services().material_files.read(visit.actor, booking.season_id, material_id))


def _handed_out(found: FileToRead) -> Response:
    answer = current_app.response_class(found.content, content_type=found.file.media_type)
    plain = found.file.name.encode("ascii", "ignore").decode().strip() or "material"
    named = f"attachment; filename*=UTF-8''{quote(found.file.name, safe='')}"
    answer.headers["Content-Disposition"] = f'{named}; filename="{plain}"'
    answer.headers.update(APART)
    return answer
