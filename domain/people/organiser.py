"""An organiser: a legal seller with its own networks, members, staff, prices and number series."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.documents import Seller
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import PersonId
from domain.kernel.money import Money
from domain.kernel.terms import zone_named
from domain.kernel.text import clean, clean_line, email_of, org_number_of, title_of
from domain.people import accent

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
RESERVED = frozenset(
    {"embed", "start", "sign-in", "sign-out", "static", "healthz", "readyz", "api", "favicon.ico", "language"}
)
"""Words in addresses that mean something of the installation's own."""
_SITE = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?")
MOST_SITES = 20


class NotYetStaff(RuleBroken):
    """The person holds no such role with the organiser."""


class OtherCurrency(RuleBroken):
    """An organiser's books are kept in one currency (`sells_in`); prices and payments in another are not taken."""


class Organiser(Aggregate):
    """A seller: founded once; its particulars and staff change, what it has issued does not."""

    class Founded(Aggregate.Created):
        name: str
        slug: str
        org_number: str
        vat_number: str
        currency: str
        zone: str

    class NameCorrected(Change):
        name: str
        was: str

    class NumberCorrected(Change):
        org_number: str
        was: str

    class PaymentDetailsGiven(Change):
        address: str
        bankgiro: str
        payment_days: int
        given_by: PersonId | None = None

    class InvoicingArranged(Aggregate.Event):
        is_f_tax: bool
        is_rounded: bool
        contact: str
        email: str
        vat_number: str | None = None

        def apply(self, organiser: Organiser) -> None:
            organiser.is_f_tax, organiser.is_rounded = self.is_f_tax, self.is_rounded
            organiser.contact, organiser.email = self.contact, self.email
            if self.vat_number is not None:
                organiser.vat_number = self.vat_number

    class LogoChosen(Aggregate.Event):
        digest: str

        def apply(self, organiser: Organiser) -> None:
            organiser.logo = self.digest

    class AccentChosen(Change):
        hue: int

    class SitesAllowed(Change):
        sites: tuple[str, ...]

    class StaffAppointed(Aggregate.Event):
        person_id: PersonId
        role: str
        appointed_by: PersonId | None = None

        def apply(self, organiser: Organiser) -> None:
            organiser.staff.add((self.person_id, self.role))

    class StaffDismissed(Aggregate.Event):
        person_id: PersonId
        role: str
        dismissed_by: PersonId | None = None
        dismissed_at: datetime | None = None

        def apply(self, organiser: Organiser) -> None:
            organiser.staff.discard((self.person_id, self.role))
            if self.dismissed_by is not None and self.dismissed_at is not None and self.dismissed_by != self.person_id:
                organiser.dismissals[self.dismissed_by] = self.dismissed_at

    @event(Founded)
    def __init__(
        self, id: UUID, name: str, slug: str, org_number: str, vat_number: str, currency: str, zone: str
    ) -> None:
        self.name, self.slug, self.org_number, self.vat_number = name, slug, org_number, vat_number
        self.currency, self.zone = currency, zone
        self.address, self.bankgiro, self.payment_days = "", "", 30
        self.is_f_tax, self.is_rounded, self.contact, self.email, self.logo = False, False, "", "", ""
        self.staff: set[tuple[PersonId, str]] = set()
        self.sites: tuple[str, ...] = ()
        self.hue = accent.USUAL
        self.dismissals: dict[PersonId, datetime] = {}

    @property
    def organiser_id(self) -> object:
        """Its own id, so that every aggregate answers whose it is."""
        return self.id

    @property
    def seller(self) -> Seller:
        """The particulars as they stand on a document issued now."""
        return Seller(
            self.name,
            self.org_number,
            self.vat_number,
            self.address,
            self.bankgiro,
            self.is_f_tax,
            self.contact,
            self.email,
            self.logo,
        )

    def correct(self, name: str, org_number: str) -> None:
        """Its name and number as they are, on later documents; the same again changes nothing. Raises BadValue."""
        named, number = title_of("name", name), org_number_of(org_number)
        self.record_change(Organiser.NameCorrected(name=named, was=self.name))
        self.record_change(Organiser.NumberCorrected(org_number=number, was=self.org_number))

    def give_payment_details(self, address: str, bankgiro: str, payment_days: int, by: PersonId | None = None) -> None:
        """Say where and within how many days invoices are paid; the same again changes nothing. Raises BadValue."""
        days_in_range(payment_days)
        address, bankgiro = clean("address", address, 500), clean("bankgiro", bankgiro, 9)
        self.record_change(
            Organiser.PaymentDetailsGiven(address=address, bankgiro=bankgiro, payment_days=payment_days, given_by=by)
        )

    def arrange_invoicing(
        self, *, is_f_tax: bool, is_rounded: bool, contact: str, email: str, vat_number: str | None = None
    ) -> None:
        """What later documents say: approval for F-tax, whom to ask, and whether totals are rounded to whole kronor.

        `vat_number`: another than before, where it is told. Raises BadValue.
        """
        number = clean_line("vat_number", vat_number, 20, may_be_empty=True) if vat_number is not None else None
        self.record(
            Organiser.InvoicingArranged(
                is_f_tax=is_f_tax,
                is_rounded=is_rounded,
                contact=clean_line("contact", contact, 100, may_be_empty=True),
                email=email_of(email) if email else "",
                vat_number=number,
            )
        )

    def choose_logo(self, digest: str) -> None:
        """The picture (by its name) that later documents and its pages are headed by; none: its name in letters."""
        if digest != self.logo:
            self.record(Organiser.LogoChosen(digest=digest))

    def choose_accent(self, hue: int) -> None:
        """The hue of its pages and letters; the same again changes nothing. Raises NotAHue."""
        self.record_change(Organiser.AccentChosen(hue=accent.accent(hue).hue))

    def allow_sites(self, sites: tuple[str, ...]) -> None:
        """Say which other web sites may show its booking form; none but these. Raises BadValue."""
        if len(sites) > MOST_SITES:
            raise BadValue(field="sites", why="at most 20 sites")
        self.record_change(Organiser.SitesAllowed(sites=tuple(dict.fromkeys(_site_of(each) for each in sites))))

    def appoint(self, person_id: PersonId, role: str, by: PersonId | None = None) -> None:
        """Make a person staff; appointing twice changes nothing."""
        if (person_id, role) not in self.staff:
            self.record(Organiser.StaffAppointed(person_id=person_id, role=role, appointed_by=by))

    def dismiss(self, person_id: PersonId, role: str, by: PersonId | None = None, at: datetime | None = None) -> None:
        """End a person's role. Raises NotYetStaff."""
        if (person_id, role) not in self.staff:
            raise NotYetStaff(role=role)
        self.record(Organiser.StaffDismissed(person_id=person_id, role=role, dismissed_by=by, dismissed_at=at))

    def must_sell_in(self, currency: str) -> None:
        """Raises OtherCurrency for any but its own: one ledger adds up one currency."""
        if currency != self.currency:
            raise OtherCurrency(sells_in=self.currency, given=currency)


def days_in_range(payment_days: int) -> None:
    """Raises BadValue for days to pay in that cannot be."""
    if not 0 <= payment_days <= 365:
        raise BadValue(field="payment_days", why="0 to 365 days")


def found(id: UUID, *, name: str, slug: str, org_number: str, vat_number: str, currency: str, zone: str) -> Organiser:
    """A new seller. Raises BadValue for a number that cannot be one, or a word that addresses have no room for."""
    return Organiser(
        id=id,
        name=title_of("name", name),
        slug=_slug_of(slug),
        org_number=org_number_of(org_number),
        vat_number=clean_line("vat_number", vat_number, 20, may_be_empty=True),
        currency=Money(0, currency).currency,
        zone=zone_named(zone).key,
    )


def _slug_of(value: str) -> str:
    slug = clean_line("slug", value, 40)
    if slug in RESERVED:
        raise BadValue(field="slug", why="is a word of the installation's own")
    if not _SLUG.fullmatch(slug):
        raise BadValue(field="slug", why="is 2 to 40 of a–z, 0–9 and hyphen, and begins with a letter or a digit")
    return slug


def _site_of(value: str) -> str:
    site = clean_line("sites", value, 200).lower().rstrip("/")
    if not _SITE.fullmatch(site):
        raise BadValue(field="sites", why="is written https://www.example.se, without a page")
    return site
