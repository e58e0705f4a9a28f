"""Interest on a late invoice: found from the invoice, shown day by day, claimed as it was shown."""

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


def test_finance_sees_interest_to_the_day_and_claims_it(acted: Stage) -> None:
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna),), made.acme, "PO 1")
    made.services.bookings.make(made.acting(acted.anna), command)
    made.catch_up()
    [row] = made.services.invoice_questions.list(made.finance, DocumentFilter()).items
    assert row.due_on is not None
    finance = acted.browser("finance")
    at = f"/{SLUG}/invoices/{row.document_id}/interest"
    assert finance.open(at).says("Det finns ingen ränta att begära")

    made.clock.instant = datetime.combine(row.due_on + timedelta(days=10), time(12), UTC)
    finance = acted.browser("finance")
    assert finance.open(f"/{SLUG}/invoices/{row.document_id}").says("Dröjsmålsränta")
    page = finance.open(at)
    assert page.says("10 %", "Begär")
    shown = page.form("shown")["shown"]
    assert shown == [str(round(row.payable * 0.10 * 10 / 365))]

    claimed = finance.send(page, "shown")

    assert claimed.says("Räntan är begärd på en egen faktura.")
    made.catch_up()
    [newest, _] = made.services.invoice_questions.list(made.finance, DocumentFilter()).items
    assert [str(newest.payable)] == shown
    assert finance.open(at).says("Det finns ingen ränta att begära")
