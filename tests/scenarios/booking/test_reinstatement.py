"""Undoing a cancellation: the same booking, a new invoice, and money that adds up whatever is cancelled afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from application.billing.crediting import CreditInvoice, PartOfLine
from application.billing.offsetting import UndoneIsBeingInvoiced
from application.booking.cancellation import RequestCancellation
from application.booking.reinstatement import Reinstated, UndoCancellation
from application.booking.settlement import WaiveCancellation
from application.kernel.actor import Actor
from application.programme.season import CallOffSeason
from domain.booking.booking import LaterCancellationFirst
from domain.booking.cancellation import CancellationSettled
from domain.booking.seating import SeatsShort
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import BookingId, CancellationId, InvoiceId
from domain.kernel.terms import Terms, Tier
from domain.programme.price import Price, PriceList
from tests.samples import Institute, kronor
from tests.scenarios.story import book, cancel, credit_notes, documents, hand_over, invoices, seats_left, sitting

HALF = (Tier(date(2026, 8, 1), 0), Tier(date(2027, 1, 3), 5_000), Tier(None, 10_000))


def test_a_cancellation_made_by_mistake_is_undone(institute: Institute) -> None:
    """S34: same booking, a seat within capacity, and a new invoice; the credit note stays."""
    conference = institute.conference()
    anna = institute.person("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna)
    cancelled = cancel(institute, institute.admin, made.booking_id).cancellation_id
    assert (sitting(institute, conference), seats_left(institute, conference)) == ([], 100)

    undone = undo(institute, cancelled)

    assert (undone.booking_id, undone.seats, undone.invoiced, undone.returned) == (made.booking_id, (1,), 7_500_00, 0)
    assert (sitting(institute, conference), seats_left(institute, conference)) == (["Anna"], 99)
    assert credit_notes(institute) == [(-6_000_00, -1_500_00, -7_500_00)]
    assert invoices(institute) == [(6_000_00, 1_500_00, 7_500_00)] * 2
    assert balance(institute) == 7_500_00
    row = institute.services.booking_questions.one(institute.admin, made.booking_id)
    assert (row.credited, row.ended_for, [seat.name for seat in row.seats]) == (0, "", ["Anna"])
    with pytest.raises(CancellationSettled):
        undo(institute, cancelled)


def test_what_was_undone_is_cancelled_again_against_the_new_invoice(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, None, None)
    cancelled = cancel(institute, institute.admin, made.booking_id, 1).cancellation_id
    institute.catch_up()
    undo(institute, cancelled)

    again = cancel(institute, institute.admin, made.booking_id)

    assert again.credit == 15_000_00
    notes = documents(institute, "credit_note")
    assert sorted((note.refers_to_number, note.gross) for note in notes) == [
        (1, -7_500_00),
        (1, -7_500_00),
        (2, -7_500_00),
    ]
    assert balance(institute) == 0


def test_two_that_are_undone_at_once_are_undone_one_by_one(institute: Institute) -> None:
    """2.5: what there is to set off is known only when the first one's invoice has come; no sum is promised before."""
    made = book(institute, institute.conference(), institute.acme, None, None)
    one, other = (cancel(institute, institute.admin, made.booking_id, seat).cancellation_id for seat in (1, 2))
    institute.catch_up()
    undo(institute, one)
    with pytest.raises(UndoneIsBeingInvoiced):
        undo(institute, other)

    institute.catch_up()
    undo(institute, other)
    assert balance(institute) == 15_000_00


@pytest.mark.parametrize("fee_outside_vat", [False, True])
def test_half_was_kept_and_comes_back_whole(institute: Institute, *, fee_outside_vat: bool) -> None:
    """Of 15 000.00 half was kept; undone, the buyer owes 15 000.00 again, and cancelled again 7 500.00."""
    terms = Terms(0, HALF, fee_outside_vat=fee_outside_vat)
    season = institute.season("Konferens", 20, PriceList(0, (Price(kronor(12_000)),)), terms)
    made = book(institute, season, institute.bolt, None)
    cancelled = cancel(institute, institute.admin, made.booking_id).cancellation_id
    assert balance(institute) == 7_500_00

    undo(institute, cancelled)

    assert balance(institute) == 15_000_00
    assert cancel(institute, institute.admin, made.booking_id).credit == 7_500_00
    assert balance(institute) == 7_500_00


def test_what_was_waived_afterwards_is_invoiced_anew_too(institute: Institute) -> None:
    season = institute.season("Konferens", 20, PriceList(0, (Price(kronor(12_000)),)), Terms(0, HALF))
    made = book(institute, season, institute.bolt, None)
    cancelled = cancel(institute, institute.admin, made.booking_id).cancellation_id
    institute.services.settlements.waive(institute.admin, WaiveCancellation(cancelled, "Sjukdom"))
    assert balance(institute) == 0

    assert undo(institute, cancelled).invoiced == 15_000_00

    assert balance(institute) == 15_000_00


def test_a_fee_outside_vat_is_waived_with_the_rest(institute: Institute) -> None:
    terms = Terms(0, HALF, fee_outside_vat=True)
    season = institute.season("Konferens", 20, PriceList(0, (Price(kronor(12_000)),)), terms)
    made = book(institute, season, institute.bolt, None)
    cancelled = cancel(institute, institute.admin, made.booking_id).cancellation_id

    institute.services.settlements.waive(institute.admin, WaiveCancellation(cancelled, "Sjukdom"))

    assert credit_notes(institute) == [(-4_500_00, -3_000_00, -7_500_00), (-7_500_00, 0, -7_500_00)]
    assert balance(institute) == 0


def test_a_seat_that_somebody_else_has_taken_stays_taken(institute: Institute) -> None:
    conference = institute.conference(seats=1)
    cancelled = cancelled_by_mistake(institute, book(institute, conference, institute.acme, None).booking_id)
    book(institute, conference, institute.bolt, None)

    with pytest.raises(SeatsShort):
        undo(institute, cancelled)


def test_the_price_of_an_organisation_comes_back_with_the_seat_it_went_with(institute: Institute) -> None:
    cluster = institute.cluster()
    made = book(institute, cluster, institute.bolt, None, None)
    first = cancelled_by_mistake(institute, made.booking_id, 1)
    last = cancelled_by_mistake(institute, made.booking_id, 2)
    assert balance(institute) == 0

    with pytest.raises(LaterCancellationFirst):
        undo(institute, first)
    assert undo(institute, last).invoiced == 40_000_00
    assert undo(institute, first).invoiced == 0

    assert (balance(institute), seats_left(institute, cluster)) == (40_000_00, 13)
    assert cancel(institute, institute.admin, made.booking_id).credit == 40_000_00
    assert balance(institute) == 0


def test_what_finance_has_credited_by_hand_is_not_credited_again(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, None, None)
    [row] = documents(institute)
    by_hand = CreditInvoice(InvoiceId(row.document_id), "Överenskommet", (PartOfLine(1, 10_000_00),))
    institute.services.crediting.credit(institute.finance, by_hand)

    cancel(institute, institute.admin, made.booking_id, 1)
    cancel(institute, institute.admin, made.booking_id, 2)

    assert [amounts[0] for amounts in credit_notes(institute)] == [-10_000_00, -2_000_00]
    assert balance(institute) == 0


def test_only_an_admin_undoes(institute: Institute) -> None:
    anna = institute.member("Anna", institute.acme)
    made = book(institute, institute.conference(), institute.acme, anna.person_id)

    with pytest.raises(NotAllowed):
        undo(institute, cancelled_by_mistake(institute, made.booking_id), anna)


def test_one_credited_one_handed_over_and_the_rest_called_off(institute: Institute) -> None:
    """S33: three tickets, one credited, one transferred; called off: exactly 15 000.00 more."""
    conference = institute.conference()
    people = [institute.person(name, institute.acme) for name in ("Anna", "Bertil", "Carin")]
    made = book(institute, conference, institute.acme, *people)
    cancel(institute, institute.admin, made.booking_id, 1)
    hand_over(institute, institute.admin, made.booking_id, 2, institute.person("Dora", institute.acme))
    institute.services.seasons.call_off(institute.admin, CallOffSeason(conference, "Sjukdom"))

    assert [amounts[2] for amounts in credit_notes(institute)] == [-7_500_00, -15_000_00]
    assert balance(institute) == 0


def undo(institute: Institute, cancellation: CancellationId, actor: Actor | None = None) -> Reinstated:
    """The seats back to their booking."""
    command = UndoCancellation(cancellation)
    return institute.services.reinstatements.undo(actor or institute.admin, command).answer


def cancelled_by_mistake(institute: Institute, booking: BookingId, *seats: int) -> CancellationId:
    """Seats given up."""
    command = RequestCancellation(booking, seats or None)
    return institute.services.cancellations.request(institute.admin, command).answer.cancellation_id


def balance(institute: Institute) -> int:
    """What is owed on all invoices together."""
    return sum(row.balance for row in documents(institute, "invoice"))
