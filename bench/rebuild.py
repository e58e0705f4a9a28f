"""A rebuild of all read models, beside only reading and decoding the same log in the same way: events a second."""

from __future__ import annotations

import time

from infrastructure.event_store.store import Store
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.subscriptions.gc_paused import gc_paused
from infrastructure.subscriptions.log import Log
from infrastructure.subscriptions.rebuild import Rebuild
from infrastructure.subscriptions.replay import BATCH


def rebuilt(store: Store) -> dict[str, float]:
    """Events a second: a whole rebuild, beside reading and decoding the same log and nothing else."""
    reading = _read(store)
    began = time.perf_counter()
    events = Rebuild(store, PROJECTIONS).run()
    took = time.perf_counter() - began
    reading = (reading + _read(store)) / 2
    return {
        "events": events,
        "seconds": round(took, 2),
        "per_second": round(events / took),
        "read_and_decode_per_second": round(reading),
        "ratio": round(events / took / reading, 3),
    }


def _read(store: Store) -> float:
    log, position, events = Log(store.recorder, store.mapper), 0, 0
    began = time.perf_counter()
    with gc_paused():
        while (piece := log.read(position, BATCH)).seen:
            position, events = piece.until, events + piece.seen
    return events / (time.perf_counter() - began)
