"""Seats kept by first refusal, as admins see who has answered what, and as those see it whom they are kept for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.queries import Queries, for_admins, for_oneself
from application.kernel.use_case import organiser_of
from domain.kernel.ids import BookingId, OrganiserId, PersonId, SeasonId


@dataclass(frozen=True)
class FirstRefusalRow:
    """A seat kept for somebody through a local day. `state`: offered (not answered), used, declined, freed (they
    sit in another seat of the season) or lapsed (also when the season has been called off).

    `name` is None once the person has been erased; `answered_at` is an instant (UTC).
    """

    first_refusal_id: UUID
    organiser_id: OrganiserId
    season_id: SeasonId
    season: str
    network: str
    earlier_season_id: SeasonId
    earlier_season: str
    earlier_network: str
    person_id: PersonId
    name: str | None
    until_on: date
    state: str
    booking_id: BookingId | None
    answered_at: datetime | None


class FirstRefusalsKept(Protocol):
    """What programs ask of first refusals."""

    def due(self, now: datetime) -> list[tuple[SeasonId, PersonId]]:
        """Those whose day has passed without an answer."""

    def seasons_kept_for(self, person_id: PersonId) -> list[SeasonId]:
        """In which seasons a seat is kept for somebody."""


class FirstRefusalQuestions(Queries, Protocol):
    """Questions for admins, and for those whom a seat is kept for about their own."""

    @for_admins
    def of_season(self, actor: Actor, season_id: UUID) -> tuple[FirstRefusalRow, ...]:
        """Who was offered a seat in a season, in that order, and what they answered."""

    @for_oneself(())
    def mine(self, actor: Actor) -> tuple[FirstRefusalRow, ...]:
        """The seats that are kept for the actor now, in seasons that take place."""

    def kept_for(self, actor: Actor, season_id: UUID, person_id: PersonId) -> FirstRefusalRow | None:
        """The seat that is kept for somebody in a season now. Raises NotAllowed unless admin or one's own."""
        organiser = organiser_of(actor)
        if not actor.is_person(person_id):
            actor.must_be(organiser, Role.ADMIN)
        kept = self._open_of(organiser, person_id)
        return next((each for each in kept if each.season_id == season_id), None)

    @for_oneself(())
    def kept_for_colleagues(self, actor: Actor, season_id: UUID) -> tuple[FirstRefusalRow, ...]:
        """The seats in a season that are kept now for those whom the actor may book for as a contact."""

    def _open_of(self, organiser_id: UUID, person_id: UUID | None) -> tuple[FirstRefusalRow, ...]: ...
