"""Cancellations as they were known when the log had come so far: folded from their events up to there."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from application.booking.terms_trial import CancellationsKnown
from domain.booking.cancellation import Cancellation
from infrastructure.read_models.booking.desk import DESK
from infrastructure.read_models.kernel.query import Reader
from infrastructure.serialization.event_mapper import EventMapper, FactRow, fold

_EVENTS = """
select e.topic, e.originator_id, e.originator_version, e.recorded_at, e.state, e.position
from desk.desk_case c join event e on e.originator_id = c.case_id
where c.organiser_id = %s and c.season_id = %s and c.kind = 'cancellation' and e.position <= %s
order by c.received_at, c.position, e.originator_version"""

_POSITION = "select min(position) from tracking where split_part(name, '#', 1) = %s"


class CancellationTables(CancellationsKnown):
    """`application.booking.terms_trial.CancellationsKnown` on the cases of the desk and the log."""

    def __init__(self, reader: Reader, mapper: EventMapper) -> None:
        self._reader, self._mapper = reader, mapper

    def position(self) -> int:
        """How far the cases of the desk have come, which never pass a transaction under way."""
        return int(self._reader.query(_POSITION, [DESK.tracked])[0][0] or 0)

    def of_season(self, organiser_id: UUID, season_id: UUID, position: int) -> tuple[Cancellation, ...]:
        """All of an organiser's season by the events up to a position (included), in the order they arrived."""
        rows = [FactRow(*row) for row in self._reader.query(_EVENTS, [organiser_id, season_id, position])]
        streams = groupby(rows, lambda row: row.originator_id)
        folded = (fold(map(self._mapper.decode, stream)) for _, stream in streams)
        return tuple(each for each in folded if isinstance(each, Cancellation))
