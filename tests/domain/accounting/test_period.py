"""Periods handed over: voucher numbers are unbroken within a financial year, whatever it is told to be meanwhile."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.accounting.bookkeeping import Bookkeeping
from domain.accounting.period import Contents, SeriesCount
from domain.kernel.financial_year import FinancialYear, FinancialYears, ToldYear
from domain.kernel.ids import OrganiserId

TODAY = date(2028, 3, 1)
CALENDAR = FinancialYears()


def told(first: date, last: date) -> FinancialYears:
    return FinancialYears((ToldYear(FinancialYear(first, last), TODAY),))


def handed_over(books: Bookkeeping, from_on: date, until_on: date, years: FinancialYears) -> tuple[SeriesCount, ...]:
    """A period of ten invoices."""
    return books.export(from_on, until_on, 1, TODAY, years, Contents({"F": 10})).series


def test_numbers_go_on_in_a_year_that_was_made_longer() -> None:
    books = Bookkeeping(organiser_id=OrganiserId(UUID(int=1)))
    first = handed_over(books, date(2026, 11, 1), date(2026, 12, 31), CALENDAR)

    longer = told(date(2026, 1, 1), date(2027, 6, 30))
    second = handed_over(books, date(2027, 1, 1), date(2027, 1, 31), longer)

    assert (*first, *second) == (SeriesCount("F", 1, 10), SeriesCount("F", 11, 10))


def test_numbers_begin_again_with_another_year() -> None:
    books = Bookkeeping(organiser_id=OrganiserId(UUID(int=1)))
    handed_over(books, date(2026, 5, 1), date(2026, 6, 30), CALENDAR)

    shorter = told(date(2026, 1, 1), date(2026, 6, 30))
    assert handed_over(books, date(2026, 7, 1), date(2026, 7, 31), shorter) == (SeriesCount("F", 1, 10),)
    assert handed_over(books, date(2026, 8, 1), date(2026, 8, 31), shorter) == (SeriesCount("F", 11, 10),)
