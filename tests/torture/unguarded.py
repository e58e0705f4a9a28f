"""A planted fault: an application whose decisions are guarded by nothing, to see that a test notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from flask import Flask

from application.kernel.ports import CommandContext, Committed, UnitOfWork
from infrastructure.event_store.decisions import StoreDecisions
from infrastructure.event_store.recorder import Conflict, Recorder
from infrastructure.event_store.throughput.cached_streams import CachedStreams
from infrastructure.event_store.write_batch import WriteBatch
from infrastructure.kernel.settings import Settings
from infrastructure.mail.outbox import PostgresLetterBox
from infrastructure.postgres.connections import Connection
from web import wiring
from web.app import create_app
from web.letters.letter_words import LetterFile
from web.wiring.parts import Parts
from web.wiring.services import services_of

R = TypeVar("R")


class NothingGuardsTheSeat(Recorder):
    """Writes at the next free version whatever anybody decided meanwhile."""

    def append(self, batch: WriteBatch, connection: Connection | None = None) -> int:
        while True:
            try:
                return super().append(batch, connection)
            except Conflict:
                seating = {one.originator_id for one in batch.events if one.originator_version > 1}
                batch.events = [
                    one._replace(originator_version=one.originator_version + (one.originator_id in seating))
                    for one in batch.events
                ]


class NobodyWaits(StoreDecisions):
    """Decides at once, whoever else decides on the same thing."""

    def execute(self, order: CommandContext, answer: type[R], decision: Callable[[UnitOfWork], R]) -> Committed[R]:
        return self.attempt(self.pending(order, answer, decision))


def open_app(settings: Settings) -> Flask:
    """Plats without its guards."""
    house = wiring.build(settings.database_url or "", settings)
    store = house.store
    recorder = NothingGuardsTheSeat(store.connections)
    careless = NobodyWaits(recorder, CachedStreams(store.mapper), store.keyring, store.clock)
    box = PostgresLetterBox(store, LetterFile(), settings.url)
    unguarded = replace(store, recorder=recorder, decisions=careless)
    return create_app(services_of(Parts(unguarded, house.models, box, settings, house.trail)))
