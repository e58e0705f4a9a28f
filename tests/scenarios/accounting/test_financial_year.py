"""A company whose financial year is July to June: its files, its periods, and how long its papers are kept."""

from __future__ import annotations

from datetime import date

import pytest

from application.accounting.bookkeeping import ExportPeriod, TellFinancialYear
from application.billing.crediting import CreditInvoice
from application.booking.booking import MakeBooking
from domain.accounting.period import PeriodInTwoYears, YearDividesPeriod
from domain.kernel.financial_year import FinancialYear
from domain.kernel.ids import InvoiceId
from tests.samples import Institute
from tests.scenarios.automation.test_retention import work_of_the_day
from tests.scenarios.sie_reader import read
from tests.scenarios.story import book, documents, seated, stockholm

JULY_TO_JUNE = TellFinancialYear(date(2026, 7, 1), date(2027, 6, 30))


def tell(institute: Institute, year: TellFinancialYear = JULY_TO_JUNE) -> None:
    institute.services.bookkeeping.tell_financial_year(institute.finance, year)
    institute.catch_up()


def export(institute: Institute, first: date, last: date) -> bytes:
    institute.catch_up()
    ref = institute.services.bookkeeping.export(institute.finance, ExportPeriod(first, last, is_confirmed=True)).answer
    institute.catch_up()
    return institute.services.bookkeeping_questions.file(institute.finance, ref.number).content


def test_the_file_says_the_financial_year_and_goes_on_saying_it(institute: Institute) -> None:
    tell(institute)
    book(institute, institute.conference(), institute.acme, None)
    institute.at(2027, 4, 1)
    first = export(institute, date(2026, 11, 1), date(2027, 2, 28))
    assert read(first).head["#RAR"] == ["0", "20260701", "20270630"]

    tell(institute, TellFinancialYear(date(2026, 7, 1), date(2027, 12, 31)))
    assert export(institute, date(2026, 11, 1), date(2027, 2, 28)) == first
    assert read(export(institute, date(2027, 3, 1), date(2027, 3, 31))).head["#RAR"] == ["0", "20260701", "20271231"]


def test_a_period_lies_in_one_financial_year(institute: Institute) -> None:
    institute.at(2027, 9, 1)
    with pytest.raises(PeriodInTwoYears) as refused:
        export(institute, date(2026, 11, 1), date(2027, 2, 28))
    assert refused.value.facts == {"last_on": "2026-12-31"}
    export(institute, date(2026, 6, 1), date(2026, 7, 31))
    with pytest.raises(YearDividesPeriod):
        tell(institute)
    tell(institute, TellFinancialYear(date(2026, 5, 1), date(2027, 4, 30)))
    export(institute, date(2026, 11, 1), date(2027, 2, 28))


def test_years_as_finance_reads_them(institute: Institute) -> None:
    tell(institute)
    years = institute.services.bookkeeping_questions.years(institute.finance)
    assert years.current == FinancialYear(date(2026, 7, 1), date(2027, 6, 30)) == years.told[0]
    assert years.before.first == date(2025, 7, 1) and years.after.last == date(2028, 6, 30)


def buys(institute: Institute, name: str, when: str) -> None:
    institute.clock.instant = stockholm(when)
    buyer = institute.member(name)
    assert buyer.person_id is not None
    institute.services.bookings.make(buyer, MakeBooking(institute.conference(), seated(buyer.person_id)))
    institute.catch_up()


def buyers(institute: Institute, when: str) -> list[str | None]:
    institute.clock.instant = stockholm(when)
    work_of_the_day(institute)
    return [row.buyer for row in documents(institute, "invoice")]


def test_papers_are_kept_to_the_seventh_year_after_that_in_which_their_own_financial_year_ended(
    institute: Institute,
) -> None:
    """Midnight at the end of the year is Stockholm's: 23.30 on the last of June is 21.30 UTC."""
    tell(institute)
    buys(institute, "Sven", "2027-06-30 23:30")
    buys(institute, "Tove", "2027-07-01 00:30")
    assert buyers(institute, "2034-12-31 23:30") == ["Sven", "Tove"]
    assert buyers(institute, "2035-01-01 01:30") == [None, "Tove"]
    assert buyers(institute, "2035-12-31 23:30") == [None, "Tove"]
    assert buyers(institute, "2036-01-01 01:30") == [None, None]


def test_a_year_that_is_changed_afterwards_keeps_what_was_sealed_before(institute: Institute) -> None:
    buys(institute, "Sven", "2026-10-15 12:00")
    tell(institute)
    assert buyers(institute, "2034-01-01 01:30") == ["Sven"]
    assert buyers(institute, "2034-12-31 23:30") == ["Sven"]
    assert buyers(institute, "2035-01-01 01:30") == [None]


def test_a_credit_note_is_kept_as_long_as_its_own_year(institute: Institute) -> None:
    buys(institute, "Sven", "2026-10-15 12:00")
    institute.clock.instant = stockholm("2027-02-01 12:00")
    [invoice] = documents(institute, "invoice")
    credit = CreditInvoice(InvoiceId(invoice.document_id), "Fel pris")
    institute.services.crediting.credit(institute.finance, credit)
    institute.catch_up()
    assert buyers(institute, "2034-01-01 01:30") == [None]
    assert [row.buyer for row in documents(institute, "credit_note")] == ["Sven"]
