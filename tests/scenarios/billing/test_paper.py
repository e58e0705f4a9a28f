"""Documents on paper: all that the law asks for, in the buyer's language, the same bytes each time; their delivery."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from application.billing.delivery import DeliverAgain
from application.billing.queries.invoice import DocumentRow, DocumentView
from application.booking.booking import MakeBooking
from application.people.logo import ChooseLogo
from application.people.organisation import GiveBillingDetails, RegisterOrganisation
from application.people.organiser import ArrangeInvoicing
from domain.billing.delivery import NotFailed
from domain.kernel.ids import OrganisationId
from domain.kernel.money import Money
from domain.kernel.terms import free_before
from domain.programme.price import Price, PriceList
from tests import samples
from tests.pictures import png
from tests.samples import Institute
from tests.scenarios.e_invoice_rules import broken_rules, texts
from tests.scenarios.paper_trail import e_invoice, kommunen
from tests.scenarios.story import book, cancel, documents, seated, whole
from web.words.language import read_phrases
from web.words.paper_words import PaperWords

RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT OVERRIDE}"
HOSTILE = f'"#image("/etc/passwd") $x$ \\u{{41}} *fet* <a> {RIGHT_TO_LEFT}AB 漢字 🎉'


@pytest.fixture
def institute(database_url: str, tmp_path: Path) -> Iterator[Institute]:
    """The institute at home in a folder where its outbox can be looked into."""
    with samples.institute(database_url, more={"PLATS_HOME": str(tmp_path)}) as institute:
        yield institute


def test_a_document_is_the_same_file_each_time(institute: Institute) -> None:
    """PDF/A-3 and PDF/UA are checked by the printer itself; the e-invoice is inside."""
    book(institute, institute.conference(), institute.acme, None)
    [row] = documents(institute)
    papers = institute.services.papers

    first = papers.pdf(institute.finance, row.document_id)
    institute.at(2027, 5, 1)
    again = papers.pdf(institute.finance, row.document_id)

    assert (first.name, first.content) == ("faktura-1.pdf", again.content)
    assert first.content.startswith(b"%PDF-1.7")
    assert b"pdfaid" in first.content
    assert b"e-invoice.xml" in first.content
    assert b"pdfuaid" in first.content


def test_the_paper_says_all_that_the_law_asks_for(institute: Institute) -> None:
    """S49: parties, numbers, dates of supply, lines, VAT per rate, total, due date, references."""
    arranged = ArrangeInvoicing(institute.organiser, is_f_tax=True, contact="Åsa Öberg", email="ekonomi@example.org")
    institute.services.organisers.arrange_invoicing(institute.finance, arranged)
    command = MakeBooking(institute.cluster(), seated(None, None), institute.bolt, "Ref 4711", order_number="PO 9")
    institute.services.bookings.make(institute.admin, command)
    [row] = documents(institute)

    said = printed(whole(institute, row))

    for words in (
        "Faktura 1", "Institutet", "Lilla gatan 2, 111 30 Stockholm", "556036-0793", "SE556036079301", "Åsa Öberg",
        "Godkänd för F-skatt", "Bolt AB", "Storgatan 1, 111 22 Stockholm", "556999-1002", "SE556999100201",
        "1 september 2026", "1 oktober 2026", "Ref 4711", "PO 9", "Workshop 1: 20 januari 2027", "Arbete?!",
        "32\u00a0000,00", "25\u00a0%", "Moms 25\u00a0% på 32\u00a0000,00", "8\u00a0000,00", "40\u00a0000,00",
        "991-2346", row.ocr,
    ):  # fmt: skip
        assert words in said, words


def test_a_credit_note_names_its_invoice(institute: Institute) -> None:
    made = book(institute, institute.conference(), institute.acme, None)
    cancel(institute, institute.admin, made.booking_id)
    [note] = documents(institute, "credit_note")

    said = printed(whole(institute, note))

    assert "Kreditfaktura 1" in said
    assert "Faktura 1 av den 1 september 2026" in said
    assert institute.services.papers.pdf(institute.finance, note.document_id).name == "kreditfaktura-1.pdf"


def test_a_foreign_company_at_a_conference_here_pays_swedish_vat(institute: Institute) -> None:
    """C-647/17: admission is taxed where it takes place; no reverse charge, and the document says so in English."""
    gmbh = foreign_company(institute)
    book(institute, institute.conference(), gmbh, None)
    [row] = documents(institute)

    assert (row.net, row.vat, row.gross) == (12_000_00, 3_000_00, 15_000_00)
    said = printed(whole(institute, row))
    for words in ("Invoice 1", "Beispiel GmbH", "DE136695976", "no reverse charge", "VAT 25% on 12,000.00"):
        assert words in said, words
    assert institute.services.papers.pdf(institute.finance, row.document_id).name == "invoice-1.pdf"
    xml = e_invoice(institute, row)
    assert broken_rules(xml) == []
    assert texts(xml, "TaxTotal/TaxSubtotal/TaxCategory/ID") == ["S"]
    assert texts(xml, "AccountingCustomerParty/Party/PostalAddress/Country/IdentificationCode") == ["DE"]


def test_hostile_text_is_printed_and_never_obeyed(institute: Institute) -> None:
    command = RegisterOrganisation(HOSTILE, "556999-3008")
    hostile = institute.services.organisations.register(institute.admin, command).answer.organisation_id
    details = GiveBillingDetails(hostile, HOSTILE)
    institute.services.organisations.give_billing_details(institute.admin, details)
    prices = PriceList(0, (Price(Money(100_00)),))
    season = institute.season(HOSTILE, 20, prices, free_before(date(2027, 1, 3)))
    made = MakeBooking(season, seated(None), hostile, HOSTILE[:100], order_number=HOSTILE[:100])
    institute.services.bookings.make(institute.admin, made)
    [row] = documents(institute)

    content = institute.services.papers.pdf(institute.finance, row.document_id).content

    assert content.startswith(b"%PDF")
    assert RIGHT_TO_LEFT not in printed(whole(institute, row))
    assert broken_rules(e_invoice(institute, row)) == []


def test_a_document_keeps_the_logo_it_was_issued_with(institute: Institute) -> None:
    """A picture of the seller's stands on what is issued afterwards, and stays there whatever is chosen later."""
    services, season = institute.services, institute.conference()
    book(institute, season, institute.acme, None)
    [plain] = documents(institute)
    before = printed_as(institute, plain)
    services.logos.choose(institute.finance, ChooseLogo(institute.organiser, png()))
    assert printed_as(institute, plain) == before and b"/Subtype/Image" not in before

    book(institute, season, institute.acme, None)
    headed = documents(institute)[1]
    first = printed_as(institute, headed)
    services.logos.choose(institute.admin, ChooseLogo(institute.organiser, png(300, 100)))
    services.logos.choose(institute.admin, ChooseLogo(institute.organiser, b""))

    assert b"/Subtype/Image" in first and b"/Width 120" in first
    assert printed_as(institute, headed) == first
    assert broken_rules(e_invoice(institute, headed)) == []


def printed_as(institute: Institute, row: DocumentRow) -> bytes:
    """A document on paper."""
    return institute.services.papers.pdf(institute.finance, row.document_id).content


@pytest.mark.parametrize(("net", "rounding"), [(100_40, 50), (100_00, 0), (99_80, 25), (100_41, 49), (100_20, -25)])
def test_a_total_is_rounded_to_whole_kronor(institute: Institute, net: int, rounding: int) -> None:
    """1–49 öre down, 50–99 up; VAT stays; what is credited is rounded like its invoice, down to the last öre."""
    arranged = ArrangeInvoicing(institute.organiser, is_rounded=True)
    institute.services.organisers.arrange_invoicing(institute.finance, arranged)
    prices = PriceList(0, (Price(Money(net)),))
    season = institute.season("Avrundning", 20, prices, free_before(date(2027, 1, 3)))
    made = book(institute, season, institute.bolt, None)
    [row] = documents(institute)
    view = whole(institute, row)

    assert (view.rounding, view.payable % 100, row.balance) == (rounding, 0, view.payable)
    xml = e_invoice(institute, row)
    assert broken_rules(xml) == []
    assert len(texts(xml, "LegalMonetaryTotal/PayableRoundingAmount")) == (rounding != 0)

    cancel(institute, institute.admin, made.booking_id)
    [note] = documents(institute, "credit_note")
    assert whole(institute, note).rounding == -rounding
    assert broken_rules(e_invoice(institute, note)) == []
    assert documents(institute, "invoice")[0].balance == 0


def test_parts_that_round_up_never_exceed_the_whole(institute: Institute) -> None:
    """Three seats of 33.50 incl. are 100.50, 101 to pay; credited one by one: 34, 34 and 33."""
    arranged = ArrangeInvoicing(institute.organiser, is_rounded=True)
    institute.services.organisers.arrange_invoicing(institute.finance, arranged)
    prices = PriceList(0, (Price(Money(26_80)),))
    season = institute.season("Avrundning", 20, prices, free_before(date(2027, 1, 3)))
    made = book(institute, season, institute.bolt, None, None, None)
    for seat in (1, 2, 3):
        cancel(institute, institute.admin, made.booking_id, seat)
        institute.catch_up()

    notes = documents(institute, "credit_note")

    assert [whole(institute, note).payable for note in notes] == [-34_00, -34_00, -33_00]
    assert documents(institute, "invoice")[0].balance == 0


def test_an_e_invoice_is_carried_to_its_buyer(institute: Institute, tmp_path: Path) -> None:
    """S50: queued when issued, in the outbox once, and the PDF is a copy."""
    book_for(institute, kommunen(institute))
    [row] = documents(institute)
    questions = institute.services.delivery_questions
    assert [found.status for found in [questions.of(institute.finance, row.document_id)] if found] == ["queued"]

    institute.house.worker.jobs.finish()
    institute.catch_up()
    institute.house.worker.jobs.finish()

    assert [found.status for found in [questions.of(institute.finance, row.document_id)] if found] == ["delivered"]
    [sent] = carried(tmp_path)
    assert sent.read_bytes() == e_invoice(institute, row)
    assert "Kopia" in printed(whole(institute, row), is_copy=True)
    with pytest.raises(NotFailed):
        institute.services.deliveries.again(institute.finance, DeliverAgain(row.document_id))


def test_an_e_invoice_that_does_not_arrive_is_seen_and_sent_again(institute: Institute, tmp_path: Path) -> None:
    outbox = tmp_path / "outbox" / "e-invoices"
    outbox.parent.mkdir(parents=True, exist_ok=True)
    outbox.write_text("in the way")
    book_for(institute, kommunen(institute))
    [row] = documents(institute)
    institute.house.worker.jobs.finish()
    institute.catch_up()
    questions = institute.services.delivery_questions
    [failed] = questions.failed(institute.finance)
    assert (failed.document_id, failed.why, failed.attempts) == (row.document_id, "carrier", 1)

    outbox.unlink()
    institute.services.deliveries.again(institute.finance, DeliverAgain(row.document_id))
    institute.catch_up()
    institute.house.worker.jobs.finish()
    institute.catch_up()

    assert questions.failed(institute.finance) == ()
    assert len(carried(tmp_path)) == 1


def book_for(institute: Institute, organisation: OrganisationId) -> None:
    """A seat, with a reference."""
    command = MakeBooking(institute.conference(), seated(None), organisation, reference="Ref 4711")
    institute.services.bookings.make(institute.admin, command)


def carried(tmp_path: Path) -> list[Path]:
    """The e-invoices in the outbox."""
    return sorted((tmp_path / "outbox" / "e-invoices").rglob("*.xml"))


def foreign_company(institute: Institute) -> OrganisationId:
    """A German company that wants its documents in English."""
    registered = RegisterOrganisation("Beispiel GmbH", "HRB 12345", country="DE")
    gmbh = institute.services.organisations.register(institute.admin, registered).answer.organisation_id
    details = GiveBillingDetails(gmbh, "Hauptstr. 1, 10115 Berlin", "DE136695976", language="en")
    institute.services.organisations.give_billing_details(institute.admin, details)
    return gmbh


def printed(view: DocumentView, *, is_copy: bool = False) -> str:
    """All that is printed, as one text."""
    return json.dumps(PaperWords(read_phrases()).facts(view, is_copy=is_copy), ensure_ascii=False)
