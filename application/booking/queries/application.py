"""Applications as the desk and whoever applied see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.page import found
from application.kernel.queries import Queries, for_admins, for_oneself
from domain.kernel.errors import NotFound
from domain.kernel.ids import BookingId, NetworkId, OrganiserId, PersonId, SeasonId


@dataclass(frozen=True)
class ApplicationRow:
    """Somebody who applies: who they are, where they work and as what, which ground they claim, and what came of it.

    `status`: waiting, approved, rejected or withdrawn. `held_until`: a seat is held for it until then.
    """

    application_id: UUID
    organiser_id: OrganiserId
    season_id: SeasonId
    season: str
    network_id: NetworkId
    network: str
    zone: str
    person_id: PersonId
    name: str | None
    employer: str | None
    role: str
    ground: str | None
    note: str | None
    status: str
    made_at: datetime
    held_until: datetime | None
    booking_id: BookingId | None
    decided_by: str
    decided_at: datetime | None
    reason: str | None


class ApplicationQuestions(Queries, Protocol):
    """Admins see all of them, whoever applied their own."""

    @for_admins
    def waiting(self, actor: Actor) -> tuple[ApplicationRow, ...]:
        """Those that the desk is to decide, in the order they came (S14)."""

    @for_oneself(())
    def mine(self, actor: Actor) -> tuple[ApplicationRow, ...]:
        """One's own, latest first."""

    def one(self, actor: Actor, application_id: UUID) -> ApplicationRow:
        """One of them. Raises NotFound, also for another's."""
        row = found(self._one(application_id), "application")
        if not actor.is_person(row.person_id) and not actor.has(row.organiser_id, Role.ADMIN):
            raise NotFound(what="application")
        return row

    def _one(self, application_id: UUID) -> ApplicationRow | None: ...


class ApplicationsDue(Protocol):
    """Knows of which applications the time of the held seat is over, and which of somebody wait."""

    def holds_over(self, now: datetime) -> tuple[tuple[UUID, SeasonId], ...]:
        """Applications whose seat is held no longer, with their season."""

    def open_of(self, person_id: PersonId) -> Iterable[UUID]:
        """Somebody's applications that wait."""
