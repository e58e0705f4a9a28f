"""Periods of VAT of another length than before: no day is declared twice, and none falls between."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from application.accounting.bookkeeping import TellFinancialYear
from application.accounting.queries.vat_return import VatView
from application.accounting.vat_return import ChooseVatPeriod, DeclareVat
from application.kernel.seen import ChangedSinceShown
from domain.accounting.vat_return import VatDeclaredAlready, VatReturn, vat_period
from domain.kernel.financial_year import FinancialYear, FinancialYears, financial_year
from tests.samples import Institute
from tests.scenarios.story import book

JULY = DeclareVat(date(2026, 7, 1), date(2026, 7, 31))
AUGUST = DeclareVat(date(2026, 8, 1), date(2026, 8, 31))
THIRD = DeclareVat(date(2026, 7, 1), date(2026, 9, 30))


def choose(institute: Institute, months: int) -> None:
    institute.services.vat_returns.choose_period(institute.finance, ChooseVatPeriod(months))
    institute.catch_up()


def declare(institute: Institute, what: DeclareVat) -> int:
    institute.catch_up()
    made = institute.services.vat_returns.declare(institute.finance, what).answer
    institute.catch_up()
    return made.number


def view(institute: Institute, on: date | None = None) -> VatView:
    institute.catch_up()
    return institute.services.vat_return_questions.vat_view(institute.finance, on)


def test_a_quarter_is_not_declared_when_a_month_of_it_has_been(institute: Institute) -> None:
    choose(institute, 1)
    book(institute, institute.conference(), institute.acme, None)
    institute.at(2026, 10, 5)
    assert declare(institute, JULY) == 1
    choose(institute, 3)
    with pytest.raises(VatDeclaredAlready) as refused:
        declare(institute, THIRD)
    assert refused.value.facts == {
        "from_on": "2026-07-01",
        "until_on": "2026-07-31",
        "number": 1,
        "left_from": "2026-08-01",
        "left_until": "2026-08-31",
    }
    assert view(institute).from_on == date(2026, 9, 1) and view(institute).length == 1
    assert [each.first.month for each in view(institute).undeclared] == [8, 9]
    assert declare(institute, AUGUST) == 2
    assert declare(institute, DeclareVat(date(2026, 9, 1), date(2026, 9, 30))) == 3
    assert view(institute).undeclared == ()
    fourth = view(institute, date(2026, 11, 1))
    assert (fourth.from_on, fourth.until_on, fourth.months) == (date(2026, 10, 1), date(2026, 12, 31), 3)


def test_a_quarter_that_was_declared_is_corrected_as_a_quarter_after_months_were_chosen(institute: Institute) -> None:
    institute.at(2026, 10, 5)
    assert declare(institute, THIRD) == 1
    choose(institute, 1)
    with pytest.raises(VatDeclaredAlready) as refused:
        declare(institute, AUGUST)
    assert refused.value.facts["left_from"] is None and refused.value.facts["number"] == 1
    shown = view(institute, date(2026, 8, 15))
    assert (shown.from_on, shown.until_on, shown.last_number, shown.length) == (*_days(THIRD), 1, 3)
    book(institute, institute.conference(), institute.acme, None)
    institute.at(2026, 11, 5)
    assert view(institute).from_on == date(2026, 10, 1) and view(institute).length == 1


def test_what_is_declared_and_what_was_chosen_a_moment_ago_are_of_the_same_days(institute: Institute) -> None:
    """The boxes are read of a month while quarters have been chosen already: nothing is declared, and it says so."""
    choose(institute, 1)
    institute.at(2026, 10, 5)
    institute.services.vat_returns.choose_period(institute.finance, ChooseVatPeriod(3))
    with pytest.raises(ChangedSinceShown):
        institute.services.vat_returns.declare(institute.finance, THIRD)
    assert declare(institute, THIRD) == 1


def test_a_year_goes_on_by_quarters_where_one_of_it_was_declared_and_is_a_year_after(institute: Institute) -> None:
    year = TellFinancialYear(date(2026, 7, 1), date(2027, 6, 30))
    institute.services.bookkeeping.tell_financial_year(institute.finance, year)
    institute.at(2026, 10, 5)
    assert declare(institute, THIRD) == 1
    choose(institute, 12)
    assert view(institute, date(2027, 5, 1)).from_on == date(2027, 4, 1)
    after = view(institute, date(2027, 7, 1))
    assert (after.from_on, after.until_on, after.length) == (date(2027, 7, 1), date(2028, 6, 30), 12)


def test_whatever_was_declared_each_day_is_in_one_period_that_cuts_no_other() -> None:
    """A financial year from May to April ends within a quarter; what is left of that goes by months."""
    years = FinancialYears().told_anew(financial_year(date(2025, 5, 1), date(2026, 4, 30)), date(2025, 5, 1))
    for before, after in product((1, 3, 12), repeat=2):
        first = vat_period(date(2026, 2, 10), before, years)
        returns = [VatReturn(1, first.first, first.last, date(2026, 6, 1), 0, ())]
        day, periods = date(2025, 1, 1), list[FinancialYear]()
        while day < date(2028, 1, 1):
            period = vat_period(day, after, years, returns)
            assert {vat_period(each, after, years, returns) for each in (period.first, period.last)} == {period}
            assert not periods or periods[-1].last + date.resolution == period.first
            periods.append(period)
            day = period.last + date.resolution
        assert first in periods
        assert vat_period(date(2027, 8, 1), after, years, returns) == vat_period(date(2027, 8, 1), after, years)
    yearly = [VatReturn(1, date(2025, 5, 1), date(2026, 4, 30), date(2026, 6, 1), 0, ())]
    assert vat_period(date(2026, 5, 1), 3, years, yearly) == FinancialYear(date(2026, 5, 1), date(2026, 5, 31))


def _days(command: DeclareVat) -> tuple[date, date]:
    return command.from_on, command.until_on
