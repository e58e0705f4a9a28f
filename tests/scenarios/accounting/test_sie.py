"""The file for bookkeeping: S56, read back by a strict reader of our own and by another program's."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from pandas import DataFrame
from pysie_accounting.pysie import PySIE

from application.accounting.bookkeeping import ChooseAccounts, ExportPeriod
from application.accounting.queries.bookkeeping import AccountMissing
from application.billing.invoice import RecordPayment
from application.booking.purchase import MakePurchase
from application.programme.goods import OfferGoods
from domain.accounting.bookkeeping import AccountChoice, PeriodOverlaps
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import InvoiceId
from domain.kernel.vat import VAT_6, VatRate
from infrastructure.accounting.sie import Company, Entry, Voucher, VoucherUnbalanced, write
from tests.samples import Institute, kronor
from tests.scenarios.sie_reader import Read, read
from tests.scenarios.story import book, documents

SEPTEMBER = ExportPeriod(date(2026, 9, 1), date(2026, 9, 30))


def buy_a_book(institute: Institute) -> None:
    goods = OfferGoods("Boken", kronor(125), kronor(0), VAT_6)
    buy(institute, institute.services.goods.offer(institute.admin, goods).answer.goods_id)


def buy(institute: Institute, goods_id: UUID) -> None:
    command = MakePurchase(goods_id, 1, "Gatan 1")
    institute.services.purchases.make(institute.member("Anna", institute.acme), command)


def exported(institute: Institute, period: ExportPeriod = SEPTEMBER) -> bytes:
    institute.catch_up()
    ref = institute.services.bookkeeping.export(institute.finance, period).answer
    institute.catch_up()
    return institute.services.bookkeeping_questions.file(institute.finance, ref.number).content


def sums(found: Read) -> dict[int, int]:
    total: dict[int, int] = {}
    for voucher in found.vouchers:
        for account, amount in voucher.amounts.items():
            total[account] = total.get(account, 0) + amount
    return total


def test_a_member_ticket_and_a_book(institute: Institute) -> None:
    """S56."""
    book(institute, institute.conference(), institute.acme, None)
    buy_a_book(institute)

    found = read(exported(institute))

    assert sums(found) == {1510: 7_625_00, 3041: -6_000_00, 3051: -117_92, 2611: -1_500_00, 2631: -7_08}
    assert found.head["#SIETYP"] == ["4"]
    assert found.head["#FORMAT"] == ["PC8"]
    assert found.head["#ORGNR"] == ["556036-0793"]
    assert found.head["#RAR"] == ["0", "20260101", "20261231"]
    assert {voucher.day for voucher in found.vouchers} == {"20260901"}
    assert found.accounts[3041] == "Försäljning 25 %"
    assert found.dimensions == {"1": "Nätverk", "6": "Säsong"}
    assert set(found.objects.values()) == {"Lära och förändra tillsammans"}


def test_another_programs_reader_finds_the_same(institute: Institute, tmp_path: Path) -> None:
    book(institute, institute.conference(), institute.acme, None)
    buy_a_book(institute)
    file = tmp_path / "plats.se"
    file.write_bytes(exported(institute))

    other = PySIE()
    other.sie_encoding, other.dftrans = "cp437", DataFrame({"SRU": [0], "Ink2": [""]})  # what it cannot do without
    other.open(str(file))

    assert other.fnamn == "Institutet"
    vouchers = [(day, text, rows) for day, text, _, rows in other.verifikat.values()]
    assert [(day, text) for day, text, _ in vouchers] == [("20260901", "Faktura 1"), ("20260901", "Faktura 2")]
    rows = sorted((account, amount) for _, _, rows in vouchers for account, _, amount in rows)
    assert rows == [
        ("1510", "125.00"),
        ("1510", "7500.00"),
        ("2611", "-1500.00"),
        ("2631", "-7.08"),
        ("3041", "-6000.00"),
        ("3051", "-117.92"),
    ]


def test_the_same_period_again_is_the_same_file_whatever_has_happened_since(institute: Institute) -> None:
    book(institute, institute.conference(), institute.acme, None)
    first = exported(institute)
    book(institute, institute.conference(), institute.bolt, None)
    choose = ChooseAccounts((AccountChoice("revenue_2500", 3045),))
    institute.services.bookkeeping.choose_accounts(institute.finance, choose)
    institute.at(2026, 10, 2)
    institute.catch_up()

    again = institute.services.bookkeeping.export(institute.finance, SEPTEMBER).answer

    assert (again.number, again.is_again) == (1, True)
    assert exported(institute) == first
    [row] = institute.services.bookkeeping_questions.exports(institute.finance)
    assert (row.number, row.exported_on) == (1, date(2026, 9, 1))
    with pytest.raises(PeriodOverlaps):
        institute.services.bookkeeping.export(institute.finance, ExportPeriod(date(2026, 9, 30), date(2026, 10, 31)))


def test_what_comes_late_to_an_exported_period_is_in_the_next_file_once(institute: Institute) -> None:
    book(institute, institute.conference(), institute.acme, None)
    exported(institute)
    [row] = documents(institute)
    institute.at(2026, 10, 2)
    late = RecordPayment(InvoiceId(row.document_id), 7_500_00, "BG 1", date(2026, 9, 29))
    institute.services.invoices.record_payment(institute.finance, late)

    found = read(exported(institute, ExportPeriod(date(2026, 10, 1), date(2026, 10, 31))))
    [voucher] = found.vouchers
    assert (voucher.day, voucher.text) == ("20261001", "Inbetalning 1 (2026-09-29)")
    assert voucher.amounts == {1930: 7_500_00, 1510: -7_500_00}
    assert read(exported(institute, ExportPeriod(date(2026, 11, 1), date(2026, 11, 30)))).vouchers == []


def test_accounts_and_dimensions_are_the_organisers_own(institute: Institute) -> None:
    choose = ChooseAccounts((AccountChoice("receivable", 1513), AccountChoice("revenue_2500", 3010)), 20, 21)
    with pytest.raises(NotAllowed):
        institute.services.bookkeeping.choose_accounts(institute.admin, choose)
    institute.services.bookkeeping.choose_accounts(institute.finance, choose)
    book(institute, institute.conference(), institute.acme, None)

    found = read(exported(institute))

    assert sums(found) == {1513: 7_500_00, 3010: -6_000_00, 2611: -1_500_00}
    assert set(found.dimensions) == {"20", "21"}
    view = institute.services.bookkeeping_questions.accounts(institute.finance)
    assert (view.network_dimension, {row.key: row.number for row in view.accounts}["receivable"]) == (20, 1513)


def test_a_rate_without_an_account_stops_the_file_and_says_so(institute: Institute) -> None:
    """10 % is no rate that the usual accounts know."""
    goods = OfferGoods("Kaffe", kronor(110), kronor(0), VatRate(1_000))
    buy(institute, institute.services.goods.offer(institute.admin, goods).answer.goods_id)
    institute.catch_up()
    with pytest.raises(AccountMissing) as refused:
        institute.services.bookkeeping.export(institute.finance, SEPTEMBER)
    assert refused.value.facts == {"key": "revenue_1000"}
    assert institute.services.bookkeeping_questions.exports(institute.finance) == ()

    accounts = (AccountChoice("revenue_1000", 3043), AccountChoice("vat_1000", 2641))
    institute.services.bookkeeping.choose_accounts(institute.finance, ChooseAccounts(accounts))
    assert sums(read(exported(institute)))[3043] == -100_00


def test_letters_that_the_format_does_not_have_are_written_alike() -> None:
    company = Company('Åäö "Ł" Čapek – 東', "5560360793", "SEK", (date(2026, 1, 1), date(2026, 12, 31)))
    found = read(write(company, date(2026, 11, 21), {}, {1510: "Kundfordringar"}, []))
    assert found.head["#FNAMN"] == ['Åäö "?" Capek - ?']


def test_a_voucher_that_does_not_balance_is_not_written() -> None:
    company = Company("Institutet", "5560360793", "SEK", (date(2026, 1, 1), date(2026, 12, 31)))
    day = date(2026, 9, 1)
    voucher = Voucher("F", 1, day, day, "Faktura 1", (Entry(1510, 1_00), Entry(3041, -99)))
    with pytest.raises(VoucherUnbalanced):
        write(company, day, {}, {1510: "Kundfordringar"}, [voucher])
