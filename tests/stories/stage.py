"""Where random stories are told: an organiser with three organisations, their people, and a season with odd prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from application.kernel.actor import SYSTEM, Actor, Role
from application.payments.payment_rules import AgreePaymentRules, PaymentRulesAgreed
from application.people.membership import GrantMembership, Memberships
from application.people.organisation import GiveBillingDetails, Organisations, RegisterOrganisation
from application.people.organiser import ArrangeInvoicing, FoundOrganiser, GivePaymentDetails, Organisers
from application.people.person import People, RegisterPerson
from application.programme.network import FoundNetwork, Networks
from application.programme.season import OpenBooking, PlanSeason, Seasons
from domain.billing.crediting.difference import DifferenceBy, LowerPrice
from domain.kernel.eligibility import Ground
from domain.kernel.ids import OrganisationId, OrganiserId, PersonId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import Terms, Tier
from domain.kernel.vat import EXEMPT, VAT_6, VAT_25
from domain.people.admission import OPEN
from domain.programme.price import Per, Price, PriceList
from tests.clock import FixedClock
from tests.samples import AUTUMN, full_day
from tests.stories.in_memory import InMemory

ORGANISATIONS = (("Acme AB", "556999-0004"), ("Bolt AB", "556999-1002"), ("Delta AB", "556999-2000"))


@dataclass(frozen=True)
class Cast:
    """Who is there, and on what stage."""

    memory: InMemory
    organiser: OrganiserId
    admin: Actor
    finance: Actor
    organisations: tuple[OrganisationId, ...]
    people: tuple[PersonId, ...]


@cache
def furnished() -> Cast:
    """Acme is a member, Bolt and Delta are not; six people at each, six nowhere. Made once, copied for each story."""
    memory = InMemory(FixedClock(AUTUMN), Random(0))
    founded = Organisers(memory).found(
        SYSTEM, FoundOrganiser("Institutet", "institutet", "556036-0793", "SE556036079301")
    )
    organiser = founded.answer.organiser_id
    admin = Actor("admin", organiser, frozenset({Role.ADMIN}))
    finance = Actor("finance", organiser, frozenset({Role.FINANCE}))
    Organisers(memory).give_payment_details(admin, GivePaymentDetails(organiser, "Gatan 2", "991-2346"))
    made = [
        Organisations(memory).register(admin, RegisterOrganisation(name, number)).answer.organisation_id
        for name, number in ORGANISATIONS
    ]
    period = GrantMembership(made[0], Ground.MEMBER, date(2026, 1, 1), date(2027, 12, 31))
    Memberships(memory).grant(admin, period)
    people = []
    for no in range(24):
        employer = made[no % 4] if no % 4 < len(made) else None
        told = RegisterPerson(f"Person {chr(65 + no)}", f"p{no}@example.org", employer, from_on=date(2020, 1, 1))
        people.append(People(memory).register(admin, told).answer.person_id)
    return Cast(memory, organiser, admin, finance, tuple(made), tuple(people))


def stage(seed: int) -> tuple[Cast, SeasonId]:
    """A copy of it with what this story has: rounding, accounts, a written rule, a price list and terms."""
    base = furnished()
    memory = base.memory.again(seed)
    chance, there = (
        memory.chance,
        Cast(memory, base.organiser, base.admin, base.finance, base.organisations, base.people),
    )
    is_rounded = chance.random() < 0.5
    Organisers(memory).arrange_invoicing(there.admin, ArrangeInvoicing(there.organiser, is_rounded=is_rounded))
    for organisation in there.organisations:
        if chance.random() < 0.35:
            details = GiveBillingDetails(organisation, "Gatan 1", is_collective=True)
            Organisations(memory).give_billing_details(there.admin, details)
    rule = {"lower_price": chance.choice([*LowerPrice]), "difference_by": chance.choice([*DifferenceBy])}
    PaymentRulesAgreed(memory).agree(there.finance, AgreePaymentRules(**rule))
    return there, _season(there, chance)


def _season(there: Cast, chance: Random) -> SeasonId:
    network = Networks(there.memory).found(there.admin, FoundNetwork("Nätverket", admission=OPEN)).answer.network_id
    meetings = tuple(full_day(f"Träff {month}", 2027, month, 10) for month in range(1, 6))
    command = PlanSeason(
        network, "Hösten", chance.choice([60, 60, 6]), meetings=meetings, prices=prices(chance), terms=terms(chance)
    )
    season = Seasons(there.memory).plan(there.admin, command).answer.season_id
    Seasons(there.memory).open_booking(there.admin, OpenBooking(season))
    return season


def prices(chance: Random) -> PriceList:
    """Odd öre, with VAT in them or not, for members less; per person, or per organisation with extra persons."""
    everyone = chance.choice([chance.randint(1, 200), chance.randint(1, 2_000_000)])
    member, per = chance.randint(1, everyone), chance.choice([Per.PERSON, Per.PERSON, Per.ORGANISATION])
    extra = Money(chance.randint(1, everyone)) if per is Per.ORGANISATION else None
    persons = chance.randint(1, 2) if per is Per.ORGANISATION else 1
    vat, includes_vat = chance.choice([VAT_25, VAT_25, VAT_6, EXEMPT]), chance.random() < 0.3
    rows = [
        Price(Money(amount), ground, per, persons, vat, includes_vat, extra=extra)
        for amount, ground in ((everyone, None), (member, Ground.MEMBER))
    ]
    return PriceList(0, tuple(rows), pro_rata=chance.random() < 0.3)


def terms(chance: Random) -> Terms:
    """Free, then a part, then all or nearly all is kept; with a fee outside VAT or not."""
    kept = sorted(chance.choice([0, 1, 3_300, 3_333, 5_000, 9_999, 10_000]) for _ in range(2))
    tiers = (
        Tier(date(2026, 10, 1), chance.choice([0, 0, 3_300])),
        Tier(date(2027, 1, 3), kept[0]),
        Tier(None, kept[1]),
    )
    return Terms(0, tiers, fee_outside_vat=chance.random() < 0.4)
