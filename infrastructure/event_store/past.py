"""Things as they were: an aggregate folded up to one of its own events."""

from __future__ import annotations

from uuid import UUID

from application.kernel.ports import A
from infrastructure.event_store.recorder import Recorder
from infrastructure.serialization.event_mapper import EventMapper


class PastOfStore:
    """`application.notifications.story.Past` on the log."""

    def __init__(self, recorder: Recorder, mapper: EventMapper) -> None:
        self._recorder, self._mapper = recorder, mapper

    def before(self, kind: type[A], aggregate_id: UUID, version: int) -> A | None:
        """An aggregate as it was before its event of this number; None before its first."""
        aggregate = None
        for stored in self._recorder.select_events(aggregate_id, lte=version - 1):
            aggregate = self._mapper.to_domain_event(stored).mutate(aggregate)
        return aggregate if isinstance(aggregate, kind) else None
