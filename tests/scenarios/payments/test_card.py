"""Cards: paid once however often it is told, given back once, disputed, and compared with the company's books."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from flask.testing import FlaskClient

from application.automation.card_jobs import CardJobs
from application.billing.invoice import RecordPayment
from application.billing.queries.invoice import DocumentRow
from application.booking.booking import MakeBooking
from application.kernel.actor import SYSTEM, Role
from application.payments.card import BadSignature, NoCards, Notice
from application.payments.payment_rules import AgreePaymentRules
from application.payments.receivable import RecordRefund
from application.people.organiser import AppointStaff, FoundOrganiser
from application.programme.season import CallOffSeason
from domain.billing.demand import InvoiceSettled
from domain.kernel.errors import NotFound
from domain.kernel.ids import InvoiceId
from domain.payments.checkout import NotPaidByCard
from infrastructure.kernel.settings import Settings
from infrastructure.stripe.chosen import chosen_sellers
from tests.scenarios.cards import Cards, cards, session_of, signed_now
from tests.scenarios.story import book, cancel, credit_notes, documents, seated, stockholm
from web.api.payments.card_notices import ADDRESS
from web.app import create_app


@pytest.fixture
def shop(database_url: str) -> Iterator[Cards]:
    with cards(database_url) as made:
        yield made


def booked(shop: Cards, *seats: None) -> DocumentRow:
    """Bolt has booked seats at the conference, and been invoiced 15 000.00 for each."""
    made = book(shop.institute, shop.institute.conference(), shop.institute.bolt, *(seats or (None,)))
    return next(row for row in documents(shop.institute, "invoice") if row.source_id == made.booking_id)


def invoice(shop: Cards) -> DocumentRow:
    return documents(shop.institute, "invoice")[0]


def letters(shop: Cards, kind: str) -> int:
    made = shop.institute
    return sum(letter.kind == kind for letter in made.services.letters.list(made.admin))


def test_a_payment_told_twice_and_out_of_order_is_one(shop: Cards) -> None:
    """S52: the page's notice before and after the intent's, each delivered twice."""
    opened = shop.open(booked(shop).document_id)
    shop.pay(opened)

    shop.hear("checkout.session.completed", times=2)
    shop.hear("payment_intent.succeeded", times=2)
    shop.hear("checkout.session.completed")

    row = invoice(shop)
    assert (row.paid, row.balance, row.status) == (15_000_00, 0, "paid")
    assert len(shop.institute.services.invoice_questions.one(shop.institute.finance, row.document_id).payments) == 1


def test_the_intent_may_come_first(shop: Cards) -> None:
    shop.pay(shop.open(booked(shop).document_id))
    shop.hear("payment_intent.succeeded")
    assert invoice(shop).paid == 15_000_00


def test_a_payment_is_answered_with_one_letter(shop: Cards) -> None:
    """The person who pays is told once, however often the notice comes."""
    made = shop.institute
    anna = made.member("Anna")
    booking = made.services.bookings.make(anna, MakeBooking(made.conference(), seated(anna.person_id))).answer
    [row] = documents(made, "invoice")
    assert row.source_id == booking.booking_id
    shop.pay(shop.open(row.document_id, anna))
    shop.hear(times=5)
    assert letters(shop, "payment_received") == 1
    cancel(made, anna, booking.booking_id, 1)
    shop.settle()
    shop.hear(times=2)
    assert (letters(shop, "payment_refunded"), letters(shop, "payment_reversed")) == (1, 0)


def test_only_who_pays_is_sent_to_the_page(shop: Cards) -> None:
    row = booked(shop)
    with pytest.raises(NotFound):
        shop.open(row.document_id, shop.institute.member("Greta"))


def test_the_same_click_opens_the_same_page(shop: Cards) -> None:
    row = booked(shop)
    assert shop.open(row.document_id, key="click-1").address == shop.open(row.document_id, key="click-1").address
    assert len(shop.company.of("checkout.session")) == 1


def test_a_paid_invoice_is_not_paid_again(shop: Cards) -> None:
    """Two pages were open and both were paid: the second payment goes back by itself."""
    row = booked(shop)
    pages = [shop.open(row.document_id), shop.open(row.document_id)]
    for page in pages:
        shop.pay(page)
    shop.hear()

    assert (invoice(shop).paid, invoice(shop).balance) == (15_000_00, 0)
    assert [each["amount"] for each in shop.company.of("refund")] == [15_000_00]
    assert shop.institute.services.payment_questions.suspense(shop.institute.finance) == ()
    with pytest.raises(InvoiceSettled):
        shop.open(row.document_id)


def test_a_notice_with_a_wrong_signature_is_refused_and_logged(shop: Cards, caplog: pytest.LogCaptureFixture) -> None:
    """S52: 400, said in the log, and nothing is kept; so are one without, an old one and one that was tampered with."""
    shop.pay(shop.open(booked(shop).document_id))
    told = shop.company.notices[0]
    body, right = signed_now(shop.company, told)
    _, old = shop.company.signed(told, 1_000_000_000)
    browser: FlaskClient = create_app(shop.institute.services).test_client()

    for sent, signature in [(body, "t=1,v1=00"), (body, ""), (body, old), (body.replace(b"15", b"16"), right)]:
        answer = browser.post(ADDRESS, data=sent, headers={"Stripe-Signature": signature})
        assert answer.status_code == 400
    assert sum("was refused" in record.message for record in caplog.records) == 4
    assert shop.institute.services.card_notices.waiting(10) == ()

    assert browser.post(ADDRESS, data=body, headers={"Stripe-Signature": right}).status_code == 200
    assert len(shop.institute.services.card_notices.waiting(10)) == 1


def test_what_the_company_tells_of_other_things_is_kept_and_nothing_follows(shop: Cards) -> None:
    shop.company.tell("customer.updated", shop.company.make("cus", "customer"))
    shop.hear()
    assert shop.institute.services.card_notices.waiting(10) == ()
    signatures = shop.institute.services.card_signatures
    assert signatures is not None
    with pytest.raises(BadSignature):
        signatures.read(b"{}", "")


def test_one_of_three_cancels_and_the_card_gets_a_third_back(shop: Cards) -> None:
    """S27: 22 500.00 paid, one seat cancelled: one credit note of 7 500.00, one refund of 7 500.00, told any times."""
    made = shop.institute
    booking = book(made, made.conference(), made.acme, None, None, None)
    shop.pay(shop.open(documents(made, "invoice")[0].document_id))
    shop.hear()

    made.clock.instant = stockholm("2026-12-15 10:00")
    cancel(made, made.admin, booking.booking_id, 1)
    shop.settle()
    shop.hear(times=2)

    assert credit_notes(made) == [(-6_000_00, -1_500_00, -7_500_00)]
    assert [each["amount"] for each in shop.company.of("refund")] == [7_500_00]
    row = invoice(shop)
    assert (row.gross, row.credited, row.paid, row.balance) == (22_500_00, 7_500_00, 15_000_00, 0)
    assert made.services.payment_questions.refunds_due(made.finance) == ()


def test_a_refund_that_was_broken_off_is_not_sent_twice(shop: Cards) -> None:
    """S32, S52: the company has given back, and we were stopped before we could note it; a day later we ask again."""
    made = shop.institute
    booking = book(made, made.conference(), made.acme, None)
    shop.pay(shop.open(documents(made, "invoice")[0].document_id))
    shop.hear()
    cancel(made, made.admin, booking.booking_id, 1)
    made.catch_up()
    [asked] = made.services.payment_questions.card_refunds(made.finance)
    made.services.card_refunds.carry_out(asked.checkout_id, asked.refund_id)
    shop.company.answered.clear()  # the company forgets idempotency keys after a day

    shop.settle()
    shop.hear()

    assert [each["amount"] for each in shop.company.of("refund")] == [7_500_00]
    assert invoice(shop).paid == 0
    assert made.services.payment_questions.card_refunds(made.finance) == ()


def test_a_refund_that_comes_back_from_the_payers_bank_is_due_by_bank(shop: Cards) -> None:
    """It had succeeded; told five times that it failed after all, it is due once, and no payment is thanked for."""
    made = shop.institute
    booking = book(made, made.conference(), made.acme, None)
    shop.pay(shop.open(documents(made, "invoice")[0].document_id))
    shop.hear()
    cancel(made, made.admin, booking.booking_id, 1)
    shop.settle()
    thanked = letters(shop, "payment_received")
    assert made.services.payment_questions.refunds_due(made.finance) == ()

    [sent] = shop.company.of("refund")
    sent.update(status="failed", failure_reason="lost_or_stolen_card")
    shop.company.tell("refund.failed", sent)
    shop.hear(times=5)

    [due] = made.services.payment_questions.refunds_due(made.finance)
    [refused] = made.services.payment_questions.card_refunds(made.finance)
    assert (due.due, refused.state, refused.why) == (7_500_00, "failed", "lost_or_stolen_card")
    assert letters(shop, "payment_received") == thanked
    made.services.receivables.refund(
        made.finance, RecordRefund(InvoiceId(due.invoice_id), 7_500_00, "UT 9", made.clock.instant.date())
    )
    made.catch_up()
    assert made.services.payment_questions.refunds_due(made.finance) == ()


def test_card_money_that_belongs_nowhere_is_returned_to_its_card_once(shop: Cards) -> None:
    """Paid twice on two pages: the second goes back by itself; returned and refused, it is asked for anew, once."""
    made = shop.institute
    book(made, made.conference(), made.acme, None)
    first, second = (shop.open(documents(made, "invoice")[0].document_id) for _ in range(2))
    shop.pay(first)
    shop.pay(second)
    shop.hear()
    [sent] = shop.company.of("refund")
    sent.update(status="failed", failure_reason="declined")
    shop.company.tell("refund.failed", sent)
    shop.hear()
    [waiting] = made.services.payment_questions.suspense(made.finance)
    charge = shop.company.things[str(sent["charge"])]
    charge["amount_refunded"] = 0

    checkout_id = UUID(waiting.reference)
    made.services.card_refunds.ask_left(made.finance, checkout_id)
    with pytest.raises(NotPaidByCard):
        made.services.card_refunds.ask_left(made.finance, checkout_id)
    shop.settle()
    assert made.services.payment_questions.suspense(made.finance) == ()
    assert [each["amount"] for each in shop.company.of("refund")] == [7_500_00, 7_500_00]


def test_a_called_off_conference_gives_back_to_cards_and_lists_what_goes_by_bank(shop: Cards) -> None:
    """S32: 2 paid by card, 1 unpaid, 5 members by bank: 30 000.00 to cards, 37 500.00 by bank, 8 credit notes."""
    made = shop.institute
    conference = made.conference()
    for organisation in (made.bolt, made.bolt, made.bolt, *[made.acme] * 5):
        book(made, conference, organisation, None)
    rows = documents(made, "invoice")
    for row in rows[:2]:
        shop.pay(shop.open(row.document_id))
    for row in rows[3:]:
        paid = RecordPayment(InvoiceId(row.document_id), row.gross, f"BG {row.number}", date(2026, 9, 1))
        made.services.invoices.record_payment(made.finance, paid)
    shop.hear()

    made.clock.instant = stockholm("2027-01-20 10:00")
    made.services.seasons.call_off(made.admin, CallOffSeason(conference, "För få anmälda"))
    for _ in range(2):
        shop.settle()
        shop.hear()

    assert len(credit_notes(made)) == 8
    assert sum(each["amount"] for each in shop.company.of("refund")) == 30_000_00
    due = made.services.payment_questions.refunds_due(made.finance)
    assert (len(due), sum(each.due for each in due)) == (5, 37_500_00)

    for each in due:
        refund = RecordRefund(InvoiceId(each.invoice_id), each.due, f"UT {each.number}", date(2027, 1, 20))
        made.services.receivables.refund(made.finance, refund)
    assert [row.balance for row in documents(made, "invoice")] == [0] * 8
    assert made.services.payment_questions.refunds_due(made.finance) == ()


@pytest.mark.parametrize("verdict", ["won", "lost"])
def test_a_dispute_is_a_dispute_until_it_is_decided(shop: Cards, verdict: str) -> None:
    """S53: 15 000.00 disputed: the invoice says so; won: as before; lost: neither refund nor credit note by itself."""
    made = shop.institute
    row = booked(shop)
    opened = shop.open(row.document_id)
    shop.pay(opened)
    dispute = shop.company.dispute(session_of(opened), 15_000_00)
    shop.hear("charge.dispute.created")  # before the payment itself was told: it waits
    shop.hear()
    made.clock.pass_by(timedelta(seconds=5))
    shop.hear()

    [told] = made.services.payment_questions.disputes(made.finance)
    assert (told.amount, told.state, told.number) == (15_000_00, "open", row.number)

    shop.company.decide(dispute, verdict)
    shop.hear(times=2)

    [told] = made.services.payment_questions.disputes(made.finance)
    assert told.state == verdict
    assert (credit_notes(made), shop.company.of("refund")) == ([], [])
    assert (invoice(shop).paid, invoice(shop).balance) == (15_000_00, 0)


@pytest.mark.parametrize("suspends", [False, True])
def test_a_dispute_keeps_or_suspends_the_seat_as_the_organiser_lets_that(shop: Cards, suspends: bool) -> None:
    """S53: seat kept or suspended by setting, finance told once; won: the seat is theirs again."""
    made = shop.institute
    fia = made.person("Fia")
    made.services.organisers.appoint(SYSTEM, AppointStaff(made.organiser, fia, Role.FINANCE))
    made.services.payment_rules.agree(made.finance, AgreePaymentRules(suspends_disputed=suspends))
    conference = made.conference()
    book(made, conference, made.bolt, None)
    opened = shop.open(documents(made, "invoice")[0].document_id)
    shop.pay(opened)
    shop.hear()
    dispute = shop.company.dispute(session_of(opened), 15_000_00)
    shop.hear(times=2)

    assert [line.is_suspended for line in made.services.rosters.of(made.admin, conference)] == [suspends]
    assert letters(shop, "disputed") == 1
    shop.company.decide(dispute, "won")
    shop.hear()
    assert [line.is_suspended for line in made.services.rosters.of(made.admin, conference)] == [False]


def test_the_books_are_compared_with_the_companys(shop: Cards) -> None:
    """A payment that no notice told of is missing here; one that the company denies is missing there; sums are told."""
    made = shop.institute
    card_work = next(each for each in made.house.worker.jobs.jobs if isinstance(each, CardJobs))
    pages = [shop.open(booked(shop).document_id) for _ in range(3)]
    for page in pages[:2]:
        shop.pay(page)
    shop.hear()
    assert card_work.compare() == ()

    shop.pay(pages[2])
    del shop.company.things[session_of(pages[0])]
    shop.company.things[session_of(pages[1])]["amount_total"] = 14_000_00
    made.clock.pass_by(timedelta(hours=3))

    found = {(each.kind, each.checkout_id, each.ours, each.theirs) for each in card_work.compare()}
    assert found == {
        ("missing_there", pages[0].checkout_id, 15_000_00, 0),
        ("amount", pages[1].checkout_id, 15_000_00, 14_000_00),
        ("missing_here", pages[2].checkout_id, 0, 15_000_00),
    }
    assert len(made.services.payment_questions.differences(made.finance)) == 3


def test_nothing_that_names_the_payer_is_kept_of_a_notice(shop: Cards, database_url: str) -> None:
    """The company's notices name payers in clear: kept are their ids, the kind, and a digest of what was signed."""
    shop.pay(shop.open(booked(shop).document_id))
    told = shop.company.notices[-1]
    told["customer_details"] = {"name": "Rakel Hemlig", "email": "rakel@example.org"}
    services = shop.institute.services
    assert services.card_signatures is not None
    body, signature = signed_now(shop.company, told)
    services.card_notices.keep(services.card_signatures.read(body, signature), body)

    with psycopg.connect(database_url) as connection:
        [(kept, digest)] = connection.execute("select card_notice::text, digest from card_notice").fetchall()
    assert b"rakel@example.org" in body and digest == hashlib.sha256(body).digest()
    assert str(told["id"]) in kept and b"rakel".hex() not in kept


def test_a_notice_about_what_is_not_ours_is_not_asked_about_for_ever(shop: Cards) -> None:
    """Another system that uses the same account: after a day nothing more is done about it."""
    shop.pay(shop.open(booked(shop).document_id))
    notices = shop.institute.services.card_notices
    session = next(iter(shop.company.of("checkout.session")))
    session["client_reference_id"] = str(uuid4())
    notices.keep(Notice("evt_other", "checkout.session.completed", str(session["id"])), b"{}")
    shop.settle()
    shop.institute.clock.pass_by(timedelta(hours=23))
    assert [each.notice_id for each in notices.waiting(10)] == ["evt_other"]

    shop.institute.clock.pass_by(timedelta(hours=2))
    shop.settle()
    shop.institute.clock.pass_by(timedelta(days=30))
    assert notices.waiting(10) == ()


def test_money_of_one_seller_never_lands_with_another(database_url: str) -> None:
    """The account is of who is named; where nobody is, of the only organiser there is."""
    with cards(database_url) as shop:
        row = booked(shop)
        found = FoundOrganiser("Grannen", "grannen", "556999-2000")
        shop.institute.services.organisers.found(SYSTEM, found)
        shop.institute.catch_up()
        with pytest.raises(NoCards):
            shop.open(row.document_id)
        house = shop.institute.house
        for named, takes in (("grannen", False), ("institutet", True), ("*", True)):
            settings = Settings.read({"PLATS_STRIPE_ORGANISERS": named})
            is_seller = chosen_sellers(settings, house.models.programme)
            assert is_seller(shop.institute.organiser) is takes
