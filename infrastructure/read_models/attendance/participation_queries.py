"""What is known of who takes part in which meeting: seats that are held, and what was answered for them."""

from __future__ import annotations

from uuid import UUID

from application.attendance.queries.participation import HeldBy, ParticipationQuestions, Said, SeatAnswered
from application.booking.queries.booking import BookingQuestions
from application.booking.queries.roster import Rosters
from application.programme.queries.programme import Programme
from domain.attendance.participation import Answer
from infrastructure.read_models.kernel.query import Cells, Reader, Shape, Tables, by_name

_HELD = """
select booking_id, no as seat, person_id from booking.seat where season_id = %s and not is_cancelled
order by booking_id, no"""

_SAID = """
select m.meeting_id, a.booking_id, a.seat, a.person_id, a.answer as said from participation.meeting m
join participation.answer a on a.participation_id = m.participation_id where m.season_id = %s"""

_NAMED = """
select s.booking_id, s.no as seat, s.person_id, coalesce(o.name, '') as organisation from booking.seat s
left join people.organisation o on o.organisation_id = s.organisation_id
where s.season_id = %s and not s.is_cancelled"""


def _answer(row: Cells) -> Answer:
    return Answer(row["said"])


_SEAT, _ANSWER = Shape(HeldBy), Shape(Said, made={"answer": _answer})
_PERSON = Shape(SeatAnswered, names={"name": "person_id"}, made={"answer": _answer})


class ParticipationTables(Tables, ParticipationQuestions):
    """Who sits where is the bookings' to say."""

    def __init__(self, reader: Reader, programme: Programme, bookings: BookingQuestions, rosters: Rosters) -> None:
        super().__init__(reader)
        self._programme, self._bookings, self._rosters = programme, bookings, rosters

    def _held(self, season_id: UUID) -> list[HeldBy]:
        return list(self._reader.rows(_SEAT, _HELD, [season_id]))

    def _said(self, season_id: UUID) -> list[Said]:
        return list(self._reader.rows(_ANSWER, _SAID, [season_id]))

    def _named(self, season_id: UUID, answers: dict[tuple[UUID, int], Answer]) -> tuple[SeatAnswered, ...]:
        rows = self._reader.cells(_NAMED, [season_id])
        known = [row for row in rows if (row["booking_id"], row["seat"]) in answers]
        for row in known:
            row["said"] = answers[row["booking_id"], row["seat"]]
        people = self._reader.shaped(_PERSON, known)
        return tuple(sorted(people, key=lambda each: (*by_name(each.name), each.organisation, each.seat)))
