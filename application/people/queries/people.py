"""People, organisations and memberships as an organiser's staff read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.page import MOST, Page, PersonName, found
from application.kernel.queries import Queries, every, for_admins, for_roles, for_staff
from application.kernel.use_case import organiser_of
from domain.kernel.eligibility import PriceAbove
from domain.kernel.errors import NotFound
from domain.kernel.ids import MembershipId, OrganisationId, OrganiserId, PersonId


@dataclass(frozen=True)
class Employed:
    """Working for an organisation on a local day."""

    organisation_id: UUID
    on: date


@dataclass(frozen=True)
class EmploymentRow:
    """An employment, from a first until a last local day."""

    organisation_id: OrganisationId
    organisation: str
    role: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class AffiliationRow:
    """A ground of a person's own: `status` claimed, verified or declined, and since which instant it is."""

    ground: str
    status: str
    from_on: date | None
    until_on: date | None
    since: datetime


@dataclass(frozen=True)
class PersonRow:
    """Somebody known to an organiser; `name` and `email` are None once erased.

    `needs`: what they need to take part. `erasure_requested_at`: they have asked to be erased; it waits for an admin.
    `asked_email`: an address that waits for the answer to its letter. `also`: the ids of entries merged into this one.
    `face`: the picture they show ("": none).
    """

    person_id: PersonId
    organiser_id: OrganiserId
    name: str | None
    email: str | None
    is_email_confirmed: bool
    is_erased: bool
    employments: tuple[EmploymentRow, ...]
    affiliations: tuple[AffiliationRow, ...]
    erasure_requested_at: datetime | None = None
    needs: str | None = None
    phone: str | None = None
    asked_email: str | None = None
    face: str = ""
    also: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class MembershipRow:
    """A membership with its periods (first and last local day), oldest first.

    `above`: what each person costs whom it does not cover, where that is agreed.
    """

    membership_id: MembershipId
    organiser_id: OrganiserId
    holder_id: UUID
    holder: str | None
    ground: str
    periods: tuple[tuple[date, date | None], ...]
    persons: int | None
    above: PriceAbove | None


@dataclass(frozen=True)
class OrganisationRow:
    """An employer and payer."""

    organisation_id: OrganisationId
    organiser_id: OrganiserId
    name: str
    org_number: str
    sector: str
    address: str
    vat_number: str
    peppol_id: str
    needs_reference: bool
    domains: tuple[str, ...]
    contacts: tuple[PersonName, ...]
    memberships: tuple[MembershipRow, ...]
    country: str = "SE"
    language: str = "sv"
    is_collective: bool = False
    invoice_email: str | None = None

    @property
    def asks_for_reference(self) -> bool:
        """Whether nothing is invoiced to them without a reference or an order number (as `must_have_reference`)."""
        return self.needs_reference or bool(self.peppol_id)


class PeopleQuestions(Queries, Protocol):
    """Staff see their organiser's; a member sees themselves and the organisations they may book for."""

    @for_admins
    def people(
        self,
        actor: Actor,
        search: str = "",
        after: str | None = None,
        limit: int = 50,
        *,
        only: str = "",
        order: str = "name",
        employed: Employed | None = None,
    ) -> Page[PersonRow]:
        """An organiser's people by name (or `latest` first); `search` is part of a name or an address.

        `only`: claimed, unconfirmed, shared (address or name), asked (to be erased) or erased.
        `employed`: who works there on that day.
        """

    def every_person(
        self, actor: Actor, search: str = "", only: str = "", order: str = "name", employed: Employed | None = None
    ) -> Iterator[PersonRow]:
        """The same list without pages, for files."""
        return every(lambda after: self.people(actor, search, after, MOST, only=only, order=order, employed=employed))

    @for_staff
    def named(self, actor: Actor, search: str, most: int) -> tuple[UUID, ...]:
        """The ids of people by part of a name or an address, and nothing else about them."""

    def person(self, actor: Actor, person_id: UUID) -> PersonRow:
        """One person (of a merged entry: whom it leads to), for admins or for themselves. Raises NotFound."""
        row = found(self._person(person_id), "person")
        is_self = actor.is_person(row.person_id) and actor.organiser_id == row.organiser_id
        if not is_self and not actor.has(row.organiser_id, Role.ADMIN):
            raise NotFound(what="person")
        return row

    @for_admins
    def erasures(self, actor: Actor) -> tuple[PersonRow, ...]:
        """Those who have asked to be erased, in the order they asked."""

    @for_roles(Role.ADMIN, Role.FINANCE)
    def organisations(
        self, actor: Actor, search: str = "", after: str | None = None, limit: int = 50
    ) -> Page[OrganisationRow]:
        """An organiser's organisations by name; `search` is part of a name or a number, as it is written first.

        One that has taken another name is found by the one before, too.
        """

    def every_organisation(self, actor: Actor, search: str = "") -> Iterator[OrganisationRow]:
        """The organisations without pages, for files."""
        return every(lambda after: self.organisations(actor, search, after, MOST))

    @for_roles(Role.ADMIN, Role.FINANCE)
    def organisation(self, actor: Actor, organisation_id: UUID) -> OrganisationRow:
        """One organisation of the organiser. Raises NotFound."""
        row = found(self._organisation(organisation_id), "organisation")
        if not actor.is_system and row.organiser_id != actor.organiser_id:
            raise NotFound(what="organisation")
        return row

    def my_organisations(self, actor: Actor, on: date) -> tuple[OrganisationRow, ...]:
        """Those the actor may book for on a local day."""
        return self._organisations_of(actor.person_id, on) if actor.person_id else ()

    def organisations_for(self, actor: Actor, person_id: UUID, on: date) -> tuple[OrganisationRow, ...]:
        """Those a person may book for on a local day, for oneself or for an admin. Raises NotFound."""
        return self._organisations_of(self.person(actor, person_id).person_id, on)

    @for_roles(Role.ADMIN, Role.FINANCE)
    def memberships(
        self, actor: Actor, holder_id: UUID | None = None, after: str | None = None, limit: int = 50
    ) -> Page[MembershipRow]:
        """The organiser's memberships, or those of one holder; in the order they were granted."""
        return self._memberships(organiser_of(actor), holder_id, after, limit)

    @for_roles(Role.ADMIN, Role.FINANCE)
    def membership(self, actor: Actor, membership_id: UUID) -> MembershipRow:
        """One membership. Raises NotFound."""
        row = found(self._membership(membership_id), "membership")
        if not actor.is_system and row.organiser_id != actor.organiser_id:
            raise NotFound(what="membership")
        return row

    def memberships_of(self, actor: Actor, person_id: UUID) -> tuple[MembershipRow, ...]:
        """Somebody's own memberships, for themselves or an admin. Raises NotFound."""
        person = self.person(actor, person_id)
        return self._memberships(person.organiser_id, person.person_id, None, MOST).items

    def _person(self, person_id: UUID) -> PersonRow | None: ...

    def _organisation(self, organisation_id: UUID) -> OrganisationRow | None: ...

    def _organisations_of(self, person_id: UUID, on: date) -> tuple[OrganisationRow, ...]:
        """Those a person works for on a day or is a contact of: what they may book for."""

    def _memberships(
        self, organiser_id: UUID, holder_id: UUID | None, after: str | None, limit: int
    ) -> Page[MembershipRow]: ...

    def _membership(self, membership_id: UUID) -> MembershipRow | None: ...
