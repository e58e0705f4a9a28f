"""`Plats-Shown` in the API: what a call brings back must still be so; without it a call acts on what there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from application.programme.price import AgreePrices, AgreeTerms
from domain.kernel.terms import Tier, free_before
from domain.programme.price import Price, PriceList
from tests.samples import kronor
from tests.scenarios.booking.test_move import Cities
from tests.scenarios.story import book
from tests.web.calling import V1, Api, api

CHANGED, OTHER_SUM = "/problems/changed-since-shown", "/problems/outcome-changed"


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


def test_a_move_rests_on_the_season_that_the_seat_moves_to_as_on_the_page(calls: Api) -> None:
    made = calls.institute
    cities = Cities(made, PriceList(0, (Price(kronor(1_000)),)), free_before(date(2026, 11, 1)))
    booking = book(made, cities.stockholm, made.acme, made.person("Anna", made.acme)).booking_id
    made.catch_up()
    path, body = f"/bookings/{booking}/moves", {"seat": 1, "to": str(cities.malmo)}
    previewed = calls.call("POST", f"{path}/preview", body).headers["Plats-Shown"]
    made.services.seasons.agree_terms(made.admin, AgreeTerms(cities.malmo, (Tier(None, 10_000),)))
    assert calls.refused("POST", path, body, Plats_Shown=previewed)["type"] == CHANGED
    made.catch_up()
    now = calls.call("POST", f"{path}/preview", body).headers["Plats-Shown"]
    assert calls.post(path, body, Plats_Shown=now)["season_id"] == str(cities.malmo)


def test_a_plea_is_granted_waived_and_undone_at_the_sum_that_was_shown(calls: Api) -> None:
    booking = booked(calls, str(calls.institute.conference()))
    plea = calls.post(f"/bookings/{booking}/cancellations", {"seats": [1], "plea": "Sjuk."})["cancellation_id"]
    at = f"/cancellations/{plea}"
    told = calls.get(f"{at}/grant/preview")["credit"]
    assert calls.refused("POST", f"{at}/grant", {"shown": told + 1})["type"] == OTHER_SUM
    whole = calls.get(f"{at}/waive/preview")["credit"]
    assert calls.refused("POST", f"{at}/waive", {"reason": "Sjuk.", "shown": whole + 1})["type"] == OTHER_SUM
    calls.post(f"{at}/grant", {"shown": told})
    calls.institute.catch_up()
    to_pay = calls.get(f"{at}/undo/preview")["to_pay"]
    assert calls.refused("POST", f"{at}/undo", {"shown": to_pay + 1})["type"] == OTHER_SUM
    assert calls.post(f"{at}/undo")["to_pay"] == to_pay


def test_a_season_is_called_off_at_the_seats_and_the_sum_that_were_shown(calls: Api) -> None:
    season = str(calls.institute.conference())
    booked(calls, season)
    calls.institute.catch_up()
    at = f"/seasons/{season}/call-off"
    told = calls.get(f"{at}/preview")
    asked = {"reason": "Föreläsaren är sjuk", "shown": told["credit"], "seats": told["seats"]}
    for name, wrong in (("shown", told["credit"] + 1), ("seats", told["seats"] + 1)):
        assert calls.refused("POST", at, {**asked, name: wrong})["status"] == 409
    calls.post("/bookings", {"season_id": season, "participants": [{}], "organisation_id": str(calls.institute.bolt)})
    assert calls.refused("POST", at, asked)["type"] == CHANGED
    calls.institute.catch_up()
    now = calls.get(f"{at}/preview")
    calls.post(at, {**asked, "shown": now["credit"], "seats": now["seats"]})


def test_a_meeting_is_called_off_for_as_many_as_were_shown_to_be_told(calls: Api) -> None:
    season = str(calls.institute.conference())
    booked(calls, season)
    calls.institute.catch_up()
    meeting = calls.get(f"/seasons/{season}")["meetings"][0]["meeting_id"]
    at = f"/seasons/{season}/meetings/{meeting}"
    told = calls.get(f"{at}/change/preview")["told"]
    assert told >= 2
    one = {"name": "Nora", "email": "nora@example.org"}
    calls.post("/bookings", {"season_id": season, "participants": [one], "organisation_id": str(calls.institute.bolt)})
    calls.institute.catch_up()
    for act in ("postpone", "call-off"):
        assert calls.refused("POST", f"{at}/{act}", {"reason": "Sjuk", "told": told})["type"] == CHANGED
    calls.post(f"{at}/call-off", {"reason": "Sjuk", "told": calls.get(f"{at}/change/preview")["told"]})
