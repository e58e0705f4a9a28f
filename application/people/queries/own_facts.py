"""What is kept of somebody, word by word as they or others gave it, wherever it was recorded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class OwnFact:
    """One value: when it was recorded, in which event, and under which name there."""

    at: datetime
    event: str
    field: str
    value: str


class OwnFactModel(Protocol):
    """Finds them."""

    def of(self, people: Collection[UUID]) -> tuple[OwnFact, ...]:
        """Everything that is sealed for a person, by all their ids, and what they said as a payer; oldest first."""
