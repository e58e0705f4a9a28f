"""Compensation for a late invoice: found from the invoice, claimed as it was shown, chosen for reminders by a tick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest

from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.people.participant import Participant
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def test_finance_claims_compensation_for_an_invoice_that_is_late(acted: Stage) -> None:
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna),), made.acme, "PO 1")
    made.services.bookings.make(made.acting(acted.anna), command)
    made.catch_up()
    [row] = made.services.invoice_questions.list(made.finance, DocumentFilter()).items
    assert row.due_on is not None
    at = f"/{SLUG}/invoices/{row.document_id}/compensation"
    assert acted.browser("finance").open(at).says("Fakturan har inte betalats för sent.")

    made.clock.instant = datetime.combine(row.due_on + timedelta(days=1), time(12), UTC)
    finance = acted.browser("finance")
    assert at in finance.open(f"/{SLUG}/invoices/{row.document_id}").elements.links
    page = finance.open(at)
    assert page.says("Begär 450 kr på en egen faktura", "En konsument betalar aldrig förseningsersättning")
    claimed = finance.send(page, "shown")
    assert claimed.says("Förseningsersättningen är begärd på en egen faktura.", "450 kr")
    assert finance.open(at).says("Förseningsersättning är redan begärd.")


def test_finance_chooses_that_reminders_claim_it(acted: Stage) -> None:
    finance = acted.browser("finance")
    page = finance.open(f"/{SLUG}/payments/rules")
    finance.send(page, "days", compensation="yes")
    assert acted.institute.services.payment_rules.current(acted.institute.finance).claims_compensation
