"""The demo's clock: the computer's, set back for a while, so that some things happened weeks ago."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from application.kernel.ports import Clock


class DemoClock:
    """Tells the present instant, or one some days earlier. Set it back before anything of today is recorded."""

    def __init__(self, real: Clock) -> None:
        self._real, self._behind = real, timedelta()

    def now(self) -> datetime:
        """The instant it shows, UTC."""
        return self._real.now() - self._behind

    @contextmanager
    def ago(self, days: int) -> Iterator[None]:
        """For as long as the block lasts it is so many days earlier."""
        self._behind = timedelta(days=days)
        try:
            yield
        finally:
            self._behind = timedelta()
