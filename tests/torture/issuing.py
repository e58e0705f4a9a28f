"""A process that issues invoices, and may be killed in the middle of one."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from application.kernel.actor import SYSTEM
from application.kernel.ports import Busy
from domain.kernel.ids import BookingId, OrganiserId
from infrastructure.event_store.write_batch import WriteBatch
from infrastructure.kernel.settings import Settings
from infrastructure.postgres.connections import Connection, Cursor
from web.wiring import Installation, build


@dataclass(frozen=True)
class Task:
    """What one process has to issue; the one at `killed_at` it does not survive."""

    database_url: str
    home: Path
    organiser: OrganiserId
    bookings: Sequence[BookingId]
    killed_at: int | None = None


def issue(task: Task) -> None:
    """Issue the invoices one by one."""
    settings = Settings.read({"PLATS_HOME": str(task.home), "PLATS_KEYS": str(task.home / "keys")})
    house = build(task.database_url, settings)
    for place, booking_id in enumerate(task.bookings):
        if place == task.killed_at:
            plant_death(house)
        _issue_one(house, task.organiser, booking_id)
    house.close()


def _issue_one(house: Installation, organiser: OrganiserId, booking_id: BookingId) -> None:
    """However many others are at it: where they were too many, the same again."""
    while True:
        with suppress(Busy):
            house.services.invoices.issue_for_booking(SYSTEM, organiser, booking_id)
            return


def plant_death(house: Installation) -> None:
    """When the next number has been drawn, and before anything is written, the process is gone."""

    def die(batch: WriteBatch, connection: Connection) -> Cursor | None:
        assert [event.topic for event in batch.events if event.topic.startswith("NumberSeries.")]
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    house.store.recorder.send = die  # type: ignore[method-assign]  # the fault is planted here
