"""A clock that stands still until it is set: what a test means by now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class FixedClock:
    """Tells the instant it was set to."""

    def __init__(self, instant: datetime = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant

    def pass_by(self, while_: timedelta) -> None:
        """Let time pass."""
        self.instant += while_
