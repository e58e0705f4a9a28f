"""The VAT return by boxes (SKV 4700): whole kronor, periods, its file, corrections, and the ledger behind it."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from application.accounting.bookkeeping import TellFinancialYear
from application.accounting.vat_return import ChooseVatPeriod, DeclareVat, VatReturnRef
from application.booking.purchase import MakePurchase
from application.programme.goods import OfferGoods
from domain.accounting.period import PeriodNotOver
from domain.accounting.vat_return import (
    BoxAmount,
    NoVatPeriod,
    RateWithoutBox,
    Taxed,
    declared,
    sales_boxes,
    vat_period,
)
from domain.kernel.errors import BadValue, NotAllowed
from domain.kernel.financial_year import FinancialYear, FinancialYears, financial_year
from domain.kernel.vat import VAT_6
from tests.samples import Institute, kronor
from tests.scenarios.accounting.test_ledger import balances
from tests.scenarios.story import book, cancel

SEPTEMBER = DeclareVat(date(2026, 9, 1), date(2026, 9, 30))


def boxes(told: tuple[BoxAmount, ...]) -> dict[str, int]:
    return {each.no: each.kronor for each in told}


def test_minor_units_are_dropped_in_each_box_and_what_is_to_pay_follows_from_them() -> None:
    """VAT 12 345.67 less input 1 234 is 11 111; sixty öre back are nothing (SFF 22:1)."""
    assert boxes(declared({"10": 12_345_67}, [BoxAmount("48", 1_234)])) == {"10": 12_345, "48": 1_234, "49": 11_111}
    assert boxes(declared({"05": -60, "10": -15})) == {"49": 0}
    assert boxes(declared({"05": -12_000_99, "10": -3_000_99})) == {"05": -12_000, "10": -3_000, "49": -3_000}
    bought = [BoxAmount("21", 4_000), BoxAmount("30", 1_000), BoxAmount("48", 1_000)]
    assert boxes(declared({}, bought)) == {"21": 4_000, "30": 1_000, "48": 1_000, "49": 0}
    with pytest.raises(BadValue):
        declared({}, [BoxAmount("05", 1)])


def test_each_kind_of_sale_has_its_box() -> None:
    rates = [
        Taxed(2_500, "standard", 1_000_00, 250_00),
        Taxed(1_200, "standard", 200_00, 24_00),
        Taxed(600, "standard", 100_00, 6_00),
        Taxed(0, "exempt", 7_00, 0),
        Taxed(0, "outside", 9_00, 0),
        Taxed(0, "reverse", 39_00, 0),
        Taxed(0, "abroad", 40_00, 0),
        Taxed(0, "export", 36_00, 0),
        Taxed(0, "eu_goods", 35_00, 0),
    ]
    found = sales_boxes(rates)
    assert found == {
        "05": 1_300_00,
        "10": 250_00,
        "11": 24_00,
        "12": 6_00,
        "42": 7_00,
        "39": 39_00,
        "40": 40_00,
        "36": 36_00,
        "35": 35_00,
    }
    with pytest.raises(RateWithoutBox):
        sales_boxes([Taxed(2_550, "standard", 100_00, 25_50)])


def test_periods_are_months_calendar_quarters_or_financial_years() -> None:
    years = FinancialYears().told_anew(financial_year(date(2026, 7, 1), date(2027, 6, 30)), date(2026, 7, 1))
    leap = date(2028, 2, 29)
    assert vat_period(leap, 1, years) == FinancialYear(date(2028, 2, 1), leap)
    assert vat_period(leap, 3, years) == FinancialYear(date(2028, 1, 1), date(2028, 3, 31))
    assert vat_period(leap, 12, years) == FinancialYear(date(2027, 7, 1), date(2028, 6, 30))
    assert vat_period(date(2026, 12, 31), 1, years).last == date(2026, 12, 31)


def by_month(institute: Institute) -> None:
    institute.services.vat_returns.choose_period(institute.finance, ChooseVatPeriod(1))
    institute.catch_up()


def declare(institute: Institute, what: DeclareVat = SEPTEMBER) -> VatReturnRef:
    institute.catch_up()
    made = institute.services.vat_returns.declare(institute.finance, what).answer
    institute.catch_up()
    return made


def sell_a_book(institute: Institute) -> None:
    goods = OfferGoods("Boken", kronor(125), kronor(0), VAT_6)
    goods_id = institute.services.goods.offer(institute.admin, goods).answer.goods_id
    buyer = institute.member("Anna", institute.acme)
    institute.services.purchases.make(buyer, MakePurchase(goods_id, 1, "Gatan 1"))
    institute.catch_up()


def test_the_boxes_of_a_month_equal_the_ledger_and_stand_in_the_file(institute: Institute) -> None:
    by_month(institute)
    made = book(institute, institute.conference(), institute.acme, None, None)
    sell_a_book(institute)
    cancel(institute, institute.admin, made.booking_id, 1)
    institute.catch_up()
    institute.at(2026, 10, 5)

    view = institute.services.vat_return_questions.vat_view(institute.finance)
    exact = {each.no: each.exact for each in view.boxes}
    assert exact == {"05": 6_117_92, "10": 1_500_00, "12": 7_08}
    ledger = balances(institute)
    assert (exact["10"], exact["12"]) == (-ledger["vat_2500"], -ledger["vat_600"])

    ref = declare(institute, DeclareVat(SEPTEMBER.from_on, SEPTEMBER.until_on, (BoxAmount("48", 500),)))
    assert ref == VatReturnRef(1, is_again=False)
    file = institute.services.vat_return_questions.vat_file(institute.finance, 1)
    text = file.content.decode("iso-8859-1")
    assert text.startswith('<?xml version="1.0" encoding="ISO-8859-1"?>') and "eSKDUpload_6p0.dtd" in text
    moms = ElementTree.fromstring(file.content).find("Moms")
    assert moms is not None
    assert {each.tag: each.text for each in moms} == {
        "Period": "202609",
        "ForsMomsEjAnnan": "6117",
        "MomsUtgHog": "1500",
        "MomsUtgLag": "7",
        "MomsIngAvdr": "500",
        "MomsBetala": "1007",
    }
    assert "<OrgNr>556036-0793</OrgNr>" in text


def test_a_period_is_declared_once_and_corrected_by_another_return(institute: Institute) -> None:
    by_month(institute)
    book(institute, institute.conference(), institute.acme, None)
    institute.catch_up()
    institute.at(2026, 10, 5)
    assert declare(institute) == VatReturnRef(1, is_again=False)
    assert declare(institute) == VatReturnRef(1, is_again=True)
    with_input = DeclareVat(SEPTEMBER.from_on, SEPTEMBER.until_on, (BoxAmount("48", 700),))
    assert declare(institute, with_input) == VatReturnRef(2, is_again=False)
    rows = institute.services.vat_return_questions.vat_returns(institute.finance)
    assert [(row.number, row.to_pay, row.corrects, row.is_corrected) for row in rows] == [
        (2, 800, 1, False),
        (1, 1_500, None, True),
    ]
    assert b"TextUpplysningMoms" in institute.services.vat_return_questions.vat_file(institute.finance, 2).content
    view = institute.services.vat_return_questions.vat_view(institute.finance, date(2026, 9, 15))
    assert (view.last_number, view.has_changed, boxes(view.bought)) == (2, False, {"48": 700, "49": 800})


def test_only_finance_declares_and_only_whole_periods_that_are_over(institute: Institute) -> None:
    institute.at(2026, 10, 5)
    with pytest.raises(NotAllowed):
        institute.services.vat_returns.declare(institute.admin, SEPTEMBER)
    with pytest.raises(NoVatPeriod) as quarter:
        declare(institute)
    assert quarter.value.facts == {"from_on": "2026-07-01", "until_on": "2026-09-30"}
    with pytest.raises(PeriodNotOver):
        declare(institute, DeclareVat(date(2026, 10, 1), date(2026, 12, 31)))
    assert declare(institute, DeclareVat(date(2026, 7, 1), date(2026, 9, 30))).number == 1
    year = TellFinancialYear(date(2025, 7, 1), date(2026, 6, 30))
    institute.services.bookkeeping.tell_financial_year(institute.finance, year)
    institute.services.vat_returns.choose_period(institute.finance, ChooseVatPeriod(12))
    assert declare(institute, DeclareVat(date(2025, 7, 1), date(2026, 6, 30))).number == 2
