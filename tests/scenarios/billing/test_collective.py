"""Collective invoices: what an organisation buys in a month stands on one invoice, each line with what it is for."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.billing.credit_note import CreditNotes, IssueCreditNotes
from application.billing.crediting import CreditInvoice, PartOfLine
from application.billing.queries.season_sums import SeasonSums
from application.booking.cancellation import RequestCancellation
from application.kernel.actor import SYSTEM
from application.programme.season import CallOffSeason
from domain.booking.purchase import Purchase
from domain.kernel.ids import BookingId, InvoiceId
from tests.samples import Institute
from tests.scenarios.paper_trail import book_with_a_book, buy, close_the_month, collective
from tests.scenarios.story import book, cancel, credit_notes, documents, facts, invoices, whole


def test_three_tickets_and_two_books_stand_on_one_invoice(institute: Institute) -> None:
    """S61: one document, lines refer to bookings; a line cancelled later is credited alone."""
    collective(institute, institute.acme)
    conference = institute.conference()
    bookings = [book(institute, conference, institute.acme, None).booking_id for _ in range(3)]
    buy(institute, institute.acme, 2)
    assert documents(institute) == []

    close_the_month(institute)

    [row] = documents(institute)
    view = whole(institute, row)
    assert (row.gross, row.issued_on) == (3 * 7_500_00 + 250_00, date(2026, 10, 1))
    assert [line.refers_to for line in view.lines][:3] == bookings
    assert [line.season_id for line in view.lines] == [conference] * 3 + [None]
    assert [(sums.season_id, sums.gross) for sums in season_sums(institute)] == [(conference, 22_500_00)]

    cancel(institute, institute.admin, bookings[1])

    [note] = documents(institute, "credit_note")
    assert (note.gross, note.refers_to_number) == (-7_500_00, row.number)
    assert [line.refers_to for line in whole(institute, note).lines] == [bookings[1]]


def test_what_is_cancelled_before_the_invoice_is_not_on_it(institute: Institute) -> None:
    collective(institute, institute.acme)
    conference = institute.conference()
    kept = book(institute, conference, institute.acme, None, None, None).booking_id
    gone = book(institute, conference, institute.acme, None).booking_id
    institute.catch_up()
    cancel(institute, institute.admin, kept, 2)
    cancel(institute, institute.admin, gone)

    close_the_month(institute)

    [row] = documents(institute)
    [line] = whole(institute, row).lines
    assert (line.refers_to, line.quantity, line.unit.amount, line.net.amount) == (kept, 2, 6_000_00, 12_000_00)
    assert credit_notes(institute) == []


def test_a_month_in_which_all_was_cancelled_has_no_invoice(institute: Institute) -> None:
    collective(institute, institute.acme)
    conference = institute.conference()
    book(institute, conference, institute.acme, None)
    institute.catch_up()
    institute.services.seasons.call_off(institute.admin, CallOffSeason(conference, "Sjukdom"))

    close_the_month(institute)

    assert documents(institute) == []


def test_each_month_has_its_own_and_no_day_has_two(institute: Institute) -> None:
    collective(institute, institute.acme)
    conference = institute.conference()
    book(institute, conference, institute.acme, None)
    close_the_month(institute)
    book(institute, conference, institute.acme, None)
    institute.catch_up()
    institute.house.worker.jobs.finish()
    assert invoices(institute) == [(6_000_00, 1_500_00, 7_500_00)]

    institute.at(2026, 11, 1)
    institute.house.worker.jobs.finish()
    institute.house.worker.jobs.finish()

    assert [(row.number, row.issued_on) for row in documents(institute)] == [
        (1, date(2026, 10, 1)),
        (2, date(2026, 11, 1)),
    ]


def test_others_are_invoiced_at_once(institute: Institute) -> None:
    collective(institute, institute.acme)
    book(institute, institute.conference(), institute.bolt, None)

    assert invoices(institute) == [(12_000_00, 3_000_00, 15_000_00)]


def test_a_book_beside_a_seat_is_found_on_the_collective_invoice(institute: Institute) -> None:
    """Both the booking and the purchase find their one document, and finance credits the book alone."""
    collective(institute, institute.acme)
    booking = book_with_a_book(institute, institute.conference())
    institute.catch_up()
    [purchase] = institute.services.goods_questions.to_dispatch(institute.admin)
    assert found_of(institute, purchase.purchase_id) == found_of(institute, booking) == []

    close_the_month(institute)

    [row] = documents(institute)
    assert row.gross == 7_625_00 and row.source_id not in (booking, purchase.purchase_id)
    assert found_of(institute, purchase.purchase_id) == found_of(institute, booking) == [row.document_id]
    credit = IssueCreditNotes(
        institute.organiser,
        purchase.purchase_id,
        "sold out",
        "sold_out",
        tuple(each for each in whole(institute, row).lines if each.refers_to == purchase.purchase_id),
    )
    CreditNotes(institute.house.store.decisions).issue(SYSTEM, credit)
    [note] = documents(institute, "credit_note")
    assert (note.gross, note.refers_to_number) == (-125_00, row.number)


def test_a_book_beside_a_seat_is_taken_off_the_tab(institute: Institute) -> None:
    collective(institute, institute.acme)
    book_with_a_book(institute, institute.conference())
    institute.catch_up()
    [purchase] = institute.services.goods_questions.to_dispatch(institute.admin)
    lines = next(fact.lines for fact in facts(institute) if isinstance(fact, Purchase.Made))
    credit = IssueCreditNotes(
        institute.organiser,
        purchase.purchase_id,
        "sold out",
        "sold_out",
        tuple(each.about(purchase.purchase_id) for each in lines),
    )
    CreditNotes(institute.house.store.decisions).issue(SYSTEM, credit)

    close_the_month(institute)

    assert invoices(institute) == [(6_000_00, 1_500_00, 7_500_00)]


def test_a_preview_says_the_same_whether_it_has_been_invoiced_or_not(institute: Institute) -> None:
    collective(institute, institute.acme)
    made: BookingId = book(institute, institute.conference(), institute.acme, None).booking_id
    before = institute.services.cancellations.preview(institute.admin, RequestCancellation(made))

    close_the_month(institute)

    after = institute.services.cancellations.preview(institute.admin, RequestCancellation(made))
    assert (before.credit, after.credit) == (7_500_00, 7_500_00)


def season_sums(institute: Institute) -> list[SeasonSums]:
    """What each season has been invoiced."""
    return [sums for sums in institute.services.invoice_questions.sums(institute.finance) if sums.documents]


def found_of(institute: Institute, source: UUID) -> list[UUID]:
    """The documents that a booking or a purchase stands on."""
    found = institute.services.invoice_questions.of_source(institute.finance, source)
    return [view.row.document_id for view in found]


def test_what_is_credited_twice_is_never_at_the_cost_of_another_booking(institute: Institute) -> None:
    """Two bookings on one invoice: A's line is credited by hand, then A is cancelled, then B: each comes back once."""
    collective(institute, institute.acme)
    conference = institute.conference()
    first, second = (book(institute, conference, institute.acme, None).booking_id for _ in range(2))
    close_the_month(institute)
    [row] = documents(institute)
    nos = [no for no, each in enumerate(whole(institute, row).lines, start=1) if each.refers_to == first]
    net = sum(each.net.amount for each in whole(institute, row).lines if each.refers_to == first)
    by_hand = CreditInvoice(InvoiceId(row.document_id), "Fel pris", (PartOfLine(nos[0], net),))
    institute.services.crediting.credit(institute.finance, by_hand)

    cancel(institute, institute.admin, first)
    assert [note.gross for note in documents(institute, "credit_note")] == [-7_500_00]
    cancel(institute, institute.admin, second)

    notes = documents(institute, "credit_note")
    assert [note.gross for note in notes] == [-7_500_00, -7_500_00]
    assert [line.refers_to for note in notes for line in whole(institute, note).lines] == [first, second]
