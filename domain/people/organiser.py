"""An organiser: a legal seller with its own networks, members, staff, prices and number series."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.financial_year import FinancialYears
from domain.kernel.ids import PersonId
from domain.kernel.money import Money
from domain.kernel.numbers import org_number_in, vat_number_in
from domain.kernel.terms import zone_named
from domain.kernel.text import clean_line, title_of
from domain.kernel.vat import VatExemption
from domain.people import accent
from domain.people.financial_year import OrganiserYears
from domain.people.selling import Selling

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
RESERVED = frozenset(
    {"embed", "start", "sign-in", "sign-out", "static", "healthz", "readyz", "api", "favicon.ico", "language"}
)
"""Words in addresses that mean something of the installation's own."""
_SITE = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?")
MOST_SITES = 20


class NotYetStaff(RuleBroken):
    """The person holds no such role with the organiser."""


class OwnAdminRole(RuleBroken):
    """Nobody takes their own role as admin: by a slip, nobody might be left who can give it back."""


class OtherCurrency(RuleBroken):
    """An organiser's books are kept in one currency (`sells_in`); prices and payments in another are not taken."""


class Organiser(Aggregate, OrganiserYears, Selling):
    """A seller: founded once; its particulars and staff change, what it has issued does not."""

    class Founded(Aggregate.Created):
        name: str
        slug: str
        org_number: str
        vat_number: str
        currency: str
        zone: str
        country: str = "SE"

    class NameCorrected(Change):
        name: str
        was: str

    class NumberCorrected(Change):
        org_number: str
        was: str

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
        self,
        id: UUID,
        name: str,
        slug: str,
        org_number: str,
        vat_number: str,
        currency: str,
        zone: str,
        country: str = "SE",
    ) -> None:
        self.name, self.slug, self.org_number, self.vat_number = name, slug, org_number, vat_number
        self.currency, self.zone, self.country = currency, zone, country
        self.address, self.payment_days, self.logo = "", 30, ""
        self.bankgiro = self.plusgiro = self.iban = self.bic = ""
        self.is_f_tax = self.is_rounded = False
        self.contact = self.email = self.phone = self.registered_office = ""
        self.vat_exemption = VatExemption.NONE
        self.staff: set[tuple[PersonId, str]] = set()
        self.sites: tuple[str, ...] = ()
        self.hue = accent.USUAL
        self.years = FinancialYears()
        self.dismissals: dict[PersonId, datetime] = {}

    @property
    def organiser_id(self) -> object:
        """Its own id, so that every aggregate answers whose it is."""
        return self.id

    def correct(self, name: str, org_number: str) -> None:
        """Its name and number as they are, on later documents; the same again changes nothing. Raises BadValue."""
        named, number = title_of("name", name), org_number_in(self.country, org_number)
        self.record_change(Organiser.NameCorrected(name=named, was=self.name))
        self.record_change(Organiser.NumberCorrected(org_number=number, was=self.org_number))

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
        """End a person's role. Raises NotYetStaff, OwnAdminRole."""
        if (person_id, role) not in self.staff:
            raise NotYetStaff(role=role)
        if role == "admin" and by == person_id:
            raise OwnAdminRole
        self.record(Organiser.StaffDismissed(person_id=person_id, role=role, dismissed_by=by, dismissed_at=at))

    def must_sell_in(self, currency: str) -> None:
        """Raises OtherCurrency for any but its own: one ledger adds up one currency."""
        if currency != self.currency:
            raise OtherCurrency(sells_in=self.currency, given=currency)


def found(
    id: UUID,
    *,
    name: str,
    slug: str,
    org_number: str,
    vat_number: str,
    currency: str,
    zone: str,
    country: str = "SE",
) -> Organiser:
    """A new seller. Raises BadValue for a number that cannot be one, or a word that addresses have no room for."""
    return Organiser(
        id=id,
        name=title_of("name", name),
        slug=_slug_of(slug),
        org_number=org_number_in(country, org_number),
        vat_number=vat_number_in(country, vat_number),
        currency=Money(0, currency).currency,
        zone=zone_named(zone).key,
        country=country,
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
