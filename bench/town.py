"""A town to measure in: a member organisation, people with tokens who book for each other, and large seasons.

Each season has days of its own: letters tell what else somebody has on a day, and nobody has two hundred things then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
from domain.kernel.ids import NetworkId, OrganisationId, PersonId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import free_before
from domain.people.admission import OPEN, JobRole
from domain.programme.meeting_time import scheduled
from domain.programme.price import Price, PriceList

SEASONS = 200
PEOPLE = 100
SEATS = 1_000_000
"""In every season: nothing is measured of seasons that are full."""


@dataclass(frozen=True)
class Member:
    """Somebody who books, and the token that shows it."""

    person_id: PersonId
    actor: Actor
    token: str


@dataclass(frozen=True)
class Town:
    """Who books what: `seasons` for bookings that spread, `hot` for bookings that all meet."""

    organisation_id: OrganisationId
    members: Sequence[Member]
    seasons: Sequence[SeasonId]
    hot: SeasonId
    admin: Actor
    network_id: NetworkId

    def couples(self) -> Iterator[tuple[Member, PersonId | None, SeasonId]]:
        """Who books for which colleague in which season: each colleague once a season, then for one yet to be named."""
        number = len(self.members)
        for turn in range(number):
            for place, season_id in enumerate(self.seasons):
                booker = self.members[(turn + place) % number]
                yield booker, self.members[(turn + place + 1) % number].person_id, season_id
        while True:
            for place, season_id in enumerate(self.seasons):
                yield self.members[place % number], None, season_id


def furnish(services: Services, seasons: int = SEASONS, people: int = PEOPLE) -> Town:
    """Found the town through the use cases."""
    found = FoundOrganiser("Mätinstitutet", "matinstitutet", "556036-0793", "SE556036079301")
    founded = services.organisers.found(SYSTEM, found)
    organiser = founded.answer.organiser_id
    admin = Actor("bench-admin", organiser, frozenset({Role.ADMIN}))
    payment = GivePaymentDetails(organiser, "Lilla gatan 2, 111 30 Stockholm", "991-2346")
    services.organisers.give_payment_details(admin, payment)
    organisation_id = _organisation(services, admin)
    members = [_member(services, admin, organisation_id, number) for number in range(people)]
    network = services.networks.found(admin, FoundNetwork("Mätningar", admission=OPEN)).answer.network_id
    planned = [open_season(services, admin, network, f"Säsong {no}", day=2 * no) for no in range(seasons + 1)]
    return Town(organisation_id, members, planned[1:], planned[0], admin, network)


def open_season(
    services: Services, admin: Actor, network: NetworkId, title: str, seats: int = SEATS, day: int = 0
) -> SeasonId:
    """One more season that takes bookings, of two days. `day`: how many days after the first of February."""
    year = services.clock.now().year + 1
    meetings = tuple(_full_day(f"Dag {no + 1}", year, day + no) for no in (0, 1))
    prices = PriceList(0, (Price(Money(1_200_000)), Price(Money(600_000), Ground.MEMBER)))
    command = PlanSeason(network, title, seats, meetings=meetings, prices=prices, terms=free_before(date(year, 1, 3)))
    season_id = services.seasons.plan(admin, command).answer.season_id
    services.seasons.open_booking(admin, OpenBooking(season_id))
    return season_id


def _organisation(services: Services, admin: Actor) -> OrganisationId:
    registered = services.organisations.register(admin, RegisterOrganisation("Acme AB", "556999-0004", Sector.PRIVATE))
    organisation_id = registered.answer.organisation_id
    details = GiveBillingDetails(organisation_id, "Storgatan 1, 111 22 Stockholm", "SE556999000401")
    services.organisations.give_billing_details(admin, details)
    year = services.clock.now().year
    membership = GrantMembership(organisation_id, Ground.MEMBER, date(year, 1, 1), date(year + 2, 12, 31))
    services.memberships.grant(admin, membership)
    return organisation_id


def _member(services: Services, admin: Actor, organisation_id: OrganisationId, number: int) -> Member:
    command = RegisterPerson(
        f"Person {number}", f"person{number}@example.org", organisation_id, JobRole.SPECIALIST, date(2020, 1, 1)
    )
    person_id = services.people.register(admin, command).answer.person_id
    organiser, roles = admin.organiser_id, frozenset({Role.MEMBER})
    token = services.tokens.make(f"person {number}", organiser, roles, person_id)
    return Member(person_id, Actor(f"person:{person_id}", organiser, roles, person_id), token)


def _full_day(title: str, year: int, day: int) -> PlannedMeeting:
    start = datetime(year, 2, 1, 9) + timedelta(days=day)  # noqa: DTZ001 # local wall-clock time
    return PlannedMeeting(title, scheduled(start, start + timedelta(hours=7)))
