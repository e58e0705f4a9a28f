"""Whenever somebody leaves: who was dismissed or erased comes in no more, and waits for nothing.

Whoever has left an organisation is its contact no longer, from the day after their last there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from application.access.token import Tokens
from application.automation.daily_jobs import Days, OrganisersKnown
from application.booking.waiting_list import LeaveWaitingList, WaitingLists
from application.kernel.actor import SYSTEM, Role
from application.kernel.aside import Aside
from application.kernel.ports import Clock, Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for
from application.people.organisation import OrganisationRef
from domain.kernel.ids import OrganisationId, PersonId, SeasonId
from domain.kernel.terms import day_in
from domain.people.employment import works_for
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person

CONTACTS = "contacts"


class WaitingPlaces(Protocol):
    """Tells on which waiting lists somebody stands, as of an event that has been projected already."""

    def waiting_of(self, person_id: PersonId) -> Iterable[tuple[SeasonId, UUID]]:
        """The season and the place on its list, for each."""
        ...


@dataclass(frozen=True)
class Offboardings:
    """A reaction of `application.automation.policies`: given an event again, it changes nothing."""

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


class ContactsKnown(Protocol):
    """Tells which contacts have left."""

    def contacts_who_left(
        self, organiser_id: UUID, since: date, before: date
    ) -> Iterable[tuple[OrganisationId, PersonId]]:
        """Contacts whose last day at their organisation was on or after one day and before another."""
        ...


class LeavingContacts(UseCases):
    """An errand of the leader, once a day for each organiser: for those whose last day was told beforehand.

    Whoever is appointed again after they left (as a consultant, say) stays: each last day counts once.
    """

    def __init__(
        self,
        decisions: Decisions,
        organisers: OrganisersKnown,
        contacts: ContactsKnown,
        has_caught_up: Callable[[], bool],
        days: Days,
        clock: Clock,
    ) -> None:
        super().__init__(decisions)
        self._organisers, self._contacts, self._has_caught_up = organisers, contacts, has_caught_up
        self._days, self._clock = days, clock
        self._done: dict[UUID, date] = {}
        self._aside = Aside(clock, "who has left")

    def turn(self) -> bool:
        """See to one organiser whose day has begun; False when there is none, or not all is known yet."""
        now = self._clock.now()
        for row in self._organisers.organisers():
            today = day_in(now, row.zone)
            if not self._aside.holds(row.organiser_id) and (self._last(row.organiser_id) or date.min) < today:
                if not self._has_caught_up():  # a last day that has not been taken in would be passed over for good
                    return False
                with self._aside.trying(row.organiser_id):
                    self._see_to(row.organiser_id, today)
                return True
        return False

    def leave(self, organisation_id: OrganisationId, person_id: PersonId, today: date) -> Committed[OrganisationRef]:
        """Nobody acts for an organisation that they do not work for any longer; given again it changes nothing."""

        def decide(work: UnitOfWork) -> OrganisationRef:
            if not works_for(load_for(work, Person, person_id), organisation_id, today):
                work.load(Organisation, organisation_id).dismiss_contact(person_id)
            return OrganisationRef(organisation_id)

        return self._record(SYSTEM, ("leave", organisation_id, person_id), OrganisationRef, decide)

    def _see_to(self, organiser_id: UUID, today: date) -> None:
        since = self._last(organiser_id) or date.min
        for organisation_id, person_id in self._contacts.contacts_who_left(organiser_id, since, today):
            self.leave(organisation_id, person_id, today)
        self._days.done(CONTACTS, organiser_id, today)
        self._done[organiser_id] = today

    def _last(self, organiser_id: UUID) -> date | None:
        if organiser_id not in self._done:
            last = self._days.last(CONTACTS, organiser_id)
            if last is None:
                return None
            self._done[organiser_id] = last
        return self._done[organiser_id]
