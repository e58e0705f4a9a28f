"""Documents on the pages: on paper, as an e-invoice and sent again; what is to be sent; a cancellation undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.billing.queries.invoice import DocumentRow
from application.booking.agreement import GoodsBeside
from application.booking.booking import MakeBooking
from application.kernel.actor import SYSTEM
from application.people.organisation import GiveBillingDetails
from application.people.participant import Participant
from domain.kernel.ids import BookingId
from tests.scenarios.story import documents
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def booked(acted: Stage, copies: int = 0) -> BookingId:
    made = acted.institute
    goods = made.services.goods_questions.goods(made.organiser)[0].goods_id
    beside = GoodsBeside(goods, copies, "Storgatan 1\n111 22 Stockholm") if copies else None
    command = MakeBooking(acted.conference, (Participant(acted.anna),), made.acme, "Ref 1", goods=beside)
    return made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id


def peppol(acted: Stage) -> DocumentRow:
    made = acted.institute
    details = GiveBillingDetails(made.acme, "Storgatan 1, 111 22 Stockholm", "SE556999000401", "0007:5569990004")
    made.services.organisations.give_billing_details(made.admin, details)
    booked(acted)
    [row] = documents(made)
    return row


def test_a_document_is_had_as_a_file(acted: Stage) -> None:
    booked(acted)
    [row] = documents(acted.institute)
    browser = acted.browser("anna")
    page = browser.open(f"/{SLUG}/invoices/{row.document_id}")
    assert page.says("Hämta som PDF", "Hämta som e-faktura (XML)")

    paper = browser.client.get(f"/{SLUG}/invoices/{row.document_id}.pdf")
    assert (paper.status_code, paper.content_type) == (200, "application/pdf")
    assert paper.headers["Content-Disposition"] == f'attachment; filename="faktura-{row.number}.pdf"'
    assert paper.data.startswith(b"%PDF")
    xml = browser.client.get(f"/{SLUG}/invoices/{row.document_id}.xml")
    assert (xml.status_code, xml.content_type) == (200, "application/xml")
    assert acted.browser("cecilia").client.get(f"/{SLUG}/invoices/{row.document_id}.pdf").status_code == 404


def test_finance_sends_again_what_did_not_arrive(acted: Stage) -> None:
    row = peppol(acted)
    browser = acted.browser("finance")
    at = f"/{SLUG}/invoices/{row.document_id}"
    assert browser.open(at).says("E-fakturan är på väg till 0007:5569990004.")
    acted.institute.services.deliveries.settle(SYSTEM, row.document_id, "", "carrier")
    failed = browser.open(at)
    assert failed.says("E-fakturan kom inte fram till 0007:5569990004.", "Mottagningen svarade inte.")
    assert "Skicka e-fakturan igen" not in acted.browser("admin").open(at).words

    again = browser.press(failed, "/delivery")

    assert again.says("E-fakturan skickas på nytt.", "E-fakturan är på väg till 0007:5569990004.")
    assert "E-faktura" not in acted.browser("anna").open(at).words.partition("Hämta som e-faktura")[0]


def test_an_admin_sends_what_was_bought(acted: Stage) -> None:
    booked(acted, copies=2)
    browser = acted.browser("admin")
    page = browser.open(f"/{SLUG}/dispatch")
    assert page.says("2 × Boken om möten", "Anna", "Storgatan 1", "beställt 1 september 2026")
    file = browser.client.get(f"/{SLUG}/dispatch.csv").get_data(as_text=True)
    assert file.startswith("\ufeffBeställt;Vara;Antal;Namn;Adress\r\n2026-09-01;Boken om möten;2;Anna;")

    sent = browser.press(page, "/dispatch/")

    assert sent.says("Köpet är markerat som skickat.", "Allt som är köpt är skickat.")
    assert acted.browser("finance").open(f"/{SLUG}/dispatch").status == 403


def test_an_admin_undoes_a_cancellation(acted: Stage) -> None:
    booking = booked(acted)
    at = f"/{SLUG}/bookings/{booking}"
    asked = acted.browser("anna").open(f"{at}/cancel")
    acted.browser("anna").send(asked, "shown", do="cancel")
    assert "Ångra avbokningen" not in acted.browser("anna").open(at).words
    browser = acted.browser("admin")
    page = browser.open(at)
    assert page.says("Ångra avbokningen")

    undone = browser.press(page, "/undo")

    assert undone.says("Avbokningen är ångrad. Bokningen har platserna igen.", "Anna: avbokningen ångrades")
    assert "Ångra avbokningen" not in undone.words
    assert [row.gross for row in documents(acted.institute)] == [7_500_00, 7_500_00, -7_500_00]


def test_files_and_deliveries_through_the_api(acted: Stage) -> None:
    row = peppol(acted)
    made = acted.institute
    headers = {"Authorization": f"Bearer {acted.tokens['finance']}"}
    client = acted.app.test_client()

    paper = client.get(f"/api/v1/invoices/{row.document_id}/pdf", headers=headers)
    xml = client.get(f"/api/v1/invoices/{row.document_id}/xml", headers=headers)

    assert (paper.content_type, paper.data[:4], xml.content_type) == ("application/pdf", b"%PDF", "application/xml")
    made.services.deliveries.settle(SYSTEM, row.document_id, "", "carrier")
    made.catch_up()
    [failed] = client.get("/api/v1/failed-deliveries", headers=headers).get_json()
    assert (failed["document_id"], failed["why"]) == (str(row.document_id), "carrier")
    again = client.post(f"/api/v1/invoices/{row.document_id}/delivery", headers=headers)
    assert (again.status_code, again.get_json()["status"]) == (200, "queued")
