"""Waiting lists that move, by the API: a stranger joins, an offer is accepted and declined, an admin moves the list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.kernel.actor import Role
from domain.kernel.ids import BookingId, SeasonId
from tests.samples import kronor
from tests.scenarios.story import book, cancel
from tests.strangers import links_of
from tests.web.calling import Api, api
from tests.web.links import delivered, places_in

ORGANISER = "/organisers/institutet"


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def test_a_season_fills_moves_and_is_sold_again(calls: Api) -> None:
    """S19, S21, S23 as programs play them."""
    made = calls.institute
    season = made.conference(seats=2)
    first = book(made, season, made.acme, None, None)
    people = {name: calls.somebody(name, made.bolt) for name in ("Ann", "Bo")}
    at = f"/seasons/{season}/waiting-list"
    ann = calls.post(at, {"seats": 2}, "Ann")
    bo = calls.post(at, {"seats": 1}, "Bo")
    assert calls.get(f"/seasons/{season}/waiting-rules")["answer_within"] == 48
    calls.put(f"/seasons/{season}/waiting-rules", {"answer_within": 24, "answering": "working_hours"})
    effects = calls.get(f"/seasons/{season}/waiting-rules/effects")
    assert [move["turn"] for move in effects[0]["moves"]] == ["passed_over", "offered"]
    cancel(made, made.admin, first.booking_id, 1)
    rows = calls.get(at)
    assert [(row["state"], row["held"], row["passed_over_for"]) for row in rows] == [
        ("waiting", 0, 1),
        ("offered", 1, None),
    ]
    _answered(calls, season, first.booking_id, ann["place_id"], bo["place_id"])
    assert people


def _answered(calls: Api, season: SeasonId, first: BookingId, ann: str, bo: str) -> None:
    """Bo takes the seat that he is offered; another one is free then, and a party of two still waits."""
    made, at = calls.institute, f"/seasons/{season}/waiting-list"
    assert calls.get("/me/seat-offers", "Bo")[0]["place_id"] == bo
    shown = calls.get(f"{ORGANISER}/seasons/{season}", "")
    assert (shown["left"], shown["bookable"], shown["offered"]) == (0, 0, 1)
    assert calls.refused("POST", f"{at}/{bo}/accept", {}, "Ann")["status"] == 409
    booked = calls.post(f"{at}/{bo}/accept", {"shown": kronor(15_000).amount}, "Bo")
    assert booked["seats"] == 1 and booked["gross"] == 15_000_00
    cancel(made, made.admin, first, 2)
    assert calls.refused("POST", f"{at}/{ann}/offer")["status"] == 409
    moved = calls.post(f"{at}/{ann}/move", {"place": 1, "reason": "Sponsor"})
    assert moved["place"] == 1
    shown = calls.get(f"{ORGANISER}/seasons/{season}", "")
    assert (shown["bookable"], shown["offered"]) == (1, 0), "a party of two waits for two, so one is anybody's"


def test_a_stranger_joins_accepts_and_declines_without_a_token(calls: Api) -> None:
    made = calls.institute
    season = made.conference(seats=1)
    first = book(made, season, made.acme, None)
    asked = calls.post(
        f"{ORGANISER}/seasons/{season}/waiting-list", {"name": "Siv", "email": "siv@example.org"}, who=""
    )
    assert asked["next_step"] == "confirm_queue"
    request_id, code = links_of(made, "siv@example.org")[0]
    refused = calls.refused("POST", f"{ORGANISER}/queue-requests/{request_id}/confirm", {"code": "fel"}, "")
    assert refused["status"] == 404
    place = calls.post(f"{ORGANISER}/queue-requests/{request_id}/confirm", {"code": code}, "")
    assert (place["place"], place["waiting"]) == (1, 1)
    made.catch_up()
    secret = places_in(delivered(made), "siv@example.org")[-1].rpartition("/")[2]
    at = f"{ORGANISER}/seasons/{season}/waiting-list/{place['place_id']}"
    assert calls.post(f"{at}/view", {"code": secret}, "")["place"] == 1
    assert calls.refused("POST", f"{at}/accept", {"code": secret}, "")["status"] == 410, "the link to the place"
    cancel(made, made.admin, first.booking_id)
    made.catch_up()
    offer = next(each for each in places_in(delivered(made), "siv@example.org") if "/offer/" in each)
    code = offer.rpartition("/")[2]
    assert calls.refused("POST", f"{at}/leave", {"code": code}, "")["status"] == 410
    booked = calls.post(f"{at}/accept", {"code": code, "address": "Gatan 1, 111 11 Byn"}, "")
    assert booked["seats"] == 1
    assert calls.refused("POST", f"{at}/decline", {"code": code}, "")["status"] in (409, 410)


def test_another_organisers_admin_reaches_no_line(calls: Api) -> None:
    made = calls.institute
    season = made.conference(seats=1)
    book(made, season, made.acme, None)
    calls.somebody("Ann", made.bolt)
    place = calls.post(f"/seasons/{season}/waiting-list", {"seats": 1}, "Ann")["place_id"]
    calls.token("member", Role.MEMBER, person=made.person("Vem"))
    at = f"/seasons/{season}/waiting-list"
    for who, status in (("member", 403), ("neighbour", 404)):
        if who in calls.tokens:
            assert calls.refused("POST", f"{at}/{place}/move", {"place": 1, "reason": "x"}, who)["status"] == status
            assert calls.refused("POST", f"{at}/{place}/offer", None, who)["status"] in (403, 404)
    assert calls.refused("GET", at, None, "member")["status"] == 403
