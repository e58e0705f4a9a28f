"""What strangers asked for and did not confirm in time ends, and is forgotten some days later."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from application.booking.queries.unconfirmed import REGISTRATION, Unconfirmed, UnconfirmedModel
from application.kernel.actor import SYSTEM
from application.kernel.ports import Clock, Committed, UnitOfWork
from application.kernel.use_case import UseCases
from domain.booking.order import Order
from domain.booking.registration import Registration
from domain.booking.seating import Seating
from domain.kernel.errors import PlatsError
from domain.kernel.ids import SeasonId, seating_of

TYPED_KEPT = timedelta(days=7)
"""How long after its end what was typed is kept, so that whoever comes too late need not type it again."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AskedRef:
    """Which registration or order it was about."""

    asked_id: UUID


class UnconfirmedEnds(UseCases):
    """Ends what was not confirmed in time, and forgets what was typed some days later."""

    def end(self, asked: Unconfirmed) -> Committed[AskedRef]:
        """Lapsed: its seats are free. Lapsed long ago: the key to what was typed is destroyed. Twice is once."""

        def decide(work: UnitOfWork) -> AskedRef:
            found = _asked(work, asked)
            if asked.state == "lapsed":
                if found.forget():
                    work.destroy_key(found.id)
                return AskedRef(asked.asked_id)
            found.lapse(work.now)
            if isinstance(found, Registration):
                work.load(Seating, seating_of(found.season_id)).lapse(work.now)
            return AskedRef(asked.asked_id)

        serial = (seating_of(SeasonId(asked.season_id)),) if asked.season_id is not None else ()
        return self._record(SYSTEM, ("end", asked), AskedRef, decide, serial=serial)


class UnconfirmedErrand:
    """An errand of the leader: each that is due, once while the read models come after."""

    def __init__(self, ends: UnconfirmedEnds, model: UnconfirmedModel, clock: Clock) -> None:
        self._ends, self._model, self._clock = ends, model, clock
        self._done: set[Unconfirmed] = set()

    def turn(self) -> bool:
        """End those that are due; False when none is. Seats are free from the instant itself, whoever asks first."""
        now = self._clock.now()
        due = self._model.due(now, now - TYPED_KEPT)
        self._done &= set(due)
        over = [each for each in due if each not in self._done]
        for each in over:
            self._done.add(each)
            try:
                self._ends.end(each)
            except PlatsError as error:
                _log.warning("what was not confirmed was not ended: %r", error)
        return bool(over)


def _asked(work: UnitOfWork, asked: Unconfirmed) -> Registration | Order:
    if asked.kind == REGISTRATION:
        return work.load(Registration, asked.asked_id)
    return work.load(Order, asked.asked_id)
