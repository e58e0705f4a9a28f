"""What is given back is what is left: after transfers, undoing, hand credits, collective accounts and whole kronor."""

from __future__ import annotations

from datetime import date

import pytest

from application.accounting.queries.ageing import MONEY_WITHOUT_SEAT, SEAT_WITHOUT_MONEY
from application.billing.crediting import CreditInvoice, PartOfLine
from application.billing.invoice import RecordPayment
from application.booking.cancellation import RequestCancellation
from application.booking.reinstatement import UndoCancellation
from application.booking.settlement import WaiveCancellation
from application.booking.transfer import AcceptTransfer, TransferOutcome
from application.booking.transfer_proposal import ProposeTransfer
from application.kernel.actor import SYSTEM
from application.payments.payment_rules import AgreePaymentRules
from application.people.organisation import AppointContact
from application.people.organiser import ArrangeInvoicing
from application.people.participant import Participant
from application.programme.season import CallOffSeason
from domain.billing.crediting import NothingToCredit
from domain.billing.crediting.difference import DifferenceBy, LowerPrice
from domain.booking.transfer import TransferNotAllowed, TransferSettled
from domain.kernel.ids import BookingId, CancellationId, InvoiceId, PersonId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import Terms, Tier
from domain.programme.price import Price, PriceList
from tests.samples import Institute, conference_prices, full_day
from tests.scenarios.paper_trail import close_the_month, collective
from tests.scenarios.story import book, cancel, credit_notes, documents, hand_over, whole


def costing(institute: Institute, ore: int, kept: int = 0, *, fee_outside_vat: bool = False) -> SeasonId:
    """A season at so many öre a seat, of which a share is always kept."""
    terms = Terms(0, (Tier(None, kept),), fee_outside_vat=fee_outside_vat)
    return institute.season("Hösten", 40, PriceList(0, (Price(Money(ore)),)), terms)


def round_totals(institute: Institute) -> None:
    arranged = ArrangeInvoicing(institute.organiser, is_rounded=True)
    institute.services.organisers.arrange_invoicing(institute.admin, arranged)


def undo(institute: Institute, cancellation: CancellationId) -> None:
    institute.services.reinstatements.undo(institute.admin, UndoCancellation(cancellation))


def is_reconciled(institute: Institute) -> bool:
    institute.catch_up()
    alarms = (SEAT_WITHOUT_MONEY, MONEY_WITHOUT_SEAT)
    return not any(institute.services.ledger.matches(institute.finance, each).items for each in alarms)


def ledger(institute: Institute) -> dict[str, int]:
    institute.catch_up()
    return {row.account: row.amount for row in institute.services.ledger.balances(institute.finance)}


@pytest.mark.parametrize(
    ("ore", "kept", "fee_outside_vat", "back"),
    [
        (12_000_00, 0, False, 15_000_00),
        (896_00, 3_300, False, 750_40),
        (896_00, 3_300, True, 750_40),
        (333_33, 0, False, 416_66),
    ],
)
def test_what_was_cancelled_on_the_account_takes_nothing_of_what_was_invoiced(
    institute: Institute, ore: int, kept: int, back: int, *, fee_outside_vat: bool
) -> None:
    """Three seats on one account, two cancelled there; the third is invoiced on 1 October and cancelled then."""
    collective(institute, institute.bolt)
    season = costing(institute, ore, kept, fee_outside_vat=fee_outside_vat)
    made = book(institute, season, institute.bolt, None, None, None)
    institute.catch_up()
    cancel(institute, institute.admin, made.booking_id, 1)
    cancel(institute, institute.admin, made.booking_id, 2)
    close_the_month(institute)
    [invoice] = documents(institute)

    preview = institute.services.cancellations.preview(institute.admin, RequestCancellation(made.booking_id))
    outcome = cancel(institute, institute.admin, made.booking_id)

    [note] = documents(institute, "credit_note")
    assert preview.credit == outcome.credit == -note.payable == back
    [left] = documents(institute, "invoice")
    assert left.balance == invoice.gross - back
    if not kept:
        assert (left.balance, ledger(institute)) == (0, {})
    assert is_reconciled(institute)


def test_what_is_cancelled_before_the_account_and_the_invoice_know_is_credited_once(institute: Institute) -> None:
    """Two are cancelled and nothing is done about it until the month has been invoiced: they are credited then."""
    collective(institute, institute.bolt)
    made = book(institute, costing(institute, 12_000_00), institute.bolt, None, None, None)
    institute.catch_up()
    cancel(institute, institute.admin, made.booking_id, 1)
    institute.at(2026, 10, 1)
    institute.services.invoices.issue_collective(SYSTEM, institute.organiser, institute.bolt, date(2026, 10, 1))

    assert cancel(institute, institute.admin, made.booking_id, 2).credit == 15_000_00
    assert cancel(institute, institute.admin, made.booking_id, 3).credit == 15_000_00
    assert [row.balance for row in documents(institute, "invoice")] == [0]
    assert is_reconciled(institute)


def proposed(institute: Institute, booking: BookingId, to: PersonId) -> TransferOutcome:
    command = ProposeTransfer(booking, 1, Participant(to), "Ny arbetsgivare")
    return institute.services.transfers.propose(institute.admin, command).answer


@pytest.fixture
def handed_over(institute: Institute) -> BookingId:
    """Anna's seat at Acme (6 000 net) is handed over to Cecilia at Bolt (+6 000), cancelled, and that is undone."""
    made = book(institute, institute.conference(), institute.acme, institute.person("Anna", institute.acme))
    asked = proposed(institute, made.booking_id, institute.person("Cecilia", institute.bolt))
    institute.services.transfers.accept(institute.admin, AcceptTransfer(asked.transfer_id))
    institute.catch_up()
    undo(institute, cancel(institute, institute.admin, made.booking_id).cancellation_id)
    institute.catch_up()
    return made.booking_id


def test_what_was_paid_for_a_seat_is_known_after_a_cancellation_is_undone(
    institute: Institute, handed_over: BookingId
) -> None:
    institute.at(2027, 1, 2)
    stranger = institute.person("Disa", institute.delta)

    assert proposed(institute, handed_over, stranger).difference == 0
    assert cancel(institute, institute.admin, handed_over).credit == 15_000_00
    assert sum(row.balance for row in documents(institute, "invoice")) == 0
    assert is_reconciled(institute)


def test_whose_seat_it_is_is_known_after_a_cancellation_is_undone(institute: Institute, handed_over: BookingId) -> None:
    """A colleague at Bolt takes it over at once and free; nobody at Acme does, though Acme had booked it."""
    cecilia = institute.services.booking_questions.one(institute.admin, handed_over).seats[0].person_id
    assert cecilia is not None
    with pytest.raises(TransferNotAllowed):
        hand_over(institute, institute.acting(cecilia), handed_over, 1, institute.person("Bertil", institute.acme))

    outcome = hand_over(institute, institute.acting(cecilia), handed_over, 1, institute.person("Bo", institute.bolt))

    assert (outcome.status, outcome.difference) == ("accepted", 0)


@pytest.mark.parametrize(("ore", "seats"), [(333_33, 3), (100_40, 2), (99_60, 5), (10_01, 7), (40, 9)])
def test_seats_cancelled_one_by_one_leave_ore_in_the_rounding_alone(institute: Institute, ore: int, seats: int) -> None:
    round_totals(institute)
    made = book(institute, costing(institute, ore), institute.bolt, *[None] * seats)
    institute.catch_up()
    for no in range(1, seats + 1):
        preview = institute.services.cancellations.preview(institute.admin, RequestCancellation(made.booking_id, (no,)))
        assert cancel(institute, institute.admin, made.booking_id, no).credit == preview.credit
        assert -documents(institute, "credit_note")[-1].payable == preview.credit
        kept = ledger(institute)
        assert kept.get("receivable", 0) % 100 == 0
        assert -kept.get("revenue", 0) == ore * (seats - no)

    assert ledger(institute) == {}
    assert is_reconciled(institute)


def test_cancelled_and_undone_twice_in_whole_kronor_nothing_is_missing(institute: Institute) -> None:
    round_totals(institute)
    made = book(institute, costing(institute, 333_33), institute.bolt, None, None, None)
    institute.catch_up()
    for _ in range(2):
        for no in (1, 2, 3):
            undone = cancel(institute, institute.admin, made.booking_id, no).cancellation_id
            assert is_reconciled(institute)
            undo(institute, undone)
            assert is_reconciled(institute)

    cancel(institute, institute.admin, made.booking_id)
    assert is_reconciled(institute)
    assert {account: amount for account, amount in ledger(institute).items() if account != "rounding"} == {}


def credit_by_hand(institute: Institute, net: int) -> None:
    invoice = InvoiceId(documents(institute, "invoice")[0].document_id)
    command = CreditInvoice(invoice, "Avdrag", (PartOfLine(1, net),))
    institute.services.crediting.credit(institute.finance, command)


def test_the_preview_of_calling_off_knows_what_was_credited_by_hand(institute: Institute) -> None:
    season = costing(institute, 12_000_00)
    book(institute, season, institute.bolt, None, None)
    credit_by_hand(institute, 1_000_00)

    preview = institute.services.calling_off.preview(institute.admin, season)
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "Sjukdom"))

    assert preview.credit == 28_750_00 == -documents(institute, "credit_note")[1].gross
    assert is_reconciled(institute)


def test_waiving_gives_back_what_is_left_after_half_was_kept_and_half_credited_by_hand(institute: Institute) -> None:
    made = book(institute, costing(institute, 12_000_00, 5_000), institute.bolt, None)
    institute.catch_up()
    cancelled = cancel(institute, institute.admin, made.booking_id).cancellation_id
    credit_by_hand(institute, 4_000_00)

    preview = institute.services.settlements.preview_waiver(institute.admin, cancelled)
    waive = WaiveCancellation(cancelled, "Sjukdom", preview.credit)
    outcome = institute.services.settlements.waive(institute.admin, waive).answer

    assert preview.credit == outcome.credit == 10_000_00
    assert [row[2] for row in credit_notes(institute)] == [-7_500_00, -5_000_00, -2_500_00]
    assert [row.balance for row in documents(institute, "invoice")] == [0]
    assert is_reconciled(institute)


def test_what_is_promised_is_not_left_to_credit_by_hand(institute: Institute) -> None:
    """Finance presses before the credit note of a cancellation has been written: nothing is credited twice."""
    made = book(institute, costing(institute, 12_000_00), institute.bolt, None)
    [row] = documents(institute)
    cancel(institute, institute.admin, made.booking_id)

    with pytest.raises(NothingToCredit):
        institute.services.crediting.credit(institute.finance, CreditInvoice(InvoiceId(row.document_id), "Avdrag"))
    assert is_reconciled(institute)


def test_a_fee_that_was_charged_may_be_credited_by_hand_and_is_not_returned_again(institute: Institute) -> None:
    made = book(institute, costing(institute, 12_000_00, 5_000, fee_outside_vat=True), institute.bolt, None)
    institute.catch_up()
    cancelled = cancel(institute, institute.admin, made.booking_id).cancellation_id
    [row] = documents(institute, "invoice")
    by_hand = CreditInvoice(InvoiceId(row.document_id), "Kulans")
    assert institute.services.crediting.credit(institute.finance, by_hand).answer.number == 2

    undo(institute, cancelled)

    assert [each.balance for each in documents(institute, "invoice")] == [0, 15_000_00]
    assert is_reconciled(institute)


def paid(institute: Institute, number: int = 1) -> None:
    row = documents(institute, "invoice")[number - 1]
    command = RecordPayment(InvoiceId(row.document_id), row.balance, f"BG {number}", institute.clock.instant.date())
    institute.services.invoices.record_payment(institute.finance, command)


def test_nobody_is_asked_for_money_they_have_paid_when_a_cancellation_is_undone(institute: Institute) -> None:
    """Paid, cancelled and waived, then undone: what stands to the payer's credit pays the new invoice."""
    anna = institute.person("Anna", institute.bolt)
    made = book(institute, costing(institute, 12_000_00, 5_000), institute.bolt, anna)
    paid(institute)
    cancelled = cancel(institute, institute.admin, made.booking_id).cancellation_id
    institute.services.settlements.waive(institute.admin, WaiveCancellation(cancelled, "Sjukdom"))

    preview = institute.services.reinstatements.preview(institute.admin, UndoCancellation(cancelled))
    undone = institute.services.reinstatements.undo(institute.admin, UndoCancellation(cancelled, preview.to_pay)).answer

    assert preview == undone
    assert (undone.invoiced, undone.set_off, undone.to_pay) == (15_000_00, 15_000_00, 0)
    assert [row.balance for row in documents(institute, "invoice")] == [0, 0]
    assert [each.means for each in whole(institute, documents(institute, "invoice")[1]).payments] == ["offset"]


def test_what_has_been_paid_back_is_asked_for_again(institute: Institute) -> None:
    """Half was paid; cancelled and undone, half is set off and half is still to pay, as the preview said."""
    made = book(institute, costing(institute, 12_000_00), institute.bolt, None)
    row = documents(institute, "invoice")[0]
    half = RecordPayment(InvoiceId(row.document_id), 7_500_00, "BG 1", date(2026, 9, 1))
    institute.services.invoices.record_payment(institute.finance, half)
    cancelled = cancel(institute, institute.admin, made.booking_id).cancellation_id

    undone = institute.services.reinstatements.undo(institute.admin, UndoCancellation(cancelled)).answer

    assert (undone.set_off, undone.to_pay) == (7_500_00, 7_500_00)
    assert [each.balance for each in documents(institute, "invoice")] == [0, 7_500_00]


def agree(institute: Institute, lower: LowerPrice, by: DifferenceBy) -> None:
    rules = AgreePaymentRules(lower_price=lower, difference_by=by)
    institute.services.payment_rules.agree(institute.finance, rules)


def to_a_member(institute: Institute, seats: int = 1) -> tuple[BookingId, TransferOutcome]:
    """Bolt's seat (12 000 net) is to go to somebody at Acme, a member (6 000 net)."""
    meetings = tuple(full_day(f"Träff {month}", 2027, month, 10) for month in range(1, 6))
    season = institute.season("Nätverk", 20, conference_prices(), Terms(0, (Tier(None, 0),)), meetings=meetings)
    named = [institute.person(f"Bo{no}", institute.bolt) for no in range(seats)]
    made = book(institute, season, institute.bolt, *named)
    institute.catch_up()
    institute.at(2027, 2, 20)
    return made.booking_id, proposed(institute, made.booking_id, institute.person("Anna", institute.acme))


@pytest.mark.parametrize(
    ("lower", "by", "back"),
    [
        (LowerPrice.NOTHING, DifferenceBy.WHOLE, 0),
        (LowerPrice.NOTHING, DifferenceBy.REMAINING, 0),
        (LowerPrice.CREDIT, DifferenceBy.WHOLE, 7_500_00),
        (LowerPrice.CREDIT, DifferenceBy.REMAINING, 4_500_00),
    ],
)
def test_a_lower_price_is_credited_where_the_written_rule_says_so(
    institute: Institute, lower: LowerPrice, by: DifferenceBy, back: int
) -> None:
    """After two of five meetings; the proposal says the rule, and what is left comes back with the seat."""
    agree(institute, lower, by)
    booking, told = to_a_member(institute)
    assert (told.difference, told.lower_price, told.difference_by) == (-back, lower, by)
    assert credit_notes(institute) == []

    institute.services.transfers.accept(institute.admin, AcceptTransfer(told.transfer_id))

    assert sum(row[2] for row in credit_notes(institute)) == -back
    assert is_reconciled(institute)
    assert cancel(institute, institute.admin, booking).credit == 15_000_00 - back
    assert sum(row.balance for row in documents(institute, "invoice")) == 0
    assert is_reconciled(institute)


@pytest.mark.parametrize(("by", "more"), [(DifferenceBy.WHOLE, 7_500_00), (DifferenceBy.REMAINING, 4_500_00)])
def test_what_a_seat_costs_more_after_two_of_five_meetings_is_by_the_written_rule_and_once(
    institute: Institute, by: DifferenceBy, more: int
) -> None:
    agree(institute, LowerPrice.NOTHING, by)
    meetings = tuple(full_day(f"Träff {month}", 2027, month, 10) for month in range(1, 6))
    season = institute.season("Nätverk", 20, conference_prices(), Terms(0, (Tier(None, 0),)), meetings=meetings)
    made = book(institute, season, institute.acme, institute.person("Anna", institute.acme))
    institute.catch_up()
    institute.at(2027, 2, 20)
    told = proposed(institute, made.booking_id, institute.person("Bo", institute.bolt))
    assert told.difference == more
    institute.services.transfers.accept(institute.admin, AcceptTransfer(told.transfer_id))

    institute.at(2027, 3, 20)
    assert proposed(institute, made.booking_id, institute.person("Disa", institute.delta)).difference == 0


def test_a_credit_that_finance_has_given_meanwhile_overtakes_the_proposal(institute: Institute) -> None:
    agree(institute, LowerPrice.CREDIT, DifferenceBy.WHOLE)
    _, told = to_a_member(institute)
    credit_by_hand(institute, 12_000_00)

    with pytest.raises(TransferSettled):
        institute.services.transfers.accept(institute.admin, AcceptTransfer(told.transfer_id))
    assert is_reconciled(institute)


def test_the_letter_of_an_invoice_that_was_set_off_asks_for_nothing(institute: Institute) -> None:
    anna = institute.acting(institute.person("Anna", institute.bolt))
    assert anna.person_id is not None
    command = AppointContact(institute.bolt, anna.person_id)
    institute.services.organisations.appoint_contact(institute.admin, command)
    made = book(institute, costing(institute, 12_000_00), institute.bolt, None)
    paid(institute)
    undo(institute, cancel(institute, institute.admin, made.booking_id).cancellation_id)
    institute.catch_up()

    letters = [row for row in institute.services.letters.list(institute.admin) if row.kind == "invoice"]
    told = (institute.services.letters.words(institute.admin, row.letter_id) for row in letters)
    texts = ["\n".join(each or ()) for each in told]
    assert sum("Betala senast" in text for text in texts) == 1
    assert sum("är kvittat" in text for text in texts) == 1


def test_a_document_that_was_set_off_when_issued_asks_for_the_rest_alone(institute: Institute) -> None:
    """On paper, as an e-invoice and in what the API says; what is set off or paid later changes no document."""
    made = book(institute, costing(institute, 12_000_00), institute.bolt, None)
    paid(institute)
    undo(institute, cancel(institute, institute.admin, made.booking_id).cancellation_id)
    institute.catch_up()

    first, anew = (
        institute.services.invoice_questions.one(institute.finance, row.document_id)
        for row in sorted(documents(institute, "invoice"), key=lambda row: row.number)
    )
    assert (first.set_off, first.to_pay) == (0, first.payable)
    assert (anew.set_off, anew.to_pay) == (anew.payable, 0)
