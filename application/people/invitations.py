"""Invitations: whether somebody is written to about what they have not asked for, such as a new season.

They answer on their own page, or by the link in such a letter, which needs no signing in: it says whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.command import command, self_or_admin
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, find_person, load_for, must_be_self_or_admin
from application.people.person import PersonRef
from domain.kernel.errors import NotFound
from domain.kernel.ids import OrganiserId, PersonId
from domain.people.particulars import choose_invitations
from domain.people.person import Person


@dataclass(frozen=True)
class ChooseInvitations:
    """Yes or no to invitations from now on."""

    person_id: PersonId
    wants: bool


class InvitationLinks(Protocol):
    """Signs the links by which somebody answers without signing in."""

    def token_for(self, person_id: PersonId) -> str:
        """What stands in somebody's link."""

    def person_in(self, token: str) -> PersonId | None:
        """Whose link it is; None for one that nobody has signed."""


class Invitations(UseCases):
    """Answer to invitations."""

    def __init__(self, decisions: Decisions, links: InvitationLinks) -> None:
        super().__init__(decisions)
        self._links = links

    @command(by=self_or_admin)
    def choose(self, work: UnitOfWork, command: ChooseInvitations) -> PersonRef:
        """For oneself, or as an admin whom they have told. Raises PersonErased."""
        person = load_for(work, Person, command.person_id)
        choose_invitations(person, wants=command.wants)
        return PersonRef(person.person_id)

    def are_wanted(self, actor: Actor, person_id: UUID) -> bool:
        """What somebody has answered, for themselves and admins; yes until they say no. Raises NotFound, NotAllowed."""
        must_be_self_or_admin(actor, PersonId(person_id))
        return self._decisions.dry_run(actor, lambda work: load_for(work, Person, person_id).wants_invitations)

    def by_link(self, organiser_id: OrganiserId, token: str) -> bool:
        """What whoever the link is for has answered. Raises NotFound for a link that is no longer anybody's."""
        person_id = self._whose(organiser_id, token)
        return self._decisions.dry_run(SYSTEM, lambda work: work.load(Person, person_id).wants_invitations)

    def choose_by_link(self, organiser_id: OrganiserId, token: str, *, wants: bool) -> Committed[PersonRef]:
        """Answer by the link alone. Raises NotFound."""
        person_id = self._whose(organiser_id, token)
        reader = Actor(f"person:{person_id}", organiser_id, frozenset({Role.MEMBER}), person_id)
        return self.choose(reader, ChooseInvitations(person_id, wants))

    def _whose(self, organiser_id: OrganiserId, token: str) -> PersonId:
        """The person as they are known now, at this organiser."""
        named = self._links.person_in(token)
        person = self._decisions.dry_run(SYSTEM, lambda work: find_person(work, named))
        if person is None or person.is_erased or person.organiser_id != organiser_id:
            raise NotFound(what="page")
        return person.person_id
