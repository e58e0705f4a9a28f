"""A season: planned meeting by meeting, opened when a buyer can know what it is, moved, postponed and called off."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.booking.agreement import Facts, agree
from domain.kernel.documents import Supply
from domain.kernel.errors import BadValue, NotFound
from domain.kernel.ids import MeetingId, PersonId
from domain.kernel.money import Money
from domain.kernel.payer import Payer
from domain.kernel.terms import free_before
from domain.people.admission import OPEN, Applicant
from domain.programme.meeting import ON_SITE, Material, Readers
from domain.programme.meeting_time import TO_COME, MeetingTime, TimeKind, in_month, scheduled
from domain.programme.price import Price, PriceList, Quote
from domain.programme.season import Particulars, Season, plan
from domain.programme.season_meetings import MeetingIsCalledOff, MeetingIsHeld
from domain.programme.season_opening import BookingNotOpen, SeasonCalledOff
from domain.programme.season_sale import NotReadyToOpen
from tests.domain.agreements import CONFERENCE, FREE_BEFORE_3_JANUARY, HALF_IN_DECEMBER, season
from tests.domain.vocabulary import NOON, fact, given, kronor, wall

FIRST, SECOND = MeetingId(UUID(int=71)), MeetingId(UUID(int=72))
DAYS = (date(2027, 2, 3), date(2027, 2, 4))
FREE = PriceList(0, (Price(kronor(0)),))


def test_a_season_with_meetings_prices_and_terms_takes_bookings() -> None:
    ready = season(*DAYS)

    given(ready).when(Season.open_booking, date(2027, 1, 20), date(2026, 9, 1)).then(
        fact(Season.BookingOpened, closes_on=date(2027, 1, 20))
    )
    ready.must_take_bookings(datetime(2027, 1, 20, 22, 59, 59, tzinfo=UTC))
    with pytest.raises(BookingNotOpen):
        ready.must_take_bookings(datetime(2027, 1, 20, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("unready", "missing"),
    [(season(), "meetings"), (season(*DAYS, prices=None), "prices"), (season(*DAYS, terms=None), "terms")],
)
def test_a_buyer_must_know_what_is_bought(unready: Season, missing: str) -> None:
    given(unready).when(Season.open_booking, None, date(2026, 9, 1)).refused(NotReadyToOpen, missing=missing)


def test_what_is_free_needs_no_terms_until_it_costs_something() -> None:
    free = season(*DAYS, prices=FREE, terms=None)

    given(free).when(Season.open_booking, None, date(2026, 9, 1)).then(fact(Season.BookingOpened, closes_on=None))
    given(free).when(Season.agree_prices, CONFERENCE).refused(NotReadyToOpen, missing="terms")


def test_bookings_are_closed_once() -> None:
    ready = season(*DAYS)
    ready.open_booking(None, date(2026, 9, 1))

    given(ready).when(Season.close_booking, date(2027, 1, 7)).then(
        fact(Season.BookingClosed, closed_on=date(2027, 1, 7))
    )
    given(ready).when(Season.close_booking, date(2027, 1, 8)).then()
    given(ready).when(Season.must_take_bookings, NOON).refused(BookingNotOpen, closed_on="2027-01-07")


def test_prices_and_terms_have_versions() -> None:
    planned = season(*DAYS)

    planned.agree_prices(CONFERENCE)
    planned.agree_terms(HALF_IN_DECEMBER)

    assert planned.prices is not None
    assert planned.terms is not None
    assert (planned.prices.version, planned.terms.version) == (2, 2)


def test_deadlines_are_local_days_where_the_season_is() -> None:
    there = plan(
        UUID(int=1), season().organiser_id, season().network_id, "Helsinki", OPEN, Particulars(zone="Europe/Helsinki")
    )

    there.agree_terms(free_before(date(2027, 1, 3)))
    there.agree_prices(CONFERENCE)

    assert there.terms is not None
    assert there.prices is not None
    assert (there.terms.zone, there.prices.zone) == ("Europe/Helsinki", "Europe/Helsinki")


def test_a_meeting_is_postponed_until_further_notice_and_remembers_its_day() -> None:
    """S41."""
    planned = season(*DAYS)
    was, until = datetime(2027, 2, 3, 8, tzinfo=UTC), datetime(2027, 2, 3, 15, tzinfo=UTC)

    given(planned).when(Season.postpone_meeting, FIRST, "Talaren är sjuk").then(
        fact(
            Season.MeetingPostponed,
            meeting_id=FIRST,
            time=MeetingTime(TimeKind.POSTPONED, was_at=was, reason="Talaren är sjuk", was_until=until),
        )
    )
    planned.postpone_meeting(FIRST, "Fortfarande sjuk")
    assert planned.meetings[FIRST].time.was_at == was


def test_a_meeting_gets_a_new_day() -> None:
    """S42."""
    planned = season(*DAYS)
    planned.postpone_meeting(FIRST, "Talaren är sjuk")
    again = scheduled(wall("2027-03-09 09:00"), wall("2027-03-09 16:00"))

    given(planned).when(Season.schedule_meeting, FIRST, again).then(
        fact(Season.MeetingScheduled, meeting_id=FIRST, time=again, place=ON_SITE)
    )


def test_postponing_and_calling_off_are_not_ways_to_schedule() -> None:
    given(season(*DAYS)).when(Season.schedule_meeting, FIRST, TO_COME.postponed("x")).refused(BadValue, field="time")
    given(season(*DAYS)).when(Season.schedule_meeting, FIRST, TO_COME.called_off("x")).refused(BadValue, field="time")


def test_what_has_been_held_or_called_off_stays_so() -> None:
    planned = season(*DAYS)
    given(planned).when(Season.hold_meeting, FIRST, DAYS[0]).then(
        fact(Season.MeetingHeld, meeting_id=FIRST, held_on=DAYS[0])
    )
    planned.call_off_meeting(SECOND, "Ingen lokal")

    given(planned).when(Season.postpone_meeting, FIRST, "x").refused(MeetingIsHeld, title="Dag 1")
    given(planned).when(Season.hold_meeting, FIRST, DAYS[0]).refused(MeetingIsHeld)
    given(planned).when(Season.call_off_meeting, SECOND, "x").refused(MeetingIsCalledOff, title="Dag 2")
    given(planned).when(Season.schedule_meeting, SECOND, TO_COME).refused(MeetingIsCalledOff)


def test_a_meeting_that_is_not_there_is_not_found() -> None:
    given(season()).when(Season.postpone_meeting, FIRST, "x").refused(NotFound)


def test_a_season_is_called_off_once_and_for_all() -> None:
    planned = season(*DAYS)
    planned.open_booking(None, date(2026, 9, 1))

    given(planned).when(Season.call_off, "För få anmälda").then(fact(Season.CalledOff, reason="För få anmälda"))
    given(planned).when(Season.call_off, "Igen").refused(SeasonCalledOff, reason="För få anmälda")
    given(planned).when(Season.open_booking, None, date(2026, 9, 1)).refused(SeasonCalledOff)
    given(planned).when(Season.must_take_bookings, NOON).refused(SeasonCalledOff)
    given(planned).when(Season.postpone_meeting, FIRST, "x").refused(SeasonCalledOff)


def test_an_invoice_says_when_it_is_supplied_without_made_up_dates() -> None:
    """S43."""
    planned = season(*DAYS)
    planned.plan_meeting(MeetingId(UUID(int=73)), "Juni", in_month("2027-06"), ON_SITE)
    planned.plan_meeting(MeetingId(UUID(int=74)), "Sedan", TO_COME, ON_SITE)
    planned.call_off_meeting(SECOND, "Ingen lokal")

    assert planned.supply == (Supply("Dag 1", "2027-02-03"), Supply("Juni", "2027-06"), Supply("Sedan", ""))


def price(planned: Season, at: datetime) -> Quote:
    """What a seat costs anyone."""
    planned.open_booking(None, DAYS[0])
    payer = Payer(person_id=PersonId(UUID(int=7)))
    return agree(Facts(planned, at, payer, (Applicant(),))).quote


def test_meetings_held_begun_or_called_off_are_not_left_to_pay_for() -> None:
    planned = season(*DAYS, date(2027, 3, 1), date(2027, 4, 1), date(2027, 5, 1))
    planned.agree_prices(PriceList(0, (Price(kronor(15_000)),), pro_rata=True))
    planned.call_off_meeting(MeetingId(UUID(int=75)), "Ingen lokal")
    planned.hold_meeting(FIRST, DAYS[0])

    during = price(planned, datetime(2027, 2, 4, 8, tzinfo=UTC))

    assert (during.meetings_left, during.meetings) == (2, 4)
    assert during.sums.net == kronor(7_500)


def test_material_belongs_to_a_meeting_that_is_there() -> None:
    slides = Material(UUID(int=5), FIRST, "Bilder", "https://example.org/bilder", Readers.PARTICIPANTS)

    given(season(*DAYS)).when(Season.publish_material, slides).then(fact(Season.MaterialPublished, material=slides))
    given(season()).when(Season.publish_material, slides).refused(NotFound)


def test_a_season_has_at_most_a_hundred_meetings() -> None:
    full = season(*[date(2027, 2, 3)] * 100)

    given(full).when(Season.plan_meeting, MeetingId(UUID(int=999)), "En till", TO_COME, ON_SITE).refused(BadValue)


def test_a_season_sells_in_the_currency_of_its_list() -> None:
    abroad = season(*DAYS, prices=PriceList(0, (Price(Money(100_00, "EUR")),)))

    assert price(abroad, NOON).sums.gross == Money(125_00, "EUR")
    assert abroad.terms == FREE_BEFORE_3_JANUARY
