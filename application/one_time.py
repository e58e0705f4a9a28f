"""Secrets that work once and for a while; only their digest is kept. And how often something may be tried."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from domain.errors import PlatsError


class TooManyAttempts(PlatsError):
    """It has been tried too often in a short while; nothing was done."""


class OneTimeStore(Protocol):
    """Where they are kept. Facts are short texts without personal data."""

    def keep(self, digest: bytes, purpose: str, facts: Mapping[str, str], expires_at: datetime) -> None:
        """Keep one; those whose time is up are thrown away meanwhile."""
        ...

    def look(self, digest: bytes, purpose: str, now: datetime) -> dict[str, str] | None:
        """Its facts while it lives; nothing is used up."""
        ...

    def take(self, digest: bytes, purpose: str, now: datetime) -> dict[str, str] | None:
        """Its facts, once: whoever comes second gets nothing."""
        ...

    def discard(self, purpose: str) -> None:
        """Make all of a purpose worthless."""
        ...


class Limits(Protocol):
    """How often something may be tried, counted for all processes together."""

    def count(self, key: str, within: timedelta) -> int:
        """Count one attempt; how many that makes in this stretch of time."""
        ...


def digest_of(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()
