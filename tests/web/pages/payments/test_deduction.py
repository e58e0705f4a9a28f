"""A bank file's page says that a payment is less a credit note, and of which; pressed, both are settled."""

from __future__ import annotations

import pytest

from domain.kernel.ids import BookingId
from tests.scenarios.payments.test_bank_deduction import deducting
from tests.scenarios.payments.test_bank_file import entry, statement, take_in
from tests.scenarios.story import cancel, documents
from tests.web.pages.payments.test_payment import booked, upload
from tests.web.stage import stage

SAYS = {
    "sv": ("av kreditfaktura 1", "Fakturorna minus avdragna kreditfakturor ger summan"),
    "en": ("of credit note 1", "The invoices less the credit notes deducted come to the sum"),
}


@pytest.mark.parametrize("language", SAYS)
def test_a_credit_note_that_is_deducted_is_shown_and_settled_with_its_invoice(database_url: str, language: str) -> None:
    with stage(database_url) as made:
        institute, before, due = made.institute, booked(made), booked(made, 2)
        take_in(institute, statement(entry("A0", "7500.00", before.ocr)))
        cancel(institute, institute.admin, BookingId(before.source_id))
        institute.catch_up()
        finance = made.browser("finance", language)
        file = statement(deducting("A1", "7500.00", (due.ocr, "15000.00"), ("1", "7500.00")))
        shown = upload(finance, file.decode())
        assert shown.says(*SAYS[language])
        finance.send(shown, "content", do="take_in")
        assert [row.balance for row in documents(institute, "invoice")] == [0, 0]
        assert institute.services.payment_questions.refunds_due(institute.finance) == ()
