"""The ledger: balanced in every event, and every figure of finance follows from it, now and as of any past day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from application.accounting.queries.ageing import FREE_BY_RULE, MONEY_WITHOUT_SEAT, SEAT_WITHOUT_MONEY, AsOf
from application.accounting.queries.ledger import Period, PostingFilter
from application.billing.invoice import RecordPayment
from application.booking.agreement import GoodsBeside
from application.booking.booking import MakeBooking
from application.programme.goods import OfferGoods
from application.programme.meeting import PostponeMeeting
from application.programme.price import AgreePrices
from domain.kernel.ids import InvoiceId, MeetingId, SeasonId
from domain.kernel.terms import free_before
from domain.kernel.vat import VAT_6
from domain.programme.price import Price, PriceList
from tests.samples import Institute, conference_prices, kronor
from tests.scenarios.story import FREE, book, cancel, documents, seated, stockholm


def balances(institute: Institute, asked: AsOf = AsOf()) -> dict[str, int]:
    institute.catch_up()
    return {row.account: row.amount for row in institute.services.ledger.balances(institute.finance, asked)}


def pay(institute: Institute, number: int, amount: int, on: date) -> None:
    row = next(row for row in documents(institute, "invoice") if row.number == number)
    command = RecordPayment(InvoiceId(row.document_id), amount, f"BG {number}/{amount}", on)
    institute.services.invoices.record_payment(institute.finance, command)


def test_an_invoice_a_payment_and_a_credit_note_in_double_entry(institute: Institute) -> None:
    made = book(institute, institute.conference(), institute.bolt, None, None)
    assert balances(institute) == {"receivable": 30_000_00, "revenue": -24_000_00, "vat_2500": -6_000_00}

    pay(institute, 1, 10_000_00, date(2026, 9, 1))
    cancel(institute, institute.admin, made.booking_id, 1)
    assert balances(institute) == {
        "receivable": 5_000_00,
        "revenue": -12_000_00,
        "vat_2500": -3_000_00,
        "cash_bank": 10_000_00,
    }

    rows = institute.services.ledger.postings(institute.finance, PostingFilter()).items
    assert sum(row.amount for row in rows) == 0
    assert {row.voucher for row in rows} == {"invoice", "payment", "credit_note"}
    of_season = institute.services.ledger.postings(institute.finance, PostingFilter(account="vat_2500")).items
    assert [(row.amount, row.number) for row in of_season] == [(3_000_00, 1), (-6_000_00, 1)]


def org_number(no: int) -> str:
    """A number that may be one, by its check digit."""
    body = f"55699950{no}"
    digits = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(body)]
    return f"{body}{-sum(digit // 10 + digit % 10 for digit in digits) % 10}"


def four_workshops(institute: Institute) -> SeasonId:
    """S04: five organisations that are no members and two that are."""
    cluster = institute.cluster()
    members = [institute.acme, institute.organisation("Eta AB", org_number(9))]
    institute.make_member(members[1], date(2026, 1, 1), date(2027, 12, 31))
    others = [institute.bolt, *(institute.organisation(f"Org {no} AB", org_number(no)) for no in range(4))]
    for organisation in (*others, *members):
        book(institute, cluster, organisation, None, None)
    institute.catch_up()
    return cluster


def test_revenue_of_a_network_and_season_is_the_sum_of_its_invoices(institute: Institute) -> None:
    """S04: 210 000.00, 52 500.00, 262 500.00; fourteen seats."""
    four_workshops(institute)

    [row] = institute.services.ledger.revenue(institute.finance)
    assert (row.network, row.season) == ("Arbete?!", "Arbete?!")
    assert (row.net, row.vat, row.gross) == (210_000_00, 52_500_00, 262_500_00)
    listed = documents(institute, "invoice")
    assert (row.net, row.vat, row.gross) == tuple(
        sum(each) for each in zip(*((one.net, one.vat, one.gross) for one in listed), strict=True)
    )
    assert institute.services.ledger.reconciliation(institute.finance).seats == 14


def deferred(institute: Institute, on: date) -> tuple[int, int]:
    institute.catch_up()
    [row] = institute.services.ledger.deferred(institute.finance, AsOf(on))
    return row.earned, row.deferred


def test_revenue_is_earned_as_meetings_are_held(institute: Institute) -> None:
    """S57: three of four workshops held by 22 April."""
    four_workshops(institute)

    institute.at(2027, 4, 22)
    assert deferred(institute, date(2027, 4, 22)) == (157_500_00, 52_500_00)
    assert deferred(institute, date(2027, 4, 10)) == (105_000_00, 105_000_00)
    assert deferred(institute, date(2027, 1, 19)) == (0, 210_000_00)
    institute.at(2027, 6, 1)
    assert deferred(institute, date(2027, 5, 31)) == (210_000_00, 0)


def test_what_is_earned_month_by_month_is_what_the_ledger_says_of_the_last_day_of_each(institute: Institute) -> None:
    four_workshops(institute)
    institute.at(2027, 4, 22)
    institute.catch_up()
    ledger, finance = institute.services.ledger, institute.finance
    rows = ledger.earned(finance)
    assert [row.month for row in rows][0::11] == [date(2026, 5, 1), date(2027, 4, 1)] and len(rows) == 12
    assert sum(row.earned for row in rows) == 157_500_00 and rows[-1].deferred == 52_500_00
    assert rows[0].earned == rows[0].deferred == 0
    for row, following in pairwise(rows):
        [then] = ledger.deferred(finance, AsOf(following.month - timedelta(days=1))) or [None]
        assert row.deferred == (then.deferred if then else 0)
    ahead = ledger.earned(finance, Period(date(2027, 4, 1), date(2027, 6, 30)))
    assert [row.month.month for row in ahead] == [4, 5, 6] and ahead[-1].deferred == 0
    assert len(ledger.earned(finance, Period(date(1, 1, 1), date(2027, 4, 1)))) == 60


def test_a_postponed_meeting_has_earned_nothing(institute: Institute) -> None:
    """S57, the variant: the workshop of 21 April is postponed on the 15th."""
    cluster = four_workshops(institute)
    third = institute.services.programme.season(institute.admin, cluster).meetings[2]
    institute.at(2027, 4, 10)
    before = deferred(institute, date(2027, 4, 10))
    institute.at(2027, 4, 15)
    institute.services.meetings.postpone(
        institute.admin, PostponeMeeting(cluster, MeetingId(third.meeting_id), "Sjukdom")
    )
    institute.at(2027, 4, 22)

    assert deferred(institute, date(2027, 4, 22)) == (105_000_00, 105_000_00)
    assert deferred(institute, date(2027, 4, 10)) == before == (105_000_00, 105_000_00)


def test_open_invoices_by_age_equal_the_ledger_on_any_day(institute: Institute) -> None:
    """S58: 12, 45 and 95 days late; last month says now what it said then, to the öre."""
    season = institute.season("Dyr", 100, costing(1), free_before(date(2027, 12, 31)))
    for late, amount in ((95, 40_000), (45, 15_000), (12, 7_500)):
        institute.clock.instant = stockholm("2027-06-01 12:00") - timedelta(days=30 + late)
        agreed = AgreePrices(season, costing(amount).prices)
        institute.services.seasons.agree_prices(institute.admin, agreed)
        book(institute, season, institute.bolt, None)
        institute.catch_up()
    institute.clock.instant = stockholm("2027-06-01 12:00")

    now = institute.services.ledger.ageing(institute.finance)
    assert [bucket.amount for bucket in now.buckets] == [0, 7_500_00, 15_000_00, 0, 40_000_00]
    assert (now.total, now.receivable, balances(institute)["receivable"]) == (62_500_00,) * 3
    items = institute.services.ledger.open_items(institute.finance).items
    assert [(row.days_late, row.balance) for row in items] == [(95, 40_000_00), (45, 15_000_00), (12, 7_500_00)]
    only = institute.services.ledger.open_items(institute.finance, bucket=2).items
    assert [row.balance for row in only] == [15_000_00]

    last_month = AsOf(date(2027, 5, 1), institute.clock.instant)
    then = institute.services.ledger.ageing(institute.finance, last_month)
    assert [bucket.amount for bucket in then.buckets] == [7_500_00, 15_000_00, 0, 40_000_00, 0]
    institute.clock.instant += timedelta(days=1)
    pay(institute, 1, 40_000_00, date(2027, 4, 28))  # recorded late
    institute.catch_up()

    assert institute.services.ledger.ageing(institute.finance, last_month) == then
    known_now = institute.services.ledger.ageing(institute.finance, AsOf(date(2027, 5, 1)))
    assert [bucket.amount for bucket in known_now.buckets] == [7_500_00, 15_000_00, 0, 0, 0]
    assert known_now.receivable == known_now.total == 22_500_00


def costing(gross: int) -> PriceList:
    """So many kronor with VAT."""
    return PriceList(0, (Price(kronor(gross), includes_vat=True),))


def test_seats_without_money_and_money_without_a_seat(institute: Institute) -> None:
    """S60: a free seat has its ground; nothing else is without its money."""
    free = institute.season("Frukost", 20, FREE)
    book(institute, free, institute.acme, None)
    paid = book(institute, institute.conference(), institute.bolt, None, None)
    cancel(institute, institute.admin, paid.booking_id, 2)
    institute.catch_up()

    seen = institute.services.ledger.reconciliation(institute.finance)
    assert (seen.seats, seen.free_seats, seen.agreed, seen.invoiced) == (2, 1, 15_000_00, 15_000_00)
    assert (seen.seats_without_money, seen.money_without_seat) == (0, 0)
    assert seen.receivable == seen.open_invoices == 15_000_00
    [row] = institute.services.ledger.matches(institute.finance, FREE_BY_RULE).items
    assert (row.season, row.organisation, row.seats, row.ground) == ("Frukost", "Acme AB", 1, "everyone")
    for alarm in (SEAT_WITHOUT_MONEY, MONEY_WITHOUT_SEAT):
        assert institute.services.ledger.matches(institute.finance, alarm).items == ()


def test_vat_of_january_with_the_documents_behind_it(institute: Institute) -> None:
    """S59: invoices of 22 500, 15 000 and 7 625, a credit note of 7 500; four documents."""
    conference = institute.season("Konferens", 100, conference_prices(), free_before(date(2027, 2, 1)))
    institute.at(2027, 1, 8)
    made = book(institute, conference, institute.acme, None, None, None)
    book(institute, conference, institute.bolt, None)
    goods = institute.services.goods.offer(institute.admin, OfferGoods("Boken", kronor(125), kronor(0), VAT_6)).answer
    beside = GoodsBeside(goods.goods_id, 1, "Gatan 1")
    anna = institute.person("Anna", institute.acme)
    ticket_and_book = MakeBooking(conference, seated(anna), institute.acme, goods=beside)
    institute.services.bookings.make(institute.admin, ticket_and_book)
    institute.catch_up()
    cancel(institute, institute.admin, made.booking_id, 1)
    institute.catch_up()

    january = Period(date(2027, 1, 1), date(2027, 1, 31))
    rows = institute.services.ledger.vat(institute.finance, january)
    assert [(row.basis_points, row.net, row.vat) for row in rows] == [
        (2_500, 30_000_00, 7_500_00),
        (600, 117_92, 7_08),
    ]
    behind = institute.services.ledger.vat_documents(institute.finance, january, 2_500, "standard").items
    assert [(row.kind, row.number, row.net) for row in behind] == [
        ("credit_note", 1, -6_000_00),
        ("invoice", 3, 6_000_00),
        ("invoice", 2, 12_000_00),
        ("invoice", 1, 18_000_00),
    ]
    assert sum(row.vat for row in behind) == 7_500_00
    [book_line] = institute.services.ledger.vat_documents(institute.finance, january, 600, "standard").items
    assert (book_line.number, book_line.net, book_line.vat) == (3, 117_92, 7_08)
    assert institute.services.ledger.vat(institute.finance, Period(date(2027, 2, 1))) == ()


def test_vat_of_a_period_is_the_sum_of_its_lines(institute: Institute) -> None:
    book(institute, institute.conference(), institute.acme, None)
    institute.catch_up()
    [row] = institute.services.ledger.vat(institute.finance, Period(date(2026, 9, 1), date(2026, 9, 30)))
    assert (row.basis_points, row.kind, row.net, row.vat) == (2_500, "standard", 6_000_00, 1_500_00)
    assert institute.services.ledger.vat(institute.finance, Period(date(2026, 10, 1))) == ()


def test_a_payment_counts_from_its_own_day_also_before_its_invoice(institute: Institute) -> None:
    """Somebody paid early: until there is an invoice the money is the payer's, in the ledger as among what is owed."""
    book(institute, institute.conference(), institute.bolt, None, None)
    pay(institute, 1, 10_000_00, date(2026, 8, 20))
    institute.catch_up()
    for day, owed in ((date(2026, 8, 19), 0), (date(2026, 8, 20), -10_000_00), (date(2026, 9, 1), 20_000_00)):
        asked = AsOf(day)
        assert balances(institute, asked).get("receivable", 0) == owed
        assert institute.services.ledger.ageing(institute.finance, asked).total == owed
