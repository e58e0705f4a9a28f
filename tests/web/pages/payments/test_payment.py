"""Finance's payments on pages: a bank file is shown, then taken in; suspense is allotted, refunds and rules kept."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta

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
    shown = upload(finance, f"Datum;Belopp;OCR\n2026-08-31;10000,00;{row.ocr}\n2026-08-31;5000,00;\n")
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
    rows = "2026-08-31;10000,00;\n" * (LARGEST_FILE // 20)
    assert upload(finance, f"Datum;Belopp;OCR\n{rows[:400_000]}").status == 200
    page = upload(finance, f"Datum;Belopp;OCR\n{rows}")
    assert page.status == 413
    assert "Filen är större än 24 MB" in page.words


def test_a_bank_file_with_what_nobody_can_place_says_so(acted: Stage) -> None:
    """The bank takes money back of a payment that is not known: it is shown, and said again afterwards."""
    entry = (
        '<Ntry><Amt Ccy="SEK">75.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts>'
        "<BookgDt><Dt>2026-08-31</Dt></BookgDt><AcctSvcrRef>A9</AcctSvcrRef></Ntry>"
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
        upload(finance, f"Datum;Belopp;OCR\n2026-08-31;7500,00;{row.ocr}\n2026-08-31;80,00;\n"), "content", do="take_in"
    )
    entries = "".join(
        f'<Ntry><Amt Ccy="SEK">{amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>2026-09-01</Dt></BookgDt><AcctSvcrRef>{name}</AcctSvcrRef></Ntry>"
        for name, amount in (("A1", "80.00"), ("A2", "7500.00"))
    )
    file = f"<Document><X><Stmt>{entries}</Stmt></X></Document>"
    [waiting] = acted.institute.services.payment_questions.suspense(acted.institute.finance)
    shown = upload(finance, file)
    assert "Vad har banken tagit tillbaka 80 kr av, 1 september 2026?" in shown.words
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
    finance.send(upload(finance, "Datum;Belopp\n2026-08-31;5000,00\n"), "content", do="take_in")
    address = f"/{SLUG}/payments"
    [one] = [each for each in finance.open(address).elements.links if each.startswith(f"{address}/") and "-" in each]

    page = acted.browser("admin").open(address)
    assert page.says("5 000") and one not in page.elements.links


def test_what_is_no_bank_file_is_said_at_the_field(acted: Stage) -> None:
    shown = upload(acted.browser("finance"), "hej")
    assert shown.status == 422
    assert "går inte att läsa som kontoutdrag" in shown.words


def test_a_bank_file_from_tomorrow_is_refused(acted: Stage) -> None:
    shown = upload(acted.browser("finance"), "Datum;Belopp\n2026-09-02;5,00\n")
    assert shown.status == 422
    assert "post 1 är daterad 2 september 2026. Dagen har inte kommit än" in shown.words


def test_rows_that_are_left_out_of_a_bank_file_are_named_and_the_rest_is_taken_in(acted: Stage) -> None:
    finance = acted.browser("finance")
    rows = "2026-08-30;5,00\n2026-09-02;6,00\n2026-08-31;7,00\n2026-08-32;8,00\n2026-08-31;9,00;x\n"
    shown = upload(finance, f"Datum;Belopp\n{rows}")
    assert shown.says("Post 2 på 6 kr är daterad 2 september 2026: den dagen har inte kommit än")
    assert shown.says("Rad 5 går inte att läsa: som dag ska det stå något i stil med 2026-11-27.")
    assert shown.says("Rad 6 har fler kolumner än rubrikerna, som är 2. Den läses inte in; resten kan läsas in.")
    page = finance.send(shown, "content", do="take_in")
    assert page.says("utom rader som inte gick att läsa eller vars dag inte går att tro på")
    assert len(acted.institute.services.payment_questions.suspense(acted.institute.finance)) == 2


def test_what_was_paid_too_much_is_marked_as_paid_back(acted: Stage) -> None:
    row = booked(acted)
    finance = acted.browser("finance")
    finance.send(upload(finance, f"Datum;Belopp;OCR\n2026-08-31;7500,00;{row.ocr}\n"), "content", do="take_in")
    cancel(acted.institute, acted.institute.admin, BookingId(row.source_id))
    page = finance.open(f"/{SLUG}/payments")
    page = finance.send(page, "shown", do="paid", reference="UT 1")
    assert "Återbetalningen är registrerad." in page.words
    assert "Inget att betala tillbaka med bank." in page.words


def test_a_late_invoice_is_called_an_invoice_also_where_a_phone_shows_no_heads_of_columns(acted: Stage) -> None:
    row = booked(acted)
    acted.institute.clock.instant += timedelta(days=60)
    page = acted.browser("finance").open(f"/{SLUG}/payments")
    assert page.says("Inte påmind") and f'{row.document_id}">Faktura {row.number}</a></th>' in page.html


def test_rules_are_kept_and_what_cannot_be_is_said(acted: Stage) -> None:
    finance = acted.browser("finance")
    page = finance.open(f"/{SLUG}/payments/rules")
    assert finance.send(page, "days", days="13, 3").status == 422
    for typed in ("10, tjugo", "10–20", "\N{SUPERSCRIPT TWO}"):
        assert "Skriv ett heltal" in finance.send(page, "days", days=typed, fee="60").words
    finance.send(page, "days", days="5; 15", fee="60", key="another-key")
    rules = acted.institute.services.payment_rules.current(acted.institute.finance)
    assert (rules.reminder_days, rules.reminder_fee) == ((5, 15), 60_00)


def test_members_see_no_payments_of_others(acted: Stage) -> None:
    assert acted.browser("anna").open(f"/{SLUG}/payments").status == 403


def test_without_a_card_company_the_page_says_how_to_pay(acted: Stage) -> None:
    row = booked(acted)
    page = acted.browser("anna").open(f"/{SLUG}/invoices/{row.document_id}/card")
    assert "Betala till bankgirot" in page.words


def test_a_wrong_allotment_is_moved_in_the_open(acted: Stage) -> None:
    """From one invoice to another, with its reason; whoever presses on an older page is shown how things stand."""
    first, second = booked(acted), booked(acted)
    finance = acted.browser("finance")
    finance.send(upload(finance, f"Datum;Belopp;OCR\n2026-08-31;7500,00;{first.ocr}\n"), "content", do="take_in")
    shown = upload(finance, f"Datum;Belopp;OCR\n2026-08-31;7500,00;{first.ocr}\n")
    assert "Redan registrerad" in shown.words and "Kom i konto.csv den" in shown.words
    address = f"/{SLUG}/payments/" + re.findall(r"/payments/([0-9a-f-]{36})", shown.html)[0]
    page, older = finance.open(address), finance.open(address)
    moved = finance.send(page, "from_invoice", number=second.ocr, reason="Fel nummer")
    assert "Betalningen är flyttad." in moved.words and "Fel nummer" in moved.words
    by_number = {row.number: row.balance for row in documents(acted.institute, "invoice")}
    assert (by_number[first.number], by_number[second.number]) == (7_500_00, 0)
    again = finance.send(older, "from_invoice", number=second.ocr, reason="Fel nummer")
    assert again.status in (409, 422)
    assert {row.number: row.balance for row in documents(acted.institute, "invoice")} == by_number


def test_a_long_file_is_summed_up_and_days_that_miss_are_said(acted: Stage) -> None:
    finance = acted.browser("finance")
    head = "Datum;Text;Belopp;Saldo\n"
    first = "".join(f"2026-08-01;Tack {no};1,00;{100 + no},00\n" for no in range(1, 401))
    shown = upload(finance, head + first)
    assert "300 av 400 poster visas" in shown.words and "400 poster" in shown.words
    finance.send(shown, "content", do="take_in")
    assert len(acted.institute.services.payment_questions.suspense(acted.institute.finance)) == 400
    later = upload(finance, head + "2026-08-04;Tack;10,00;560,00\n")
    assert "Saldot före följer inte" in later.words and re.search(r"Dagar som saknas: 2 .{0,20}3 ", later.words)
    finance.send(later, "content", do="take_in")
    assert "Dagar som saknas" in finance.open(f"/{SLUG}/payments").words


def test_money_that_is_no_payment_is_booked_from_the_file_s_page(acted: Stage) -> None:
    finance = acted.browser("finance")
    text = "Datum;Text;Belopp\n2026-08-31;SKATTEVERKET;5000,00\n2026-08-31;Hyra;-900,00\n"
    shown = upload(finance, text)
    assert "Liknar skattekontot" in shown.words and "Pengar ut från kontot" in shown.words
    fields = {"place-1": "1630", "text-1": "Skattekonto", "place-2": "account", "account-2": "5010"}
    page = finance.send(shown, "content", do="take_in", **fields)
    assert "Konto 1630 · Skattekonto" in page.words and "Konto 5010" in page.words
    assert acted.institute.services.payment_questions.suspense(acted.institute.finance) == ()
    assert "Redan bokförd eller utelämnad" in upload(finance, text).words


def test_money_that_waits_and_was_no_payment_is_booked_from_its_own_page(acted: Stage) -> None:
    """An account that is none is said at its field; then the money is there, and waits no longer."""
    finance = acted.browser("finance")
    finance.send(upload(finance, "Datum;Text;Belopp\n2026-08-31;SKATTEVERKET;5000,00\n"), "content", do="take_in")
    [waiting] = acted.institute.services.payment_questions.suspense(acted.institute.finance)
    one = finance.open(f"/{SLUG}/payments/{waiting.payment_id}")
    wrong = finance.press(one, "/elsewhere", place="account", account="9010")
    assert wrong.status == 422 and "1000 till 8999" in wrong.words
    booked_there = finance.press(one, "/elsewhere", place="account", account="1630", text="Skattekonto")
    assert "Pengarna är bokförda som något annat än en kundbetalning." in booked_there.words
    assert "Konto 1630 · Skattekonto" in booked_there.words
    assert acted.institute.services.payment_questions.suspense(acted.institute.finance) == ()
    unsaid = finance.press(booked_there, "/undo", reason=" ")
    assert unsaid.status == 422 and "Konto 1630 · Skattekonto" in unsaid.words
    undone = finance.press(unsaid, "/undo", reason="Det var en kund")
    assert "Bokföringen är upphävd." in undone.words and "Konto 1630" not in undone.words
    assert acted.institute.services.payment_questions.suspense(acted.institute.finance) == (waiting,)


def test_an_account_number_that_is_none_is_said_and_nothing_is_recorded(acted: Stage) -> None:
    finance = acted.browser("finance")
    shown = upload(finance, "Datum;Text;Belopp\n2026-08-31;SKATTEVERKET;5000,00\n")
    page = finance.send(shown, "content", do="take_in", **{"place-1": "account", "account-1": "12"})
    assert page.status == 422
    assert acted.institute.services.payment_questions.suspense(acted.institute.finance) == ()


def test_a_file_with_nothing_to_take_says_so(acted: Stage) -> None:
    """An empty day, rows that are not booked yet, what is no statement, and an account that nobody has seen."""
    finance = acted.browser("finance")
    head = "Datum;Kontonr;Text;Belopp\n"
    assert "Filen har inga bokförda poster." in upload(finance, head).words
    pending = upload(finance, head + "Reserverat;1234567;Kortköp;-199,00\n").words
    assert "Filen har inga bokförda poster." in pending and "inte bokförd än" in pending
    refused = upload(finance, '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"/>')
    assert refused.status == 422 and "går inte att läsa som kontoutdrag" in refused.words
    finance.send(upload(finance, head + "2026-08-31;1234567;Tack;10,00\n"), "content", do="take_in")
    other = upload(finance, head + "2026-08-31;7654321;Tack;10,00\n").words
    assert "Kontot 7654321 är inte något av dem ni har läst in förut" in other
