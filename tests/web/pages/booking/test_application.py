"""Applying on the pages: the refusal leads there, the link confirms, the desk decides, and whoever applied sees it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.strangers import links_of
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage

TYPED = {"name": "Tove", "email": "tove@example.org", "employer": "Bolt AB", "role": "consultant", "note": "Lära mig"}


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def apply(browser: Browser, acted: Stage, **more: str) -> Page:
    form = browser.open(f"/{SLUG}/seasons/{acted.network}/apply")
    return browser.send(form, "employer", **{**TYPED, "address": "Gatan 1, 111 11 Byn", **more})


def confirm(acted: Stage) -> Page:
    application_id, code = links_of(acted.institute, "tove@example.org")[0]
    nobody = acted.browser()
    return nobody.press(nobody.open(f"/{SLUG}/applications/{application_id}/{code}"), "")


def test_the_polite_refusal_names_the_grounds_and_leads_to_applying(acted: Stage) -> None:
    """S13: on the season's page and when booking."""
    nobody = acted.browser()
    page = nobody.open(f"/{SLUG}/seasons/{acted.network}")
    assert f"/{SLUG}/seasons/{acted.network}/apply" in page.elements.links
    anna = acted.browser("anna")
    refused = anna.send(anna.open(f"/{SLUG}/seasons/{acted.network}"), "me", do="book", me="yes", reference="1")
    assert refused.says("kan ansöka på säsongens sida")


def test_somebody_applies_confirms_and_is_let_in_at_the_desk(acted: Stage) -> None:
    """S14, from the form to the roster."""
    sent = apply(acted.browser(), acted)
    assert sent.says("Först då har arrangören den")
    assert confirm(acted).says("En plats hålls åt dig till")
    admin = acted.browser("admin")
    desk = admin.open(f"/{SLUG}/desk")
    assert desk.says("Tove ansöker till")
    assert desk.says("Lära mig")
    again = admin.press(desk, "/desk/applications/", do="approve")
    assert again.status == 422
    done = admin.press(desk, "/desk/applications/", do="approve", reason="Hör dit ändå")
    assert done.says("Ansökan är beviljad")
    assert admin.open(f"/{SLUG}/seasons/{acted.network}/roster").says("Tove")
    late = admin.press(desk, "/desk/applications/", do="reject", reason="Nej")
    assert "Ansökan är avslagen" not in late.words


def test_a_member_sees_that_it_waits_and_takes_it_back(acted: Stage) -> None:
    anna = acted.browser("anna")
    waiting = apply(anna, acted)
    assert waiting.says("Din ansökan väntar på svar")
    assert apply(anna, acted).says("Du har redan ansökt")
    back = anna.press(anna.open(f"/{SLUG}/seasons/{acted.network}"), "/applications/")
    assert back.says("Ansökan är återtagen")


@pytest.mark.parametrize("wrong", [{"name": ""}, {"email": "ingen"}, {"employer": ""}, {"address": ""}])
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_is_kept(acted: Stage, wrong: dict[str, str]) -> None:
    page = apply(acted.browser(), acted, **wrong)
    assert page.status == 422
    assert page.says("Lära mig")


def test_hostile_text_is_text(acted: Stage) -> None:
    apply(acted.browser(), acted, note="<script>alert(1)</script>")
    confirm(acted)
    desk = acted.browser("admin").open(f"/{SLUG}/desk")
    assert "<script>alert(1)" not in desk.html


def test_a_season_open_to_all_takes_no_applications(acted: Stage) -> None:
    page = acted.browser().open(f"/{SLUG}/seasons/{acted.conference}/apply")
    assert page.says("öppen för alla")
