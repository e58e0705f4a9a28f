"""Cancellations, transfers, the waiting list and the roster through the API, each with its preview and its effect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.calling import Api, api


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def booked(calls: Api, *names: str, who: object = None) -> str:
    """A booking of the conference by Acme (or another), with its invoice."""
    people = [{"name": name, "email": f"{name.lower()}@example.org"} for name in names]
    season = str(calls.institute.conference())
    body = {"season_id": season, "participants": people, "organisation_id": str(who or calls.institute.acme)}
    booking = calls.post("/bookings", body)["booking_id"]
    calls.institute.catch_up()
    return str(booking)


def credit_notes(calls: Api) -> list[Any]:
    return [each["gross"] for each in calls.get("/credit-notes")["items"]]


def test_a_cancellation_in_time_gives_everything_back(calls: Api) -> None:  # S24
    booking = booked(calls, "Anna")
    calls.institute.at(2027, 1, 2, 22, 59)
    preview = calls.post(f"/bookings/{booking}/cancellations/preview", {"seats": "all"})
    assert (preview["credit"], preview["assessment"]["until"]) == (750_000, "2027-01-02T23:00:00Z")
    made = calls.call("POST", f"/bookings/{booking}/cancellations", {"seats": "all", "shown": preview["credit"]})
    assert made.status_code == 201
    case = calls.get(made.headers["Location"].removeprefix("/api/v1"))
    assert (case["status"], case["credit"], case["kind"]) == ("granted", 750_000, "cancellation")
    assert credit_notes(calls) == [-750_000]


def test_a_minute_later_the_shown_credit_is_no_longer_so(calls: Api) -> None:  # S25, S26
    booking = booked(calls, "Anna")
    calls.institute.at(2027, 1, 2, 23, 0)
    problem = calls.refused("POST", f"/bookings/{booking}/cancellations", {"seats": "all", "shown": 750_000})
    assert (problem["type"], problem["now"]) == ("/problems/outcome-changed", 0)
    assert calls.post(f"/bookings/{booking}/cancellations", {"seats": "all", "shown": 0})["credit"] == 0
    assert credit_notes(calls) == []


def test_one_of_three_is_cancelled(calls: Api) -> None:  # S27
    booking = booked(calls, "Anna", "Bertil", "Cecilia")
    assert calls.post(f"/bookings/{booking}/cancellations", {"seats": [2]})["credit"] == 750_000
    assert [seat["is_cancelled"] for seat in calls.get(f"/bookings/{booking}")["seats"]] == [False, True, False]
    assert (
        calls.refused("POST", f"/bookings/{booking}/cancellations", {"seats": [2]})["type"] == "/problems/seat-given-up"
    )


def test_a_plea_waits_for_the_desk_which_waives(calls: Api) -> None:  # S26
    booking = booked(calls, "Anna")
    calls.institute.at(2027, 1, 20)
    asked = calls.post(f"/bookings/{booking}/cancellations", {"seats": "all", "plea": "Jag är sjuk"})
    assert (asked["status"], asked["credit"]) == ("requested", 0)
    [case] = calls.get("/cancellations?status=requested")["items"]
    assert (case["plea"], case["needs_decision"], case["price"]) == ("Jag är sjuk", True, 750_000)
    waived = calls.post(f"/cancellations/{case['case_id']}/waive", {"reason": "Läkarintyg"})
    assert (waived["status"], waived["credit"]) == ("waived", 750_000)
    assert credit_notes(calls) == [-750_000]
    problem = calls.refused("POST", f"/cancellations/{case['case_id']}/decline", {"reason": "Nej"})
    assert (problem["type"], problem["state"]) == ("/problems/cancellation-settled", "waived")


def test_a_request_is_granted_declined_or_withdrawn(calls: Api) -> None:
    outcomes = {}
    for verb, body in (("grant", None), ("decline", {"reason": "Nej"}), ("withdraw", None)):
        booking = booked(calls, f"Anna{verb}")
        asked = calls.post(f"/bookings/{booking}/cancellations", {"seats": "all", "plea": "Kan inte komma"})
        outcomes[verb] = calls.post(f"/cancellations/{asked['cancellation_id']}/{verb}", body)["status"]
    assert outcomes == {"grant": "granted", "decline": "declined", "withdraw": "withdrawn"}


def test_a_colleague_takes_the_seat_at_once_and_free(calls: Api) -> None:  # S35
    booking = booked(calls, "Anna")
    calls.institute.at(2027, 1, 28)
    bertil = {"person_id": str(calls.institute.person("Bertil", calls.institute.acme))}
    preview = calls.post(f"/bookings/{booking}/transfers/preview", {"seat": 1, "to": bertil})
    assert (preview["status"], preview["difference"]) == ("accepted", 0)
    made = calls.post(f"/bookings/{booking}/transfers", {"seat": 1, "to": bertil})
    assert made["status"] == "accepted"
    season = calls.get(f"/bookings/{booking}")["season_id"]
    names = [line["name"] for line in calls.get(f"/seasons/{season}/roster")]
    then = [line["name"] for line in calls.get(f"/seasons/{season}/roster?at=2027-01-27T12:00:00Z")]
    assert (names, then) == (["Bertil"], ["Anna"])
    assert len(calls.get("/invoices")["items"]) == 1


def test_another_company_takes_the_seat_by_the_desk_and_pays_more(calls: Api) -> None:  # S36
    made = calls.institute
    booking = booked(calls, "Anna")
    cecilia = {"person_id": str(calls.somebody("Cecilia", made.bolt))}
    anna = calls.get(f"/bookings/{booking}")["seats"][0]["person_id"]
    calls.token("Anna", person=anna)
    no = calls.refused("POST", f"/bookings/{booking}/transfers", {"seat": 1, "to": cecilia}, who="Anna")
    assert no["type"] == "/problems/transfer-not-allowed"
    body = {"seat": 1, "to": cecilia, "reason": "Bytte arbete", "paid_by": "payer"}
    proposed = calls.post(f"/bookings/{booking}/transfers", body)
    assert (proposed["status"], proposed["difference"]) == ("proposed", 750_000)
    assert len(calls.get("/invoices")["items"]) == 1
    calls.post(f"/transfers/{proposed['transfer_id']}/accept", {"reference": "Kst 1"})
    assert sorted(each["gross"] for each in calls.get("/invoices")["items"]) == [750_000, 750_000]
    assert calls.get(f"/transfers/{proposed['transfer_id']}")["status"] == "accepted"
    settled = calls.refused("POST", f"/transfers/{proposed['transfer_id']}/decline", {"reason": "Nej"})
    assert settled["type"] == "/problems/transfer-settled"


def test_who_waits_is_next(calls: Api) -> None:
    made = calls.institute
    season = str(made.conference(seats=1))
    calls.somebody("Anna", made.acme)
    calls.somebody("Bo", made.bolt)
    body = {"season_id": season, "participants": [{"name": "Cia", "email": "cia@example.org"}]}
    first = calls.post("/bookings", {**body, "organisation_id": str(made.acme)})["booking_id"]
    place = calls.post(f"/seasons/{season}/waiting-list", {"seats": 1}, who="Anna")
    assert place["place"] == 1
    assert [each["name"] for each in calls.get(f"/seasons/{season}/waiting-list")] == ["Anna"]
    calls.post(f"/bookings/{first}/cancellations", {"seats": "all"})
    late = {**body, "organisation_id": str(made.bolt)}
    assert calls.refused("POST", "/bookings", late)["type"] == "/problems/seats-promised"
    path = f"/seasons/{season}/waiting-list/{place['place_id']}"
    assert calls.refused("DELETE", path, who="Bo")["type"] == "/problems/not-waiting"
    calls.delete(path, who="Anna")
    assert calls.get(f"/seasons/{season}/waiting-list") == []
    assert calls.post("/bookings", late)["left"] == 0
