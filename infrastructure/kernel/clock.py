"""Time and chance, asked for here and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """The present instant, UTC, timezone-aware."""
        return datetime.now(UTC)


def new_id() -> UUID:
    """A fresh id, without meaning."""
    return uuid4()
