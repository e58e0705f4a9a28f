"""Organisers whose work cannot be done now are put aside for a while, so that nobody waits for them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from application.kernel.ports import Clock

A_WHILE = timedelta(minutes=10)

_log = logging.getLogger(__name__)


class Aside:
    """Who is put aside by one errand, until when, and why (said once for each reason)."""

    def __init__(self, clock: Clock, errand: str) -> None:
        self._clock, self._errand = clock, errand
        self._until: dict[UUID, datetime] = {}
        self._said: dict[UUID, str] = {}

    def holds(self, organiser_id: UUID) -> bool:
        """Whether it is not an organiser's turn."""
        return self._clock.now() < self._until.get(organiser_id, datetime.min.replace(tzinfo=self._clock.now().tzinfo))

    @contextmanager
    def trying(self, organiser_id: UUID) -> Iterator[None]:
        """Do an organiser's work; whatever goes wrong with it is that organiser's alone, and tried again later."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  # whatever it is, the others go on
            self._until[organiser_id] = self._clock.now() + A_WHILE
            if self._said.get(organiser_id) != repr(error):
                self._said[organiser_id] = repr(error)
                _log.exception("%s of organiser %s waits, the others go on", self._errand, organiser_id)
        else:
            self._until.pop(organiser_id, None)
            self._said.pop(organiser_id, None)
