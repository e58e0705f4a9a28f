"""Prices, terms and bookings that the tests of the rules start from; sums are the acceptance scenarios' own."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.kernel.eligibility import Eligibility, Ground, StandingFact
from domain.kernel.ids import BookingId, MeetingId, NetworkId, OrganisationId, PersonId, SeasonId
from domain.kernel.payer import Payer
from domain.kernel.terms import Terms, Tier, free_before
from domain.people.admission import OPEN
from domain.programme.meeting import ON_SITE
from domain.programme.meeting_time import scheduled
from domain.programme.price import Per, Price, PriceList
from domain.programme.season import Season, plan
from tests.domain.vocabulary import ACME, ANNA, NOON, ORGANISER, kronor, wall

SEASON = SeasonId(UUID(int=31))
BOOKING = BookingId(UUID(int=41))
FREE_BEFORE_3_JANUARY = free_before(date(2027, 1, 3))
HALF_IN_DECEMBER = Terms(1, (Tier(date(2026, 12, 1), 0), Tier(date(2027, 1, 3), 5_000), Tier(None, 10_000)))
MEMBER_2026 = StandingFact(Ground.MEMBER, ACME, UUID(int=51), date(2026, 1, 1), date(2026, 12, 31))
MEMBER = Eligibility((MEMBER_2026,))
CONFERENCE = PriceList(1, (Price(kronor(12_000)), Price(kronor(6_000), Ground.MEMBER)))
CLUSTER = PriceList(
    1,
    (
        Price(kronor(32_000), per=Per.ORGANISATION, persons=2),
        Price(kronor(25_000), Ground.MEMBER, per=Per.ORGANISATION, persons=2),
    ),
)


def booking(
    *sitting: PersonId | None,
    prices: PriceList = CONFERENCE,
    eligibility: Eligibility = MEMBER,
    terms: Terms | None = FREE_BEFORE_3_JANUARY,
    payer: OrganisationId = ACME,
    at: datetime = NOON,
) -> Booking:
    """A booking made at noon on 1 December 2026, of a seat for each person (None: to be named)."""
    seats = tuple(Seat(no, person, payer) for no, person in enumerate(sitting, start=1))
    return Booking(
        id=BOOKING,
        organiser_id=ORGANISER,
        season_id=SEASON,
        booked_by=ANNA,
        payer=Payer(organisation_id=payer),
        seats=seats,
        quote=prices.quote("Konferens", len(seats), eligibility, at),
        terms=terms,
        made_at=at,
    )


def season(*days: date, prices: PriceList | None = CONFERENCE, terms: Terms | None = FREE_BEFORE_3_JANUARY) -> Season:
    """A season with a full-day meeting on each day, not yet open."""
    planned = plan(SEASON, ORGANISER, NetworkId(UUID(int=61)), "Konferens", OPEN)
    for no, day in enumerate(days, start=1):
        start, end = (wall(f"{day} {hour:02}:00") for hour in (9, 16))
        planned.plan_meeting(MeetingId(UUID(int=70 + no)), f"Dag {no}", scheduled(start, end), ON_SITE)
    if prices is not None:
        planned.agree_prices(prices)
    if terms is not None:
        planned.agree_terms(terms)
    return planned
