"""A meeting's time: a local time that exists, a month, to come, postponed or called off; never a made-up date."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.kernel.errors import BadValue
from domain.programme.meeting_time import (
    TO_COME,
    MeetingTime,
    NoSuchLocalTime,
    TimeKind,
    in_month,
    instant_of,
    scheduled,
)
from tests.domain.vocabulary import wall

STOCKHOLM = "Europe/Stockholm"


def test_a_time_that_exists_twice_is_its_later_occurrence() -> None:
    """S31: 25 October 2026 at 02:30 is 01:30 UTC, which favours who has until then."""
    assert instant_of(wall("2026-10-25 02:30"), STOCKHOLM) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_time_that_does_not_exist_is_refused() -> None:
    """S31: on 28 March 2027 the clock goes from 02:00 to 03:00."""
    with pytest.raises(NoSuchLocalTime) as refused:
        instant_of(wall("2027-03-28 02:30"), STOCKHOLM)
    assert refused.value.facts["given"] == "2027-03-28T02:30:00"
    assert instant_of(wall("2027-03-28 03:00"), STOCKHOLM) == datetime(2027, 3, 28, 1, tzinfo=UTC)


@pytest.mark.parametrize("local", ["0001-01-01 00:00", "9999-12-31 23:59"])
def test_a_time_that_no_calendar_reaches_everywhere_is_refused(local: str) -> None:
    for zone in (STOCKHOLM, "America/New_York", "Pacific/Kiritimati"):
        told: list[object] = []
        try:
            told.append(instant_of(wall(local), zone).tzinfo)
        except BadValue as refused:
            told.append(refused.facts["field"])
        assert told in ([UTC], ["time"])
    with pytest.raises(BadValue, match="lies outside the calendar"):
        instant_of(wall(local), STOCKHOLM if local.startswith("0") else "America/New_York")


def test_a_local_time_carries_no_offset() -> None:
    with pytest.raises(BadValue):
        instant_of(datetime(2027, 3, 28, 3, tzinfo=UTC), STOCKHOLM)


def test_a_meeting_ends_after_it_starts() -> None:
    for end in (wall("2027-02-03 09:00"), wall("2027-02-03 08:00")):
        with pytest.raises(BadValue):
            scheduled(wall("2027-02-03 09:00"), end)


@pytest.mark.parametrize(
    "month", ["2027-13", "2027", "juni", "", "2027-6-1", "2027-00", "9999-12", "0001-01", " 2027-06"]
)
def test_a_month_is_one_of_the_calendar(month: str) -> None:
    with pytest.raises(BadValue):
        in_month(month)


def test_a_month_that_a_browser_lets_people_write_is_written_out() -> None:
    assert in_month("2027-1").month == in_month("2027-01").month == "2027-01"


def test_only_a_scheduled_meeting_has_a_start() -> None:
    with pytest.raises(BadValue):
        MeetingTime(TimeKind.TO_COME, start_at=datetime(2027, 2, 3, tzinfo=UTC))
    with pytest.raises(BadValue):
        MeetingTime(TimeKind.MONTH)
    with pytest.raises(BadValue):
        MeetingTime(TimeKind.TO_COME, month="2027-06")


def test_what_is_over_has_begun() -> None:
    day = scheduled(wall("2027-02-03 09:00"), wall("2027-02-03 16:00"))

    assert not day.is_over(datetime(2027, 2, 3, 7, 59, tzinfo=UTC))
    assert day.is_over(datetime(2027, 2, 3, 8, tzinfo=UTC))
    assert not TO_COME.is_over(datetime(2030, 1, 1, tzinfo=UTC))


def test_a_postponed_meeting_remembers_what_it_was() -> None:
    day = scheduled(wall("2026-11-26 08:30"), wall("2026-11-26 12:00"))

    assert day.postponed("sjuk").was_at == datetime(2026, 11, 26, 7, 30, tzinfo=UTC)
    assert day.postponed("sjuk").called_off("ingen kunde").was_at == day.start_at
    assert in_month("2027-06").postponed("sjuk").was_at is None
