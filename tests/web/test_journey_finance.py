"""Finance at work in a real browser: finds, filters, credits after a preview, saves files, and drills from a report."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from application.billing.queries.invoice import DocumentFilter, DocumentRow
from application.booking.booking import MakeBooking
from application.people.participant import Participant
from tests.conftest import Databases
from tests.web.browsing import EVERY_WAY, NEEDS_BROWSER, Browsing, browsing, unfold_menu, words_of
from tests.web.stage import SLUG, stage

pytestmark = NEEDS_BROWSER

WORDS = {
    "sv": {
        "finance": "Ekonomi", "search": "Sök", "invoice": "Faktura {}", "status": "Läge", "show": "Visa",
        "credit": "Kreditera fakturan", "parts": "Delar av raderna", "reason": "Skäl", "preview": "Visa kreditfakturan",
        "button": "Kreditera 1 250 kr inkl. moms", "done": "Kreditfakturan är utställd.", "csv": "Spara som CSV",
        "vat": "Den här månaden", "note": "Kreditfaktura {}", "overdue": "förfallen", "total": "Summa, ",
        "table": "Visa som tabell", "gross": "Inkl. moms",
    },
    "en": {
        "finance": "Finance", "search": "Search", "invoice": "Invoice {}", "status": "Status", "show": "Show",
        "credit": "Credit the invoice", "parts": "Parts of the lines", "reason": "Reason",
        "preview": "Show the credit note", "button": "Credit SEK 1,250 incl. VAT", "done": "The credit note is issued.",
        "csv": "Save as CSV", "vat": "This month", "note": "Credit note {}", "overdue": "overdue", "total": "Total of ",
        "table": "Show as a table", "gross": "Incl. VAT",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def there(new_database: Databases) -> Iterator[Browsing]:
    with new_database() as url, stage(url) as made, browsing(made) as found:
        yield found


def invoiced(there: Browsing, reference: str) -> DocumentRow:
    """A fresh invoice of 2 × 6 000 kr and VAT to Acme."""
    made = there.stage.institute
    command = MakeBooking(made.conference(), (Participant(there.stage.anna), Participant()), made.acme, reference)
    booking = made.services.bookings.make(made.acting(there.stage.anna), command).answer.booking_id
    made.catch_up()
    listed = made.services.invoice_questions.list(made.finance, DocumentFilter()).items
    return next(each for each in listed if each.source_id == booking)


def holds_together(page: Page) -> bool:
    page.wait_for_load_state()
    fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return bool(fits) and Axe().run(page).response["violations"] == []


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
@pytest.mark.parametrize("by", ["number", "ocr", "reference"])
def test_finance_finds_the_document_in_one_field(there: Browsing, language: str, width: int, by: str) -> None:
    said, wanted = WORDS[language], invoiced(there, f"Ref {language} {width} {by}")
    typed = {"number": str(wanted.number), "ocr": wanted.ocr, "reference": wanted.reference}[by]
    with there.opened("finance", language=language, width=width) as page:
        page.goto(f"/{SLUG}")
        unfold_menu(page)
        page.get_by_role("link", name=said["finance"]).click()
        assert holds_together(page)
        page.get_by_role("searchbox").fill(typed)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name=said["invoice"].format(wanted.number), level=1).wait_for()
        assert holds_together(page)


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
def test_a_name_and_a_sum_lead_to_lists_that_can_be_narrowed(there: Browsing, language: str, width: int) -> None:
    said, first = WORDS[language], invoiced(there, "PO 1")
    invoiced(there, "PO 2")
    with there.opened("finance", language=language, width=width, dark=True) as page:
        page.goto(f"/{SLUG}/finance")
        page.get_by_role("searchbox").fill("15 000,00")
        page.get_by_role("button", name=said["search"], exact=True).click()
        assert said["invoice"].format(first.number) in words_of(page) and holds_together(page)
        page.get_by_role("searchbox").fill("Acme")
        page.keyboard.press("Enter")
        page.wait_for_url("**organisation=**")
        assert said["total"] in words_of(page) and holds_together(page)
        page.get_by_role("link", name=said["overdue"], exact=True).click()
        page.wait_for_url("**status=overdue**")
        assert "organisation=" in page.url and said["invoice"].format(first.number) not in words_of(page)


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_part_of_a_line_is_credited_after_its_preview(
    there: Browsing, language: str, width: int, *, script: bool
) -> None:
    said, wanted = WORDS[language], invoiced(there, "PO 3")
    with there.opened("finance", language=language, width=width, script=script) as page:
        page.goto(f"/{SLUG}/invoices/{wanted.document_id}")
        page.get_by_role("link", name=said["credit"]).click()
        page.get_by_label(said["parts"]).check()
        page.locator("#line-1").fill("1 000")
        page.get_by_label(said["reason"]).fill("Prisavdrag")
        if not script:
            page.get_by_role("button", name=said["preview"]).click()
        page.get_by_role("button", name=said["button"]).click()
        page.get_by_text(said["done"]).wait_for()
        assert "Prisavdrag" in words_of(page)
        page.get_by_role("link", name=said["invoice"].format(wanted.number)).click()
        assert "13 750" in words_of(page).replace(",", " ")


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
def test_from_the_vat_of_the_month_to_the_document_and_to_a_file(
    there: Browsing, language: str, width: int, tmp_path: Path
) -> None:
    said, wanted = WORDS[language], invoiced(there, "PO 4")
    with there.opened("finance", language=language, width=width) as page:
        page.goto(f"/{SLUG}/finance")
        page.get_by_role("link", name=said["vat"]).click()
        assert holds_together(page)
        page.get_by_role("link", name="25").first.click()
        with page.expect_download() as saving:
            page.get_by_role("link", name=said["csv"]).click()
        saving.value.save_as(tmp_path / "vat.csv")
        rows = list(csv.reader(io.StringIO((tmp_path / "vat.csv").read_text("utf-8-sig")), delimiter=";"))
        assert [said["invoice"].format(wanted.number), "12000,00"] in [[row[0], row[-2]] for row in rows]
        page.get_by_role("link", name=said["invoice"].format(wanted.number), exact=True).click()
        page.get_by_role("heading", name=said["invoice"].format(wanted.number), level=1).wait_for()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pictures_say_what_they_show_and_stand_beside_their_numbers(there: Browsing, width: int, *, dark: bool) -> None:
    wanted = invoiced(there, "PO 5")
    with there.opened("finance", width=width, dark=dark) as page:
        for address in ("finance", "reports/ageing", "reports/deferred", f"reports/seasons/{wanted.season_id}"):
            page.goto(f"/{SLUG}/{address}")
            picture = page.locator("main svg[aria-labelledby]").first
            assert picture.is_visible() and (picture.get_attribute("aria-labelledby") or "").count("-") == 2, address
            for details in page.locator("details").all():
                details.evaluate("each => { each.open = true }")
            assert page.locator("main table").first.is_visible() and holds_together(page), address
            box = picture.bounding_box()
            assert box is not None and box["x"] + box["width"] <= width, address
