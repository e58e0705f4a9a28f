"""Who came to the meetings of a season, as one person or from an organisation; and the tickets of a booking."""

from __future__ import annotations

from uuid import UUID

from application.attendance.queries.attendance import CameRow
from application.attendance.ticket import TicketShown
from domain.kernel.ids import BookingId, PersonId, SeasonId
from web.api.attendance.door_schema import CertificateQuery
from web.api.kernel.call import Call, FileAnswer
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

attendances = ApiBlueprint("attendance and tickets", "Who came to which meetings, and tickets.")


@attendances.read("/seasons/<uuid:season_id>/attendance", Who.ADMIN, tuple[CameRow, ...])
def list_attendance(call: Call, season_id: UUID) -> tuple[CameRow, ...]:
    """Everybody who was at the meetings of a season, by name."""
    call.services.programme.season(call.actor, season_id)
    return call.services.attendance.of_season(call.actor, season_id)


@attendances.read("/people/<uuid:person_id>/attendance", Who.SIGNED_IN, tuple[CameRow, ...])
def list_attendance_of_person(call: Call, person_id: UUID) -> tuple[CameRow, ...]:
    """The meetings that somebody was at, the latest first: one's own, or (an admin) anybody's."""
    came = call.services.attendance.of_person(call.actor, person_id)
    if not call.actor.is_person(PersonId(person_id)):
        call.services.people_questions.person(call.actor, person_id)  # there is somebody
    return came


@attendances.read("/organisations/<uuid:organisation_id>/attendance", Who.ADMIN, tuple[CameRow, ...])
def list_attendance_of_organisation(call: Call, organisation_id: UUID) -> tuple[CameRow, ...]:
    """Whoever was at meetings for an organisation, the latest first."""
    call.services.people_questions.organisation(call.actor, organisation_id)  # there is such an organisation
    return call.services.attendance.of_organisation(call.actor, organisation_id)


@attendances.file(
    "/seasons/<uuid:season_id>/people/<uuid:person_id>/certificate",
    Who.SIGNED_IN,
    "application/pdf",
    CertificateQuery,
    previews=True,
)
def read_certificate(call: Call, season_id: SeasonId, person_id: PersonId) -> FileAnswer:
    """Which meetings somebody was at, and for how many hours, as PDF: one's own, or (an admin) anybody's."""
    printed = call.services.certificates.pdf(call.actor, season_id, person_id, call.query["language"])
    return FileAnswer("certificate.pdf", "application/pdf", printed)


@attendances.read("/bookings/<uuid:booking_id>/tickets", Who.SIGNED_IN, tuple[TicketShown, ...])
def list_tickets(call: Call, booking_id: BookingId) -> tuple[TicketShown, ...]:
    """The codes of a booking's seats: all, for whoever answers for it, or one's own."""
    return call.services.tickets.of_booking(call.actor, booking_id)
