"""The advisory locks of the database, each with a number of its own, in one place so that no two are the same."""

from __future__ import annotations

from enum import IntEnum, unique


@unique
class AdvisoryLock(IntEnum):
    """Who holds one does what it is named after, and nobody else meanwhile. Numbers are never used for another."""

    MIGRATING = 7_226_354
    MAKING_READ_MODELS = 7_226_355
    """Held while the tables of projections come and go."""
    LEADING = 7_226_356
    """The worker that follows the log."""
    EFFECTS = 7_226_357
    """The process that carries out what only one may at a time."""
    REBUILD_PROCESSES = 7_226_358
