"""Cancelling: what the terms of the day of booking give back, to the millisecond, to the öre, on a note of its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from application.billing.invoice import RecordPayment
from application.booking.cancellation import (
    RequestCancellation,
)
from application.programme.price import AgreeTerms
from domain.kernel.errors import OutcomeChanged
from domain.kernel.ids import InvoiceId
from domain.kernel.terms import Terms, Tier
from tests.samples import Institute
from tests.scenarios.story import (
    book,
    cancel,
    credit_notes,
    documents,
    seats_left,
    sitting,
    stockholm,
    whole,
)

MIDNIGHT = stockholm("2027-01-03 00:00")
TIERS = (Tier(date(2026, 12, 1), 0), Tier(date(2027, 1, 3), 5_000), Tier(None, 10_000))


def test_the_last_millisecond_before_the_deadline_is_free(institute: Institute) -> None:
    """S24: a credit note of 7 500.00, and nothing left to pay."""
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    institute.clock.instant = stockholm("2027-01-02 23:59:59.999")
    assert institute.clock.instant == MIDNIGHT - timedelta(milliseconds=1)

    outcome = cancel(institute, institute.admin, made.booking_id)

    assert (outcome.status, outcome.kept, outcome.credit) == ("granted", 0, 7_500_00)
    assert credit_notes(institute) == [(-6_000_00, -1_500_00, -7_500_00)]
    [invoice] = documents(institute, "invoice")
    assert (invoice.balance, invoice.credited, invoice.status) == (0, 7_500_00, "credited")
    assert sitting(institute, conference) == []
    assert seats_left(institute, conference) == 100


def test_at_the_deadline_the_full_price_applies(institute: Institute) -> None:
    """S25: no credit; the person is off the roster, the seat free for who waits, the invoice as it was."""
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    institute.clock.instant = MIDNIGHT

    preview = institute.services.cancellations.preview(institute.admin, RequestCancellation(made.booking_id))
    outcome = cancel(institute, institute.admin, made.booking_id)

    assert (preview.price, preview.credit, preview.assessment.since) == (7_500_00, 0, MIDNIGHT)
    assert (outcome.status, outcome.kept, outcome.credit) == ("granted", 10_000, 0)
    assert credit_notes(institute) == []
    [invoice] = documents(institute)
    assert (invoice.balance, invoice.status) == (7_500_00, "open")
    assert sitting(institute, conference) == []
    assert seats_left(institute, conference) == 100


def test_what_the_screen_showed_is_what_happens_or_it_stops(institute: Institute) -> None:
    """S26: seen at 23:50, confirmed five seconds past midnight: the new effect is shown, and nothing has changed."""
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    services = institute.services
    institute.clock.instant = stockholm("2027-01-02 23:50")
    preview = services.cancellations.preview(anna, RequestCancellation(made.booking_id))
    assert (preview.credit, preview.assessment.until, preview.assessment.kept_after) == (7_500_00, MIDNIGHT, 10_000)

    institute.clock.instant = stockholm("2027-01-03 00:00:05")
    with pytest.raises(OutcomeChanged) as refused:
        services.cancellations.request(anna, RequestCancellation(made.booking_id, shown=preview.credit))

    assert refused.value.facts == {"shown": 7_500_00, "now": 0}
    assert sitting(institute, conference) == ["Anna"]
    outcome = services.cancellations.request(anna, RequestCancellation(made.booking_id, shown=0)).answer
    assert (outcome.status, outcome.credit) == ("granted", 0)


def test_one_of_three_is_credited_by_a_note_of_its_own(institute: Institute) -> None:
    """S27: the original invoice stays as it was; two persons remain; 7 500.00 to give back."""
    conference = institute.conference()
    people = [institute.person(name, institute.acme) for name in ("Anna", "Bertil", "Carin")]
    made = book(institute, conference, institute.acme, *people)
    [invoice] = documents(institute)
    before = whole(institute, invoice)
    pay = RecordPayment(InvoiceId(invoice.document_id), 22_500_00, "BG 1", date(2026, 9, 1))
    institute.services.invoices.record_payment(institute.finance, pay)

    institute.clock.instant = stockholm("2026-12-15 10:00")
    cancel(institute, institute.admin, made.booking_id, 2)

    [note] = documents(institute, "credit_note")
    assert (note.net, note.vat, note.gross, note.number) == (-6_000_00, -1_500_00, -7_500_00, 1)
    assert (note.refers_to_id, note.refers_to_number, note.issued_on) == (
        invoice.document_id,
        invoice.number,
        date(2026, 12, 15),
    )
    after = whole(institute, invoice)
    assert (after.lines, after.row.gross, after.supply) == (before.lines, 22_500_00, before.supply)
    assert after.row.balance == -7_500_00
    assert sitting(institute, conference) == ["Anna", "Carin"]


def test_one_of_two_in_a_cluster_changes_no_price(institute: Institute) -> None:
    """S28: a price per organisation; one seat is free again, no credit note; with the last seat the price goes back."""
    cluster = institute.cluster()
    made = book(institute, cluster, institute.bolt, institute.person("Bodil", institute.bolt), None)

    assert cancel(institute, institute.admin, made.booking_id, 1).credit == 0
    assert credit_notes(institute) == []
    assert (seats_left(institute, cluster), sitting(institute, cluster)) == (14, ["Bolt AB – to be named"])

    assert cancel(institute, institute.admin, made.booking_id, 2).credit == 40_000_00
    assert credit_notes(institute) == [(-32_000_00, -8_000_00, -40_000_00)]


def test_half_is_kept_in_december(institute: Institute) -> None:
    """S29, where the terms say it: 12 000 ex, cancelled 10 December: 7 500.00 back, 7 500.00 kept incl. VAT."""
    conference = institute.conference()
    institute.services.seasons.agree_terms(institute.admin, AgreeTerms(conference, TIERS, fee_outside_vat=False))
    made = book(institute, conference, institute.bolt, institute.person("Bo", institute.bolt))
    institute.clock.instant = stockholm("2026-12-10 12:00")

    assert cancel(institute, institute.admin, made.booking_id).credit == 7_500_00
    assert credit_notes(institute) == [(-6_000_00, -1_500_00, -7_500_00)]
    [invoice] = documents(institute, "invoice")
    assert invoice.balance == 7_500_00


def test_half_that_is_kept_is_a_fee_without_vat_unless_the_terms_say_otherwise(institute: Institute) -> None:
    """Skatteverket 131 754656-13/111: 12 000 + 3 000 credited, a fee of 7 500 without VAT, 7 500 back."""
    conference = institute.conference()
    institute.services.seasons.agree_terms(institute.admin, AgreeTerms(conference, TIERS))
    made = book(institute, conference, institute.bolt, institute.person("Bo", institute.bolt))
    institute.clock.instant = stockholm("2026-12-10 12:00")

    assert cancel(institute, institute.admin, made.booking_id).credit == 7_500_00
    assert credit_notes(institute) == [(-12_000_00 + 7_500_00, -3_000_00, -7_500_00)]
    [invoice] = documents(institute, "invoice")
    assert invoice.balance == 7_500_00


def test_at_full_price_the_vat_stays(institute: Institute) -> None:
    """The same: no credit note where the fee is the whole price, or nobody cancels."""
    conference = institute.conference()
    institute.services.seasons.agree_terms(institute.admin, AgreeTerms(conference, (Tier(None, 10_000),)))
    made = book(institute, conference, institute.bolt, institute.person("Bo", institute.bolt))

    assert cancel(institute, institute.admin, made.booking_id).credit == 0
    assert credit_notes(institute) == []


def test_terms_that_change_touch_later_bookings_only(institute: Institute) -> None:
    """S30: each booking shows the terms that it was made under."""
    conference = institute.conference()
    before = book(institute, conference, institute.bolt, institute.person("Bo", institute.bolt))
    institute.clock.instant = stockholm("2026-11-01 09:00")
    institute.services.seasons.agree_terms(institute.admin, AgreeTerms(conference, TIERS))
    after = book(institute, conference, institute.delta, institute.person("Dag", institute.delta))

    institute.clock.instant = stockholm("2026-12-10 12:00")
    assert cancel(institute, institute.admin, before.booking_id).kept == 0
    assert cancel(institute, institute.admin, after.booking_id).kept == 5_000

    institute.catch_up()
    terms = [
        institute.services.booking_questions.one(institute.admin, booking_id).terms
        for booking_id in (before.booking_id, after.booking_id)
    ]
    assert terms == [Terms(1, (Tier(date(2027, 1, 3), 0), Tier(None, 10_000))), Terms(2, TIERS, fee_outside_vat=True)]
