"""The roster: who sits in a season, now or on any past day, as known now or as known then; and who waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.queries import Queries, for_admins, for_oneself
from domain.kernel.ids import BookingId, OrganisationId, PersonId, SeasonId


@dataclass(frozen=True)
class RosterLine:
    """One seat on the list. No `person_id`: to be named. From and until are instants (UTC) of the seat's holder.

    `needs`: what they need to take part, for admins alone. `is_suspended`: its payment is disputed, and the organiser
    lets that suspend seats (S53).
    """

    season_id: SeasonId
    booking_id: BookingId
    seat: int
    person_id: PersonId | None
    name: str | None
    email: str | None
    organisation_id: OrganisationId | None
    organisation: str
    from_at: datetime
    until_at: datetime | None
    needs: str | None = None
    is_suspended: bool = False


@dataclass(frozen=True)
class Catering:
    """What the kitchen is told: how many eat, and which needs there are, most common first; no names (S62)."""

    seats: int
    needs: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class WaitingRow:
    """A party on the waiting list, counted from 1."""

    place: int
    place_id: UUID
    person_id: PersonId
    name: str | None
    seats: int
    joined_at: datetime


@dataclass(frozen=True)
class PlaceRow:
    """Somebody's own place on a waiting list: which of how many parties, for how many seats together."""

    season_id: SeasonId
    season: str
    network: str
    place_id: UUID
    place: int
    waiting: int
    seats: int


class Rosters(Queries, Protocol):
    """Questions for admins, and for who waits about their own place. Finance sees money, not addresses (S62)."""

    @for_admins
    def of(
        self, actor: Actor, season_id: UUID, at: datetime | None = None, known_at: datetime | None = None
    ) -> tuple[RosterLine, ...]:
        """Who sat in a season of the actor's organiser at an instant (now), as known at an instant (now).

        By organisation, name, seat.
        """

    def catering(self, actor: Actor, season_id: UUID) -> Catering:
        """Counts for the kitchen, without names. Raises NotAllowed unless admin: finance sees no allergies (S62)."""
        lines = self.of(actor, season_id)
        needs = Counter(line.needs for line in lines if line.needs)
        return Catering(len(lines), tuple(sorted(needs.items(), key=lambda each: (-each[1], each[0]))))

    @for_admins
    def waiting(self, actor: Actor, season_id: UUID) -> tuple[WaitingRow, ...]:
        """The waiting list, in order."""

    @for_oneself(())
    def my_places(self, actor: Actor) -> tuple[PlaceRow, ...]:
        """The actor's own places on waiting lists; nobody else's names."""
