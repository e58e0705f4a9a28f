"""A year of a company whose financial year is July to June: what is handed over equals the ledger every month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pandas import DataFrame
from pysie_accounting.pysie import PySIE

from application.accounting.bookkeeping import DeferRevenue, ExportPeriod, TellFinancialYear
from application.accounting.queries.ageing import AsOf
from application.accounting.vat_return import ChooseAdvanceVat, ChooseVatPeriod, DeclareVat
from application.payments.account_entry import Part, RecordEntry
from application.payments.bank_outcome import Elsewhere
from application.payments.interest import ClaimInterest
from application.payments.payment_rules import AgreePaymentRules
from application.payments.receivable import WriteOff
from application.programme.meeting import PostponeMeeting
from domain.accounting.dormant_vat import AdvanceVat
from domain.accounting.vat_return import OUTPUT_OF, BoxAmount
from domain.kernel.ids import InvoiceId, MeetingId, SeasonId
from tests.scenarios.accounting.test_vat_return import sell_a_book
from tests.scenarios.cards import Cards, cards, session_of
from tests.scenarios.sie_reader import read
from tests.scenarios.story import book, cancel, documents, stockholm


@pytest.fixture
def shop(database_url: str) -> Iterator[Cards]:
    with cards(database_url) as made:
        yield made


class Year:
    """The company's year: what happens in it, and what is handed over when each month is over."""

    def __init__(self, shop: Cards) -> None:
        self.shop, self.made = shop, shop.institute
        self.cluster, self.conference = self.made.cluster(), self.made.conference()
        self.handed_over: Counter[int] = Counter()
        self.texts: list[str] = []
        self.files: list[bytes] = []

    def invoice(self, number: int) -> InvoiceId:
        """An invoice by its number."""
        return InvoiceId(next(row.document_id for row in documents(self.made, "invoice") if row.number == number))

    def members_and_others_book_the_cluster(self) -> None:
        """Invoice 1 to Acme, 31 250; invoice 2 to Bolt, 40 000."""
        book(self.made, self.cluster, self.made.acme, None, None)
        self.made.catch_up()
        book(self.made, self.cluster, self.made.bolt, None, None)
        self.made.catch_up()

    def the_first_is_paid_late(self) -> None:
        """Invoice 1 by bank on the 29th of September; the file is read when September has been handed over."""
        self.pay(1, date(2026, 9, 29))

    def a_ticket_is_paid_by_card_and_a_book_is_sold(self) -> None:
        """Invoice 3, 7 500 by card; invoice 4, 125 with 6 %."""
        book(self.made, self.conference, self.made.acme, None)
        self.made.catch_up()
        opened = self.shop.open(self.invoice(3))
        self.shop.pay(opened)
        self.shop.hear()
        self.session = session_of(opened)
        sell_a_book(self.made)

    def what_happens_in_october(self) -> None:
        """A late entry, a card payment, a book."""
        self.the_first_is_paid_late()
        self.a_ticket_is_paid_by_card_and_a_book_is_sold()

    def the_card_company_pays_out(self) -> None:
        """What stands in the clearing account comes to the bank."""
        cleared = self.ledger(AsOf())["card_clearing"]
        file = f"Datum;Text;Belopp\n2026-11-10;STRIPE PAYOUT;{cleared // 100},{cleared % 100:02}\n".encode()
        self.made.services.bank.import_file(self.made.finance, file, elsewhere=(Elsewhere(1, "card_clearing"),))
        self.made.catch_up()
        assert "card_clearing" not in self.ledger(AsOf())

    def a_card_payment_is_lost_and_interest_claimed(self) -> None:
        """The card company takes invoice 3 back; meanwhile interest is claimed on invoice 2."""
        claim = ClaimInterest(self.invoice(2), date(2026, 12, 14))
        self.interest = self.made.services.interests.claim(self.made.finance, claim).answer.amount
        dispute = self.shop.company.dispute(self.session, 7_500_00)
        self.shop.hear()
        self.shop.company.decide(dispute, "lost")
        self.shop.hear(times=2)

    def a_seat_is_cancelled(self) -> None:
        """Invoice 5, two seats of 15 000; one is credited."""
        made = book(self.made, self.conference, self.made.bolt, None, None)
        self.made.catch_up()
        cancel(self.made, self.made.admin, made.booking_id, 2)
        self.made.catch_up()

    def a_workshop_is_postponed(self) -> None:
        """The third, so that less is earned than was to be."""
        third = self.made.services.programme.season(self.made.admin, SeasonId(self.cluster)).meetings[2]
        postpone = PostponeMeeting(self.cluster, MeetingId(third.meeting_id), "Sjukdom")
        self.made.services.meetings.postpone(self.made.admin, postpone)

    def what_is_lost_is_written_off(self) -> None:
        """Invoice 2 is never paid; the loss is established, so its VAT is owed no longer."""
        write_off = WriteOff(self.invoice(2), "Konkurs", takes_vat_back=True)
        self.made.services.receivables.write_off(self.made.finance, write_off)

    def pay(self, number: int, on: date) -> None:
        """All of an invoice, as the bank tells it."""
        row = next(row for row in documents(self.made, "invoice") if row.number == number)
        part = Part(InvoiceId(row.document_id), row.gross)
        entry = RecordEntry(f"bank/{number}", row.gross, "SEK", str(number), on, "Acme AB", (part,))
        self.made.services.payments.record_entry(self.made.finance, entry)

    def ledger(self, asked: AsOf) -> dict[str, int]:
        """What its accounts amount to."""
        self.made.catch_up()
        return {row.account: row.amount for row in self.made.services.ledger.balances(self.made.finance, asked)}

    def month_is_over(self, last: date) -> None:
        """On the second of the next month: deferred revenue, the period, the VAT return; all equal the ledger."""
        made, finance, first = self.made, self.made.finance, last.replace(day=1)
        made.catch_up()
        made.clock.instant = stockholm(f"{last + timedelta(days=2)} 09:00")
        made.services.bookkeeping.defer(finance, DeferRevenue(last))
        made.catch_up()
        ref = made.services.bookkeeping.export(finance, ExportPeriod(first, last, is_confirmed=True)).answer
        made.catch_up()
        self.files.append(made.services.bookkeeping_questions.file(finance, ref.number).content)
        for voucher in read(self.files[-1]).vouchers:
            self.texts.append(voucher.text)
            self.handed_over.update(voucher.amounts)
        then, before = (self.ledger(AsOf(day, made.clock.instant)) for day in (last, first - timedelta(days=1)))
        assert self.trial_balance() == named(then)
        made.services.vat_returns.declare(finance, DeclareVat(first, last, (BoxAmount("48", 10),)))
        made.catch_up()
        view = made.services.vat_return_questions.vat_view(finance, first)
        boxes = {each.no: each.exact for each in view.boxes}
        rests = made.services.ledger.dormant_vat(finance, AsOf(last, made.clock.instant))
        assert sum(row.vat for row in rests) == -then.get("vat_dormant_2500", 0)
        for rate, box in OUTPUT_OF.items():
            moved = then.get(f"vat_{rate}", 0) - before.get(f"vat_{rate}", 0)
            assert boxes.get(box, 0) == -moved, (last, box)

    def trial_balance(self) -> dict[str, int]:
        """What has been handed over so far, by the ledger's accounts."""
        view = self.made.services.bookkeeping_questions.accounts(self.made.finance)
        name = {row.number: row.key for row in view.accounts}
        sums: Counter[str] = Counter()
        for number, amount in self.handed_over.items():
            key = name[number]
            sums["revenue" if key.startswith(("revenue_", "goods_")) else key] += amount
        return {key: amount for key, amount in sums.items() if amount}


def named(balances: dict[str, int]) -> dict[str, int]:
    """Balances as files have them: what is deferred goes out of the accounts of revenue."""
    sums: Counter[str] = Counter()
    for account, amount in balances.items():
        sums["revenue" if account == "deferral" else account] += amount
    return {account: amount for account, amount in sums.items() if amount}


def last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


MONTHS = [last_day(2026, month) for month in range(9, 13)] + [last_day(2027, month) for month in range(1, 8)]


def live(year: Year) -> None:
    """All of it, month by month; every month is closed and handed over."""
    made = year.made
    told = TellFinancialYear(date(2026, 7, 1), date(2027, 6, 30))
    made.services.bookkeeping.tell_financial_year(made.finance, told)
    made.services.payment_rules.agree(made.finance, AgreePaymentRules(reminder_fee=60_00))
    made.services.vat_returns.choose_period(made.finance, ChooseVatPeriod(1))
    made.services.bookkeeping.export(made.finance, ExportPeriod(date(2026, 7, 1), date(2026, 8, 31)))
    happens: dict[tuple[int, int], Callable[[], None]] = {
        (2026, 9): year.members_and_others_book_the_cluster,
        (2026, 10): year.what_happens_in_october,
        (2026, 11): year.the_card_company_pays_out,
        (2026, 12): year.a_card_payment_is_lost_and_interest_claimed,
        (2027, 1): year.a_seat_is_cancelled,
        (2027, 4): year.a_workshop_is_postponed,
        (2027, 5): year.what_is_lost_is_written_off,
    }
    for last in MONTHS:
        made.clock.instant = max(made.clock.instant, stockholm(f"{last.replace(day=15)} 12:00"))
        happens.get((last.year, last.month), lambda: None)()
        year.month_is_over(last)


def test_what_is_handed_over_equals_the_ledger_at_every_months_end(shop: Cards, tmp_path: Path) -> None:
    year, made = Year(shop), shop.institute
    live(year)
    assert year.trial_balance() == named(year.ledger(AsOf(MONTHS[-1])))
    assert "Inbetalning 1, Acme AB (2026-09-29)" in year.texts
    assert year.interest == -year.ledger(AsOf())["interest"] > 0
    may = made.services.vat_return_questions.vat_view(made.finance, date(2027, 5, 1))
    assert {each.no: each.kronor for each in may.boxes} == {"05": -32_000, "10": -8_000}
    closings = {row.on: row.amount for row in made.services.ledger.closings(made.finance)}
    assert (closings[date(2026, 9, 30)], closings[date(2027, 3, 31)]) == (57_000_00, 28_500_00)
    assert closings[date(2027, 4, 30)] == 28_500_00
    heads = [read(each).head["#RAR"] for each in year.files]
    assert heads == [["0", "20260701", "20270630"]] * 10 + [["0", "20270701", "20280630"]]
    for no, content in enumerate(year.files):
        another_reader_accepts(content, tmp_path / f"{no}.se")


def test_it_does_so_too_where_vat_on_invoices_sent_ahead_rests(shop: Cards, tmp_path: Path) -> None:
    """The same year, its VAT owed when invoices are paid or workshops held; in the end the same VAT is owed in all."""
    year, made = Year(shop), shop.institute
    later = ChooseAdvanceVat(AdvanceVat.WHEN_PAID_OR_HELD, date(2026, 9, 1))
    made.services.vat_returns.choose_advance(made.finance, later)
    live(year)
    ends = [year.ledger(AsOf(last)) for last in MONTHS]
    assert year.trial_balance() == named(ends[-1])
    resting = [-then.get("vat_dormant_2500", 0) for then in ends]
    assert resting[0] > 0 and resting[-1] == 0 and min(resting) == 0
    for no, content in enumerate(year.files):
        another_reader_accepts(content, tmp_path / f"{no}.se")


def another_reader_accepts(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    other = PySIE()
    other.sie_encoding, other.dftrans = "cp437", DataFrame({"SRU": [0], "Ink2": [""]})  # what it cannot do without
    other.open(str(file))
    rows = [float(amount) for _, _, _, rows in other.verifikat.values() for _, _, amount in rows]
    assert abs(sum(rows)) < 0.005
    assert set(other.verifikat) == {str(each.no) for each in read(content).vouchers}  # it asks for no series
