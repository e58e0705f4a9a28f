"""How a process of ours tells of its troubles: a line each on standard error, and nothing about what goes well."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock

from domain.kernel.errors import PlatsError

UNAVAILABLE = 503
SILENCE = 10.0
"""Seconds in which the same trouble is told once: a database that is away is one problem, not hundreds."""

_log = logging.getLogger("plats.unavailable")


def report_problems() -> None:
    """From now on every problem is a line with its time."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(OnceInAWhile())


class SentAway:
    """Tells why somebody is sent away for now: a line for each reason, and with the next one how many it stands for."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._lock = seconds, Lock()
        self._told: dict[str, float] = {}
        self._untold: dict[str, int] = {}

    def tell(self, error: PlatsError, where: str) -> None:
        """`where`: what was asked for, without anything that is anybody's."""
        kind = f"{type(error).__name__} at {where}"
        now = self._seconds()
        with self._lock:
            if now - self._told.get(kind, -SILENCE) < SILENCE:
                self._untold[kind] = self._untold.get(kind, 0) + 1
                return
            self._told[kind], others = now, self._untold.pop(kind, 0)
        more = f", and {others} more since the last line" if others else ""
        _log.warning("%s: %s%s", kind, " ".join(str(error).split()), more)


class OnceInAWhile(logging.Filter):
    """Lets one line of each of the database driver's loggers through, and then none for a while.

    So with what our own loggers say in the same words about the same (the last thing they name): that many jobs wait
    for one database is one problem. An error with its traceback is always told.
    """

    def __init__(self) -> None:
        super().__init__()
        self._heard: dict[tuple[str, ...], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is told."""
        is_drivers = record.name.startswith("psycopg")
        if record.exc_info or (not is_drivers and not record.name.startswith("infrastructure.")):
            return True
        if "error ignored terminating" in str(record.msg):  # after an error of its own, which has been raised
            return False
        last = record.args[-1] if isinstance(record.args, tuple) and record.args else ""
        kind = (record.name,) if is_drivers else (record.name, str(record.msg), str(last))
        now = time.monotonic()
        if now - self._heard.get(kind, -SILENCE) < SILENCE:
            return False
        self._heard[kind] = now
        return True


sent_away = SentAway()
"""Of this process."""
