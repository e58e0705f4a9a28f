"""Seats offered to those who wait, as admins see the line move, and as those see it whom they are offered to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.queries import Queries, for_admins, for_oneself
from domain.kernel.ids import PersonId, SeasonId


@dataclass(frozen=True)
class QueueRow:
    """A party in the line, counted from 1. `state`: waiting, offered (until an instant), or gathered (`held` seats so).

    `moved_at`: when an admin last moved it, and the `reason` (None once the person has been erased).
    `passed_over_at`: when another came before it for the last time, as only `passed_over_for` seats were free.
    """

    place: int
    place_id: UUID
    person_id: PersonId
    name: str | None
    seats: int
    joined_at: datetime
    state: str
    held: int
    until: datetime | None
    passed_over_at: datetime | None
    passed_over_for: int | None
    moved_at: datetime | None
    reason: str | None


@dataclass(frozen=True)
class OfferRow:
    """Seats that are offered to the reader: in which season, and until which instant (excluded)."""

    season_id: SeasonId
    season: str
    network: str
    zone: str
    place_id: UUID
    seats: int
    until: datetime


class SeatOffersDue(Protocol):
    """What programs ask of the lines."""

    def due(self, now: datetime) -> list[tuple[SeasonId, UUID, datetime]]:
        """The places for which something is held whose time is over, each with its season and that instant."""

    def season_waited_for(self, seating_id: UUID) -> SeasonId | None:
        """The season of a seating, where anybody stands in its line."""


class SeatOfferQuestions(Queries, Protocol):
    """Questions for admins, and for who waits about their own offers."""

    @for_admins
    def line(self, actor: Actor, season_id: UUID) -> tuple[QueueRow, ...]:
        """Who waits in a season of the actor's organiser, in order, and what is held for whom."""

    @for_oneself(())
    def mine(self, actor: Actor) -> tuple[OfferRow, ...]:
        """The seats that are offered to the actor now, in seasons that take place; soonest over first."""
