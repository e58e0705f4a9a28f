"""By when VAT is declared and paid, by how long the periods are, over weekends, red days and the turn of the year."""

from __future__ import annotations

from datetime import date

import pytest

from domain.accounting.filing_day import FilingDays, filing_days


@pytest.mark.parametrize(
    ("until_on", "last", "large"),
    [
        (date(2026, 1, 31), date(2026, 3, 12), date(2026, 2, 26)),
        (date(2026, 11, 30), date(2027, 1, 18), date(2026, 12, 28)),  # the 17th and the 27th are Sundays
        (date(2025, 11, 30), date(2026, 1, 19), date(2025, 12, 29)),  # the 17th and the 27th are Saturdays
        (date(2026, 6, 30), date(2026, 8, 17), date(2026, 7, 27)),  # the 26th is a Sunday
        (date(2026, 12, 31), date(2027, 2, 12), date(2027, 1, 26)),
        (date(2026, 4, 30), date(2026, 6, 12), date(2026, 5, 26)),
        (date(2028, 12, 31), date(2029, 2, 12), date(2029, 1, 26)),
    ],
)
def test_a_month_is_declared_on_the_12th_of_the_second_month_after_or_by_the_large_on_the_26th(
    until_on: date, last: date, large: date
) -> None:
    assert filing_days(until_on, 1) == FilingDays(last, large)


@pytest.mark.parametrize(
    ("until_on", "last"),
    [
        (date(2026, 3, 31), date(2026, 5, 12)),
        (date(2026, 6, 30), date(2026, 8, 17)),
        (date(2026, 9, 30), date(2026, 11, 12)),
        (date(2026, 12, 31), date(2027, 2, 12)),
    ],
)
def test_a_quarter_is_declared_on_the_12th_of_the_second_month_after(until_on: date, last: date) -> None:
    assert filing_days(until_on, 3) == FilingDays(last)


@pytest.mark.parametrize(
    ("until_on", "last"),
    [
        (date(2026, 12, 31), date(2027, 2, 26)),
        (date(2027, 10, 31), date(2027, 12, 27)),
        (date(2026, 4, 30), date(2026, 6, 26)),
        (date(2025, 4, 30), date(2025, 6, 26)),
        (date(2026, 8, 31), date(2026, 10, 26)),
        (date(2027, 6, 30), date(2027, 8, 26)),
    ],
)
def test_a_year_is_declared_on_the_26th_of_the_second_month_after(until_on: date, last: date) -> None:
    assert filing_days(until_on, 12) == FilingDays(last)


def test_what_is_no_working_day_is_the_next_one() -> None:
    """Midsummer Eve, and the days of Christmas up to the next Monday."""
    assert filing_days(date(2027, 4, 30), 1).last == date(2027, 6, 14)  # the 12th is a Saturday
    assert filing_days(date(2026, 10, 31), 12).last == date(2026, 12, 28)  # the 27th is a Sunday after Boxing Day
