"""Cancellation terms: a deadline ends at 00:00 of its local day, and not a millisecond later."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.kernel.errors import BadValue
from domain.kernel.terms import Terms, Tier, free_before, later_instant_of, start_of
from tests.domain.agreements import FREE_BEFORE_3_JANUARY, HALF_IN_DECEMBER

MIDNIGHT = datetime(2027, 1, 2, 23, tzinfo=UTC)


def test_the_last_millisecond_of_the_second_is_free() -> None:
    assessed = FREE_BEFORE_3_JANUARY.assess(MIDNIGHT - timedelta(milliseconds=1))

    assert (assessed.tier, assessed.kept, assessed.since, assessed.until, assessed.kept_after) == (
        0,
        0,
        None,
        MIDNIGHT,
        10_000,
    )


def test_the_third_costs_the_full_price_from_its_first_instant() -> None:
    assessed = FREE_BEFORE_3_JANUARY.assess(MIDNIGHT)

    assert (assessed.tier, assessed.kept, assessed.since, assessed.until, assessed.kept_after) == (
        1,
        10_000,
        MIDNIGHT,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("at", "kept"),
    [
        (datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 30, 23, tzinfo=UTC), 5_000),
        (datetime(2026, 12, 10, tzinfo=UTC), 5_000),
        (MIDNIGHT, 10_000),
        (datetime(2030, 1, 1, tzinfo=UTC), 10_000),
    ],
)
def test_tiers_follow_each_other(at: datetime, kept: int) -> None:
    """S29."""
    assert HALF_IN_DECEMBER.assess(at).kept == kept


def test_a_day_on_which_the_clocks_change_begins_at_its_own_midnight() -> None:
    """S31: the night to 25 October is at summer time's offset, the night after at winter time's."""
    assert free_before(date(2026, 10, 25)).assess(MIDNIGHT).since == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert free_before(date(2026, 10, 26)).assess(MIDNIGHT).since == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert free_before(date(2027, 3, 28)).assess(MIDNIGHT).until == datetime(2027, 3, 27, 23, tzinfo=UTC)
    assert free_before(date(2027, 3, 29)).assess(MIDNIGHT).until == datetime(2027, 3, 28, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "local", "instant"),
    [
        ("Europe/Stockholm", "2026-10-25 02:30", "2026-10-25 01:30"),
        ("Europe/Stockholm", "2026-10-25 02:00", "2026-10-25 01:00"),
        ("Europe/Stockholm", "2026-10-25 01:59", "2026-10-24 23:59"),
        ("Europe/Stockholm", "2026-10-25 03:00", "2026-10-25 02:00"),
        ("Europe/Stockholm", "2027-03-28 02:30", "2027-03-28 01:00"),
        ("Europe/Stockholm", "2027-03-28 02:00", "2027-03-28 01:00"),
        ("Europe/Stockholm", "2027-03-28 01:59", "2027-03-28 00:59"),
        ("Europe/Stockholm", "2027-03-28 03:00", "2027-03-28 01:00"),
        ("Europe/Stockholm", "2027-01-02 23:30", "2027-01-02 22:30"),
        ("Asia/Beirut", "2026-03-29 00:30", "2026-03-28 22:00"),
        ("Australia/Lord_Howe", "2027-10-03 02:15", "2027-10-02 15:30"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 06:30"),
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00"),
    ],
)
def test_a_deadline_at_a_time_of_day_favours_the_customer_where_the_clock_is_moved(
    zone: str, local: str, instant: str
) -> None:
    """3.7, S31: the later of two; where there is none, when the clock is moved."""
    wall = datetime.fromisoformat(local)
    then = datetime.fromisoformat(f"{instant}+00:00")
    terms = Terms(1, (Tier(wall.date(), 0, wall.time()), Tier(None, 10_000)), zone)

    assert later_instant_of(wall, zone) == then
    assert terms.assess(then - timedelta(microseconds=1)).kept == 0
    assert (terms.assess(then).kept, terms.assess(then).since) == (10_000, then)


@pytest.mark.parametrize(("day", "at"), [(None, time(9)), (date(2027, 1, 3), time(9, tzinfo=UTC))])
def test_a_time_of_day_belongs_to_a_day(day: date | None, at: time) -> None:
    with pytest.raises(BadValue):
        Tier(day, 0, at)


def test_a_day_without_a_midnight_begins_with_its_first_instant() -> None:
    assert start_of(date(2026, 3, 29), "Asia/Beirut") == datetime(2026, 3, 28, 22, tzinfo=UTC)


def test_terms_hold_in_their_own_zone() -> None:
    there = free_before(date(2027, 1, 3), zone="Europe/Helsinki")

    assert there.assess(MIDNIGHT - timedelta(hours=1)).kept == 10_000
    assert FREE_BEFORE_3_JANUARY.assess(MIDNIGHT - timedelta(hours=1)).kept == 0


@pytest.mark.parametrize(
    "tiers",
    [
        (),
        (Tier(date(2027, 1, 3), 0),),
        (Tier(None, 0), Tier(None, 10_000)),
        (Tier(date(2027, 1, 3), 0), Tier(date(2027, 1, 3), 5_000), Tier(None, 10_000)),
        (Tier(date(2027, 1, 3), 0), Tier(date(2027, 1, 2), 5_000), Tier(None, 10_000)),
        (Tier(date(2027, 1, 3), 0, time(9)), Tier(date(2027, 1, 3), 5_000), Tier(None, 10_000)),
        (Tier(date(2027, 3, 28), 0, time(2, 30)), Tier(date(2027, 3, 28), 5_000, time(3)), Tier(None, 10_000)),
    ],
)
def test_terms_have_their_days_in_order_and_an_open_end(tiers: tuple[Tier, ...]) -> None:
    with pytest.raises(BadValue):
        Terms(1, tiers)


@pytest.mark.parametrize("kept", [-1, 10_001])
def test_no_more_is_kept_than_all_and_no_less_than_nothing(kept: int) -> None:
    with pytest.raises(BadValue):
        Tier(None, kept)


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "", "../etc/passwd", "\0"])
def test_a_zone_is_one_that_exists(zone: str) -> None:
    with pytest.raises(BadValue):
        free_before(date(2027, 1, 3), zone=zone)
