"""What is done once a day for each organiser, by its own local date, or once for the installation, by that of UTC."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from application.kernel.ports import Clock
from domain.kernel.ids import OrganiserId
from domain.kernel.terms import day_in

R = TypeVar("R")

INSTALLATION = UUID(int=0)
"""Stands for no organiser: what is done once for all of them."""

REMINDERS, COMPARISON = "reminders", "cards"
"""Under which names it is remembered on which day reminders were sent, and the card payments compared."""

A_WHILE = timedelta(minutes=10)
"""After so long the day's work of an organiser that failed is tried again."""

_log = logging.getLogger(__name__)


class LocalDays(Protocol):
    """Somebody with days of their own."""

    @property
    def organiser_id(self) -> UUID:
        """Which organiser."""

    @property
    def zone(self) -> str:
        """By which time zone its days begin."""


@dataclass(frozen=True)
class Installation:
    """All organisers together, whose days are those of UTC."""

    organiser_id: UUID = INSTALLATION
    zone: str = "UTC"


ONCE = Installation()


class Days(Protocol):
    """On which local day something was last done."""

    def last(self, name: str, organiser_id: UUID) -> date | None:
        """The day; None: never."""

    def done(self, name: str, organiser_id: UUID, day: date) -> None:
        """It has been done for that day."""


class DailyJob(Generic[R]):
    """A job of the leader. A day's work that was broken off is done again, and does nothing twice.

    Whatever goes wrong with an organiser's is that organiser's alone: it is put aside for a while, the others go on.
    `is_ready`: False while no day's work may begin.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[OrganiserId, date], R],
        organisers: Callable[[], Iterable[LocalDays]],
        days: Days,
        clock: Clock,
        is_ready: Callable[[], bool] = lambda: True,
    ) -> None:
        self.name, self._work, self._organisers, self._is_ready = name, work, organisers, is_ready
        self._days, self._clock = days, clock
        self._last: dict[UUID, date] = {}
        self._aside: dict[UUID, datetime] = {}
        self._causes: dict[UUID, str] = {}

    def turn(self) -> bool:
        """Do one day's work that is due; False when none is, or not yet."""
        now = self._clock.now()
        for row in self._organisers():
            today, organiser_id = day_in(now, row.zone), row.organiser_id
            is_aside = organiser_id in self._aside and now < self._aside[organiser_id]
            if is_aside or self._is_done(organiser_id, today):
                continue
            if not self._is_ready():
                return False
            with self._trying(organiser_id):
                self.run(OrganiserId(organiser_id), today)
            return True
        return False

    def run(self, organiser: OrganiserId, today: date) -> R:
        """Do an organiser's work of a day now, and remember that it is done."""
        result = self._work(organiser, today)
        self._days.done(self.name, organiser, today)
        self._last[organiser] = today
        return result

    def _is_done(self, organiser_id: UUID, day: date) -> bool:
        if organiser_id not in self._last:
            last = self._days.last(self.name, organiser_id)
            if last is None:
                return False
            self._last[organiser_id] = last
        return self._last[organiser_id] >= day

    @contextmanager
    def _trying(self, organiser_id: UUID) -> Iterator[None]:
        """What goes wrong is said once for each cause."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  # whatever it is, the others go on
            self._aside[organiser_id] = self._clock.now() + A_WHILE
            if self._causes.get(organiser_id) != repr(error):
                self._causes[organiser_id] = repr(error)
                _log.exception("%s of organiser %s waits, the others go on", self.name, organiser_id)
        else:
            self._aside.pop(organiser_id, None)
            self._causes.pop(organiser_id, None)
