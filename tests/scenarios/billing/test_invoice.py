"""Documents for bookkeeping: unbroken numbers, contents that say all they must, and nothing ever changed."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from application.billing.invoice import RecordPayment
from application.billing.invoicing import InvoiceRef, next_number
from application.booking.booking import MakeBooking
from application.booking.purchase import MakePurchase
from application.booking.registration import Register
from application.booking.reinstatement import UndoCancellation
from application.kernel.actor import SYSTEM
from application.kernel.ports import CommandContext, UnitOfWork
from application.people.organisation import GiveBillingDetails
from application.people.organiser import GivePaymentDetails
from application.programme.goods import OfferGoods
from application.programme.season import CorrectSeason
from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.billing.invoice_payment import PaymentKnown
from domain.kernel.documents import Supply, ocr_of
from domain.kernel.eligibility import Sector
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import BookingId, InvoiceId, series_of
from domain.kernel.terms import free_before
from domain.kernel.vat import VAT_6
from domain.people.organisation import ReferenceRequired
from domain.programme.price import Price, PriceList
from tests.samples import Institute, full_day, kronor
from tests.scenarios.story import (
    book,
    cancel,
    credit_notes,
    documents,
    facts,
    invoices,
    seated,
    sitting,
    stockholm,
    whole,
)
from tests.strangers import order, register


class Aborted(Exception):
    """The machine stopped in the middle of issuing."""


def test_numbers_have_no_gap_and_no_double_however_many_issue_at_once(institute: Institute) -> None:
    """S48: 200 issued by eight workers, three of them aborted after their number was drawn: 1 to 197."""
    conference = institute.conference(seats=200)
    bookings = [book(institute, conference, institute.bolt, None).booking_id for _ in range(200)]

    def issue(number: int) -> None:
        if number % 70 == 0:
            with pytest.raises(Aborted):
                _issue_and_abort(institute, bookings[number])
        else:
            institute.services.invoices.issue_for_booking(SYSTEM, institute.organiser, bookings[number])

    with ThreadPoolExecutor(8) as workers:
        list(workers.map(issue, range(200)))

    issued = [fact for fact in facts(institute) if isinstance(fact, Invoice.Issued)]
    assert sorted(fact.number for fact in issued) == list(range(1, 198))
    assert len({fact.source_id for fact in issued}) == 197

    rows = documents(institute, "invoice")  # the worker issues the three that were left, and no other again
    assert [row.number for row in rows] == list(range(1, 201))
    cancel(institute, institute.admin, bookings[0])
    assert [row.number for row in documents(institute, "credit_note")] == [1]


def test_an_invoice_says_all_that_it_must(institute: Institute) -> None:
    """S49: seller, buyer, dates of supply, lines, rates, due date, reference; the credit note names the original."""
    cluster = institute.cluster()
    command = MakeBooking(cluster, seated(None, None), institute.bolt, reference="Ref 4711")
    made = institute.services.bookings.make(institute.admin, command).answer

    [row] = documents(institute)
    view = whole(institute, row)

    assert (view.seller.name, view.seller.org_number, view.seller.address, view.seller.bankgiro) == (
        "Institutet",
        "5560360793",
        "Lilla gatan 2, 111 30 Stockholm",
        "991-2346",
    )
    assert (row.buyer, view.buyer_address, view.buyer_org_number, view.buyer_vat_number) == (
        "Bolt AB",
        "Storgatan 1, 111 22 Stockholm",
        "5569991002",
        "SE556999100201",
    )
    assert (row.number, row.issued_on, row.due_on, row.ocr, row.reference) == (
        1,
        date(2026, 9, 1),
        date(2026, 10, 1),
        ocr_of(1),
        "Ref 4711",
    )
    assert view.supply == tuple(
        Supply(f"Workshop {no}", day)
        for no, day in enumerate(("2027-01-20", "2027-03-10", "2027-04-21", "2027-05-26"), start=1)
    )
    [line] = view.lines
    assert (line.text, line.quantity, line.unit.amount, line.rate.basis_points, line.refers_to) == (
        "Arbete?!, 4 träffar",
        1,
        32_000_00,
        2_500,
        made.booking_id,
    )
    assert [(rate.basis_points, rate.net, rate.vat) for rate in view.rates] == [(2_500, 32_000_00, 8_000_00)]
    assert (row.net, row.vat, row.gross, row.currency) == (32_000_00, 8_000_00, 40_000_00, "SEK")

    cancel(institute, institute.admin, made.booking_id)
    [note] = documents(institute, "credit_note")
    assert (note.refers_to_number, note.refers_to_id, note.buyer, note.gross) == (
        1,
        row.document_id,
        "Bolt AB",
        -40_000_00,
    )
    assert [each.number for each in whole(institute, row).credit_notes] == [1]


def test_what_has_been_issued_stays_when_the_particulars_change(institute: Institute) -> None:
    made = book(institute, institute.conference(), institute.bolt, None)
    [row] = documents(institute)
    before = whole(institute, row)

    institute.services.organisers.give_payment_details(
        institute.admin, GivePaymentDetails(institute.organiser, "Nya gatan 3", "123-4566", 10)
    )
    institute.services.organisations.give_billing_details(
        institute.admin, GiveBillingDetails(institute.bolt, "Andra gatan 9")
    )

    [row] = documents(institute)
    assert whole(institute, row) == before
    cancel(institute, institute.admin, made.booking_id)
    [note] = documents(institute, "credit_note")
    view = whole(institute, note)
    assert (view.seller.address, view.buyer_address) == ("Nya gatan 3", "Storgatan 1, 111 22 Stockholm")


def test_a_public_buyer_gives_a_reference(institute: Institute) -> None:
    """S50, the first half."""
    k = institute.organisation("Kommunen K", "212000-9903", Sector.MUNICIPALITY)
    details = GiveBillingDetails(k, "Rådhuset, 111 11 K", peppol_id="0007:2120009903", needs_reference=True)
    institute.services.organisations.give_billing_details(institute.admin, details)
    conference = institute.conference()

    with pytest.raises(ReferenceRequired):
        book(institute, conference, k, None)
    institute.services.bookings.make(institute.admin, MakeBooking(conference, seated(None), k, reference=" ZZ 1234 "))

    assert [row.reference for row in documents(institute)] == ["ZZ 1234"]


def test_a_stranger_is_invoiced_as_they_typed(institute: Institute) -> None:
    typed = Register(
        institute.conference(), "Sven", "sven@example.org", (), "Eta AB", "556999-8007", "Gatan 1, 111 11 Byn", "Ref 1"
    )
    register(institute, typed)

    [row] = documents(institute)
    view = whole(institute, row)

    assert (row.buyer, view.buyer_address, view.buyer_org_number, row.reference) == (
        "Eta AB",
        "Gatan 1, 111 11 Byn",
        "5569998007",
        "Ref 1",
    )


def test_payments_lower_the_balance_once_each(institute: Institute) -> None:
    """S54 in small: 7 400.00 of 7 500.00 leaves 100.00; the same reference again changes nothing."""
    book(institute, institute.conference(), institute.acme, None)
    [row] = documents(institute)
    invoice = InvoiceId(row.document_id)
    pay = RecordPayment(invoice, 7_400_00, "BG 17", date(2026, 9, 1))

    with pytest.raises(NotAllowed):
        institute.services.invoices.record_payment(institute.admin, pay)
    institute.services.invoices.record_payment(institute.finance, pay)
    with pytest.raises(PaymentKnown):
        institute.services.invoices.record_payment(institute.finance, pay)

    [row] = documents(institute)
    assert (row.paid, row.balance, row.status) == (7_400_00, 100_00, "open")
    rest = RecordPayment(invoice, 100_00, "BG 18", date(2026, 9, 1))
    institute.services.invoices.record_payment(institute.finance, rest)
    [row] = documents(institute)
    assert (row.balance, row.status) == (0, "paid")


def test_documents_are_issued_once_however_often_policies_are_asked(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme), None)
    cancel(institute, institute.admin, made.booking_id, 1)
    institute.catch_up()
    with institute.house.store.connections.borrow() as connection:
        connection.execute("update tracking set position = 0 where name = 'policies'")

    assert invoices(institute) == [(12_000_00, 3_000_00, 15_000_00)]
    assert len(credit_notes(institute)) == 1
    assert len([fact for fact in facts(institute) if isinstance(fact, CreditNote.Issued)]) == 1
    assert sitting(institute, conference) == ["Acme AB – to be named"]


def test_a_book_bought_just_after_midnight_is_supplied_on_its_local_day(institute: Institute) -> None:
    goods = institute.services.goods.offer(institute.admin, OfferGoods("Boken", kronor(125), kronor(0), VAT_6)).answer
    institute.clock.instant = stockholm("2027-01-01 00:30")
    order(institute, MakePurchase(goods.goods_id, 1, "Gatan 1", "Sven", "sven@example.org"))

    [row] = documents(institute)
    assert whole(institute, row).supply == (Supply("", "2027-01-01"),)


def test_nothing_personal_stands_in_the_clear_in_an_invoice(institute: Institute) -> None:
    sven = institute.member("Sven")
    command = MakeBooking(institute.conference(), seated(sven.person_id))
    institute.services.bookings.make(sven, command)
    institute.catch_up()

    with institute.house.store.connections.borrow() as connection:
        rows = connection.execute("select state from event where topic = 'Invoice.Issued'").fetchall()

    [[state]] = rows
    assert b"Sven" not in bytes(state)
    assert json.loads(bytes(state))["number"] == 1


def _issue_and_abort(institute: Institute, booking: BookingId) -> None:
    """A number is drawn for a booking's invoice, and then the lights go out."""
    series = series_of(institute.organiser, "invoice")

    def decide(work: UnitOfWork) -> InvoiceRef:
        next_number(work, institute.organiser, "invoice", booking)
        raise Aborted

    institute.house.store.decisions.execute(CommandContext(SYSTEM, serial=(series,)), InvoiceRef, decide)


def test_lines_say_the_network_the_season_and_how_many_meetings(institute: Institute) -> None:
    """ML 17:24 p. 7: the nature and extent of the service, in the season's language; one meeting needs no number."""
    meetings = tuple(full_day(f"Träff {no}", 2027, no, 3) for no in range(1, 6))
    terms = free_before(date(2027, 1, 3))
    planned = institute.season(
        "Upphandling som fungerar", 9, PriceList(0, (Price(kronor(100)),)), terms, meetings=meetings
    )
    institute.services.seasons.correct(institute.admin, CorrectSeason(planned, "Säsong 4"))
    booked = book(institute, planned, institute.bolt, None)
    told = ["Upphandling som fungerar, Säsong 4, 5 träffar"]
    assert [[line.text for line in whole(institute, row).lines] for row in documents(institute)] == [told]
    cancelled = cancel(institute, institute.admin, booked.booking_id)
    assert [[line.text for line in whole(institute, row).lines] for row in documents(institute)] == [told] * 2
    undone = UndoCancellation(cancelled.cancellation_id)
    institute.services.reinstatements.undo(institute.admin, undone)
    assert [[line.text for line in whole(institute, row).lines] for row in documents(institute)] == [told] * 3
