"""Collective invoices: what an organisation buys in a month stands on one invoice, each line with what it is for."""

from __future__ import annotations

from datetime import date

from application.cancellation import RequestCancellation
from application.reading.invoice import SeasonSums
from application.season import CallOffSeason
from domain.ids import BookingId
from tests.samples import Institute
from tests.scenarios.paper_trail import buy, close_the_month, collective
from tests.scenarios.story import book, cancel, credit_notes, documents, invoices, whole


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
    institute.house.worker.errands.finish()
    assert invoices(institute) == [(6_000_00, 1_500_00, 7_500_00)]

    institute.at(2026, 11, 1)
    institute.house.worker.errands.finish()
    institute.house.worker.errands.finish()

    assert [(row.number, row.issued_on) for row in documents(institute)] == [
        (1, date(2026, 10, 1)),
        (2, date(2026, 11, 1)),
    ]


def test_others_are_invoiced_at_once(institute: Institute) -> None:
    collective(institute, institute.acme)
    book(institute, institute.conference(), institute.bolt, None)

    assert invoices(institute) == [(12_000_00, 3_000_00, 15_000_00)]


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
