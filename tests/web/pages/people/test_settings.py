"""The organiser's settings: what its invoices say, its logo, and where the other rules are."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.people.participant import Participant
from tests.pictures import png
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage

SETTINGS = f"/{SLUG}/organiser"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def upload(browser: Browser, content: bytes) -> Page:
    """Choose a file in the form for the logo and send it."""
    form = browser.open(SETTINGS).form("logo")
    carried = {name: form[name][0] for name in ("form_token", "as_shown")}
    sent = {**carried, "do": "choose", "logo": (io.BytesIO(content), "logo.png")}
    answer = browser.client.post(form["action"][0], data=sent, content_type="multipart/form-data")
    return browser.open(answer.headers["Location"]) if answer.status_code == 303 else Page(answer)


def picture_on(page: Page) -> str:
    """Where the logo in the head of a page comes from, beside the name; nothing where there is none."""
    found = re.search(r'<img class="logo" src="([^"]+)" alt="">Institutet', page.html)
    return found.group(1) if found else ""


def test_finance_finds_the_settings_and_changes_what_invoices_say(acted: Stage) -> None:
    finance = acted.browser("finance")
    assert finance.open(f"/{SLUG}/finance").says("Inställningar", "öresavrundning och logotyp")
    page = finance.open(SETTINGS)
    assert page.says("Inställningar", "Institutet", "SEK", "Påminnelser", "Konton") and "Medarbetare" not in page.words
    form = page.form("bankgiro")
    assert (form["payment_days"], form["bankgiro"], "is_rounded" in form) == (["30"], ["991-2346"], False)
    given = {"vat_number": "SE556999100201", "email": "fraga@institutet.example"}
    page = finance.send(page, "bankgiro", payment_days="10", is_rounded="yes", **given)
    assert page.says("Uppgifterna är sparade.")
    assert "mailto:fraga@institutet.example" in acted.browser().open(f"/{SLUG}").elements.links, "who is to be asked"
    form = page.form("bankgiro")
    assert (form["vat_number"], form["payment_days"], form["is_rounded"]) == (["SE556999100201"], ["10"], ["yes"])

    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna),), made.acme, "PO 1")
    made.services.bookings.make(made.acting(acted.anna), command)
    made.catch_up()
    [row] = made.services.invoice_questions.list(made.finance, DocumentFilter()).items
    view = made.services.invoice_questions.one(made.finance, row.document_id)
    assert view.seller.vat_number == "SE556999100201" and row.due_on == row.issued_on + timedelta(days=10)


def test_what_is_wrong_is_said_at_its_field_and_members_have_no_settings(acted: Stage) -> None:
    finance = acted.browser("finance")
    page = finance.send(finance.open(SETTINGS), "bankgiro", vat_number="SE" * 20, address="Nya gatan")
    assert page.status == 422 and 'id="vat_number-problem"' in page.html and "Nya gatan" in page.html
    anna = acted.browser("anna")
    assert anna.open(SETTINGS).status == 403
    assert acted.browser("admin").open(f"/{SLUG}/desk").says("Inställningar")
    token = anna.open(f"/{SLUG}").form("form_token")["form_token"][0]
    assert anna.client.post(f"{SETTINGS}/logo", data={"form_token": token, "do": "remove"}).status_code == 403


def test_a_logo_is_shown_to_anyone_and_removed_again(acted: Stage) -> None:
    finance, anyone = acted.browser("finance"), acted.browser()
    assert picture_on(anyone.open(f"/{SLUG}")) == ""
    page = upload(finance, png())
    assert page.says("Logotypen är sparad.") and picture_on(page)

    programme = anyone.open(f"/{SLUG}")
    address = picture_on(programme)
    assert "img-src 'self'" in programme.headers["Content-Security-Policy"] and address.startswith(f"/{SLUG}/logo/")
    shown = anyone.client.get(address)
    assert shown.mimetype == "image/png" and shown.data == png() and "immutable" in shown.headers["Cache-Control"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"

    page = finance.send(finance.open(SETTINGS), "logo", do="remove")
    assert page.says("Logotypen är borttagen.") and picture_on(anyone.open(f"/{SLUG}")) == ""
    assert anyone.client.get(address).status_code == 404


@pytest.mark.parametrize("content", [b"", b"<svg/>", png(2400, 16), png()[:-9]], ids=["none", "svg", "wide", "cut"])
def test_a_file_that_is_no_logo_is_refused_with_what_is_asked_for(acted: Stage, content: bytes) -> None:
    page = upload(acted.browser("admin"), content)
    assert page.status == 422 and 'id="logo-problem"' in page.html
    assert page.says("PNG på högst 200 kB", "Lilla gatan 2") and picture_on(acted.browser().open(f"/{SLUG}")) == ""


def test_settings_are_saved_whole_or_not_at_all(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.open(f"/{SLUG}/organiser")
    refused = admin.send(page, "bankgiro", address="Nya gatan 9", vat_number="SE" * 20)
    assert refused.status == 422 and refused.form("bankgiro")["address"] == ["Nya gatan 9"]
    assert "Nya gatan 9" not in admin.open(f"/{SLUG}/organiser").html
    saved = admin.send(refused, "bankgiro", vat_number="SE556036079301")
    assert saved.form("bankgiro")["address"] == ["Nya gatan 9"]
