"""Mistakes in the code, which no retry mends: they stop an organiser where they are met, and nothing is skipped."""

from __future__ import annotations

from infrastructure.serialization.event_mapper import Entry
from infrastructure.subscriptions.log import BlockingEvent


class ProjectionBroken(Exception):
    """A projection cannot take in an event: a mistake in its code, which no retry mends. Nothing is skipped."""

    def __init__(self, entry: Entry, why: Exception) -> None:
        super().__init__(f"{entry.topic} at position {entry.position} cannot be taken in: {why!r}")


class PolicyBroken(Exception):
    """What follows from an event cannot be carried out: a mistake in the code, which no retry mends."""

    def __init__(self, entry: Entry, why: Exception) -> None:
        super().__init__(f"what follows from {entry.topic} at position {entry.position} cannot be done: {why!r}")


def broken_at(entry: Entry, error: Exception) -> BlockingEvent:
    """An event that a projection cannot take in, with why."""
    broken = ProjectionBroken(entry, error)
    broken.__cause__ = error
    return BlockingEvent(entry.organiser_id, entry.position, entry.topic, broken)
