"""Taking part in meetings: on site, online or not this time; who comes to each meeting, and its seats."""

from __future__ import annotations

from uuid import UUID

from application.attendance import participation as commands
from application.attendance.queries.participation import MeetingCounts, MeetingParticipation, OwnMeeting
from application.booking.queries.roster import Catering
from application.programme.meeting import MeetingRef
from domain.attendance.participation import Answer
from domain.kernel.ids import BookingId, MeetingId, SeasonId
from domain.programme.meeting import MeetingSeats
from web.api.attendance.participation_schema import AnswerMeetingBody, MeetingSeatsBody
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

participations = ApiBlueprint("taking part", "How people take part in each meeting: on site, online, or not.")
OF_BOOKING = "/bookings/<uuid:booking_id>/participation"
OF_SEASON = "/seasons/<uuid:season_id>/participation"
OF_MEETING = "/seasons/<uuid:season_id>/meetings/<uuid:meeting_id>"


@participations.read(OF_BOOKING, Who.SIGNED_IN, tuple[OwnMeeting, ...])
def list_own_meetings(call: Call, booking_id: UUID) -> tuple[OwnMeeting, ...]:
    """The meetings to come, and how those one answers for in a booking take part in each."""
    return call.services.participation_questions.of_booking(call.actor, booking_id)


@participations.write("POST", OF_BOOKING, Who.SIGNED_IN, commands.ParticipationRef, body=AnswerMeetingBody)
def answer_meeting(call: Call, booking_id: UUID) -> Written:
    """On site, online or not coming, for some seats of a booking: all of it, or nothing where one is refused."""
    said = tuple(commands.SeatAnswer(each["seat"], Answer(each["answer"])) for each in call.body["answers"])
    use_case, booking = call.services.participations, BookingId(booking_id)
    season = use_case.season_of(call.actor, booking)
    return call.execute(
        use_case.answer, commands.AnswerMeeting(booking, season, MeetingId(call.body["meeting_id"]), said)
    )


@participations.read(OF_SEASON, Who.SIGNED_IN, tuple[MeetingCounts, ...])
def list_counts(call: Call, season_id: UUID) -> tuple[MeetingCounts, ...]:
    """How many come to each meeting, on site and online; for admins and for whoever leads the season."""
    return call.services.participation_questions.of_season(call.actor, season_id)


@participations.read(f"{OF_MEETING}/participation", Who.SIGNED_IN, MeetingParticipation)
def show_participation(call: Call, season_id: UUID, meeting_id: UUID) -> MeetingParticipation:
    """Everybody who holds a seat and how they take part; for admins and for whoever leads the season."""
    return call.services.participation_questions.of_meeting(call.actor, season_id, meeting_id)


@participations.read(f"{OF_MEETING}/catering", Who.ADMIN, Catering)
def show_meeting_catering(call: Call, season_id: UUID, meeting_id: UUID) -> Catering:
    """What the kitchen is told of one meeting: those who come into the room, and their needs."""
    return call.services.participation_questions.kitchen(call.actor, season_id, meeting_id)


@participations.write("PUT", f"{OF_MEETING}/seats", Who.ADMIN, MeetingRef, body=MeetingSeatsBody)
def agree_meeting_seats(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """How many may sit on site and take part online in a meeting, and until when people choose."""
    command = commands.AgreeMeetingSeats(season_id, meeting_id, MeetingSeats(**call.body))
    return call.execute(call.services.participations.agree_seats, command)
