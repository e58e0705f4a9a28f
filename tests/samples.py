"""Sample people, organisations and programmes, and a small installation to try stories on. All names are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TypeVar
from uuid import UUID

from application.kernel.actor import SYSTEM, Actor, Role
from application.people.membership import GrantMembership
from application.people.organisation import GiveBillingDetails, RegisterOrganisation
from application.people.organiser import FoundOrganiser, GivePaymentDetails
from application.people.person import RegisterPerson
from application.programme.meeting import PlannedMeeting
from application.programme.network import FoundNetwork
from application.programme.season import OpenBooking, PlanSeason
from application.services import Services
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.ids import NetworkId, OrganisationId, OrganiserId, PersonId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import Terms, free_before
from domain.people.admission import OPEN, Admission, JobRole
from domain.programme.meeting_time import scheduled
from domain.programme.price import Per, Price, PriceList
from infrastructure.kernel.settings import Settings
from tests.clock import FixedClock
from tests.furnishings import FURNISHINGS
from web.wiring import Installation, build

T = TypeVar("T")
STOCKHOLM = "Europe/Stockholm"
AUTUMN = datetime(2026, 9, 1, 8, tzinfo=UTC)
MEMBER_UNTIL_NEW_YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def kronor(amount: int) -> Money:
    """Whole kronor as money."""
    return Money(amount * 100)


def conference_prices() -> PriceList:
    """12 000 kr for anyone, 6 000 kr for members, excluding VAT."""
    return PriceList(0, (Price(kronor(12_000)), Price(kronor(6_000), Ground.MEMBER)))


def cluster_prices(*, may_book_fewer: bool = False) -> PriceList:
    """32 000 kr an organisation with two persons, 25 000 kr for members, excluding VAT."""
    everyone = Price(kronor(32_000), per=Per.ORGANISATION, persons=2)
    members = Price(kronor(25_000), Ground.MEMBER, per=Per.ORGANISATION, persons=2)
    return PriceList(0, (everyone, members), may_book_fewer=may_book_fewer)


def full_day(title: str, year: int, month: int, day: int) -> PlannedMeeting:
    """A meeting from nine to four."""
    return PlannedMeeting(title, scheduled(datetime(year, month, day, 9), datetime(year, month, day, 16)))  # noqa: DTZ001 # local wall-clock time


PLAIN = str.maketrans("åäöé", "aaoe")
"""Letters that stand in names, as they are written before the @ of an address."""


@dataclass
class Institute:
    """One organiser on a fresh installation, with staff, three organisations and people at them."""

    house: Installation
    clock: FixedClock
    organiser: OrganiserId
    admin: Actor
    finance: Actor
    acme: OrganisationId
    bolt: OrganisationId
    delta: OrganisationId
    dress: Callable[[str], str] = str
    """What is made of every text that a story gives: nothing, unless a story is about texts."""
    turn: Lock = field(default_factory=Lock)

    @property
    def services(self) -> Services:
        """Its use cases and questions."""
        return self.house.services

    def at(self, year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> None:
        """Turn the clock to an instant (UTC)."""
        self.clock.instant = datetime(year, month, day, hour, minute, tzinfo=UTC)

    def catch_up(self) -> None:
        """Let projections and policies do all there is to do; one at a time, where a server is followed beside."""
        with self.turn:
            self.house.worker.catch_up()

    def person(
        self,
        name: str,
        employer: OrganisationId | None = None,
        role: JobRole = JobRole.SPECIALIST,
        email: str = "",
    ) -> PersonId:
        """Somebody registered, with a verified employment."""
        address = email or f"{name.lower().translate(PLAIN)}@example.org"
        command = RegisterPerson(self.dress(name), address, employer, role, date(2020, 1, 1))
        return self.services.people.register(self.admin, command).answer.person_id

    def member(self, name: str, employer: OrganisationId | None = None) -> Actor:
        """Somebody registered who asks for themselves."""
        return self.acting(self.person(name, employer))

    def acting(self, person_id: PersonId, *roles: Role) -> Actor:
        """A person as an actor, a member with these roles as well."""
        return Actor(f"person:{person_id}", self.organiser, frozenset({Role.MEMBER, *roles}), person_id)

    def organisation(self, name: str, number: str, sector: Sector = Sector.PRIVATE) -> OrganisationId:
        """An organisation with an address."""
        registered = self.services.organisations.register(
            self.admin, RegisterOrganisation(self.dress(name), number, sector)
        )
        organisation_id = registered.answer.organisation_id
        details = GiveBillingDetails(organisation_id, "Storgatan 1, 111 22 Stockholm", f"SE{number.replace('-', '')}01")
        self.services.organisations.give_billing_details(self.admin, details)
        return organisation_id

    def make_member(self, holder: UUID, from_on: date, until_on: date | None) -> None:
        """A membership of the organiser."""
        self.services.memberships.grant(self.admin, GrantMembership(holder, Ground.MEMBER, from_on, until_on))

    def network(self, name: str, admission: Admission = OPEN) -> NetworkId:
        """A network."""
        return self.services.networks.found(
            self.admin, FoundNetwork(self.dress(name), admission=admission)
        ).answer.network_id

    def season(
        self,
        title: str,
        seats: int,
        prices: PriceList | None,
        terms: Terms | None = None,
        *,
        meetings: tuple[PlannedMeeting, ...] = (),
        admission: Admission = OPEN,
    ) -> SeasonId:
        """A season that takes bookings."""
        planned = meetings or (full_day("Dag 1", 2027, 2, 3), full_day("Dag 2", 2027, 2, 4))
        network, named = self.network(title, admission), self.dress(title)
        command = PlanSeason(network, named, seats, meetings=planned, prices=prices, terms=terms)
        season_id = self.services.seasons.plan(self.admin, command).answer.season_id
        self.services.seasons.open_booking(self.admin, OpenBooking(season_id))
        return season_id

    def conference(self, seats: int = 100) -> SeasonId:
        """The conference: free to cancel before 3 January 2027."""
        return self.season("Lära och förändra tillsammans", seats, conference_prices(), free_before(date(2027, 1, 3)))

    def cluster(self, seats: int = 15, *, may_book_fewer: bool = False) -> SeasonId:
        """The cluster: four full days, fifteen seats, a price for an organisation with two persons."""
        days = tuple(
            full_day(f"Workshop {no}", 2027, month, day)
            for no, (month, day) in enumerate([(1, 20), (3, 10), (4, 21), (5, 26)], start=1)
        )
        prices = cluster_prices(may_book_fewer=may_book_fewer)
        return self.season("Arbete?!", seats, prices, free_before(date(2027, 1, 6)), meetings=days)


@dataclass(frozen=True)
class Names:
    """What a furnished institute's things are called."""

    organiser: OrganiserId
    acme: OrganisationId
    bolt: OrganisationId
    delta: OrganisationId


@contextmanager
def institute(
    database_url: str, dress: Callable[[str], str] = str, more: Mapping[str, str] | None = None
) -> Iterator[Institute]:
    """A fresh institute on a fresh database: Acme is a member until 2027, Bolt is not, Delta until New Year.

    `more`: settings of its own, as the environment would give them.
    """
    with furnished("institute", database_url, dress, more, _names) as (made, _):
        yield made


@contextmanager
def furnished(
    kind: str,
    database_url: str,
    dress: Callable[[str], str],
    more: Mapping[str, str] | None,
    furnish: Callable[[Institute], T],
) -> Iterator[tuple[Institute, T]]:
    """An institute that has been furnished further, once in this process, and what that told."""
    with TemporaryDirectory() as home:
        settings = Settings.read({"PLATS_HOME": home, "PLATS_KEYS": str(Path(home) / "keys"), **(more or {})})

        def make() -> tuple[Names, T]:
            with _opened(database_url, settings, dress) as made:
                names = _furnish(made)
                told = furnish(made)
                made.catch_up()
            return names, told

        is_plain = dress is str
        names, told = FURNISHINGS.furnish(kind, database_url, settings.keys, make) if is_plain else make()
        with _opened(database_url, settings, dress, names) as made:
            yield made, told


@contextmanager
def _opened(
    database_url: str, settings: Settings, dress: Callable[[str], str], names: Names | None = None
) -> Iterator[Institute]:
    clock, nothing = FixedClock(AUTUMN), UUID(int=0)
    known = names or Names(OrganiserId(nothing), *(OrganisationId(nothing),) * 3)
    house = build(database_url, settings, clock)
    admin = Actor("admin", known.organiser, frozenset({Role.ADMIN}))
    finance = Actor("finance", known.organiser, frozenset({Role.FINANCE}))
    try:
        yield Institute(house, clock, known.organiser, admin, finance, known.acme, known.bolt, known.delta, dress)
    finally:
        house.close()


def _furnish(made: Institute) -> Names:
    command = FoundOrganiser(made.dress("Institutet"), "institutet", "556036-0793", "SE556036079301")
    made.organiser = made.services.organisers.found(SYSTEM, command).answer.organiser_id
    made.admin, made.finance = (
        replace(made.admin, organiser_id=made.organiser),
        replace(made.finance, organiser_id=made.organiser),
    )
    details = GivePaymentDetails(made.organiser, "Lilla gatan 2, 111 30 Stockholm", "991-2346")
    made.services.organisers.give_payment_details(made.admin, details)
    made.acme = made.organisation("Acme AB", "556999-0004")
    made.bolt = made.organisation("Bolt AB", "556999-1002")
    made.delta = made.organisation("Delta AB", "556999-2000")
    made.make_member(made.acme, date(2026, 1, 1), date(2027, 12, 31))
    made.make_member(made.delta, *MEMBER_UNTIL_NEW_YEAR)
    return _names(made)


def _names(made: Institute) -> Names:
    return Names(made.organiser, made.acme, made.bolt, made.delta)
