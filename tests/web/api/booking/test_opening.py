"""Being told when booking opens, by the API: without a token by a mailed link, and with one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.scenarios.openings_of_a_year import planned
from tests.strangers import links_of
from tests.web.calling import Api, api

ORGANISER = "/organisers/institutet"


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def test_a_stranger_asks_confirms_and_takes_it_back_without_a_token(calls: Api) -> None:
    made = calls.institute
    network = made.network("Chefer")
    season = planned(made, network)
    made.catch_up()
    typed = {"name": "Siv", "email": "siv@example.org"}
    for about in (f"seasons/{season}", f"networks/{network}"):
        asked = calls.post(f"{ORGANISER}/{about}/opening-list", typed, who="")
        assert asked["next_step"] == "confirm_opening"
        request_id, code = links_of(made, "siv@example.org")[0]
        at = f"{ORGANISER}/opening-requests/{request_id}"
        assert calls.refused("POST", f"{at}/confirm", {"code": "fel"}, "")["status"] == 404
        assert calls.post(f"{at}/confirm", {"code": code}, "")["is_waiting"] is True
        made.catch_up()
        assert calls.get(f"/{about}/opening-list") == {"waiting": 1}
        assert calls.post(f"{at}/withdraw", {"code": code}, "")["is_waiting"] is False
        assert calls.get(f"/{about}/opening-list") == {"waiting": 0}


def test_a_member_joins_sees_and_leaves_and_is_refused_where_booking_is_open(calls: Api) -> None:
    made = calls.institute
    network = made.network("Chefer")
    season = planned(made, network)
    calls.somebody("Anna")
    at = f"/seasons/{season}/opening-list"
    assert calls.post(at, who="Anna")["season_id"] == str(season)
    made.catch_up()
    assert [each["season"] for each in calls.get("/me/opening-lists", "Anna")] == ["Säsong 9"]
    assert calls.call("DELETE", at, who="Anna").status_code == 200
    assert calls.get(at) == {"waiting": 0}
    assert calls.call("GET", at, who="Anna").status_code == 403
    assert calls.refused("POST", f"/seasons/{made.conference()}/opening-list", {}, "Anna")["status"] == 409
    assert calls.post(f"/networks/{network}/opening-list", who="Anna")["season_id"] is None
    assert calls.call("DELETE", f"/networks/{network}/opening-list", who="Anna").status_code == 200
