"""The EC sales list is of a calendar month or quarter, by month where goods were sold, and due on the 25th after."""

from __future__ import annotations

from datetime import date

import pytest

from application.accounting.queries.vat_return import EcSalesRow
from domain.accounting.ec_sales import EcPeriod, ec_period, ec_periods, last_quarter
from domain.kernel.errors import BadValue
from web.reports.ec_sales import written


@pytest.mark.parametrize(
    ("first", "last", "code", "due_on"),
    [
        (date(2026, 12, 1), date(2026, 12, 31), "2612", date(2027, 1, 25)),
        (date(2026, 10, 1), date(2026, 12, 31), "26-4", date(2027, 1, 25)),
        (date(2026, 1, 1), date(2026, 3, 31), "26-1", date(2026, 4, 27)),  # the 25th is a Saturday
        (date(2026, 11, 1), date(2026, 11, 30), "2611", date(2026, 12, 28)),  # Christmas, and the weekend after it
        (date(2028, 2, 1), date(2028, 2, 29), "2802", date(2028, 3, 27)),
    ],
)
def test_a_period_has_its_code_and_its_day(first: date, last: date, code: str, due_on: date) -> None:
    period = ec_period(first, last)
    assert (period.code, period.due_on) == (code, due_on)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 1), date(2027, 1, 31)),
        (date(2026, 11, 2), date(2026, 11, 30)),
        (date(2026, 11, 1), date(2026, 11, 29)),
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 3, 1), date(2026, 1, 31)),
    ],
)
def test_other_days_are_no_period_of_it(first: date, last: date) -> None:
    with pytest.raises(BadValue):
        ec_period(first, last)


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2026, 9, 30), "26-2"),
        (date(2026, 10, 1), "26-3"),
        (date(2026, 12, 31), "26-3"),
        (date(2027, 1, 1), "26-4"),
        (date(2027, 3, 15), "26-4"),
    ],
)
def test_the_quarter_that_was_over_last_is_the_usual_one(today: date, code: str) -> None:
    assert last_quarter(today).code == code


def test_goods_are_told_by_month_and_services_alone_by_quarter() -> None:
    first, last = date(2026, 10, 1), date(2026, 12, 31)
    assert [each.code for each in ec_periods(first, last, has_goods=True)] == ["2610", "2611", "2612"]
    assert ec_periods(first, last, has_goods=False) == (EcPeriod(first, last),)
    assert ec_periods(date(2026, 11, 1), date(2026, 11, 30), has_goods=False) == ()
    [of_december] = ec_periods(date(2026, 12, 1), date(2026, 12, 31), has_goods=False)
    assert of_december == EcPeriod(first, last)
    broken = ec_periods(date(2026, 7, 1), date(2027, 6, 30), has_goods=False)
    assert [each.code for each in broken] == ["26-3", "26-4", "27-1", "27-2"]


def test_the_file_has_whole_kronor_and_leaves_out_what_comes_to_nothing() -> None:
    sales = (
        EcSalesRow("DK13585628", "Kunde", 1_200_99, 4_500_00),
        EcSalesRow("DE136695976", "Kunde", 0, -750_50),
        EcSalesRow("FI20774740", "Asiakas", 0, 99),
    )
    file = written("SE556999000401", EcPeriod(date(2026, 10, 1), date(2026, 12, 31)), ("Eva; Ek", "08-1", ""), sales)
    assert file.decode("iso-8859-1").split("\r\n") == [
        "SKV574008;",
        "SE556999000401;26-4;Eva Ek;08-1;;",
        "DK13585628;1200;;4500;",
        "DE136695976;;;-750;",
        "",
    ]
