"""Whoever has left an organisation is its contact no longer, from the day after their last there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol
from uuid import UUID

from application.automation.daily_jobs import Days
from application.kernel.command import by_system
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for
from domain.kernel.ids import OrganisationId, OrganiserId, PersonId
from domain.people.employment import works_for
from domain.people.organisation import Organisation
from domain.people.person import Person

CONTACTS = "contacts"


class ContactsKnown(Protocol):
    """Tells which contacts have left."""

    def contacts_who_left(
        self, organiser_id: UUID, since: date, before: date
    ) -> Iterable[tuple[OrganisationId, PersonId]]:
        """Contacts whose last day at their organisation was on or after one day and before another."""


class LeavingContacts(UseCases):
    """A job for each day: for those whose last day was told beforehand.

    Whoever is appointed again after they left (as a consultant, say) stays: each last day counts once. Nothing may be
    passed over, so it is begun only once the read models have caught up.
    """

    def __init__(self, decisions: Decisions, contacts: ContactsKnown, days: Days) -> None:
        super().__init__(decisions)
        self._contacts, self._days = contacts, days

    def run(self, organiser: OrganiserId, today: date) -> None:
        """Dismiss those who have left since the last time."""
        since = self._days.last(CONTACTS, organiser) or date.min
        for organisation_id, person_id in self._contacts.contacts_who_left(organiser, since, today):
            self.leave(organisation_id, person_id, today)

    @by_system
    def leave(self, work: UnitOfWork, organisation_id: OrganisationId, person_id: PersonId, today: date) -> None:
        """Nobody acts for an organisation that they do not work for any longer; given again it changes nothing."""
        if not works_for(load_for(work, Person, person_id), organisation_id, today):
            work.load(Organisation, organisation_id).dismiss_contact(person_id)
