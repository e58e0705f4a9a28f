"""Merging on the pages and in the API: found, looked at, pressed once; the lesser address leads to the greater."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.calling import Api, api
from tests.web.pages.access.test_sign_in import ask, links
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def test_an_admin_finds_the_other_entry_sees_what_it_has_and_merges(acted: Stage) -> None:
    made, admin = acted.institute, acted.browser("admin")
    other = made.person("Ana", made.acme, email="ana@example.org")
    ask(acted.browser(), "ana@example.org")
    visitor = acted.browser()
    visitor.press(visitor.open(links(acted)[0]), "sign-in")
    page = admin.open(f"/{SLUG}/people/{other}")
    page.says("Slå ihop med en annan post")
    page = admin.open(f"/{SLUG}/people/{other}/merge")
    assert page.says("Du ser posterna bredvid varandra innan") and "Ingen annan passar" not in page.words
    page = admin.open(f"/{SLUG}/people/{other}/merge?q=anna")
    assert f"into={acted.anna}" in page.html
    page = admin.open(f"/{SLUG}/people/{other}/merge?into={acted.anna}")
    page.says("Posten Ana upphör och leder till Anna.", "Den bekräftade adressen ana@example.org går också")
    done = admin.send(page, "into")
    done.says("Posterna är hopslagna.", "Anna", "En annan post för Anna slogs ihop med den här.")
    assert done.address == f"/{SLUG}/people/{acted.anna}"
    assert admin.open(f"/{SLUG}/people/{other}").address == f"/{SLUG}/people/{acted.anna}"
    assert visitor.open(f"/{SLUG}/me").words.count("Mina uppgifter") == 0  # signed out: it was the entry that ended
    used = links(acted)
    ask(acted.browser(), "ana@example.org")
    [link] = set(links(acted)) - set(used)
    again = acted.browser()
    again.press(again.open(link), "sign-in").says("Logga ut Anna")
    to = {each.to for each in made.services.letters.list(made.admin) if each.kind == "sign_in"}
    assert to == {"ana@example.org", "anna@example.org"}


def test_a_preview_that_is_behind_merges_nothing(acted: Stage) -> None:
    made, admin = acted.institute, acted.browser("admin")
    other = made.person("Ana", made.acme, email="ana@example.org")
    page = admin.open(f"/{SLUG}/people/{other}/merge?into={acted.anna}")
    details = admin.open(f"/{SLUG}/people/{other}/details")
    admin.send(details, "phone", name="Helt annan")
    assert admin.send(page, "into").says("Posten Helt annan upphör")
    assert made.services.people_questions.person(made.admin, other).person_id == other


def test_merging_is_for_admins_and_both_sides_are_shown(calls: Api) -> None:
    anna, other = calls.somebody("Anna", calls.institute.acme), calls.somebody("Ana")
    season = str(calls.institute.conference())
    booking = calls.post("/bookings", {"season_id": season, "participants": [{"person_id": str(other)}]}, who="Ana")
    preview = calls.get(f"/people/{other}/merge/{anna}")
    assert (preview["has"]["bookings"], preview["has"]["seated"], preview["both_sit_in"]) == (1, [season], [])
    assert calls.refused("POST", f"/people/{other}/merge", {"into_id": str(anna)}, who="Anna")["status"] == 403
    assert calls.post(f"/people/{other}/merge", {"into_id": str(anna)}) == {"person_id": str(anna)}
    assert calls.get(f"/people/{other}")["person_id"] == str(anna)
    assert [each["booking_id"] for each in calls.get("/bookings", who="Anna")["items"]] == [booking["booking_id"]]
    again = calls.refused("POST", "/bookings", {"season_id": season, "participants": [{"person_id": str(anna)}]})
    assert again["type"] in ("/problems/person-has-seat", "/problems/bad-value")
    refused = calls.refused("POST", f"/people/{anna}/merge", {"into_id": str(other)})
    assert refused["type"] == "/problems/same-person"
