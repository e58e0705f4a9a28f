"""Organisers: a seller is founded by the installation, its particulars and staff are its admins' to change."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.actor import Actor, Role
from application.ports import Recorded, Work
from application.use_case import UseCases, load_for
from domain.ids import OrganiserId, PersonId
from domain.organiser import Organiser, found
from domain.person import Person


@dataclass(frozen=True)
class FoundOrganiser:
    """A new legal seller. `slug` is its word in addresses and must be free."""

    name: str
    slug: str
    org_number: str
    vat_number: str = ""
    currency: str = "SEK"
    zone: str = "Europe/Stockholm"


@dataclass(frozen=True)
class CorrectOrganiser:
    """Its name and number as they are; documents issued keep what they said."""

    organiser_id: OrganiserId
    name: str
    org_number: str


@dataclass(frozen=True)
class GivePaymentDetails:
    """Where and within how many days its invoices are paid."""

    organiser_id: OrganiserId
    address: str
    bankgiro: str
    payment_days: int = 30


@dataclass(frozen=True)
class ArrangeInvoicing:
    """What its documents say: approved for F-tax or not, totals in whole kronor or not, and whom to ask.

    `vat_number`: another than before, where it is told.
    """

    organiser_id: OrganiserId
    is_f_tax: bool = False
    is_rounded: bool = False
    contact: str = ""
    email: str = ""
    vat_number: str | None = None


@dataclass(frozen=True)
class AllowSites:
    """Which other web sites may show its booking form (origins: "https://www.example.se"); these and no others."""

    organiser_id: OrganiserId
    sites: tuple[str, ...]


@dataclass(frozen=True)
class AppointStaff:
    """Make a person admin or finance."""

    organiser_id: OrganiserId
    person_id: PersonId
    role: Role


@dataclass(frozen=True)
class DismissStaff:
    """End a person's role."""

    organiser_id: OrganiserId
    person_id: PersonId
    role: Role


@dataclass(frozen=True)
class OrganiserRef:
    """Which organiser it was about."""

    organiser_id: OrganiserId


@dataclass(frozen=True)
class Particulars:
    """What later documents of an organiser say, and who its staff are."""

    address: str
    bankgiro: str
    payment_days: int
    is_f_tax: bool
    is_rounded: bool
    contact: str
    email: str
    staff: tuple[tuple[PersonId, Role], ...]


class Organisers(UseCases):
    """Found a seller, say how it is paid, appoint and dismiss staff."""

    def found(self, actor: Actor, command: FoundOrganiser, key: str | None = None) -> Recorded[OrganiserRef]:
        """A new seller. Raises NotAllowed unless the installation itself asks, ClaimTaken for a slug in use."""
        actor.must_be_system()

        def decide(work: Work) -> OrganiserRef:
            organiser = found(
                work.new_id(),
                name=command.name,
                slug=command.slug,
                org_number=command.org_number,
                vat_number=command.vat_number,
                currency=command.currency,
                zone=command.zone,
            )
            work.claim("organiser", organiser.slug, organiser.id)
            work.add(organiser)
            return OrganiserRef(OrganiserId(organiser.id))

        return self._record(actor, command, OrganiserRef, decide, key)

    def correct(self, actor: Actor, command: CorrectOrganiser, key: str | None = None) -> Recorded[OrganiserRef]:
        """Only what differs is recorded. Raises NotAllowed unless admin, BadValue."""
        actor.must_be(command.organiser_id, Role.ADMIN)

        def decide(work: Work) -> OrganiserRef:
            load_for(work, Organiser, command.organiser_id).correct(command.name, command.org_number)
            return OrganiserRef(command.organiser_id)

        return self._record(actor, command, OrganiserRef, decide, key)

    def give_payment_details(
        self, actor: Actor, command: GivePaymentDetails, key: str | None = None
    ) -> Recorded[OrganiserRef]:
        """Where and when its invoices are paid."""
        actor.must_be(command.organiser_id, Role.ADMIN, Role.FINANCE)
        return self._record(actor, command, OrganiserRef, lambda work: _give_details(work, command), key)

    def arrange_invoicing(
        self, actor: Actor, command: ArrangeInvoicing, key: str | None = None
    ) -> Recorded[OrganiserRef]:
        """What later documents say; earlier ones stay as they are."""
        actor.must_be(command.organiser_id, Role.ADMIN, Role.FINANCE)
        return self._record(actor, command, OrganiserRef, lambda work: _arrange(work, command), key)

    def give_particulars(
        self, actor: Actor, paid: GivePaymentDetails, said: ArrangeInvoicing, key: str | None = None
    ) -> Recorded[OrganiserRef]:
        """How its invoices are paid and what they say, both or neither."""
        actor.must_be(paid.organiser_id, Role.ADMIN, Role.FINANCE)
        actor.must_be(said.organiser_id, Role.ADMIN, Role.FINANCE)

        def decide(work: Work) -> OrganiserRef:
            _give_details(work, paid)
            return _arrange(work, said)

        return self._record(actor, (paid, said), OrganiserRef, decide, key)

    def allow_sites(self, actor: Actor, command: AllowSites, key: str | None = None) -> Recorded[OrganiserRef]:
        """Which other sites may show the booking form. Raises BadValue."""
        actor.must_be(command.organiser_id, Role.ADMIN)

        def decide(work: Work) -> OrganiserRef:
            load_for(work, Organiser, command.organiser_id).allow_sites(command.sites)
            return OrganiserRef(command.organiser_id)

        return self._record(actor, command, OrganiserRef, decide, key)

    def appoint(self, actor: Actor, command: AppointStaff, key: str | None = None) -> Recorded[OrganiserRef]:
        """Give a person of this organiser a role."""
        actor.must_be(command.organiser_id, Role.ADMIN)

        def decide(work: Work) -> OrganiserRef:
            load_for(work, Person, command.person_id)
            load_for(work, Organiser, command.organiser_id).appoint(command.person_id, command.role)
            return OrganiserRef(command.organiser_id)

        return self._record(actor, command, OrganiserRef, decide, key)

    def dismiss(self, actor: Actor, command: DismissStaff, key: str | None = None) -> Recorded[OrganiserRef]:
        """Take a role back. Raises NotYetStaff."""
        actor.must_be(command.organiser_id, Role.ADMIN)

        def decide(work: Work) -> OrganiserRef:
            load_for(work, Organiser, command.organiser_id).dismiss(command.person_id, command.role)
            return OrganiserRef(command.organiser_id)

        return self._record(actor, command, OrganiserRef, decide, key)

    def particulars(self, actor: Actor, organiser_id: OrganiserId) -> Particulars:
        """As they stand. Raises NotAllowed unless admin or finance."""
        actor.must_be(organiser_id, Role.ADMIN, Role.FINANCE)
        return self._decisions.look(actor, lambda work: _particulars(load_for(work, Organiser, organiser_id)))

    def by_slug(self, actor: Actor, slug: str) -> UUID | None:
        """The organiser of that word in addresses, if there is one."""
        return self._decisions.look(actor, lambda work: work.owner("organiser", slug))


def _particulars(organiser: Organiser) -> Particulars:
    return Particulars(
        address=organiser.address,
        bankgiro=organiser.bankgiro,
        payment_days=organiser.payment_days,
        is_f_tax=organiser.is_f_tax,
        is_rounded=organiser.is_rounded,
        contact=organiser.contact,
        email=organiser.email,
        staff=tuple(sorted((person_id, Role(role)) for person_id, role in organiser.staff)),
    )


def _give_details(work: Work, command: GivePaymentDetails) -> OrganiserRef:
    organiser = load_for(work, Organiser, command.organiser_id)
    organiser.give_payment_details(command.address, command.bankgiro, command.payment_days)
    return OrganiserRef(command.organiser_id)


def _arrange(work: Work, command: ArrangeInvoicing) -> OrganiserRef:
    load_for(work, Organiser, command.organiser_id).arrange_invoicing(
        is_f_tax=command.is_f_tax,
        is_rounded=command.is_rounded,
        contact=command.contact,
        email=command.email,
        vat_number=command.vat_number,
    )
    return OrganiserRef(command.organiser_id)
