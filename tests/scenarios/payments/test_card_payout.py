"""A card company's payout closes the card payments that it is of, whichever way it is booked."""

from __future__ import annotations

from datetime import date

import pytest

from application.payments.bank_outcome import Elsewhere
from application.payments.card import CardPayment, CardState
from application.payments.other_money import OtherKind, UndoOther
from application.payments.payment import BookElsewhere
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import InvoiceId
from domain.kernel.money import Money
from tests.samples import Institute
from tests.scenarios.every_payment import _opened
from tests.scenarios.payments.test_bank_file import entry, invoiced, statement, suspended
from tests.scenarios.payments.test_other_money import ledger, take_in, undo
from tests.scenarios.story import documents


def paid_by_card(institute: Institute, session: str, ore: int, fee: int, day: tuple[int, int, int]) -> None:
    [row] = documents(institute, "invoice")
    institute.at(*day)
    checkout_id = _opened(institute, InvoiceId(row.document_id), Money(ore))
    told = CardPayment(session, checkout_id, CardState.PAID, Money(ore), f"pi_{session}", Money(fee), None)
    institute.services.checkouts.receive(told)
    institute.catch_up()


def test_a_payout_closes_the_card_payments_that_it_is_of(institute: Institute) -> None:
    """Net of fees, to the öre; those of a later payout stay in the clearing account."""
    invoiced(institute, institute.acme)
    paid_by_card(institute, "cs_1", 200_00, 5_00, (2026, 12, 10))
    paid_by_card(institute, "cs_2", 150_00, 7_00, (2026, 12, 11))
    paid_by_card(institute, "cs_3", 100_00, 3_00, (2026, 12, 14))
    payout = entry("P1", "338.00", text="STRIPE PAYOUT PO_1").replace("Bolt AB", "STRIPE")
    shown = institute.services.bank.overview(institute.finance, statement(payout))
    assert shown.kinds == {1: OtherKind.PAYOUT}
    assert (len(shown.payouts[1].checkouts), shown.payouts[1].amount, shown.payouts[1].fees) == (2, 350_00, 12_00)

    assert take_in(institute, statement(payout), Elsewhere(1, "card_clearing")) == (0, 1)
    assert ledger(institute)["card_clearing"] == 97_00
    [told] = institute.services.bank.other_money(institute.finance)
    assert told.card_payments == 2
    later = statement(entry("P2", "338.00", text="STRIPE PAYOUT PO_2").replace("Bolt AB", "STRIPE"))
    assert institute.services.bank.overview(institute.finance, later).payouts == {}


def test_the_card_payments_of_a_payout_that_is_undone_wait_for_one_again(institute: Institute) -> None:
    invoiced(institute, institute.acme)
    paid_by_card(institute, "cs_1", 200_00, 5_00, (2026, 12, 10))
    payout = statement(entry("P1", "195.00", text="STRIPE PAYOUT PO_1").replace("Bolt AB", "STRIPE"))
    take_in(institute, payout, Elsewhere(1, "card_clearing"))
    assert ledger(institute).get("card_clearing", 0) == 0
    undo(institute)
    assert ledger(institute)["card_clearing"] == 195_00
    assert len(institute.services.bank.overview(institute.finance, payout).payouts[1].checkouts) == 1
    assert take_in(institute, payout, Elsewhere(1, "card_clearing")) == (0, 1)
    assert ledger(institute).get("card_clearing", 0) == 0
    [told] = institute.services.bank.other_money(institute.finance)
    assert told.card_payments == 1


def waiting(institute: Institute, ore: str) -> int:
    """How many card payments a payout of a sum would be of now."""
    payout = statement(entry("P9", ore, text="STRIPE PAYOUT PO_9").replace("Bolt AB", "STRIPE"))
    shown = institute.services.bank.overview(institute.finance, payout)
    return len(shown.payouts[1].checkouts) if shown.payouts else 0


def test_a_payout_that_was_taken_for_a_payment_closes_its_card_payments_all_the_same(institute: Institute) -> None:
    invoiced(institute, institute.acme)
    paid_by_card(institute, "cs_1", 200_00, 5_00, (2026, 12, 10))
    paid_by_card(institute, "cs_2", 150_00, 7_00, (2026, 12, 11))
    paid_by_card(institute, "cs_3", 200_00, 5_00, (2026, 12, 14))
    take_in(institute, statement(entry("P1", "338.00", text="STRIPE PAYOUT PO_1").replace("Bolt AB", "STRIPE")))
    [row] = institute.services.payment_questions.suspense(institute.finance)
    payout = institute.services.bank.payout(institute.finance, row.payment_id)
    assert payout is not None and (len(payout.checkouts), payout.fees) == (2, 12_00)

    command = BookElsewhere(row.payment_id, "card_clearing")
    for _ in range(2):
        institute.services.payments.book_elsewhere(institute.finance, command, "press")
    institute.catch_up()
    assert ledger(institute)["card_clearing"] == 195_00 and waiting(institute, "338.00") == 0
    [told] = institute.services.bank.other_money(institute.finance)
    assert told.card_payments == 2
    last = statement(entry("P2", "195.00", text="STRIPE PAYOUT PO_2").replace("Bolt AB", "STRIPE"))
    assert institute.services.bank.overview(institute.finance, last).payouts[1].from_on == date(2026, 12, 14)
    take_in(institute, last, Elsewhere(1, "card_clearing"))
    assert ledger(institute).get("card_clearing", 0) == 0 == waiting(institute, "195.00")

    institute.services.other_money.undo(institute.finance, UndoOther(row.payment_id, "Fel konto"))
    institute.catch_up()
    assert waiting(institute, "338.00") == 2 and suspended(institute) == [338_00]


def test_what_is_no_payout_closes_no_card_payment(institute: Institute) -> None:
    invoiced(institute, institute.acme)
    paid_by_card(institute, "cs_1", 200_00, 5_00, (2026, 12, 10))
    take_in(institute, statement(entry("T1", "195.00", text="SKATTEKONTO").replace("Bolt AB", "SKATTEVERKET")))
    [row] = institute.services.payment_questions.suspense(institute.finance)
    institute.services.payments.book_elsewhere(institute.finance, BookElsewhere(row.payment_id, "1630"))
    institute.catch_up()
    assert waiting(institute, "195.00") == 1
    with pytest.raises(NotAllowed):
        institute.services.payments.book_elsewhere(institute.admin, BookElsewhere(row.payment_id, "1630"))
