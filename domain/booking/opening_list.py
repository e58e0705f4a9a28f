"""Those who want one letter when booking opens: of one season that has not opened yet, or of a network's next."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import NetworkId, OrganiserId, PersonId, SeasonId, derived


class BookingIsOpen(RuleBroken):
    """Booking is open already: whoever wants a seat books it."""


class OpeningList(Aggregate):
    """One for each season, and one for each network. Whoever was told stands on it no longer."""

    class Begun(Aggregate.Created):
        organiser_id: OrganiserId
        network_id: NetworkId
        season_id: SeasonId | None

    class Joined(Aggregate.Event):
        person_id: PersonId
        joined_at: datetime

        def apply(self, opening_list: OpeningList) -> None:
            opening_list.people.append(self.person_id)

    class Left(Aggregate.Event):
        person_id: PersonId

        def apply(self, opening_list: OpeningList) -> None:
            opening_list.people.remove(self.person_id)

    class Told(Aggregate.Event):
        season_id: SeasonId
        people: tuple[PersonId, ...]
        told_at: datetime

        def apply(self, opening_list: OpeningList) -> None:
            opening_list.people = [each for each in opening_list.people if each not in self.people]

    @staticmethod
    def create_id(network_id: NetworkId, season_id: SeasonId | None) -> UUID:
        """One for each network, and one for each of its seasons."""
        return opening_list_of(network_id, season_id)

    @event(Begun)
    def __init__(self, organiser_id: OrganiserId, network_id: NetworkId, season_id: SeasonId | None) -> None:
        self.organiser_id, self.network_id, self.season_id = organiser_id, network_id, season_id
        self.people: list[PersonId] = []

    def holds(self, ids: Collection[PersonId]) -> bool:
        """Whether somebody stands on it, by any of their ids."""
        return not set(ids).isdisjoint(self.people)

    def join(self, person_id: PersonId, ids: Collection[PersonId], now: datetime) -> None:
        """Somebody wants to be told; who stands there already stays as they are."""
        if not self.holds(ids):
            self.record(OpeningList.Joined(person_id=person_id, joined_at=now))

    def leave(self, ids: Collection[PersonId]) -> None:
        """They do not want to be told after all, by whichever id they stand there; twice is once."""
        for each in [each for each in self.people if each in ids]:
            self.record(OpeningList.Left(person_id=each))

    def tell(self, season_id: SeasonId, now: datetime) -> None:
        """Booking has opened: everybody on it is told, once. Nobody on it: nothing happens."""
        if self.people:
            self.record(OpeningList.Told(season_id=season_id, people=tuple(self.people), told_at=now))


def opening_list_of(network_id: NetworkId, season_id: SeasonId | None = None) -> UUID:
    """Under which id the list of a network, or of one of its seasons, is kept."""
    return derived(season_id or network_id, "opening list")
