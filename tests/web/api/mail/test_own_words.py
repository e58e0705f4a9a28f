"""Mailings and an organiser's own words through the API, as the pages have them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.kernel.actor import Role
from tests.scenarios.story import book
from tests.web.calling import Api, api


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def test_own_words_are_written_for_all_and_for_a_season_and_looked_at(calls: Api) -> None:
    season = calls.institute.conference()
    at = f"/seasons/{season}/letter-words"
    calls.put("/letter-words/booked", {"sv": "Ta med boken."})
    calls.put(f"{at}/booked", {"sv": "Koden är 4711.", "en": "The code is 4711."})
    assert calls.get("/letter-words")[0] == {"occasion": "booked", "sv": "Ta med boken.", "en": "", "is_own": True}
    assert calls.get(at)[0]["en"] == "The code is 4711."
    calls.delete(f"{at}/booked")
    assert calls.get(at)[0] == {"occasion": "booked", "sv": "Ta med boken.", "en": "", "is_own": False}
    assert calls.refused("PUT", "/letter-words/whenever", {"sv": ""})["status"] == 404
    assert calls.refused("PUT", "/letter-words/booked", {"sv": "{email}"})["status"] == 422
    assert calls.refused("PUT", f"{at}/booked", {"sv": "x"}, who="neighbour")["status"] == 404
    assert calls.refused("GET", at, who="member")["status"] == 403

    eva = calls.institute.person("Eva")
    calls.token("eva", Role.ADMIN, person=eva)
    looked = calls.post(f"{at}/booked/preview", {"sv": "Hej {name}.", "language": "sv"}, who="eva")
    assert "Hej Eva." in looked["text"] and "Hej Eva." in looked["html"]
    assert calls.post(f"{at}/booked/preview", {"sv": "Hej."}) == {"subject": None, "text": None, "html": None}


def test_a_mailing_is_written_reworked_looked_at_sent_once_and_counted(calls: Api) -> None:
    made = calls.institute
    season = made.conference()
    book(made, season, made.acme, made.person("Anna", made.acme), made.person("Bertil", made.acme))
    told = {"kind": "participants", "about": str(season), "subject": "Nytt rum", "text": "Vi ses, {name}."}
    at = f"/mailings/{calls.post('/mailings', told)['mailing_id']}"
    calls.put(at, {**told, "subject": "Nytt rum igen"})
    looked = calls.get(f"{at}/preview")
    assert looked["preview"]["people"] == 2 and looked["subject"] == "Nytt rum igen"
    assert "Vi ses, " in looked["text"] and "Vi ses, " in looked["html"]
    assert calls.refused("POST", f"{at}/sending", {"shown": "something else"})["status"] == 409
    calls.post(f"{at}/sending", {"shown": looked["preview"]["shown"]})
    made.catch_up()
    made.house.worker.jobs.finish()
    row = calls.get(at)
    assert (row["people"], row["delivered"], row["failed"]) == (2, 2, 0)
    assert calls.refused("POST", f"{at}/sending", {"shown": looked["preview"]["shown"]})["status"] == 409
    assert [each["mailing_id"] for each in calls.get("/mailings")] == [row["mailing_id"]]
    assert calls.refused("GET", at, who="neighbour")["status"] == 404
    assert calls.refused("GET", "/mailings", who="member")["status"] == 403
