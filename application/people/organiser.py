"""Organisers: a seller is founded by the installation, its particulars and staff are its admins' to change."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.command import admin_of_it, command, dry_run, staff_of_it, system
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for
from application.people.organiser_particulars import Particulars, particulars_of
from application.people.safeguard import IsFresh, proposer, settle
from domain.kernel.ids import OrganiserId, PersonId
from domain.kernel.text import clean
from domain.kernel.vat import VatExemption
from domain.people.organiser import Organiser, found
from domain.people.person import Person
from domain.people.safeguard import Sensitive
from domain.people.selling import Accounts, days_in_range


@dataclass(frozen=True)
class FoundOrganiser:
    """A new legal seller. `slug` is its word in addresses and must be free."""

    name: str
    slug: str
    org_number: str
    vat_number: str = ""
    currency: str = "SEK"
    zone: str = "Europe/Stockholm"
    country: str = "SE"


@dataclass(frozen=True)
class CorrectOrganiser:
    """Its name and number as they are; documents issued keep what they said."""

    organiser_id: OrganiserId
    name: str
    org_number: str


@dataclass(frozen=True)
class GivePaymentDetails:
    """Where (one account at least) and within how many days its invoices are paid."""

    organiser_id: OrganiserId
    address: str
    bankgiro: str
    payment_days: int = 30
    plusgiro: str = ""
    iban: str = ""
    bic: str = ""


@dataclass(frozen=True)
class ArrangeInvoicing:
    """What its documents say: approved for F-tax or not, totals in whole kronor or not, and whom to ask.

    `vat_number`: another than before, where it is told. `registered_office`: the municipality of its board.
    `vat_exemption`: why it charges no VAT at all.
    """

    organiser_id: OrganiserId
    is_f_tax: bool = False
    is_rounded: bool = False
    contact: str = ""
    email: str = ""
    vat_number: str | None = None
    registered_office: str = ""
    vat_exemption: VatExemption = VatExemption.NONE
    phone: str = ""


@dataclass(frozen=True)
class ChooseAccent:
    """The hue, in degrees, that its pages and letters are coloured by."""

    organiser_id: OrganiserId
    hue: int


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
    """Which organiser it was about, and under which id the change waits for a second person (None: it is done)."""

    organiser_id: OrganiserId
    proposal_id: UUID | None = None


class Organisers(UseCases):
    """Found a seller, say how it is paid, appoint and dismiss staff.

    `is_fresh`: whether somebody has signed in surely just before.
    """

    def __init__(self, decisions: Decisions, is_fresh: IsFresh = lambda _: False) -> None:
        super().__init__(decisions)
        self._is_fresh = is_fresh

    @command(by=system)
    def found(self, work: UnitOfWork, command: FoundOrganiser) -> OrganiserRef:
        """A new seller. Raises NotAllowed unless the installation itself asks, UniqueKeyTaken for a slug in use."""
        organiser = found(
            work.new_id(),
            name=command.name,
            slug=command.slug,
            org_number=command.org_number,
            vat_number=command.vat_number,
            currency=command.currency,
            zone=command.zone,
            country=command.country,
        )
        work.take_unique_key("organiser", organiser.slug, organiser.id)
        work.add(organiser)
        return OrganiserRef(OrganiserId(organiser.id))

    @command(by=admin_of_it)
    def correct(self, work: UnitOfWork, command: CorrectOrganiser) -> OrganiserRef:
        """Only what differs is recorded. Raises NotAllowed unless admin, BadValue."""
        load_for(work, Organiser, command.organiser_id).correct(command.name, command.org_number)
        return OrganiserRef(command.organiser_id)

    @command(by=staff_of_it)
    def give_payment_details(self, work: UnitOfWork, command: GivePaymentDetails) -> OrganiserRef:
        """Where and when its invoices are paid; where money goes is guarded. Raises SignInAgain."""
        return self._give_details(work, command)

    @command(by=staff_of_it)
    def arrange_invoicing(self, work: UnitOfWork, command: ArrangeInvoicing) -> OrganiserRef:
        """What later documents say; earlier ones stay as they are."""
        return _arrange(work, command)

    def give_particulars(
        self, actor: Actor, paying: GivePaymentDetails, invoicing: ArrangeInvoicing, key: str | None = None
    ) -> Committed[OrganiserRef]:
        """How its invoices are paid and what they say, both or neither."""
        staff_of_it(actor, paying)
        staff_of_it(actor, invoicing)

        def decide(work: UnitOfWork) -> OrganiserRef:
            paid = self._give_details(work, paying)
            _arrange(work, invoicing)
            return paid

        return self._record(actor, (paying, invoicing), OrganiserRef, decide, key)

    @command(by=staff_of_it)
    def choose_accent(self, work: UnitOfWork, command: ChooseAccent) -> OrganiserRef:
        """From now on, on every page. Raises NotAHue."""
        load_for(work, Organiser, command.organiser_id).choose_accent(command.hue)
        return OrganiserRef(command.organiser_id)

    @command(by=admin_of_it)
    def allow_sites(self, work: UnitOfWork, command: AllowSites) -> OrganiserRef:
        """Which other sites may show the booking form. Raises BadValue."""
        load_for(work, Organiser, command.organiser_id).allow_sites(command.sites)
        return OrganiserRef(command.organiser_id)

    @command(by=admin_of_it)
    def appoint(self, work: UnitOfWork, command: AppointStaff) -> OrganiserRef:
        """Give a person of this organiser a role, which is guarded. Raises SignInAgain."""
        person_id = load_for(work, Person, command.person_id).person_id
        organiser = load_for(work, Organiser, command.organiser_id)
        if (person_id, command.role.value) in organiser.staff:
            return OrganiserRef(command.organiser_id)
        change = Sensitive(person_id=person_id, role=command.role.value)
        return OrganiserRef(command.organiser_id, settle(work, organiser, change, self._is_fresh))

    @command(by=admin_of_it)
    def dismiss(self, work: UnitOfWork, command: DismissStaff) -> OrganiserRef:
        """Take a role back. Raises NotYetStaff, OwnAdminRole."""
        organiser = load_for(work, Organiser, command.organiser_id)
        organiser.dismiss(command.person_id, command.role, proposer(work.actor), work.now)
        return OrganiserRef(command.organiser_id)

    def _give_details(self, work: UnitOfWork, command: GivePaymentDetails) -> OrganiserRef:
        """The days to pay in may change at once; where money goes has a guard, once it has been said."""
        organiser = load_for(work, Organiser, command.organiser_id)
        address = clean("address", command.address, 500)
        paid = Accounts(command.bankgiro, command.plusgiro, command.iban, command.bic).normalised()
        if organiser.accounts == Accounts() or (address, paid) == (organiser.address, organiser.accounts):
            organiser.give_payment_details(address, paid, command.payment_days, proposer(work.actor))
            return OrganiserRef(command.organiser_id)
        days_in_range(command.payment_days)
        change = Sensitive(
            address, paid.bankgiro, command.payment_days, plusgiro=paid.plusgiro, iban=paid.iban, bic=paid.bic
        )
        return OrganiserRef(command.organiser_id, settle(work, organiser, change, self._is_fresh))

    @dry_run
    def particulars(self, work: UnitOfWork, organiser_id: OrganiserId) -> Particulars:
        """As they stand. Raises NotAllowed unless admin or finance."""
        work.actor.must_be(organiser_id, Role.ADMIN, Role.FINANCE)
        return particulars_of(load_for(work, Organiser, organiser_id))

    @dry_run
    def by_slug(self, work: UnitOfWork, slug: str) -> UUID | None:
        """The organiser of that word in addresses, if there is one."""
        return work.unique_key_owner("organiser", slug)


def _arrange(work: UnitOfWork, command: ArrangeInvoicing) -> OrganiserRef:
    load_for(work, Organiser, command.organiser_id).arrange_invoicing(
        is_f_tax=command.is_f_tax,
        is_rounded=command.is_rounded,
        contact=command.contact,
        email=command.email,
        vat_number=command.vat_number,
        registered_office=command.registered_office,
        vat_exemption=command.vat_exemption,
        phone=command.phone,
    )
    return OrganiserRef(command.organiser_id)
