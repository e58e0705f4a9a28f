"""Things as they were: an aggregate folded up to one of its own events."""

from __future__ import annotations

from uuid import UUID

from psycopg.types.numeric import Int8

from application.kernel.ports import A
from infrastructure.event_store.recorder import Recorder
from infrastructure.serialization.event_mapper import EventMapper, FactRow, fold

_UNTIL = """
select topic, originator_id, originator_version, recorded_at, state, position from event
where originator_id = %b and originator_version <= %b order by originator_version"""


class PastOfStore:
    """`application.notifications.story.Past` on the event store."""

    def __init__(self, recorder: Recorder, mapper: EventMapper) -> None:
        self._recorder, self._mapper = recorder, mapper

    def before(self, kind: type[A], aggregate_id: UUID, version: int) -> A | None:
        """An aggregate as it was before its event of this number; None before its first."""
        rows = self._recorder.query(_UNTIL, [aggregate_id, Int8(version - 1)])
        aggregate = fold(self._mapper.decode(FactRow(*row)) for row in rows)
        return aggregate if isinstance(aggregate, kind) else None
