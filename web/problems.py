"""How a process of ours tells of its troubles: a line each on standard error, and nothing about what goes well."""

from __future__ import annotations

import logging
import time

SILENCE = 10.0
"""Seconds in which the same part of the driver is heard once: a database that is away is one problem, not hundreds."""


def report_problems() -> None:
    """From now on every problem is a line with its time."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(OnceInAWhile())


class OnceInAWhile(logging.Filter):
    """Lets one line of each of the database driver's loggers through, and then none for a while."""

    def __init__(self) -> None:
        super().__init__()
        self._heard: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is told."""
        if not record.name.startswith("psycopg"):
            return True
        if "error ignored terminating" in str(record.msg):  # after an error of its own, which has been raised
            return False
        now = time.monotonic()
        if now - self._heard.get(record.name, -SILENCE) < SILENCE:
            return False
        self._heard[record.name] = now
        return True
