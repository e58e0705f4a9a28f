"""`Plats-Shown` in the API: what a call brings back must still be so; without it a call acts on what there is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.programme.price import AgreePrices, AgreeTerms
from domain.kernel.terms import Tier
from domain.programme.price import Price
from tests.samples import kronor
from tests.web.calling import V1, Api, api

CHANGED = "/problems/changed-since-shown"


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def booked(calls: Api, season: str) -> str:
    people = [{"name": name, "email": f"{name.lower()}@example.org"} for name in ("Nina", "Nils")]
    body = {"season_id": season, "participants": people, "organisation_id": str(calls.institute.acme)}
    return str(calls.post("/bookings", body)["booking_id"])


def shown(calls: Api, path: str) -> str:
    """The token of an answer that shows all there is."""
    calls.institute.catch_up()
    answer = calls.call("GET", path)
    return answer.headers["Plats-Shown"]


def test_what_was_read_of_a_booking_must_still_be_so(calls: Api) -> None:
    booking = booked(calls, str(calls.institute.conference()))
    read = shown(calls, f"/bookings/{booking}")
    to = {"name": "Nora", "email": "nora@example.org"}
    reason = {"seat": 2, "to": to, "reason": "Byter jobb."}
    transfer = calls.post(f"/bookings/{booking}/transfers", reason)["transfer_id"]
    calls.post(f"/transfers/{transfer}/accept", {})

    cancel = f"/bookings/{booking}/cancellations"
    assert calls.refused("POST", cancel, {"seats": [2]}, Plats_Shown=read)["type"] == CHANGED
    assert [seat["is_cancelled"] for seat in calls.get(f"/bookings/{booking}")["seats"]] == [False, False]
    now = shown(calls, f"/bookings/{booking}")
    assert calls.post(cancel, {"seats": [2]}, Plats_Shown=now)["status"] == "granted"


def test_a_preview_of_a_booking_carries_price_and_terms(calls: Api) -> None:
    made, season = calls.institute, calls.institute.conference()
    body = {"season_id": str(season), "participants": [{}], "organisation_id": str(made.acme)}
    made.catch_up()
    previewed = calls.call("POST", "/bookings/preview", body).headers["Plats-Shown"]
    made.services.seasons.agree_terms(made.admin, AgreeTerms(season, (Tier(None, 10_000),)))
    assert calls.refused("POST", "/bookings", body, Plats_Shown=previewed)["type"] == CHANGED
    made.services.seasons.agree_prices(made.admin, AgreePrices(season, (Price(kronor(1_000)),)))
    assert calls.refused("POST", "/bookings", body, Plats_Shown=previewed)["type"] == CHANGED
    assert calls.post("/bookings", body)["seats"] == 1


def test_an_answer_that_is_behind_says_nothing_of_how_it_stands(calls: Api) -> None:
    season = str(calls.institute.conference())
    booking = booked(calls, season)
    calls.institute.catch_up()
    calls.post(f"/bookings/{booking}/cancellations", {"seats": [1]})
    assert "Plats-Shown" not in calls.call("GET", f"/bookings/{booking}").headers


def test_no_seat_named_is_none_and_not_all(calls: Api) -> None:
    booking = booked(calls, str(calls.institute.conference()))
    path = f"/bookings/{booking}/cancellations"
    assert calls.refused("POST", path, {"seats": []})["status"] == 422
    assert calls.refused("POST", f"{path}/preview", {"seats": []})["status"] == 422
    assert calls.refused("POST", path, {"seats": "some"})["status"] == 422
    assert calls.post(path, {"seats": "all"})["status"] == "granted"


def test_the_description_says_which_calls_take_it_and_which_answers_give_it(calls: Api) -> None:
    described = calls.client.get("/api/openapi.json").json
    assert described is not None
    paths = described["paths"]
    taken = paths[f"{V1}/bookings/{{booking_id}}/cancellations"]["post"]["parameters"]
    assert "Plats-Shown" in [each["name"] for each in taken if "name" in each]
    given = paths[f"{V1}/bookings/{{booking_id}}"]["get"]["responses"]["200"]["headers"]
    assert "Plats-Shown" in given
