"""A person shows a picture of their own where they lead or speak, takes it back, and is forgotten with it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest

from application.booking.merging import MergePeople
from application.people.person import ErasePerson, RequestErasure
from application.programme.season import NameLeaders
from tests.infrastructure.documents.test_image_maker import photo
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        made.institute.services.seasons.name_leaders(
            made.institute.admin, NameLeaders(made.conference, (made.bertil, made.anna))
        )
        yield made


def sent(browser: Browser, page: Page, content: bytes, **typed: str) -> Page:
    form = page.form("face")
    carried = {name: values[0] for name, values in form.items() if name not in ("action", "method", "face")}
    data = {**carried, "do": "show", "face": (io.BytesIO(content), "jag.jpg"), **typed}
    browser.stage.institute.catch_up()
    answer = browser.client.post(page.address.partition("?")[0], data=data, content_type="multipart/form-data")
    return browser.open(answer.headers["Location"]) if answer.status_code == 303 else Page(answer)


def faces(page: Page) -> list[str]:
    return re.findall(r'<img class="face" src="([^"]+)"', page.html)


def initials(page: Page) -> list[str]:
    return re.findall(r'<span class="face" aria-hidden="true">([^<]+)</span>', page.html)


def test_who_leads_is_seen_by_initials_and_then_by_a_picture_of_their_own(acted: Stage) -> None:
    season, anyone, anna = f"/{SLUG}/seasons/{acted.conference}", acted.browser(), acted.browser("anna")
    before = anyone.open(season)
    assert faces(before) == [] and len(initials(before)) >= 2
    assert anna.open(f"/{SLUG}/me").says("Porträtt", "initialerna visas")
    page = sent(anna, anna.open(f"/{SLUG}/people/{acted.anna}/face"), photo(), is_agreed="yes")
    assert page.says("Bilden visas från och med nu.")
    [source] = faces(anyone.open(season))
    answer = anyone.client.get(source)
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert answer.headers["Cache-Control"] == "public, max-age=86400, immutable"
    assert anyone.client.get(source.replace("/faces/", "/images/")).status_code == 404


def test_nobody_is_shown_who_has_not_agreed(acted: Stage) -> None:
    anna = acted.browser("anna")
    page = sent(anna, anna.open(f"/{SLUG}/people/{acted.anna}/face"), photo(), is_agreed="")
    assert page.status == 422 and page.says("Kryssa i att bilden får visas.")
    page = sent(anna, page, b"", is_agreed="yes")
    assert page.status == 422 and page.says("Välj en bild.")
    page = sent(anna, page, b"no picture", is_agreed="yes")
    assert page.status == 422 and page.says("Bilden går inte att läsa.")


def test_a_picture_that_is_taken_back_or_replaced_can_be_read_by_nobody(acted: Stage) -> None:
    at, season, anyone, anna = (
        f"/{SLUG}/people/{acted.anna}/face",
        f"/{SLUG}/seasons/{acted.conference}",
        *browsers(acted),
    )
    sent(anna, anna.open(at), photo(), is_agreed="yes")
    [first] = faces(anyone.open(season))
    sent(anna, anna.open(at), photo(900, 900), is_agreed="yes")
    [second] = faces(anyone.open(season))
    assert first != second and kept(acted) == 2  # in two widths, and nothing of the one before
    assert [anyone.client.get(each).status_code for each in (first, second)] == [404, 200]
    assert anna.send(anna.open(at), "face", do="remove").says("Bilden är borttagen")
    assert faces(anyone.open(season)) == [] and kept(acted) == 0
    assert anyone.client.get(second).status_code == 404


def test_an_admin_does_it_for_somebody_who_has_said_so_and_nobody_else_does(acted: Stage) -> None:
    at, admin = f"/{SLUG}/people/{acted.anna}/face", acted.browser("admin")
    page = admin.open(at)
    assert page.says("Personen har sagt till oss")
    assert sent(admin, page, photo(), is_agreed="yes").says("Bilden visas från och med nu.")
    assert acted.browser("bertil").open(at).status in (403, 404)


def test_what_a_picture_is_kept_under_is_told_to_nobody(acted: Stage) -> None:
    anna = acted.browser("anna")
    sent(anna, anna.open(f"/{SLUG}/people/{acted.anna}/face"), photo(), is_agreed="yes")
    acted.institute.catch_up()
    exported = anna.client.get(f"/{SLUG}/people/{acted.anna}/export.json").json
    assert exported is not None and exported["person"]["face"]
    assert "secret" not in {each["field"] for each in exported["as_given"]}


def test_the_picture_goes_with_its_person(acted: Stage) -> None:
    season, anyone, anna = f"/{SLUG}/seasons/{acted.conference}", *browsers(acted)
    sent(anna, anna.open(f"/{SLUG}/people/{acted.anna}/face"), photo(), is_agreed="yes")
    [source] = faces(anyone.open(season))
    people, made = acted.institute.services.people, acted.institute
    people.request_erasure(made.acting(acted.anna), RequestErasure(acted.anna))
    people.erase(made.admin, ErasePerson(acted.anna))
    assert faces(anyone.open(season)) == []
    assert anyone.client.get(source).status_code == 404
    made.catch_up()
    assert kept(acted) == 0


def test_a_picture_of_an_entry_that_is_merged_is_not_left_where_nobody_can_take_it_back(acted: Stage) -> None:
    made, anyone, bertil = acted.institute, acted.browser(), acted.browser("bertil")
    sent(bertil, bertil.open(f"/{SLUG}/people/{acted.bertil}/face"), photo(), is_agreed="yes")
    [source] = faces(anyone.open(f"/{SLUG}/seasons/{acted.conference}"))
    made.services.merging.merge(made.admin, MergePeople(acted.bertil, acted.anna))
    made.catch_up()
    assert anyone.client.get(source).status_code == 404 and kept(acted) == 0
    assert faces(anyone.open(f"/{SLUG}/seasons/{acted.conference}")) == []


def browsers(acted: Stage) -> tuple[Browser, Browser]:
    return acted.browser(), acted.browser("anna")


def kept(acted: Stage) -> int:
    """How many copies of pictures of people there are."""
    [(count,)] = acted.institute.house.store.query("select count(*) from image where owner is not null", [])
    return int(count)
