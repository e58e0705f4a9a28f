"""A season in outline: its days and months, and how long it is as people count."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest

from domain.kernel.ids import MeetingId
from domain.programme.meeting import ON_SITE, Meeting
from domain.programme.meeting_time import TO_COME, MeetingTime, in_month, scheduled
from domain.programme.outline import Measure, Outline, outline_of


def at(start: str, end: str) -> MeetingTime:
    return scheduled(datetime.fromisoformat(start), datetime.fromisoformat(end))


def outline(*times: MeetingTime) -> Outline:
    meetings = [Meeting(MeetingId(UUID(int=no)), f"Träff {no}", time, ON_SITE) for no, time in enumerate(times)]
    return outline_of(meetings, "Europe/Stockholm")


def day(on: str) -> MeetingTime:
    return at(f"{on}T09:00", f"{on}T16:00")


def morning(on: str) -> MeetingTime:
    return at(f"{on}T09:30", f"{on}T12:30")


def webinar(on: str) -> MeetingTime:
    return at(f"{on}T08:30", f"{on}T09:30")


LENGTHS = [
    ([webinar("2027-03-09")], 1, Measure.HOURS),
    ([day("2027-03-09")], 1, Measure.HOURS),
    ([at("2027-01-25T09:00", "2027-01-26T14:00")], 2, Measure.DAYS),
    ([day("2027-01-25"), at("2027-01-26T09:00", "2027-01-26T14:00")], 2, Measure.DAYS),
    ([day("2027-01-25"), at("2027-02-26T09:00", "2027-02-27T14:00")], 3, Measure.DAYS),
    (
        [morning("2026-10-28"), morning("2026-11-26").postponed("Sjuk"), in_month("2027-06"), TO_COME],
        4,
        Measure.HALF_DAYS,
    ),
    ([day("2026-10-28"), TO_COME], 2, Measure.DAYS),
    ([morning("2027-02-07"), webinar("2027-03-12")], 2, Measure.MEETINGS),
    ([webinar("2027-02-07"), webinar("2027-03-12")], 2, Measure.MEETINGS),
    ([in_month("2027-06"), TO_COME], 2, Measure.MEETINGS),
    ([TO_COME], 1, Measure.MEETINGS),
    ([morning("2027-02-07"), morning("2027-03-07"), morning("2027-04-07").called_off("Få")], 2, Measure.HALF_DAYS),
    ([], 0, Measure.MEETINGS),
]


@pytest.mark.parametrize(("times", "count", "measure"), LENGTHS)
def test_a_season_is_as_long_as_people_say(times: list[MeetingTime], count: int, measure: Measure) -> None:
    found = outline(*times)
    assert (found.count, found.measure) == (count, measure)


def test_only_a_single_meeting_on_a_single_day_is_told_by_its_hours() -> None:
    one = webinar("2027-03-09")
    assert (outline(one).start_at, outline(one).end_at) == (one.start_at, one.end_at)
    assert outline(one, TO_COME).start_at is None
    assert outline(at("2027-01-25T09:00", "2027-01-26T14:00")).start_at is None


def test_its_days_are_in_order_and_what_is_called_off_is_none_of_them() -> None:
    found = outline(day("2027-03-09"), at("2027-01-25T09:00", "2027-01-26T14:00"), day("2027-02-01").called_off(""))
    assert found.days == (date(2027, 1, 25), date(2027, 1, 26), date(2027, 3, 9))
    assert found.months == ("2027-01", "2027-03")


def test_a_month_of_which_no_more_is_known_is_one_of_its_months() -> None:
    found = outline(day("2027-03-09"), in_month("2027-06"))
    assert (found.days, found.months) == ((date(2027, 3, 9),), ("2027-03", "2027-06"))


def test_what_ends_at_midnight_is_over_on_its_day() -> None:
    assert outline(at("2027-03-09T18:00", "2027-03-10T00:00")).days == (date(2027, 3, 9),)


def test_what_goes_on_for_months_is_told_by_its_first_and_last_day() -> None:
    assert outline(at("2027-01-01T09:00", "2030-01-01T09:00")).days == (date(2027, 1, 1), date(2030, 1, 1))
