"""What people are to come to: the dated meetings of the seasons they sit in, but for those they cannot come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from application.attendance.queries.clash import ClashQuestions
from application.booking.queries.booking import BookingQuestions
from application.programme.queries.programme import Programme
from domain.attendance.clash import Engagement
from domain.kernel.ids import BookingId, NetworkId, PersonId, SeasonId
from domain.programme.meeting import Meeting
from infrastructure.read_models.kernel.query import Cells, Reader, Tables, read_json

_SITS_IN = """
select a.person_id, s.booking_id, n.season_id, n.network_id, p.name as network, n.title as season, n.zone,
n.meetings::text as meetings, array(select m.meeting_id from participation.answer a
    join participation.meeting m on m.participation_id = a.participation_id
    where a.booking_id = s.booking_id and a.seat = s.no and a.person_id = s.person_id
    and a.answer = 'not_coming') as away
from unnest(%s::uuid[], %s::date[], %s::date[]) as a (person_id, first_on, last_on)
cross join lateral (select same_id from people.known_as where person_id = a.person_id offset 0) k
cross join lateral (
    select booking_id, no, season_id, person_id from booking.seat
    where person_id = k.same_id and not is_cancelled offset 0) s
join season.season n on n.season_id = s.season_id and n.called_off_for = '' and n.organiser_id = %s
    and (n.last_on is null or n.last_on >= a.first_on) and n.first_on <= a.last_on
join programme.network p on p.network_id = n.network_id order by s.booking_id, s.no"""
# Lateral, so that only their own seats are looked up, even by a plan that was made while the tables were small.
_EVER = datetime(9999, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
"""A season's first and last days are those of its own zone; it has no last one while a meeting has no day."""


class ClashTables(Tables, ClashQuestions):
    """Also `Engaged` of the notifications."""

    def __init__(self, reader: Reader, programme: Programme, bookings: BookingQuestions) -> None:
        super().__init__(reader)
        self._programme, self._bookings = programme, bookings

    def engagements(
        self, asked: Iterable[tuple[PersonId, datetime, datetime]], organiser_id: UUID
    ) -> Mapping[PersonId, Sequence[Engagement]]:
        found: dict[PersonId, list[Engagement]] = defaultdict(list)
        times = [(who, (start - _DAY).date(), (end + _DAY).date()) for who, start, end in asked]
        columns = [list(column) for column in zip(*times, strict=True)]
        for row in self._reader.cells(_SITS_IN, [*columns, organiser_id]) if times else ():
            found[PersonId(row["person_id"])] += _dated(row)
        return found

    def _ahead_of(self, people: Sequence[PersonId], organiser_id: UUID) -> dict[PersonId, list[Engagement]]:
        asked = [(who, self._now(), _EVER) for who in people]
        return {who: list(each) for who, each in self.engagements(asked, organiser_id).items()}

    def _now(self) -> datetime:
        return self._reader.clock.now()


@lru_cache(1000)
def _meetings(kept: str) -> tuple[Meeting, ...]:
    """The meetings of a season as they are kept; read once for all who sit there."""
    return read_json(tuple[Meeting, ...], kept)


def _dated(row: Cells) -> Iterable[Engagement]:
    for each in _meetings(row["meetings"]):
        start, end = each.time.start_at, each.time.end_at
        if start is not None and end is not None and not each.is_held and each.meeting_id not in row["away"]:
            yield Engagement(
                SeasonId(row["season_id"]),
                NetworkId(row["network_id"]),
                row["network"],
                row["season"],
                each.meeting_id,
                each.title,
                start,
                end,
                row["zone"],
                BookingId(row["booking_id"]),
            )
