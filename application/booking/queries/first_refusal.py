"""Seats kept by first refusal, as admins see who has answered what, and as those see it whom they are kept for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.ports import Clock
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
    earlier_season_id: SeasonId
    earlier_season: str
    person_id: PersonId
    name: str | None
    until_on: date
    state: str
    booking_id: BookingId | None
    answered_at: datetime | None


class FirstRefusalModel(Protocol):
    """The read model behind first refusals."""

    def of_season(self, organiser_id: UUID, season_id: UUID, now: datetime) -> tuple[FirstRefusalRow, ...]:
        """Everybody for whom a seat was or is kept in a season."""
        ...

    def open_of(self, organiser_id: UUID, person_id: UUID, now: datetime) -> tuple[FirstRefusalRow, ...]:
        """The seats that are kept for somebody now."""
        ...

    def open_at_contact(self, organiser_id: UUID, person_id: UUID, now: datetime) -> tuple[FirstRefusalRow, ...]:
        """The seats that are kept now for others of the organisations that somebody is a contact of."""
        ...

    def due(self, now: datetime) -> list[tuple[SeasonId, PersonId]]:
        """Those whose day has passed without an answer."""
        ...

    def seasons_kept_for(self, person_id: PersonId) -> list[SeasonId]:
        """In which seasons a seat is kept for somebody."""
        ...


class FirstRefusalQuestions:
    """Questions for admins, and for those whom a seat is kept for about their own."""

    def __init__(self, model: FirstRefusalModel, clock: Clock) -> None:
        self._model, self._clock = model, clock

    def of_season(self, actor: Actor, season_id: UUID) -> tuple[FirstRefusalRow, ...]:
        """Who was offered a seat in a season, and what they answered. Raises NotAllowed unless admin."""
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.ADMIN)
        return self._model.of_season(organiser, season_id, self._clock.now())

    def mine(self, actor: Actor) -> tuple[FirstRefusalRow, ...]:
        """The seats that are kept for the actor now."""
        if actor.person_id is None:
            return ()
        return self._model.open_of(organiser_of(actor), actor.person_id, self._clock.now())

    def kept_for(self, actor: Actor, season_id: UUID, person_id: PersonId) -> FirstRefusalRow | None:
        """The seat that is kept for somebody in a season now. Raises NotAllowed unless admin or one's own."""
        organiser = organiser_of(actor)
        if not actor.is_person(person_id):
            actor.must_be(organiser, Role.ADMIN)
        kept = self._model.open_of(organiser, person_id, self._clock.now())
        return next((each for each in kept if each.season_id == season_id), None)

    def kept_for_colleagues(self, actor: Actor, season_id: UUID) -> tuple[FirstRefusalRow, ...]:
        """The seats in a season that are kept now for those whom the actor may book for as a contact."""
        if actor.person_id is None:
            return ()
        kept = self._model.open_at_contact(organiser_of(actor), actor.person_id, self._clock.now())
        return tuple(each for each in kept if each.season_id == season_id)
