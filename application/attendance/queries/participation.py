"""Who takes part in which meeting and how: for organisers and leaders all, for everybody their own seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.booking.queries.booking import BookingQuestions, BookingRow
from application.booking.queries.roster import Catering, RosterLine, Rosters
from application.kernel.actor import Actor, Role
from application.kernel.page import found
from application.kernel.queries import Queries
from application.programme.queries.programme import Programme
from application.programme.queries.season_view import MeetingRow, SeasonView
from domain.attendance.participation import Answer, SeatAt, as_it_is, ways_of
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import BookingId, MeetingId, PersonId, SeasonId
from domain.programme.meeting import MeetingSeats
from domain.programme.meeting_time import MeetingTime, TimeKind


@dataclass(frozen=True)
class MeetingCounts:
    """How many take part in a meeting on site and online, and how many do not come; seats without a name come.

    `seats`: how many may, where that is another number than the season's. `on_site` may be more: whoever has chosen
    nothing is expected in the room.
    """

    meeting_id: MeetingId
    no: int
    title: str
    time: MeetingTime
    ways: tuple[Answer, ...]
    seats: MeetingSeats
    on_site: int
    online: int
    not_coming: int

    @property
    def too_many(self) -> int:
        """How many more are expected in the room than it takes."""
        return max(0, self.on_site - self.seats.on_site) if self.seats.on_site is not None else 0


@dataclass(frozen=True)
class SeatAnswered:
    """How whoever sits in a seat takes part; no `person_id`: to be named. `name` None with a person: erased."""

    booking_id: BookingId
    seat: int
    person_id: PersonId | None
    name: str | None
    organisation: str
    answer: Answer


@dataclass(frozen=True)
class MeetingParticipation:
    """A meeting with everybody who holds a seat, by name."""

    counts: MeetingCounts
    people: tuple[SeatAnswered, ...]


@dataclass(frozen=True)
class OwnMeeting:
    """A meeting that is to come, as those see it who answer for seats in it.

    `closes_at`: until which instant people choose between on site and online; `starts_at`: until when they say that
    they cannot come, or come after all. `left_on_site` and `left_online`: places left (None: as many as there are).
    """

    season_id: SeasonId
    meeting_id: MeetingId
    no: int
    title: str
    time: MeetingTime
    ways: tuple[Answer, ...]
    closes_at: datetime | None
    starts_at: datetime | None
    left_on_site: int | None
    left_online: int | None
    seats: tuple[SeatAnswered, ...]


@dataclass(frozen=True)
class Said:
    """What was answered for a seat and a meeting."""

    meeting_id: MeetingId
    booking_id: BookingId
    seat: int
    person_id: PersonId
    answer: Answer


@dataclass(frozen=True)
class HeldBy:
    """A seat of a season that is held, and by whom."""

    booking_id: BookingId
    seat: int
    person_id: PersonId | None


class ParticipationQuestions(Queries, Protocol):
    """Names are for admins and for whoever leads the season; members see the seats that they answer for."""

    _programme: Programme
    _bookings: BookingQuestions
    _rosters: Rosters

    def of_season(self, actor: Actor, season_id: UUID) -> tuple[MeetingCounts, ...]:
        """The numbers of each meeting that is not called off, in order. Raises NotFound, NotAllowed."""
        view = self._led(actor, season_id)
        held, said = self._held(season_id), self._said(season_id)
        return tuple(_counts(each, held, said) for each in view.meetings if each.time.kind is not TimeKind.CALLED_OFF)

    def of_meeting(self, actor: Actor, season_id: UUID, meeting_id: UUID) -> MeetingParticipation:
        """Everybody who holds a seat, and how they take part. Raises NotFound, NotAllowed."""
        view = self._led(actor, season_id)
        meeting = found(next((each for each in view.meetings if each.meeting_id == meeting_id), None), "meeting")
        held, said = self._held(season_id), self._said(season_id)
        people = self._named(season_id, {_at(each): answer for each, answer in _answers(meeting, held, said).items()})
        return MeetingParticipation(_counts(meeting, held, said), people)

    def kitchen(self, actor: Actor, season_id: UUID, meeting_id: UUID) -> Catering:
        """What the kitchen is told of one meeting: those who come into the room. Raises NotAllowed unless admin."""
        lines = self._rosters.of(actor, season_id)
        view = self._programme.season(actor, season_id)
        meeting = found(next((each for each in view.meetings if each.meeting_id == meeting_id), None), "meeting")
        answers = _answers(meeting, [_seat(each) for each in lines], self._said(season_id))
        eating = [each for each in lines if answers[_seat(each)] is Answer.ON_SITE]
        needs = Counter(each.needs for each in eating if each.needs)
        return Catering(len(eating), tuple(sorted(needs.items(), key=lambda each: (-each[1], each[0]))))

    def of_booking(self, actor: Actor, booking_id: UUID) -> tuple[OwnMeeting, ...]:
        """The meetings to come with the seats of a booking that the actor answers for. Raises NotFound."""
        booking = self._bookings.one(actor, booking_id)
        mine = set(self._bookings.answers_for(actor, booking))
        view = self._programme.season(actor, booking.season_id)
        if booking.ended_for or view.row.called_off_for or not mine:
            return ()
        held, said = self._held(booking.season_id), self._said(booking.season_id)
        return tuple(_own(each, view, booking, mine, held, said) for each in view.meetings if _is_coming(each))

    def _led(self, actor: Actor, season_id: UUID) -> SeasonView:
        view = self._programme.season(actor, season_id)
        if not actor.has(view.row.organiser_id, Role.ADMIN) and not any(
            actor.is_person(each.person_id) for each in view.leaders
        ):
            raise NotAllowed(needs="admin")
        return view

    def _held(self, season_id: UUID) -> list[HeldBy]: ...

    def _said(self, season_id: UUID) -> list[Said]: ...

    def _named(self, season_id: UUID, answers: dict[tuple[UUID, int], Answer]) -> tuple[SeatAnswered, ...]: ...


def _at(seat: HeldBy) -> tuple[UUID, int]:
    return seat.booking_id, seat.seat


def _seat(line: RosterLine) -> HeldBy:
    return HeldBy(line.booking_id, line.seat, line.person_id)


def _is_coming(meeting: MeetingRow) -> bool:
    return not meeting.is_held and meeting.time.kind is not TimeKind.CALLED_OFF


def _answers(meeting: MeetingRow, held: Iterable[HeldBy], said: Iterable[Said]) -> dict[HeldBy, Answer]:
    """How each seat takes part, as far as is known now."""
    known = {
        SeatAt(each.booking_id, each.seat, each.person_id): each.answer
        for each in said
        if each.meeting_id == meeting.meeting_id
    }
    return {
        seat: as_it_is(
            known.get(SeatAt(seat.booking_id, seat.seat, seat.person_id)) if seat.person_id else None,
            meeting.place.format,
        )
        for seat in held
    }


def _counts(meeting: MeetingRow, held: Iterable[HeldBy], said: Iterable[Said]) -> MeetingCounts:
    counted = Counter(_answers(meeting, held, said).values())
    return MeetingCounts(
        meeting.meeting_id,
        meeting.no,
        meeting.title,
        meeting.time,
        ways_of(meeting.place.format),
        meeting.seats,
        on_site=counted[Answer.ON_SITE],
        online=counted[Answer.ONLINE],
        not_coming=counted[Answer.NOT_COMING],
    )


def _own(
    meeting: MeetingRow,
    view: SeasonView,
    booking: BookingRow,
    mine: set[int],
    held: list[HeldBy],
    said: list[Said],
) -> OwnMeeting:
    answers, counts = _answers(meeting, held, said), _counts(meeting, held, said)
    known = {_at(each): answer for each, answer in answers.items()}
    start_at, most = meeting.time.start_at, meeting.seats
    return OwnMeeting(
        view.row.season_id,
        meeting.meeting_id,
        meeting.no,
        meeting.title,
        meeting.time,
        counts.ways,
        closes_at=most.closes_at(start_at) if start_at is not None else None,
        starts_at=start_at,
        left_on_site=None if most.on_site is None else max(0, most.on_site - counts.on_site),
        left_online=None if most.online is None else max(0, most.online - counts.online),
        seats=tuple(
            SeatAnswered(booking.booking_id, seat.no, seat.person_id, seat.name, "", known[booking.booking_id, seat.no])
            for seat in booking.seats
            if seat.no in mine and (booking.booking_id, seat.no) in known
        ),
    )
