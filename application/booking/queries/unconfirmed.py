"""What strangers have asked for and not confirmed: which of it is over, and which need not be kept any longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

REGISTRATION, ORDER, APPLICATION, QUEUE, OPENING = "registration", "order", "application", "queue", "opening"


@dataclass(frozen=True)
class Unconfirmed:
    """One thing asked for and not confirmed in time.

    `kind`: a registration, order, application, place in line or wish to be told. `state`: held or lapsed.
    """

    asked_id: UUID
    kind: str
    season_id: UUID | None
    state: str


class UnconfirmedModel(Protocol):
    """Finds them."""

    def due(self, now: datetime, forgotten_before: datetime) -> tuple[Unconfirmed, ...]:
        """Those whose time is over and not yet recorded as lapsed, and the lapsed whose time was over before."""

    def seats_held(self, season_id: UUID, now: datetime) -> int:
        """How many seats of a season are held for registrations that are not confirmed."""
