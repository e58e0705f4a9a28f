"""A card company's payout that waits among the unallotted says on its page which card payments it is of."""

from __future__ import annotations

import pytest

from application.payments.card import CardPayment, CardState
from domain.kernel.ids import InvoiceId
from domain.kernel.money import Money
from tests.scenarios.every_payment import _opened
from tests.web.pages.payments.test_payment import booked, upload
from tests.web.stage import SLUG, stage

SAYS = {
    "sv": ("1 kortbetalning, 10 december 2026: 200", "avgifter 5", "1 kortbetalning"),
    "en": ("1 card payment, 10 December 2026: SEK 200", "fees SEK 5", "1 card payment"),
}


@pytest.mark.parametrize("language", SAYS)
def test_a_payout_that_waits_is_shown_with_its_card_payments_and_closes_them(database_url: str, language: str) -> None:
    with stage(database_url) as made:
        institute = made.institute
        row = booked(made)
        institute.at(2026, 12, 10)
        checkout_id = _opened(institute, InvoiceId(row.document_id), Money(200_00))
        told = CardPayment("cs_1", checkout_id, CardState.PAID, Money(200_00), "pi_1", Money(5_00), None)
        institute.services.checkouts.receive(told)
        finance = made.browser("finance", language)
        finance.send(upload(finance, "Datum;Text;Belopp\n2026-12-10;STRIPE;195,00\n"), "content", do="take_in")
        [waiting] = institute.services.payment_questions.suspense(institute.finance)
        page = finance.open(f"/{SLUG}/payments/{waiting.payment_id}")
        assert page.says(*SAYS[language][:2])
        assert '<option value="card_clearing" selected>' in page.html
        done = finance.press(page, "/elsewhere", place="card_clearing")
        assert done.status == 200 and institute.services.payment_questions.suspense(institute.finance) == ()
        [booked_there] = institute.services.bank.other_money(institute.finance)
        assert (booked_there.account, booked_there.card_payments) == ("card_clearing", 1)
