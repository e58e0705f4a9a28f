"""Whenever somebody leaves: who was dismissed or erased comes in no more, and waits for nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from application.actor import SYSTEM, Role
from application.token import Tokens
from application.waiting_list import LeaveWaitingList, WaitingLists
from domain.ids import PersonId, SeasonId
from domain.organiser import Organiser
from domain.person import Person


class WaitingPlaces(Protocol):
    """Tells on which waiting lists somebody stands, as of an event that has been projected already."""

    def waiting_of(self, person_id: PersonId) -> Iterable[tuple[SeasonId, UUID]]:
        """The season and the place on its list, for each."""
        ...


@dataclass(frozen=True)
class Departures:
    """A reaction of `application.policies`: given an event again, it changes nothing."""

    tokens: Tokens
    waiting_lists: WaitingLists
    waiting: WaitingPlaces

    def react(self, event: object) -> None:
        """Revoke the tokens of who was dismissed or erased; take who was erased from waiting lists."""
        if isinstance(event, Organiser.StaffDismissed):
            self.tokens.revoke_of(event.person_id, Role(event.role))
        elif isinstance(event, Person.Erased):
            person_id = PersonId(event.originator_id)
            self.tokens.revoke_of(person_id)
            for season_id, place_id in self.waiting.waiting_of(person_id):
                self.waiting_lists.leave_erased(SYSTEM, LeaveWaitingList(season_id, place_id))
