"""The file for bookkeeping: S56, read back by a strict reader of our own and by another program's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pandas import DataFrame
from pysie_accounting.pysie import PySIE

from application.accounting.bookkeeping import ChooseAccounts, ExportPeriod, FetchFile, GiveCodes, TakeBackExport
from application.accounting.queries.bookkeeping import AccountMissing
from application.billing.invoice import RecordPayment
from application.booking.purchase import MakePurchase
from application.payments.account_entry import Part, RecordEntry
from application.programme.goods import OfferGoods
from domain.accounting.account import AccountChoice
from domain.accounting.object_code import CodeTaken, ObjectCode, ObjectKind
from domain.accounting.period import ExportFetched, ExportNotLast, PeriodNotOver, PeriodOverlaps, PeriodUnfinished
from domain.kernel.errors import BadValue, NotAllowed, NotFound
from domain.kernel.financial_year import FinancialYear
from domain.kernel.ids import InvoiceId
from domain.kernel.money import Money
from domain.kernel.vat import VAT_6, VatRate
from infrastructure.accounting.sie import Company, Entry, Voucher, VoucherUnbalanced, write
from tests.samples import Institute, kronor
from tests.scenarios.billing.test_sellers import seller_of
from tests.scenarios.sie_reader import Read, read
from tests.scenarios.story import book, documents, stockholm

SEPTEMBER = ExportPeriod(date(2026, 9, 1), date(2026, 9, 30))


def buy_a_book(institute: Institute) -> None:
    goods = OfferGoods("Boken", kronor(125), kronor(0), VAT_6)
    buy(institute, institute.services.goods.offer(institute.admin, goods).answer.goods_id)


def buy(institute: Institute, goods_id: UUID) -> None:
    command = MakePurchase(goods_id, 1, "Gatan 1")
    institute.services.purchases.make(institute.member("Anna"), command)


def exported(institute: Institute, period: ExportPeriod = SEPTEMBER) -> bytes:
    """As it is fetched the day after the period, unless it is later already."""
    institute.catch_up()
    institute.clock.instant = max(institute.clock.instant, stockholm(f"{period.until_on + timedelta(days=1)} 12:00"))
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

    assert sums(found) == {1510: 7_625_00, 3041: -6_000_00, 3053: -117_92, 2611: -1_500_00, 2631: -7_08}
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
    assert [(day, text) for day, text, _ in vouchers] == [
        ("20260901", "Faktura 1, Acme AB"),
        ("20260901", "Faktura 2, Anna"),
    ]
    rows = sorted((account, amount) for _, _, rows in vouchers for account, _, amount in rows)
    assert rows == [
        ("1510", "125.00"),
        ("1510", "7500.00"),
        ("2611", "-1500.00"),
        ("2631", "-7.08"),
        ("3041", "-6000.00"),
        ("3053", "-117.92"),
    ]


def test_the_same_period_again_is_the_same_file_whatever_has_happened_since(institute: Institute) -> None:
    book(institute, institute.conference(), institute.acme, None)
    first = exported(institute)
    buy_a_book(institute)
    choose = ChooseAccounts((AccountChoice("revenue_2500", 3045),))
    institute.services.bookkeeping.choose_accounts(institute.finance, choose)
    institute.at(2026, 10, 2)
    institute.catch_up()

    again = institute.services.bookkeeping.export(institute.finance, SEPTEMBER).answer

    assert (again.number, again.is_again) == (1, True)
    assert exported(institute) == first
    [row] = institute.services.bookkeeping_questions.exports(institute.finance)
    assert (row.number, row.exported_on) == (1, date(2026, 10, 1))
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
    assert (voucher.day, voucher.text) == ("20261001", "Inbetalning 1, Acme AB (2026-09-29)")
    assert voucher.amounts == {1930: 7_500_00, 1510: -7_500_00}
    assert read(exported(institute, ExportPeriod(date(2026, 11, 1), date(2026, 11, 30)))).vouchers == []


def pay_by_bank(institute: Institute, on: date) -> None:
    """All that is open by one payment, as a bank's file tells it."""
    rows = documents(institute, "invoice")
    parts = tuple(Part(InvoiceId(row.document_id), row.gross) for row in rows)
    entry = RecordEntry(f"bank/{on}", sum(row.gross for row in rows), "SEK", "1 2", on, "Acme AB", parts)
    institute.services.payments.record_entry(institute.finance, entry)
    institute.catch_up()


def test_vouchers_are_numbered_without_gaps_in_their_series_within_a_financial_year(institute: Institute) -> None:
    conference = institute.conference()
    book(institute, conference, institute.acme, None)
    book(institute, conference, institute.acme, None)
    institute.catch_up()
    pay_by_bank(institute, date(2026, 9, 1))
    found = read(exported(institute))
    assert [(each.series, each.no) for each in found.vouchers] == [("F", 1), ("F", 2), ("B", 1)]

    book(institute, conference, institute.bolt, None)
    later = read(exported(institute, ExportPeriod(date(2026, 10, 1), date(2026, 10, 31))))
    assert [(each.series, each.no, each.text) for each in later.vouchers] == [("F", 3, "Faktura 3, Bolt AB")]
    book(institute, conference, institute.bolt, None)
    exported(institute, ExportPeriod(date(2026, 11, 1), date(2026, 12, 31)))
    institute.at(2027, 1, 15)
    book(institute, conference, institute.bolt, None)
    next_year = read(exported(institute, ExportPeriod(date(2027, 1, 1), date(2027, 1, 31))))
    assert [(each.series, each.no) for each in next_year.vouchers] == [("F", 1)]


def test_a_payment_that_pays_two_invoices_is_one_voucher(institute: Institute) -> None:
    """It stood in suspense in between, and the file was read the day after; neither is told."""
    conference = institute.conference()
    book(institute, conference, institute.acme, None)
    book(institute, conference, institute.acme, None)
    institute.catch_up()
    institute.at(2026, 9, 15)
    pay_by_bank(institute, date(2026, 9, 14))
    [voucher] = [each for each in read(exported(institute)).vouchers if each.series == "B"]
    assert (voucher.day, voucher.text) == ("20260914", "Inbetalning 1, Acme AB")
    assert voucher.amounts == {1930: 15_000_00, 1510: -15_000_00}


def test_networks_and_seasons_have_codes_of_ones_own_choosing(institute: Institute) -> None:
    conference, office = institute.conference(), institute.services.bookkeeping
    book(institute, conference, institute.acme, None)
    institute.catch_up()
    network, season = institute.services.bookkeeping_questions.codes(institute.finance)
    assert (network.kind, network.code, season.object_id) == ("network", None, conference)
    chosen = ObjectCode(ObjectKind.SEASON, conference, "KONF27")
    office.give_codes(institute.finance, GiveCodes((chosen,)))
    found = read(exported(institute))
    assert set(found.objects) == {("1", "N001"), ("6", "KONF27")}
    with pytest.raises(BadValue):
        ObjectCode(ObjectKind.SEASON, conference, "FÖRLÅN")
    book(institute, institute.cluster(), institute.acme, None, None)
    later = read(exported(institute, ExportPeriod(date(2026, 10, 1), date(2026, 10, 31))))
    assert set(later.objects) == {("1", "N002"), ("6", "S001")}
    [cluster] = [
        each for each in institute.services.bookkeeping_questions.codes(institute.finance) if each.code == "S001"
    ]
    with pytest.raises(CodeTaken):
        office.give_codes(institute.finance, GiveCodes((ObjectCode(ObjectKind.SEASON, cluster.object_id, "KONF27"),)))


def test_a_long_name_is_cut_to_what_programs_take(institute: Institute) -> None:
    long = institute.organisation("Föreningen för allt som är värt att veta i Norrköping med omnejd", "556999-3008")
    book(institute, institute.conference(), long, None)
    [voucher] = read(exported(institute)).vouchers
    assert voucher.text == "Faktura 1, Föreningen för allt som är värt att vet"


def test_a_period_that_is_not_over_is_refused_and_an_unfinished_one_asks(institute: Institute) -> None:
    book(institute, institute.conference(), institute.acme, None)
    institute.catch_up()
    office, finance = institute.services.bookkeeping, institute.finance
    institute.clock.instant = stockholm("2026-09-30 23:59")
    with pytest.raises(PeriodNotOver):
        office.export(finance, SEPTEMBER)
    institute.clock.instant = stockholm("2026-10-01 00:01")
    with pytest.raises(PeriodUnfinished) as part:
        office.export(finance, ExportPeriod(date(2026, 9, 1), date(2026, 9, 15)))
    assert part.value.facts == {"unallotted": 0, "left_out": 0, "is_part": True}
    october = ExportPeriod(date(2026, 10, 1), date(2026, 10, 31))
    institute.at(2026, 11, 1)
    with pytest.raises(PeriodUnfinished) as gap:
        office.export(finance, october)
    assert gap.value.facts["left_out"] == 1
    exported(institute)
    assert office.export(finance, october).answer.number == 2


def test_money_that_belongs_nowhere_yet_is_asked_about(institute: Institute) -> None:
    entry = RecordEntry("bank/x", 500_00, "SEK", "?", date(2026, 9, 1), "Okänd")
    institute.services.payments.record_entry(institute.finance, entry)
    institute.catch_up()
    institute.at(2026, 10, 1)
    with pytest.raises(PeriodUnfinished) as refused:
        institute.services.bookkeeping.export(institute.finance, SEPTEMBER)
    assert refused.value.facts["unallotted"] == 500_00
    assert sums(read(exported(institute, replace(SEPTEMBER, is_confirmed=True)))) == {1930: 500_00, 2420: -500_00}


def test_a_mistaken_export_is_taken_back_until_its_file_was_fetched(institute: Institute) -> None:
    book(institute, institute.conference(), institute.acme, None)
    institute.catch_up()
    institute.at(2026, 12, 1)
    office, finance = institute.services.bookkeeping, institute.finance
    office.export(finance, ExportPeriod(date(2026, 9, 1), date(2026, 10, 31)))
    with pytest.raises(NotAllowed):
        office.take_back(institute.admin, TakeBackExport(1))
    office.take_back(finance, TakeBackExport(1))
    institute.catch_up()
    assert institute.services.bookkeeping_questions.exports(finance) == ()
    first = exported(institute)
    assert [(each.series, each.no) for each in read(first).vouchers] == [("F", 1)]
    exported(institute, ExportPeriod(date(2026, 10, 1), date(2026, 10, 31)))
    with pytest.raises(ExportNotLast):
        office.take_back(finance, TakeBackExport(2))
    office.fetch(institute.admin, FetchFile(3))
    office.fetch(institute.admin, FetchFile(3))
    with pytest.raises(ExportFetched):
        office.take_back(finance, TakeBackExport(3))
    with pytest.raises(NotFound):
        office.take_back(finance, TakeBackExport(1))


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
    """10 % is no rate that the usual accounts know: a seller in Finland has it."""
    institute = seller_of(institute, "FI")
    goods = OfferGoods("Kaffe", Money(110_00, "EUR"), Money(0, "EUR"), VatRate(1_000))
    buy(institute, institute.services.goods.offer(institute.admin, goods).answer.goods_id)
    institute.catch_up()
    institute.at(2026, 10, 1)
    with pytest.raises(AccountMissing) as refused:
        institute.services.bookkeeping.export(institute.finance, SEPTEMBER)
    assert refused.value.facts == {"key": "goods_1000"}
    assert institute.services.bookkeeping_questions.exports(institute.finance) == ()

    accounts = (AccountChoice("goods_1000", 3055), AccountChoice("vat_1000", 2641))
    institute.services.bookkeeping.choose_accounts(institute.finance, ChooseAccounts(accounts))
    assert sums(read(exported(institute)))[3055] == -100_00


def test_letters_that_the_format_does_not_have_are_written_alike() -> None:
    company = Company('Åäö "Ł" Čapek – 東', "5560360793", "SEK", FinancialYear(date(2026, 1, 1), date(2026, 12, 31)))
    found = read(write(company, date(2026, 11, 21), {}, {1510: "Kundfordringar"}, []))
    assert found.head["#FNAMN"] == ['Åäö "?" Capek - ?']


def test_letters_and_numbers_of_the_neighbours_are_written_as_they_are_known_there() -> None:
    company = Company("Ørsted Þór", "974760673", "NOK", FinancialYear(date(2026, 1, 1), date(2026, 12, 31)))
    found = read(write(company, date(2026, 11, 21), {}, {1510: "Kundfordringar"}, []))
    assert (found.head["#FNAMN"], found.head["#ORGNR"]) == (["Orsted Thór"], ["974760673"])


def test_a_voucher_that_does_not_balance_is_not_written() -> None:
    company = Company("Institutet", "5560360793", "SEK", FinancialYear(date(2026, 1, 1), date(2026, 12, 31)))
    day = date(2026, 9, 1)
    voucher = Voucher("F", 1, day, day, "Faktura 1", (Entry(1510, 1_00), Entry(3041, -99)))
    with pytest.raises(VoucherUnbalanced):
        write(company, day, {}, {1510: "Kundfordringar"}, [voucher])
