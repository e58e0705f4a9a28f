"""What strangers asked for and did not confirm in time ends, and is forgotten some days later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from application.booking.queries.unconfirmed import (
    APPLICATION,
    OPENING,
    QUEUE,
    REGISTRATION,
    Unconfirmed,
    UnconfirmedModel,
)
from application.kernel.actor import SYSTEM
from application.kernel.due_job import DueJob
from application.kernel.ports import Clock, Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases
from domain.booking.application import Application
from domain.booking.opening_request import OpeningRequest
from domain.booking.order import Order
from domain.booking.queue_request import QueueRequest
from domain.booking.registration import Registration
from domain.booking.seating import Seating
from domain.kernel.ids import SeasonId, seating_of

TYPED_KEPT = timedelta(days=7)
"""How long after its end what was typed is kept, so that whoever comes too late need not type it again."""

UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True)
class AskedRef:
    """Which registration, order or application it was about."""

    asked_id: UUID


def unconfirmed_job(decisions: Decisions, model: UnconfirmedModel, clock: Clock) -> DueJob[Unconfirmed]:
    """Ends those that are due. Seats are free from the instant itself, whoever asks first."""

    def due() -> tuple[Unconfirmed, ...]:
        now = clock.now()
        return model.due(now, now - TYPED_KEPT)

    return DueJob(UNCONFIRMED, due, UnconfirmedEnds(decisions).end)


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


def _asked(work: UnitOfWork, asked: Unconfirmed) -> Registration | Order | Application | QueueRequest | OpeningRequest:
    if asked.kind == REGISTRATION:
        return work.load(Registration, asked.asked_id)
    if asked.kind == APPLICATION:
        return work.load(Application, asked.asked_id)
    if asked.kind == QUEUE:
        return work.load(QueueRequest, asked.asked_id)
    if asked.kind == OPENING:
        return work.load(OpeningRequest, asked.asked_id)
    return work.load(Order, asked.asked_id)
