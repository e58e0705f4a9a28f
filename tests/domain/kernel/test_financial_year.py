"""Financial years: calendar years until others are told, broken, first and changed ones (bokföringslagen 3 kap.)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.kernel.errors import BadValue
from domain.kernel.financial_year import FinancialYear, FinancialYears, YearsHaveGap, financial_year

TODAY = date(2026, 11, 1)
BROKEN = FinancialYear(date(2026, 7, 1), date(2027, 6, 30))


def told(*years: tuple[date, date], on: date = TODAY) -> FinancialYears:
    known = FinancialYears()
    for first, last in years:
        known = known.told_anew(financial_year(first, last), on)
    return known


def test_without_any_told_years_are_calendar_years() -> None:
    assert FinancialYears().year_of(date(2028, 2, 29)) == FinancialYear(date(2028, 1, 1), date(2028, 12, 31))


def test_a_broken_year_goes_on_in_both_directions() -> None:
    years = told((BROKEN.first, BROKEN.last))
    assert years.year_of(date(2027, 6, 30)) == BROKEN
    assert years.year_of(date(2027, 7, 1)) == FinancialYear(date(2027, 7, 1), date(2028, 6, 30))
    assert years.year_of(date(2024, 6, 30)) == FinancialYear(date(2023, 7, 1), date(2024, 6, 30))
    assert (years.closing_year(date(2026, 6, 30)), years.closing_year(date(2026, 7, 1))) == (2026, 2027)


def test_years_that_end_in_february_end_on_its_last_day() -> None:
    years = told((date(2026, 3, 1), date(2027, 2, 28)))
    assert years.year_of(date(2028, 2, 29)) == FinancialYear(date(2027, 3, 1), date(2028, 2, 29))
    assert years.year_of(date(2028, 3, 1)) == FinancialYear(date(2028, 3, 1), date(2029, 2, 28))
    from_leap_year = told((date(2027, 3, 1), date(2028, 2, 29)))
    assert from_leap_year.year_of(date(2029, 3, 1)) == FinancialYear(date(2029, 3, 1), date(2030, 2, 28))
    assert from_leap_year.year_of(date(2027, 2, 28)) == FinancialYear(date(2026, 3, 1), date(2027, 2, 28))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 7, 1), date(2028, 1, 31)),
        (date(2026, 7, 1), date(2027, 6, 29)),
        (date(2026, 7, 1), date(2026, 6, 30)),
        (date(2027, 3, 1), date(2028, 2, 28)),
        (date(2026, 7, 15), date(2028, 1, 31)),
    ],
)
def test_a_year_ends_with_a_month_and_has_at_most_eighteen(first: date, last: date) -> None:
    with pytest.raises(BadValue):
        financial_year(first, last)


def test_a_first_year_of_eighteen_months_and_one_that_begins_on_any_day() -> None:
    years = told((date(2026, 7, 1), date(2027, 12, 31)))
    assert years.closing_year(date(2026, 7, 1)) == 2027
    assert years.year_of(date(2028, 1, 1)) == FinancialYear(date(2028, 1, 1), date(2028, 12, 31))
    founded = told((date(2026, 7, 15), date(2027, 12, 31)))
    assert founded.year_of(date(2028, 6, 1)) == FinancialYear(date(2028, 1, 1), date(2028, 12, 31))


def test_a_changed_year_begins_where_one_begins() -> None:
    broken = told((BROKEN.first, BROKEN.last))
    shortened = broken.told_anew(financial_year(date(2027, 7, 1), date(2027, 12, 31)), TODAY)
    assert shortened.year_of(date(2027, 9, 1)) == FinancialYear(date(2027, 7, 1), date(2027, 12, 31))
    assert shortened.year_of(date(2028, 9, 1)) == FinancialYear(date(2028, 1, 1), date(2028, 12, 31))
    assert shortened.year_of(date(2027, 6, 30)) == BROKEN
    with pytest.raises(YearsHaveGap) as refused:
        broken.told_anew(financial_year(date(2028, 1, 1), date(2028, 12, 31)), TODAY)
    assert refused.value.facts == {"begins_on": "2027-07-01"}


def test_an_earlier_year_told_afterwards_leaves_the_later_ones_and_a_mistake_is_told_anew() -> None:
    long = told((date(2026, 7, 1), date(2027, 12, 31)), (date(2025, 7, 1), date(2026, 6, 30)))
    assert long.year_of(date(2027, 8, 1)).last == date(2027, 12, 31)
    corrected = told((date(2026, 7, 1), date(2027, 6, 30)), (date(2026, 9, 1), date(2027, 8, 31)))
    assert corrected.year_of(date(2026, 12, 1)) == FinancialYear(date(2026, 9, 1), date(2027, 8, 31))


def test_every_day_belongs_to_one_year_and_years_join() -> None:
    years = told((date(2026, 7, 1), date(2027, 6, 30)), (date(2027, 7, 1), date(2028, 12, 31)))
    day = date(2024, 1, 1)
    while day < date(2032, 1, 1):
        year = years.year_of(day)
        assert year.has(day) and years.year_of(year.last + timedelta(days=1)).first == year.last + timedelta(days=1)
        day += timedelta(days=29)


def test_what_was_sealed_before_a_year_was_changed_is_kept_as_long_as_the_changed_year() -> None:
    """Sealed in October 2026 by the key of 2026; then the year becomes July to June, so it ends in 2027."""
    years = told((BROKEN.first, BROKEN.last), on=date(2026, 11, 1))
    assert (years.closes_with_key(2026), years.closes_with_key(2027), years.closes_with_key(2025)) == (2027, 2027, 2026)
    foretold = told((BROKEN.first, BROKEN.last), on=date(2026, 6, 1))
    assert foretold.closes_with_key(2026) == 2026
    longer = years.told_anew(financial_year(date(2027, 7, 1), date(2028, 12, 31)), date(2028, 6, 1))
    assert (longer.closes_with_key(2027), longer.closes_with_key(2028)) == (2027, 2028)
    shorter = years.told_anew(financial_year(date(2028, 7, 1), date(2028, 12, 31)), date(2028, 8, 1))
    assert shorter.closes_with_key(2029) == 2029
