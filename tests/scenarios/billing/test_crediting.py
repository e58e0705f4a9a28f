"""Finance credits by hand: never more than is left of a line, whoever else credits at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.billing.crediting import CreditInvoice, PartOfLine
from application.billing.queries.invoice import DocumentFilter, DocumentRow
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.settlement import WaiveCancellation
from application.kernel.actor import Role
from application.people.participant import Participant
from domain.billing.crediting import MoreThanIsLeft, NothingToCredit, left_of, taken_back
from domain.kernel.documents import Line, LineKind, line
from domain.kernel.errors import BadValue, NotAllowed, NotFound, OutcomeChanged, PlatsError
from domain.kernel.ids import BookingId, InvoiceId
from domain.kernel.money import Money
from domain.kernel.terms import Terms, Tier
from domain.kernel.vat import VAT_6, VAT_25
from domain.programme.price import Price, PriceList
from tests.samples import Institute, institute
from tests.scenarios.paper_trail import close_the_month, collective
from tests.scenarios.story import book, cancel

SOLD = UUID(int=7)
TWO_RATES = (
    line(LineKind.SEAT, "Konferensen", 3, Money(600_000), VAT_25).about(SOLD),
    line(LineKind.GOODS, "Boken", 1, Money(12_500), VAT_6, unit_includes_vat=True).about(SOLD),
)


@pytest.fixture
def made(database_url: str) -> Iterator[Institute]:
    with institute(database_url) as found:
        yield found


def booked(made: Institute, seats: int = 2) -> tuple[BookingId, InvoiceId]:
    """A booking of Acme's and its invoice: 6 000 kr a seat and VAT."""
    command = MakeBooking(made.conference(), tuple(Participant() for _ in range(seats)), made.acme)
    booking = made.services.bookings.make(made.admin, command).answer.booking_id
    invoice = next(each for each in documents(made) if each.source_id == booking)
    return booking, InvoiceId(invoice.document_id)


def documents(made: Institute) -> tuple[DocumentRow, ...]:
    made.catch_up()
    return made.services.invoice_questions.list(made.finance, DocumentFilter()).items


def test_the_preview_is_what_is_issued(made: Institute) -> None:
    _, invoice = booked(made)
    command = CreditInvoice(invoice, "Prisavdrag", (PartOfLine(1, 333_333),))
    preview = made.services.crediting.preview(made.finance, command)
    assert (preview.gross, preview.balance, preview.refund) == (416_666, 1_083_334, 0)
    issued = made.services.crediting.credit(made.finance, command, "one click")
    again = made.services.crediting.credit(made.finance, command, "one click")
    assert issued.answer == again.answer and again.repeated
    note = next(each for each in documents(made) if each.kind == "credit_note")
    assert (note.gross, note.number, note.reason, note.refers_to_id) == (-416_666, 1, "Prisavdrag", invoice)
    shown = made.services.invoice_questions.one(made.finance, note.document_id).lines[0]
    assert shown.unit.times(shown.quantity) == shown.net


def test_two_who_credit_the_whole_at_the_same_moment_make_one_credit_note(made: Institute) -> None:
    _, invoice = booked(made)

    def credit(who: int) -> str:
        try:
            made.services.crediting.credit(made.finance, CreditInvoice(invoice, f"Försök {who}"), f"key {who}")
        except PlatsError as error:
            return type(error).__name__
        return "credited"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(credit, range(4)))
    assert outcomes == ["NothingToCredit", "NothingToCredit", "NothingToCredit", "credited"]
    assert [each.number for each in documents(made) if each.kind == "credit_note"] == [1]


def test_what_was_credited_by_hand_is_not_credited_again_when_the_seats_are_cancelled(made: Institute) -> None:
    booking, invoice = booked(made)
    made.services.crediting.credit(made.finance, CreditInvoice(invoice, "Avdrag", (PartOfLine(1, 900_000),)))
    made.services.cancellations.request(made.admin, RequestCancellation(booking))
    assert sum(each.gross for each in documents(made)) == 0
    with pytest.raises(NothingToCredit):
        made.services.crediting.preview(made.finance, CreditInvoice(invoice, ""))


def test_the_preview_of_a_cancellation_knows_what_was_credited_by_hand(made: Institute) -> None:
    booking, invoice = booked(made)
    made.services.crediting.credit(made.finance, CreditInvoice(invoice, "Avdrag", (PartOfLine(1, 900_000),)))
    preview = made.services.cancellations.preview(made.admin, RequestCancellation(booking))
    assert (preview.price, preview.credit_net, preview.credit_vat) == (375_000, 300_000, 75_000)

    asked = RequestCancellation(booking, shown=preview.credit)
    outcome = made.services.cancellations.request(made.admin, asked).answer

    assert outcome.credit == preview.credit == -next(each for each in documents(made) if each.number == 2).gross
    assert sum(each.gross for each in documents(made)) == 0


@pytest.mark.parametrize(("fee_outside_vat", "given_back"), [(False, 375_000), (True, 0)])
def test_a_preview_is_the_outcome_where_a_part_is_kept_and_a_part_was_credited(
    made: Institute, given_back: int, *, fee_outside_vat: bool
) -> None:
    """Half is kept of 15 000.00, three quarters were credited by hand: of what is left nothing, or all, comes back."""
    terms = Terms(0, (Tier(None, 5_000),), fee_outside_vat=fee_outside_vat)
    season = made.season("Hösten", 20, PriceList(0, (Price(Money(600_000)),)), terms)
    booked = MakeBooking(season, (Participant(), Participant()), made.acme)
    booking = made.services.bookings.make(made.admin, booked).answer.booking_id
    invoice = InvoiceId(documents(made)[0].document_id)
    made.services.crediting.credit(made.finance, CreditInvoice(invoice, "Avdrag", (PartOfLine(1, 900_000),)))

    preview = made.services.cancellations.preview(made.admin, RequestCancellation(booking))
    outcome = made.services.cancellations.request(made.admin, RequestCancellation(booking, shown=given_back)).answer

    assert preview.credit == outcome.credit == given_back
    assert sum(each.gross for each in documents(made)) == 1_500_000 - 1_125_000 - given_back


def test_a_waived_cancellation_gives_back_what_is_left_and_no_more(made: Institute) -> None:
    terms = Terms(0, (Tier(None, 10_000),))
    season = made.season("Hösten", 20, PriceList(0, (Price(Money(600_000)),)), terms)
    command = MakeBooking(season, (Participant(), Participant()), made.acme)
    booking = made.services.bookings.make(made.admin, command).answer.booking_id
    invoice = InvoiceId(documents(made)[0].document_id)
    made.services.crediting.credit(made.finance, CreditInvoice(invoice, "Avdrag", (PartOfLine(1, 900_000),)))
    asked = made.services.cancellations.request(made.admin, RequestCancellation(booking)).answer

    waive = WaiveCancellation(asked.cancellation_id, made.dress("Sjukdom"))
    waived = made.services.settlements.waive(made.admin, waive).answer

    assert waived.credit == 375_000 and sum(each.gross for each in documents(made)) == 0


def test_a_fee_that_was_never_charged_is_not_given_back(made: Institute) -> None:
    """Finance credits the whole before the credit note of a cancellation with a fee is issued; then it is waived."""
    terms = Terms(0, (Tier(None, 5_000),), fee_outside_vat=True)
    season = made.season("Hösten", 20, PriceList(0, (Price(Money(600_000)),)), terms)
    command = MakeBooking(season, (Participant(), Participant()), made.acme)
    booking = made.services.bookings.make(made.admin, command).answer.booking_id
    invoice = InvoiceId(documents(made)[0].document_id)
    asked = made.services.cancellations.request(made.admin, RequestCancellation(booking)).answer
    made.services.crediting.credit(made.finance, CreditInvoice(invoice, "Avdrag"))
    made.catch_up()

    waive = WaiveCancellation(asked.cancellation_id, made.dress("Sjukdom"))
    made.services.settlements.waive(made.admin, waive)
    made.services.crediting.left(made.finance, invoice)

    assert sum(each.gross for each in documents(made)) == 0


def test_a_line_credited_by_hand_takes_nothing_from_another_booking_of_the_invoice(made: Institute) -> None:
    """A collective invoice of two bookings: what is credited of the first is never credited again, the second is."""
    collective(made, made.acme)
    conference = made.conference()
    first, second = (book(made, conference, made.acme, None).booking_id for _ in range(2))
    close_the_month(made)
    [row] = documents(made)
    made.services.crediting.credit(
        made.finance, CreditInvoice(InvoiceId(row.document_id), "Avdrag", (PartOfLine(1, 600_000),))
    )
    for each in (first, second):
        cancel(made, made.admin, each)
        documents(made)
    notes = sorted((each for each in documents(made) if each.kind == "credit_note"), key=lambda note: note.number)
    told = [made.services.invoice_questions.one(made.finance, each.document_id).lines for each in notes]
    assert [(line.refers_to, line.gross.amount) for lines in told for line in lines] == [
        (first, -750_000),
        (second, -750_000),
    ]
    assert sum(each.gross for each in documents(made)) == 0


def test_what_a_cancellation_gave_back_is_not_left_to_credit_by_hand(made: Institute) -> None:
    booking, invoice = booked(made)
    made.services.cancellations.request(made.admin, RequestCancellation(booking, (1,)))
    documents(made)
    assert [each.net for each in made.services.crediting.left(made.finance, invoice)] == [600_000]
    with pytest.raises(MoreThanIsLeft):
        made.services.crediting.credit(made.finance, CreditInvoice(invoice, "För mycket", (PartOfLine(1, 600_001),)))


def test_what_was_agreed_to_is_what_is_credited(made: Institute) -> None:
    _, invoice = booked(made)
    with pytest.raises(OutcomeChanged):
        made.services.crediting.credit(made.finance, CreditInvoice(invoice, "Allt", shown=1))
    with pytest.raises(BadValue):
        made.services.crediting.credit(made.finance, CreditInvoice(invoice, " "))
    with pytest.raises(NotAllowed):
        made.services.crediting.credit(made.admin, CreditInvoice(invoice, "Allt"))
    with pytest.raises(NotFound):
        made.services.crediting.left(made.finance, InvoiceId(UUID(int=1)))
    assert made.finance.roles == {Role.FINANCE} and len(documents(made)) == 1


@given(st.lists(st.tuples(st.integers(1, 2), st.integers(1, 700_000)), max_size=12))
def test_however_parts_are_taken_the_whole_comes_back_to_the_ore_and_no_rate_is_touched_by_another(
    parts: list[tuple[int, int]],
) -> None:
    credited: list[Line] = []
    for no, net in parts:
        left = left_of(TWO_RATES, credited)
        try:
            credited += [each.reversed() for each in taken_back(TWO_RATES, left, {no: net})]
        except MoreThanIsLeft:
            assert net > left[no - 1].net
    rest = left_of(TWO_RATES, credited)
    if any(each.net for each in rest):
        credited += [each.reversed() for each in taken_back(TWO_RATES, rest, None)]
    for sold in TWO_RATES:
        of_rate = [each for each in credited if each.rate == sold.rate]
        assert sum(each.net.amount for each in of_rate) == -sold.net.amount
        assert sum(each.vat.amount for each in of_rate) == -sold.vat.amount
    assert all(each.unit.times(each.quantity) == each.net for each in credited)


@pytest.mark.parametrize("is_collective", [False, True])
def test_what_cancellations_promise_in_a_row_is_what_is_credited(made: Institute, is_collective: bool) -> None:
    """Three seats given up before any credit note is written, after finance has credited a part: no more is promised
    than there is, and no booking stands in the reconciliation as credited wrongly.
    """
    if is_collective:
        collective(made, made.bolt)
    season = made.season("Öre", 20, PriceList(0, (Price(Money(100_01)),)), Terms(0, (Tier(None, 0),)))
    booking = book(made, season, made.bolt, None, None, None)
    if is_collective:
        close_the_month(made)
    [invoice] = documents(made)
    command = CreditInvoice(InvoiceId(invoice.document_id), "Prisavdrag", (PartOfLine(1, 50_00),))
    made.services.crediting.credit(made.finance, command)
    promised = [cancel(made, made.admin, booking.booking_id, no).credit for no in (1, 2, 3)]
    assert sum(promised) == invoice.gross - 62_50
    rows = documents(made)
    assert sum(-each.gross for each in rows if each.kind == "credit_note") == invoice.gross
    assert [each.balance for each in rows if each.kind == "invoice"] == [0]
    for alarm in ("seat_without_money", "money_without_seat"):
        assert made.services.ledger.matches(made.finance, alarm).items == ()
