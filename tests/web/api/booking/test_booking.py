"""Bookings through the API: seats, prices with reasons, refusals that say what can be done, and repeated calls."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.calling import Api, api


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def wanted(season: object, *names: str, organisation: object = None) -> dict[str, object]:
    """A booking's body; an empty name is to be named later."""
    people = [{"name": name, "email": f"{name.lower()}@example.org"} if name else {} for name in names]
    body: dict[str, object] = {"season_id": str(season), "participants": people}
    return body if organisation is None else {**body, "organisation_id": str(organisation)}


def seats_left(calls: Api, season: object) -> int:
    left: int = calls.get(f"/seasons/{season}")["left"]
    return left


def test_a_cluster_is_booked_for_two_and_the_second_named_later(calls: Api) -> None:  # S01
    season, bolt = calls.institute.cluster(), calls.institute.bolt
    made = calls.call("POST", "/bookings", wanted(season, "Bo", "", organisation=bolt))
    assert made.status_code == 201
    assert made.json is not None
    assert (made.json["net"], made.json["vat"], made.json["gross"]) == (3_200_000, 800_000, 4_000_000)
    assert made.json["left"] == 13
    where = made.headers["Location"].removeprefix("/api/v1")

    calls.post(f"{where}/participants", {"seat": 2, "participant": {"name": "Bea", "email": "bea@example.org"}})

    booking = calls.get(where)
    assert [seat["name"] for seat in booking["seats"]] == ["Bo", "Bea"]
    assert booking["gross"] == 4_000_000
    assert [each["gross"] for each in calls.get("/invoices")["items"]] == [4_000_000]
    assert seats_left(calls, season) == 13


def test_a_member_pays_less_and_is_told_why(calls: Api) -> None:  # S02
    season, acme = calls.institute.cluster(), calls.institute.acme
    preview = calls.post("/bookings/preview", wanted(season, "Anna", "", organisation=acme))
    assert preview["quote"]["lines"][0]["net"] == {"amount": 2_500_000, "currency": "SEK"}
    ground = preview["quote"]["ground"]
    assert (ground["ground"], ground["holder_id"]) == ("member", str(acme))
    assert (ground["from_on"], ground["until_on"]) == ("2026-01-01", "2027-12-31")
    assert seats_left(calls, season) == 15


def test_seven_hold_fourteen_and_the_eighth_is_told_what_can_be_done(calls: Api) -> None:  # S03
    made = calls.institute
    season = made.cluster(seats=3, may_book_fewer=True)
    calls.post("/bookings", wanted(season, "Anna", "", organisation=made.acme))

    problem = calls.refused("POST", "/bookings", wanted(season, "Bo", "", organisation=made.bolt), Accept_Language="sv")

    assert (problem["type"], problem["status"]) == ("/problems/seats-short", 409)
    assert (problem["asked"], problem["left"], problem["waiting_list"], problem["may_book_fewer"]) == (2, 1, True, True)
    assert problem["detail"].startswith("Du bad om 2 platser, men det finns 1 plats kvar.")
    assert seats_left(calls, season) == 1


def test_the_same_call_again_gives_the_same_booking(calls: Api) -> None:  # S11
    season, acme = calls.institute.conference(), calls.institute.acme
    body = wanted(season, "Anna", organisation=acme)
    first = calls.call("POST", "/bookings", body, Idempotency_Key="attempt-1")
    again = calls.call("POST", "/bookings", body, Idempotency_Key="attempt-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert first.headers["Plats-Position"] == again.headers["Plats-Position"]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert seats_left(calls, season) == 99

    other = wanted(season, "Bertil", organisation=acme)
    reused = calls.refused("POST", "/bookings", other, Idempotency_Key="attempt-1")
    assert (reused["type"], reused["status"]) == ("/problems/key-reused", 409)


@pytest.mark.parametrize(("key", "name"), [("short", "bad-header"), ("å" * 9, "bad-header"), ("k" * 256, "bad-header")])
def test_a_key_is_eight_to_255_visible_characters(calls: Api, key: str, name: str) -> None:
    body = wanted(calls.institute.conference(), "Anna")
    assert calls.refused("POST", "/bookings", body, Idempotency_Key=key)["type"] == f"/problems/{name}"


def test_a_booking_without_a_key_is_refused(calls: Api) -> None:
    answer = calls.client.post(
        "/api/v1/bookings",
        json=wanted(calls.institute.conference(), "Anna"),
        headers={"Authorization": f"Bearer {calls.tokens['admin']}"},
    )
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["type"] == "/problems/key-missing"


def test_what_was_shown_must_still_be_so(calls: Api) -> None:  # S26
    body = wanted(calls.institute.conference(), "Anna", organisation=calls.institute.acme)
    problem = calls.refused("POST", "/bookings", {**body, "shown": 1_500_000})
    assert (problem["type"], problem["shown"], problem["now"]) == ("/problems/outcome-changed", 1_500_000, 750_000)
    assert calls.post("/bookings", {**body, "shown": 750_000})["gross"] == 750_000


def test_a_member_sees_their_own_bookings_and_the_staff_all(calls: Api) -> None:
    season, made = calls.institute.conference(), calls.institute
    anna = calls.somebody("Anna", made.acme)
    calls.somebody("Bo", made.bolt)
    mine = calls.post("/bookings", {**wanted(season), "participants": [{"person_id": str(anna)}]}, who="Anna")
    calls.post("/bookings", wanted(season, "Cecilia", organisation=made.bolt))
    assert [each["booking_id"] for each in calls.get("/bookings", who="Anna")["items"]] == [mine["booking_id"]]
    assert len(calls.get("/bookings")["items"]) == 2
    assert len(calls.get(f"/bookings?organisation_id={made.bolt}", who="finance")["items"]) == 1
    assert calls.refused("GET", f"/bookings/{mine['booking_id']}", who="Bo")["status"] == 404


def test_a_list_is_read_page_by_page(calls: Api) -> None:
    season, acme = calls.institute.conference(), calls.institute.acme
    booked = [calls.post("/bookings", wanted(season, name, organisation=acme)) for name in ("Anna", "Bertil", "Cia")]
    page = calls.get("/bookings?limit=2")
    assert len(page["items"]) == 2
    rest = calls.get(f"/bookings?limit=2&cursor={page['next_cursor']}")
    assert rest["next_cursor"] is None
    seen = [each["booking_id"] for each in page["items"] + rest["items"]]
    assert sorted(seen) == sorted(each["booking_id"] for each in booked)


def test_what_has_not_changed_is_not_sent_again(calls: Api) -> None:
    path = f"/seasons/{calls.institute.conference()}"
    calls.institute.catch_up()
    first = calls.call("GET", path)
    assert first.headers["Cache-Control"] == "no-store"
    again = calls.call("GET", path, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    calls.post(f"{path}/seats", {"seats": 5})
    calls.institute.catch_up()
    assert calls.call("GET", path, If_None_Match=first.headers["ETag"]).status_code == 200


def test_a_read_shows_what_its_reader_has_just_done(calls: Api, worker: None) -> None:
    season, acme = calls.institute.conference(), calls.institute.acme
    made = calls.call("POST", "/bookings", wanted(season, "Anna", organisation=acme))
    read = calls.call("GET", made.headers["Location"][7:], Plats_Position=made.headers["Plats-Position"])
    assert read.status_code == 200, read.text


@pytest.fixture
def worker(calls: Api) -> Iterator[None]:
    """The worker of the installation, at work in the background."""
    stop = threading.Event()
    running = threading.Thread(target=calls.institute.house.worker.run, args=[stop])
    running.start()
    yield
    stop.set()
    running.join()


def test_fifty_ask_for_the_last_seat_and_one_gets_it(calls: Api) -> None:  # S11
    season, bolt = calls.institute.conference(seats=1), calls.institute.bolt

    def book(number: int) -> int:
        own = Api(calls.institute, calls.app, calls.app.test_client(), calls.tokens)
        body = wanted(season, f"Gäst{number}".replace("ä", "a"), organisation=bolt)
        return own.call("POST", "/bookings", body, Idempotency_Key=f"attempt-{number:04}").status_code

    with ThreadPoolExecutor(50) as crowd:
        answers = sorted(crowd.map(book, range(50)))
    assert answers == [201] + [409] * 49
    assert seats_left(calls, season) == 0
