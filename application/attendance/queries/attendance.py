"""Who came: to the meetings of a season, as one person, from an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.queries import Queries, for_admins
from application.kernel.use_case import organiser_of
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import BookingId, MeetingId, OrganisationId, OrganiserId, PersonId, SeasonId


@dataclass(frozen=True)
class CameRow:
    """Somebody who was at a meeting. `came_at`: the earliest reading (UTC); `again`: the later ones, other devices'.

    `how`: scan, typed, list or walk_in; `despite`: "" or what was wrong with the ticket; `drift`: by how many seconds
    the device's clock was behind.
    """

    season_id: SeasonId
    meeting_id: MeetingId
    person_id: PersonId
    name: str | None
    organisation_id: OrganisationId | None
    organisation: str
    booking_id: BookingId | None
    seat: int | None
    came_at: datetime
    again: tuple[datetime, ...]
    how: str
    despite: str
    drift: int
    season: str = ""
    network: str = ""


class AttendanceQuestions(Queries, Protocol):
    """Questions for admins, and of somebody about themselves."""

    @for_admins
    def of_season(self, actor: Actor, season_id: UUID) -> tuple[CameRow, ...]:
        """Everybody who was at the meetings of a season of the actor's organiser, by name."""

    @for_admins
    def of_organisation(self, actor: Actor, organisation_id: UUID) -> tuple[CameRow, ...]:
        """Whoever was at meetings for an organisation, the latest first."""

    def of_person(self, actor: Actor, person_id: UUID) -> tuple[CameRow, ...]:
        """The meetings that somebody was at, the latest first. Raises NotAllowed unless oneself or an admin."""
        organiser_id = organiser_of(actor)
        if actor.booking_id is not None or not (actor.is_person(person_id) or actor.has(organiser_id, Role.ADMIN)):
            raise NotAllowed(needs="admin")
        return self.came_as(organiser_id, person_id)

    def came_as(self, organiser_id: OrganiserId, person_id: UUID) -> tuple[CameRow, ...]:
        """The meetings that somebody was at, for whoever has been let in already."""
        ...

    def came_to(self, organiser_id: OrganiserId, season_id: UUID) -> tuple[CameRow, ...]:
        """Everybody who was at the meetings of a season, for whoever has been let in already."""
        ...
