"""Participation: how those who hold seats take part in one meeting: on site, online, or not this time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import BookingId, MeetingId, OrganiserId, PersonId, SeasonId, derived
from domain.programme.meeting import Format, MeetingSeats


class NoPlaceOnSite(RuleBroken):
    """There is no place left on site (`seats`); whoever takes part online stays there."""


class NoPlaceOnline(RuleBroken):
    """There is no place left online (`seats`)."""


class NoSuchWay(RuleBroken):
    """The meeting cannot be taken part in that way (`way`)."""


class ChoiceClosed(RuleBroken):
    """The time until which one could choose has passed (`closed_at`)."""


class SeatNotNamed(RuleBroken):
    """Nobody is named in the seat, so nobody can be asked how they take part (`seat`)."""


class Answer(StrEnum):
    """How somebody takes part in a meeting."""

    ON_SITE = "on_site"
    ONLINE = "online"
    NOT_COMING = "not_coming"


@dataclass(frozen=True)
class SeatAt:
    """A seat with whoever sits in it: what was answered for it holds as long as it is theirs."""

    booking_id: BookingId
    seat: int
    person_id: PersonId


def usual_way(format: Format) -> Answer:
    """How everybody takes part who has not answered: in the room, where there is one."""
    return Answer.ONLINE if format is Format.ONLINE else Answer.ON_SITE


def participation_of(season_id: SeasonId, meeting_id: MeetingId) -> UUID:
    """The one participation of a meeting."""
    return derived(season_id, meeting_id, "participation")


class Participation(Aggregate):
    """The answers for one meeting: the serial decision point for its places on site and online.

    Whoever has answered nothing takes part in the usual way. A seat that was given up or handed on since it was
    answered for counts no longer: who holds which seat is the bookings' to say.
    """

    class Begun(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        meeting_id: MeetingId

    class WayChosen(Aggregate.Event):
        meeting_id: MeetingId
        booking_id: BookingId
        seat: int
        person_id: PersonId
        way: Answer

        def apply(self, participation: Participation) -> None:
            at = SeatAt(self.booking_id, self.seat, self.person_id)
            participation.answers[at] = participation.ways[at] = self.way

    class ComingDeclined(Aggregate.Event):
        meeting_id: MeetingId
        booking_id: BookingId
        seat: int
        person_id: PersonId

        def apply(self, participation: Participation) -> None:
            participation.answers[SeatAt(self.booking_id, self.seat, self.person_id)] = Answer.NOT_COMING

    @staticmethod
    def create_id(season_id: SeasonId, meeting_id: MeetingId) -> UUID:
        """One for each meeting."""
        return participation_of(season_id, meeting_id)

    @event(Begun)
    def __init__(self, organiser_id: OrganiserId, season_id: SeasonId, meeting_id: MeetingId) -> None:
        self.organiser_id, self.season_id, self.meeting_id = organiser_id, season_id, meeting_id
        self.answers: dict[SeatAt, Answer] = {}
        self.ways: dict[SeatAt, Answer] = {}

    def answer_of(self, seat: SeatAt, format: Format) -> Answer:
        """How somebody takes part, as far as is known; what cannot be any longer is the usual way."""
        return as_it_is(self.answers.get(seat), format)

    def way_of(self, seat: SeatAt, format: Format) -> Answer:
        """On site or online: what they chose last, also where they have said since that they cannot come."""
        return as_it_is(self.ways.get(seat), format)

    def decline(self, seat: SeatAt) -> None:
        """They cannot come this time; the seat in the season stays theirs. The same again changes nothing."""
        if self.answers.get(seat) is not Answer.NOT_COMING:
            at = seat.booking_id, seat.seat, seat.person_id
            self.record(self.ComingDeclined(meeting_id=self.meeting_id, booking_id=at[0], seat=at[1], person_id=at[2]))

    def choose(
        self,
        seat: SeatAt,
        way: Answer,
        format: Format,
        seats: MeetingSeats,
        held: Collection[SeatAt],
        unanswered: int = 0,
    ) -> None:
        """They come, on site or online. The same again changes nothing. Raises NoSuchWay, NoPlaceOnSite, NoPlaceOnline.

        `held`: the seats that have answered and are still held by the same people; `unanswered`: how many more
        seats are taken, all of which take part in the usual way.
        """
        if way not in ways_of(format):
            raise NoSuchWay(way=way.value)
        if way is self.answer_of(seat, format):
            return
        others = [self.answer_of(each, format) for each in held if each != seat]
        taken = others.count(way) + (unanswered if way is usual_way(format) else 0)
        most = seats.on_site if way is Answer.ON_SITE else seats.online
        if most is not None and taken >= most:
            raise (NoPlaceOnSite if way is Answer.ON_SITE else NoPlaceOnline)(seats=most)
        self.record(
            self.WayChosen(
                meeting_id=self.meeting_id,
                booking_id=seat.booking_id,
                seat=seat.seat,
                person_id=seat.person_id,
                way=way,
            )
        )


def ways_of(format: Format) -> tuple[Answer, ...]:
    """In which ways a meeting of this kind can be taken part in."""
    return (Answer.ON_SITE, Answer.ONLINE) if format is Format.HYBRID else (usual_way(format),)


def as_it_is(said: Answer | None, format: Format) -> Answer:
    """What was answered, where that can still be: a meeting that is online no longer has nobody online."""
    if said is Answer.NOT_COMING or (said is not None and said in ways_of(format)):
        return said
    return usual_way(format)
