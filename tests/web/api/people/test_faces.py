"""Pictures through the API: as large as a telephone takes them, refused as on the pages."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest

from tests.infrastructure.documents.test_image_maker import photo
from tests.web.calling import Api, api


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def encoded(content: bytes) -> dict[str, object]:
    return {"content": base64.b64encode(content).decode()}


def test_a_season_gets_a_picture_that_is_larger_than_other_calls_and_loses_it(calls: Api) -> None:
    season = calls.institute.conference()
    calls.institute.catch_up()
    path = f"/seasons/{season}/images"
    sent = photo(1600, 1200, "PNG", compress_level=0)
    assert len(sent) > 5_000_000
    calls.put(path, {"use": "season", "alt": "Ett rum.", **encoded(sent)})
    calls.institute.catch_up()
    [image] = calls.get(f"/seasons/{season}")["images"]
    assert (image["use"], image["image"]["alt"], image["image"]["width"]) == ("season", "Ett rum.", 1280)
    picture = calls.app.test_client().get(f"/institutet/images/{image['image']['digest']}-640.webp")
    assert (picture.status_code, picture.content_type) == (200, "image/webp")
    calls.post(f"{path}/remove", {"use": "season"})
    calls.institute.catch_up()
    assert calls.get(f"/seasons/{season}")["images"] == []


@pytest.mark.parametrize(
    "wrong", [{"alt": ""}, {"use": "place", "about": "Någon annanstans"}, {"content": "aW50ZSBlbiBiaWxk"}]
)
def test_what_cannot_be_a_picture_of_a_season_is_refused(calls: Api, wrong: dict[str, str]) -> None:
    season = calls.institute.conference()
    calls.institute.catch_up()
    body = {"use": "season", "alt": "Ett rum.", **encoded(photo()), **wrong}
    assert calls.refused("PUT", f"/seasons/{season}/images", body)["status"] in (404, 422)
    assert calls.refused("PUT", f"/seasons/{season}/images", body, who="member")["status"] == 403


def test_a_person_is_shown_once_they_have_agreed(calls: Api) -> None:
    person = calls.institute.person("Greta", calls.institute.acme)
    calls.institute.catch_up()
    path = f"/people/{person}/face"
    assert calls.refused("PUT", path, {"is_agreed": False, **encoded(photo())})["status"] == 422
    shown = calls.put(path, {"is_agreed": True, **encoded(photo())})
    assert len(shown["face"]) == 64
    calls.institute.catch_up()
    assert calls.get(f"/people/{person}")["face"] == shown["face"]
    assert calls.delete(path)["face"] == ""
    assert calls.refused("PUT", path, {"is_agreed": True, **encoded(photo())}, who="member")["status"] in (403, 404)
