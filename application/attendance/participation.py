"""Taking part in a meeting: on site, online, or not this time; answered for one's own seat or for those one booked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.booking.seat import load_booking, must_answer_for, season_on
from application.kernel.actor import Actor
from application.kernel.command import admin, command
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases
from application.programme.meeting import MeetingRef, season_to_change
from domain.attendance.participation import (
    Answer,
    ChoiceClosed,
    Participation,
    SeatAt,
    SeatNotNamed,
    participation_of,
)
from domain.booking.booking import Booking
from domain.booking.seating import Seating
from domain.kernel.errors import BadValue, NotFound
from domain.kernel.ids import BookingId, MeetingId, SeasonId, seating_of
from domain.programme.meeting import Format, Meeting, MeetingSeats
from domain.programme.season import Season


@dataclass(frozen=True)
class SeatAnswer:
    """What is answered for one seat of a booking."""

    seat: int
    answer: Answer


@dataclass(frozen=True)
class AnswerMeeting:
    """How those who sit in some seats of a booking take part in a meeting: all of it, or nothing where one is refused.

    `season_id`: the season that both belong to.
    """

    booking_id: BookingId
    season_id: SeasonId
    meeting_id: MeetingId
    answers: tuple[SeatAnswer, ...]


@dataclass(frozen=True)
class AgreeMeetingSeats:
    """How many may sit on site and take part online in a meeting, and until when people choose."""

    season_id: SeasonId
    meeting_id: MeetingId
    seats: MeetingSeats


@dataclass(frozen=True)
class ParticipationRef:
    """Which booking and meeting it was about."""

    booking_id: BookingId
    meeting_id: MeetingId


def _meeting(_actor: Actor, command: AnswerMeeting) -> tuple[UUID, ...]:
    """Answers for one meeting queue, so that a room's last place goes to one."""
    return (participation_of(command.season_id, command.meeting_id),)


class Participations(UseCases):
    """Answer, and agree on the seats of a meeting."""

    def season_of(self, actor: Actor, booking_id: BookingId) -> SeasonId:
        """The season a booking is in, also one made a moment ago. Raises NotFound."""
        return self._decisions.dry_run(actor, lambda work: load_booking(work, booking_id).season_id)

    @command(serial=_meeting)
    def answer(self, work: UnitOfWork, command: AnswerMeeting) -> ParticipationRef:
        """On site, online, or not coming; taken back until the meeting begins (S44).

        Raises NotFound, NotAllowed, MeetingIsHeld, MeetingIsCalledOff, ChoiceClosed, SeatNotNamed, NoSuchWay,
        NoPlaceOnSite, NoPlaceOnline.
        """
        if not command.answers:
            raise BadValue(field="seats", why="name each seat once, and at least one")
        booking = load_booking(work, command.booking_id)
        must_answer_for(work, booking, tuple(each.seat for each in command.answers))
        season = season_on(work, booking)
        meeting = season.coming(command.meeting_id)
        if command.season_id != season.season_id:
            raise NotFound(what="meeting")
        participation = _participation_of(work, season, meeting)
        for each in sorted(command.answers, key=lambda answer: answer.answer is not Answer.NOT_COMING):
            _answer(work, participation, booking, meeting, each)
        return ParticipationRef(command.booking_id, command.meeting_id)

    @command(by=admin)
    def agree_seats(self, work: UnitOfWork, command: AgreeMeetingSeats) -> MeetingRef:
        """The seats of one meeting. Raises MeetingIsHeld, MeetingIsCalledOff."""
        season_to_change(work, command.season_id).agree_meeting_seats(command.meeting_id, command.seats)
        return MeetingRef(command.season_id, command.meeting_id)


def _participation_of(work: UnitOfWork, season: Season, meeting: Meeting) -> Participation:
    found = work.find(Participation, participation_of(season.season_id, meeting.meeting_id))
    if found is None:
        found = Participation(
            organiser_id=season.organiser_id, season_id=season.season_id, meeting_id=meeting.meeting_id
        )
        work.add(found)
    return found


def _answer(
    work: UnitOfWork, participation: Participation, booking: Booking, meeting: Meeting, wanted: SeatAnswer
) -> None:
    person_id = booking.seat(wanted.seat).person_id
    if person_id is None:
        raise SeatNotNamed(seat=wanted.seat)
    seat = SeatAt(booking.booking_id, wanted.seat, person_id)
    if participation.answer_of(seat, meeting.place.format) is wanted.answer:
        return
    _must_be_open(work, participation, meeting, seat, wanted.answer)
    if wanted.answer is Answer.NOT_COMING:
        participation.decline(seat)
        return
    held = _held(work, participation)
    seating = work.load(Seating, seating_of(booking.season_id))
    unanswered = max(0, seating.taken - len(held) - (seat not in held))
    participation.choose(seat, wanted.answer, meeting.place.format, meeting.seats, held, unanswered)


def _must_be_open(
    work: UnitOfWork, participation: Participation, meeting: Meeting, seat: SeatAt, answer: Answer
) -> None:
    """Between on site and online one chooses until the organiser's time; that one cannot come, until it begins.

    Whoever could not come and can after all takes part as they had chosen, until it begins.
    """
    start_at = meeting.time.start_at
    if start_at is None:
        return
    before = participation.way_of(seat, meeting.place.format)
    is_choice = meeting.place.format is Format.HYBRID and answer not in (Answer.NOT_COMING, before)
    closed_at = meeting.seats.closes_at(start_at) if is_choice else start_at
    if work.now >= closed_at:
        raise ChoiceClosed(closed_at=closed_at.isoformat())


def _held(work: UnitOfWork, participation: Participation) -> list[SeatAt]:
    """The seats that have been answered for and are still held by whoever was answered for."""
    bookings = {each.booking_id for each in participation.answers}
    work.fetch(*((Booking, each) for each in bookings))
    return [each for each in participation.answers if _is_held(work.load(Booking, each.booking_id), each)]


def _is_held(booking: Booking, at: SeatAt) -> bool:
    seat = booking.seats.get(at.seat)
    return seat is not None and not seat.is_cancelled and not booking.ended_for and seat.person_id == at.person_id
