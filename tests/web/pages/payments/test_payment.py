"""Finance's payments on pages: a bank file is shown, then taken in; suspense is allotted, refunds and rules kept."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from application.billing.queries.invoice import DocumentRow
from application.booking.booking import MakeBooking
from application.people.participant import Participant
from domain.kernel.ids import BookingId
from tests.scenarios.story import cancel, documents
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage
from web.pages.payments.bank_file import LARGEST_FILE


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def booked(acted: Stage, seats: int = 1) -> DocumentRow:
    """Acme has booked at the conference: 7 500.00 a seat."""
    made = acted.institute
    command = MakeBooking(acted.conference, tuple(Participant() for _ in range(seats)), made.acme)
    made.services.bookings.make(made.admin, command)
    return documents(made, "invoice")[-1]


def upload(browser: Browser, text: str) -> Page:
    """A file of columns is chosen and shown."""
    page = browser.open(f"/{SLUG}/payments")
    token = page.form("file")["form_token"][0]
    file = FileStorage(io.BytesIO(text.encode()), "konto.csv", "file")
    mark, sent = encode_multipart({"form_token": token, "file": file})
    kind = f"multipart/form-data; boundary={mark}"
    return Page(browser.client.post(f"/{SLUG}/payments/bank-file", data=sent, content_type=kind))


def test_a_bank_file_is_shown_and_then_taken_in(acted: Stage) -> None:
    """Nothing is recorded before the button; what fits no invoice stands in suspense and is allotted by number."""
    row = booked(acted, 2)
    finance = acted.browser("finance")
    shown = upload(finance, f"Datum;Belopp;OCR\n2026-12-15;10000,00;{row.ocr}\n2026-12-15;5000,00;\n")
    assert "Betalar en del av" in shown.words
    assert "ingen faktura passar" in shown.words
    assert documents(acted.institute, "invoice")[-1].paid == 0

    page = finance.send(shown, "content", do="take_in")
    assert "Bankfilens betalningar är registrerade." in page.words
    assert documents(acted.institute, "invoice")[-1].balance == 5_000_00

    [waiting] = acted.institute.services.payment_questions.suspense(acted.institute.finance)
    one = finance.open(f"/{SLUG}/payments/{waiting.payment_id}")
    assert "Faktura" in one.words
    page = finance.send(one, "number", number=str(row.number))
    assert "Alla betalningar är fördelade." in page.words
    assert documents(acted.institute, "invoice")[-1].balance == 0


def test_a_bank_file_that_is_too_large_is_not_read_in_part(acted: Stage) -> None:
    """A row cut in the middle would be another sum; nothing is taken in, and the field says why."""
    finance = acted.browser("finance")
    rows = "2026-12-15;10000,00;\n" * (LARGEST_FILE // 20)
    assert upload(finance, f"Datum;Belopp;OCR\n{rows[:400_000]}").status == 200
    page = upload(finance, f"Datum;Belopp;OCR\n{rows}")
    assert page.status == 413
    assert "Filen är större än 4 MB" in page.words


def test_a_bank_file_with_what_nobody_can_place_says_so(acted: Stage) -> None:
    """The bank takes money back of a payment that is not known: it is shown, and said again afterwards."""
    entry = (
        '<Ntry><Amt Ccy="SEK">75.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts>'
        "<BookgDt><Dt>2026-12-15</Dt></BookgDt><AcctSvcrRef>A9</AcctSvcrRef></Ntry>"
    )
    finance = acted.browser("finance")
    shown = upload(finance, f"<Document><X><Stmt>{entry}</Stmt></X></Document>")
    assert "okänt vilka" in shown.words
    page = finance.send(shown, "content", do="take_in")
    assert "läs in den igen" in page.words


def test_finance_says_on_the_page_what_the_bank_took_back(acted: Stage) -> None:
    """A payment in suspense is chosen, or the number of an invoice is typed; then it is known."""
    row = booked(acted)
    finance = acted.browser("finance")
    finance.send(
        upload(finance, f"Datum;Belopp;OCR\n2026-12-15;7500,00;{row.ocr}\n2026-12-15;80,00;\n"), "content", do="take_in"
    )
    entries = "".join(
        f'<Ntry><Amt Ccy="SEK">{amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>2026-12-16</Dt></BookgDt><AcctSvcrRef>{name}</AcctSvcrRef></Ntry>"
        for name, amount in (("A1", "80.00"), ("A2", "7500.00"))
    )
    file = f"<Document><X><Stmt>{entries}</Stmt></X></Document>"
    [waiting] = acted.institute.services.payment_questions.suspense(acted.institute.finance)
    shown = upload(finance, file)
    assert "Vad har banken tagit tillbaka 80 kr av, 16 december 2026?" in shown.words
    said = {"of-1": str(waiting.payment_id), "number-2": row.ocr}
    page = finance.send(shown, "content", do="take_in", **said)
    assert "Bankfilens betalningar är registrerade." in page.words and "läs in den igen" not in page.words
    assert documents(acted.institute, "invoice")[-1].balance == 7_500_00
    assert acted.institute.services.payment_questions.suspense(acted.institute.finance) == ()
    again = upload(finance, file)
    assert "Redan registrerad" in again.words and "Vad har banken" not in again.words


def test_only_staff_read_the_rules(acted: Stage) -> None:
    assert acted.browser("finance").open(f"/{SLUG}/payments/rules").status == 200
    assert acted.browser("bertil").client.get(f"/{SLUG}/payments/rules").status_code == 403


def test_an_admin_sees_what_waits_and_is_led_to_no_page_that_is_for_finance(acted: Stage) -> None:
    finance = acted.browser("finance")
    finance.send(upload(finance, "Datum;Belopp\n2026-12-15;5000,00\n"), "content", do="take_in")
    address = f"/{SLUG}/payments"
    [one] = [each for each in finance.open(address).elements.links if each.startswith(f"{address}/") and "-" in each]

    page = acted.browser("admin").open(address)
    assert page.says("5 000") and one not in page.elements.links


def test_what_is_no_bank_file_is_said_at_the_field(acted: Stage) -> None:
    shown = upload(acted.browser("finance"), "hej")
    assert shown.status == 422
    assert "går inte att läsa som kontoutdrag" in shown.words


def test_what_was_paid_too_much_is_marked_as_paid_back(acted: Stage) -> None:
    row = booked(acted)
    finance = acted.browser("finance")
    finance.send(upload(finance, f"Datum;Belopp;OCR\n2026-12-15;7500,00;{row.ocr}\n"), "content", do="take_in")
    cancel(acted.institute, acted.institute.admin, BookingId(row.source_id))
    page = finance.open(f"/{SLUG}/payments")
    page = finance.send(page, "shown", do="paid", reference="UT 1")
    assert "Återbetalningen är registrerad." in page.words
    assert "Inget att betala tillbaka med bank." in page.words


def test_rules_are_kept_and_what_cannot_be_is_said(acted: Stage) -> None:
    finance = acted.browser("finance")
    page = finance.open(f"/{SLUG}/payments/rules")
    assert finance.send(page, "days", days="13, 3").status == 422
    finance.send(page, "days", days="5, 15", fee="60", key="another-key")
    rules = acted.institute.services.payment_rules.current(acted.institute.finance)
    assert (rules.reminder_days, rules.reminder_fee) == ((5, 15), 60_00)


def test_members_see_no_payments_of_others(acted: Stage) -> None:
    assert acted.browser("anna").open(f"/{SLUG}/payments").status == 403


def test_without_a_card_company_the_page_says_how_to_pay(acted: Stage) -> None:
    row = booked(acted)
    page = acted.browser("anna").open(f"/{SLUG}/invoices/{row.document_id}/card")
    assert "Betala till bankgirot" in page.words
