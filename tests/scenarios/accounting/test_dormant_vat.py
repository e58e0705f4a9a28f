"""VAT on invoices sent ahead is owed when they are paid or the meeting is held (ML 7:4, 7:7); until then it rests."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.accounting.bookkeeping import ChooseAccounts, ExportPeriod, TakeBackExport
from application.accounting.queries.ageing import AsOf
from application.accounting.queries.ledger import Period, PostingFilter
from application.accounting.vat_return import ChooseAdvanceVat, ChooseVatPeriod, DeclareVat
from application.payments.account_entry import Part, RecordEntry
from application.payments.payment import MoveAllotment
from application.payments.receivable import WriteOff
from application.programme.meeting import PostponeMeeting
from domain.accounting.account import AccountChoice
from domain.accounting.dormant_vat import (
    AdvanceVat,
    AdvanceVatChoice,
    AdvanceVatReported,
    Settled,
    Span,
    spans_of,
)
from domain.accounting.vat_return import OUTPUT_OF
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import BookingId, InvoiceId, MeetingId
from domain.kernel.terms import free_before
from domain.kernel.vat import EXEMPT, NO_VAT, VAT_12
from domain.payments.payment import Payment
from domain.programme.price import Price, PriceList
from tests.samples import Institute, kronor
from tests.scenarios.accounting.test_ledger import balances
from tests.scenarios.accounting.test_ledger import pay as paid
from tests.scenarios.accounting.test_vat_return import sell_a_book
from tests.scenarios.payments.test_bank_file import entry, statement, take_in
from tests.scenarios.sie_reader import read
from tests.scenarios.story import book, cancel, documents, stockholm

SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
LATER, AT_ONCE = AdvanceVat.WHEN_PAID_OR_HELD, AdvanceVat.ON_INVOICE


def choose(institute: Institute, way: AdvanceVat = LATER, from_on: date = date(2026, 9, 1)) -> None:
    institute.services.vat_returns.choose_advance(institute.finance, ChooseAdvanceVat(way, from_on))
    institute.catch_up()


@pytest.fixture
def ahead(institute: Institute) -> Institute:
    """VAT by the month, owed when paid or held; a conference on 3 and 4 February 2027."""
    institute.services.vat_returns.choose_period(institute.finance, ChooseVatPeriod(1))
    choose(institute)
    return institute


def invoiced(institute: Institute, seats: int = 1) -> BookingId:
    """Seats of 12 000 and 3 000 VAT each."""
    made = book(institute, institute.conference(), institute.bolt, *([None] * seats))
    institute.catch_up()
    return made.booking_id


def pay(institute: Institute, number: int, amount: int, on: date) -> None:
    """On a day, recorded on it or, where that has passed, now."""
    institute.clock.instant = max(institute.clock.instant, stockholm(f"{on} 12:00"))
    paid(institute, number, amount, on)


def boxes(institute: Institute, month: date) -> dict[str, int]:
    institute.catch_up()
    view = institute.services.vat_return_questions.vat_view(institute.finance, month)
    return {each.no: each.exact for each in view.boxes}


def resting(institute: Institute, on: date) -> list[tuple[int, int]]:
    institute.catch_up()
    rows = institute.services.ledger.dormant_vat(institute.finance, AsOf(on))
    return [(row.net, row.vat) for row in rows]


class Books:
    """Month after month: declared and handed over, and every figure held against the others."""

    def __init__(self, institute: Institute) -> None:
        self.made, self.handed_over, self.declared = institute, Counter[int](), dict[date, dict[str, int]]()
        self.files: list[bytes] = []

    def close(self, last: date) -> None:
        made, finance, first = self.made, self.made.finance, last.replace(day=1)
        made.catch_up()
        made.clock.instant = max(made.clock.instant, stockholm(f"{last + timedelta(days=2)} 09:00"))
        said = boxes(made, last)
        made.services.vat_returns.declare(finance, DeclareVat(first, last))
        made.catch_up()
        ref = made.services.bookkeeping.export(finance, ExportPeriod(first, last, is_confirmed=True)).answer
        made.catch_up()
        self.files.append(made.services.bookkeeping_questions.file(finance, ref.number).content)
        for voucher in read(self.files[-1]).vouchers:
            self.handed_over.update(voucher.amounts)
        self.declared[last] = said
        self.must_agree(last)

    def must_agree(self, last: date) -> None:
        """The trial balance of the files is the ledger's; the boxes are what moved on the accounts of VAT owed."""
        then, before = (balances(self.made, AsOf(day)) for day in (last, last.replace(day=1) - timedelta(days=1)))
        view = self.made.services.bookkeeping_questions.accounts(self.made.finance)
        name = {row.number: row.key for row in view.accounts}
        sums: Counter[str] = Counter()
        for number, amount in self.handed_over.items():
            key = name[number]
            sums["revenue" if key.startswith(("revenue_", "goods_")) else key] += amount
        assert {key: amount for key, amount in sums.items() if amount} == then
        after = boxes(self.made, last)
        assert after == self.declared[last]
        for rate, no in OUTPUT_OF.items():
            assert after.get(no, 0) == before.get(f"vat_{rate}", 0) - then.get(f"vat_{rate}", 0)
        rows = self.made.services.ledger.vat(self.made.finance, Period(last.replace(day=1), last))
        net = sum(row.net for row in rows if row.kind == "standard")
        assert net == after.get("05", 0)
        rests = sum(row.vat for row in self.made.services.ledger.dormant_vat(self.made.finance, AsOf(last)))
        assert rests == -sum(amount for key, amount in then.items() if key.startswith("vat_dormant"))
        assert self.made.services.bookkeeping_questions.late(self.made.finance) == ()


def test_unpaid_and_not_held_it_stands_in_no_box_and_on_an_account_of_its_own(ahead: Institute) -> None:
    invoiced(ahead)
    assert boxes(ahead, SEPTEMBER) == {}
    assert resting(ahead, SEPTEMBER) == [(12_000_00, 3_000_00)]
    books = Books(ahead)
    books.close(SEPTEMBER)
    assert books.handed_over == {1510: 15_000_00, 3041: -12_000_00, 2618: -3_000_00, 2611: 0}
    assert read(books.files[0]).accounts[2618] == "Vilande utgående moms 25 %"
    view = ahead.services.vat_return_questions.vat_view(ahead.finance, SEPTEMBER)
    assert (view.resting, view.rested_before, view.has_changed) == (3_000_00, 0, False)


def test_paid_in_part_it_is_owed_in_part_and_held_it_is_owed_whole(ahead: Institute) -> None:
    """A third is paid in October and the rest never; both days of the conference are held in February."""
    books = Books(ahead)
    invoiced(ahead)
    books.close(SEPTEMBER)
    pay(ahead, 1, 5_000_01, date(2026, 10, 14))
    assert boxes(ahead, OCTOBER) == {"05": 4_000_01, "10": 1_000_00}
    books.close(OCTOBER)
    for last in (date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)):
        books.close(last)
        assert books.declared[last] == {}
    assert resting(ahead, date(2027, 2, 3)) == [(6_000_00, 1_500_00)]
    books.close(date(2027, 2, 28))
    assert books.declared[date(2027, 2, 28)] == {"05": 7_999_99, "10": 2_000_00}
    assert books.handed_over[2611] == -3_000_00 and books.handed_over[2618] == 0


def test_paid_in_the_month_it_is_owed_in_the_month(ahead: Institute) -> None:
    invoiced(ahead)
    pay(ahead, 1, 15_000_00, date(2026, 9, 20))
    assert resting(ahead, SEPTEMBER) == []
    books = Books(ahead)
    books.close(SEPTEMBER)
    assert books.declared[SEPTEMBER] == {"05": 12_000_00, "10": 3_000_00}
    assert {voucher.series for voucher in read(books.files[0]).vouchers} == {"F", "B"}


def test_a_credit_note_takes_back_what_rests_before_what_is_owed(ahead: Institute) -> None:
    """Of two seats one is paid: the other is credited without touching what is owed; then the first, and it is less."""
    booking = invoiced(ahead, 2)
    books = Books(ahead)
    pay(ahead, 1, 15_000_00, date(2026, 9, 20))
    books.close(SEPTEMBER)
    assert books.declared[SEPTEMBER] == {"05": 12_000_00, "10": 3_000_00}
    cancel(ahead, ahead.admin, booking, 1)
    assert boxes(ahead, OCTOBER) == {} and resting(ahead, OCTOBER) == []
    books.close(OCTOBER)
    cancel(ahead, ahead.admin, booking, 2)
    books.close(date(2026, 11, 30))
    assert books.declared[date(2026, 11, 30)] == {"05": -12_000_00, "10": -3_000_00}


def test_credited_before_it_was_paid_nothing_was_ever_owed(ahead: Institute) -> None:
    booking = invoiced(ahead)
    books = Books(ahead)
    books.close(SEPTEMBER)
    cancel(ahead, ahead.admin, booking)
    books.close(OCTOBER)
    assert set(map(len, books.declared.values())) == {0}
    assert +books.handed_over == Counter() == -books.handed_over


def test_a_loss_before_the_meeting_ends_the_rest_without_vat_and_what_comes_after_all_owes_it(ahead: Institute) -> None:
    """ML 8:16: established, nothing is owed; 5 000 of 15 000 that come later carry 1 000 VAT."""
    invoiced(ahead)
    books = Books(ahead)
    books.close(SEPTEMBER)
    [row] = documents(ahead, "invoice")
    lost = WriteOff(InvoiceId(row.document_id), "Konkurs", takes_vat_back=True)
    ahead.services.receivables.write_off(ahead.finance, lost)
    books.close(OCTOBER)
    assert books.declared[OCTOBER] == {}
    pay(ahead, 1, 5_000_00, date(2026, 11, 3))
    books.close(date(2026, 11, 30))
    assert books.declared[date(2026, 11, 30)] == {"05": 4_000_00, "10": 1_000_00}


def test_a_loss_that_is_only_feared_rests_until_the_meeting_is_held(ahead: Institute) -> None:
    invoiced(ahead)
    [row] = documents(ahead, "invoice")
    ahead.services.receivables.write_off(ahead.finance, WriteOff(InvoiceId(row.document_id), "Svarar inte"))
    assert boxes(ahead, SEPTEMBER) == {}
    ahead.at(2027, 3, 1)
    assert boxes(ahead, date(2027, 2, 28)) == {"05": 12_000_00, "10": 3_000_00}


def test_money_that_is_moved_to_another_invoice_takes_its_vat_with_it(ahead: Institute) -> None:
    """Seats of 12 000 and of 24 000; 15 000 arrived for the first, and was for the second."""
    invoiced(ahead)
    invoiced(ahead, 2)
    first, second = documents(ahead, "invoice")
    file = statement(entry("A1", "15000.00", first.ocr))
    [shown] = ahead.services.bank.preview(ahead.finance, file)
    ahead.at(2027, 1, 20)
    take_in(ahead, file)
    ahead.catch_up()
    assert resting(ahead, SEPTEMBER) == [(24_000_00, 6_000_00)]
    payment = Payment.create_id(ahead.organiser, shown.entry.source)
    to = InvoiceId(second.document_id)
    moved = MoveAllotment(payment, InvoiceId(first.document_id), 15_000_00, to, "Fel nummer")
    ahead.services.payments.move(ahead.finance, moved)
    assert resting(ahead, SEPTEMBER) == [(12_000_00, 3_000_00), (12_000_00, 3_000_00)]


def test_a_payment_that_the_bank_takes_back_lays_its_vat_to_rest_again(ahead: Institute) -> None:
    invoiced(ahead)
    books = Books(ahead)
    pay(ahead, 1, 15_000_00, date(2026, 9, 20))
    books.close(SEPTEMBER)
    [row] = documents(ahead, "invoice")
    part = Part(InvoiceId(row.document_id), 15_000_00)
    back = RecordEntry("bank/1", -15_000_00, "SEK", "1", date(2026, 10, 1), "Bolt AB", (part,))
    ahead.services.payments.record_entry(ahead.finance, back)
    books.close(OCTOBER)
    assert books.declared[OCTOBER] == {"05": -12_000_00, "10": -3_000_00}
    assert resting(ahead, OCTOBER) == [(12_000_00, 3_000_00)]


def test_only_vat_on_seats_rests_each_rate_by_itself(ahead: Institute) -> None:
    """A book at 6 % is owed at once; seats without VAT have none; those at 12 % and 25 % rest on 2628 and 2618."""
    sell_a_book(ahead)
    for rate in (VAT_12, EXEMPT, NO_VAT):
        prices = PriceList(0, (Price(kronor(500), vat=rate),))
        book(ahead, ahead.season("Säsong", 5, prices, free_before(date(2027, 1, 3))), ahead.bolt, None)
    invoiced(ahead)
    books = Books(ahead)
    books.close(SEPTEMBER)
    assert books.declared[SEPTEMBER] == {"05": 117_92, "12": 7_08, "42": 500_00}
    assert (books.handed_over[2618], books.handed_over[2628], books.handed_over[2631]) == (-3_000_00, -60_00, -7_08)


def test_a_closed_month_stays_to_the_byte_whatever_is_known_later(ahead: Institute) -> None:
    """Money of September that is recorded in October is owed in October, since September has been handed over."""
    invoiced(ahead)
    books = Books(ahead)
    books.close(SEPTEMBER)
    pay(ahead, 1, 15_000_00, date(2026, 9, 28))
    ahead.catch_up()
    assert boxes(ahead, SEPTEMBER) == {}
    again = ahead.services.bookkeeping.export(ahead.finance, ExportPeriod(date(2026, 9, 1), SEPTEMBER)).answer
    assert ahead.services.bookkeeping_questions.file(ahead.finance, again.number).content == books.files[0]
    assert boxes(ahead, OCTOBER) == {"05": 12_000_00, "10": 3_000_00}


def test_until_a_month_is_handed_over_its_rest_is_made_right(ahead: Institute) -> None:
    """Declared, then a payment of the month is recorded: another return corrects it, and one voucher is handed over."""
    invoiced(ahead)
    ahead.at(2026, 10, 2)
    ahead.services.vat_returns.declare(ahead.finance, DeclareVat(date(2026, 9, 1), SEPTEMBER))
    ahead.catch_up()
    assert balances(ahead, AsOf(SEPTEMBER))["vat_dormant_2500"] == -3_000_00
    assert "vat_dormant_2500" not in balances(ahead, AsOf(date(2026, 10, 1)))
    pay(ahead, 1, 5_000_00, date(2026, 9, 28))
    ahead.catch_up()
    view = ahead.services.vat_return_questions.vat_view(ahead.finance, SEPTEMBER)
    assert view.has_changed and boxes(ahead, SEPTEMBER) == {"05": 4_000_00, "10": 1_000_00}
    mistaken = ExportPeriod(date(2026, 9, 1), SEPTEMBER)
    taken = ahead.services.bookkeeping.export(ahead.finance, mistaken).answer.number
    ahead.services.bookkeeping.take_back(ahead.finance, TakeBackExport(taken))
    pay(ahead, 1, 10_000, date(2026, 9, 29))
    books = Books(ahead)
    books.close(SEPTEMBER)
    [rest] = [voucher for voucher in read(books.files[0]).vouchers if voucher.series == "P"]
    assert (rest.day, rest.text) == ("20260930", "Vilande utgående moms")
    assert rest.amounts == {2611: 1_980_00, 2618: -1_980_00}


def test_a_postponed_meeting_keeps_it_resting(ahead: Institute) -> None:
    conference = ahead.conference()
    book(ahead, conference, ahead.bolt, None)
    ahead.at(2027, 2, 1)
    ahead.catch_up()
    for meeting in ahead.services.programme.season(ahead.admin, conference).meetings:
        postponed = PostponeMeeting(conference, MeetingId(meeting.meeting_id), "Sjukdom")
        ahead.services.meetings.postpone(ahead.admin, postponed)
    ahead.at(2027, 3, 1)
    assert boxes(ahead, date(2027, 2, 28)) == {} and resting(ahead, date(2027, 2, 28)) == [(12_000_00, 3_000_00)]


def test_invoices_of_before_and_after_keep_the_way_of_their_day(institute: Institute) -> None:
    """At once on 1 September; resting from the 2nd; at once again from 1 October, when the rest of before goes on."""
    institute.services.vat_returns.choose_period(institute.finance, ChooseVatPeriod(1))
    books = Books(institute)
    invoiced(institute)
    choose(institute, from_on=date(2026, 9, 2))
    institute.at(2026, 9, 15)
    invoiced(institute)
    books.close(SEPTEMBER)
    assert books.declared[SEPTEMBER] == {"05": 12_000_00, "10": 3_000_00}
    choose(institute, AT_ONCE, date(2026, 10, 1))
    invoiced(institute)
    books.close(OCTOBER)
    assert books.declared[OCTOBER] == {"05": 12_000_00, "10": 3_000_00}
    assert resting(institute, OCTOBER) == [(12_000_00, 3_000_00)]
    with pytest.raises(AdvanceVatReported) as refused:
        choose(institute, LATER, OCTOBER)
    assert refused.value.facts == {"until_on": "2026-10-31"}


def test_a_quarter_declared_after_its_months_have_been_handed_over_agrees(ahead: Institute) -> None:
    """Months go to the bookkeeping; VAT is declared by the quarter, where what rested within it comes to nothing."""
    ahead.services.vat_returns.choose_period(ahead.finance, ChooseVatPeriod(3))
    invoiced(ahead)
    for last in (OCTOBER, date(2026, 11, 30), date(2026, 12, 31)):
        if last.month == 11:
            pay(ahead, 1, 5_000_00, date(2026, 11, 20))
        ahead.clock.instant = stockholm(f"{last + timedelta(days=2)} 09:00")
        ahead.catch_up()
        period = ExportPeriod(last.replace(day=1), last, is_confirmed=True)
        ahead.services.bookkeeping.export(ahead.finance, period)
        ahead.catch_up()
    said = boxes(ahead, date(2026, 12, 31))
    assert said == {"05": 4_000_00, "10": 1_000_00}
    ahead.services.vat_returns.declare(ahead.finance, DeclareVat(date(2026, 10, 1), date(2026, 12, 31)))
    then, before = balances(ahead, AsOf(date(2026, 12, 31))), balances(ahead, AsOf(SEPTEMBER))
    assert (before.get("vat_2500", 0) - then["vat_2500"], then["vat_dormant_2500"]) == (1_000_00, -2_000_00)


def test_the_accounts_can_be_chosen_and_the_journal_names_them(ahead: Institute) -> None:
    chosen = ChooseAccounts((AccountChoice("vat_dormant_2500", 2619),))
    ahead.services.bookkeeping.choose_accounts(ahead.finance, chosen)
    invoiced(ahead)
    books = Books(ahead)
    books.close(SEPTEMBER)
    assert books.handed_over[2619] == -3_000_00
    asked = PostingFilter(account="vat_dormant_2500", until_on=SEPTEMBER)
    rows = ahead.services.ledger.postings(ahead.finance, asked).items
    assert [(row.account, row.voucher, row.amount) for row in rows] == [("vat_dormant_2500", "vat_rest", -3_000_00)]
    owed = ahead.services.ledger.postings(ahead.finance, PostingFilter(account="vat_2500", until_on=SEPTEMBER)).items
    assert sum(row.amount for row in owed) == 0 and {row.account for row in owed} == {"vat_2500"}


def test_only_finance_chooses(institute: Institute) -> None:
    with pytest.raises(NotAllowed):
        institute.services.vat_returns.choose_advance(institute.admin, ChooseAdvanceVat(LATER, SEPTEMBER))


def test_each_choice_counts_from_its_day_on() -> None:
    first = AdvanceVatChoice(LATER, date(2026, 3, 1))
    back = AdvanceVatChoice(AT_ONCE, date(2026, 5, 1))
    assert spans_of([first]) == (Span(date(2026, 3, 1)),)
    assert spans_of([first, back]) == (Span(date(2026, 3, 1), date(2026, 4, 30)),)
    assert spans_of([first, back, AdvanceVatChoice(LATER, date(2026, 5, 1))]) == spans_of([first])
    assert spans_of([first, back, AdvanceVatChoice(AT_ONCE, date(2026, 2, 1))]) == ()
    assert spans_of([first, AdvanceVatChoice(LATER, date(2026, 2, 1))]) == (Span(date(2026, 2, 1)),)
    two = spans_of([first, back, AdvanceVatChoice(LATER, date(2026, 7, 1))])
    assert two == (Span(date(2026, 3, 1), date(2026, 4, 30)), Span(date(2026, 7, 1)))


@given(st.integers(1, 10**7), st.integers(-(10**6), 10**7), st.integers(0, 10**7), st.integers(0, 6), st.integers(0, 6))
def test_what_rests_is_never_more_than_there_is_and_nothing_once_paid_or_held(
    asked: int, still_open: int, vat: int, held: int, to_come: int
) -> None:
    rests = Settled(asked, still_open).resting(vat, held, held + to_come)
    assert 0 <= rests <= vat
    assert not Settled(asked, 0).resting(vat, held, held + to_come)
    assert not held or not Settled(asked, still_open).resting(vat, held, held)
    assert Settled(asked, asked).resting(vat, 0, to_come) == vat
