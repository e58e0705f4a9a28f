"""What nobody should send: each is a clear 4xx, nothing is recorded, and every projection still runs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from werkzeug.test import TestResponse

from tests.web.bodies import body_for
from tests.web.calling import V1, Api, api
from tests.web.furnished import Furnished, furnish
from web.api import NOUNS
from web.api.kernel.examples import EXAMPLES

JSON = "application/json"
HUGE = "x" * 1_000_000
TEXTS = ["nul\0", "\ud800", "bell\a", HUGE]
LISTS = ["people", "organisations", "invoices", "cancellations", "memberships", "purchases", "seasons"]
CURSORS = ["x", "AAAA", "bnVsbA==", "W10", "%00", "2026-01-01", "[]", "null", "~", "1", "-1", "9" * 30]
NAMES = ["=1+1", "<script>alert(1)</script>", "{{7*7}}", "'; drop table event; --", "Åsa Öström-Ü", "A" * 200]
MAY_BE_NULL = ("until_on", "days", "person_id", "place")
POISON = [
    {"_type_": "decimal_str", "_data_": "1"},
    {"_type_": "x", "_data_": 1},
    [1, 2, 3],
    2**70,
    1.5,
    True,
    None,
]


@pytest.fixture(scope="module")
def calls(module_database_url: str) -> Iterator[Api]:
    with api(module_database_url) as calling:
        yield calling


@pytest.fixture(scope="module")
def there(calls: Api) -> Furnished:
    return furnish(calls)


@pytest.fixture(autouse=True)
def nothing_happens(calls: Api, there: Furnished, module_database_url: str) -> Iterator[None]:
    """After each test the log stands where it stood, and the worker still has nothing against it."""

    def head() -> int:
        with psycopg.connect(module_database_url) as connection:
            [(position,)] = connection.execute("select max(position) from event").fetchall()
            return int(position)

    calls.institute.catch_up()
    before = head()
    yield
    calls.institute.catch_up()
    assert head() == before


def sent(calls: Api, path: str, raw: bytes, content_type: str = JSON) -> Any:
    """What comes of bytes as they are, sent by an admin, or by finance where admins may not."""

    def by(who: str) -> TestResponse:
        headers = {"Authorization": f"Bearer {calls.tokens[who]}", "Idempotency-Key": f"raw-{next(calls.keys):08}"}
        return calls.client.post(V1 + path, data=raw, content_type=content_type, headers=headers)

    answer = by("admin")
    if answer.status_code == 403:
        answer = by("finance")
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:200])
    assert answer.content_type == "application/problem+json"
    assert len(answer.data) < 2_000
    return answer.json


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"name": "a",}', 400),
        (b"\xff\xfe", 400),
        (b'{"name": "\xff"}', 400),
        (b'{"name": "raw \x00"}', 400),
        (b'{"name": "a", "name": "b"}', 400),
        (b'{"name": NaN}', 400),
        (b'{"name": Infinity}', 400),
        (b'{"name": -Infinity}', 400),
        (b'{"name": "\\ud800"}', 400),
        (b'{"\\udfff": 1}', 400),
        (b'{"name": ' + b"9" * 5_000 + b"}", 400),
        (b'{"name": 1e999}', 422),
        (b"[" * 60_000 + b"]" * 60_000, 400),
        (b'{"name":' * 20 + b"1" + b"}" * 20, 400),
        (b"null", 422),
        (b"[]", 422),
        (b"5", 422),
        (b'"name"', 422),
        (b'{"name": "nul \\u0000"}', 422),
        (b'{"na\\u0000me": "a"}', 422),
        (json.dumps({"name": HUGE}).encode(), 413),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else str(value),
)
def test_a_body_that_is_not_what_it_should_be(calls: Api, raw: bytes, status: int) -> None:
    assert sent(calls, "/networks", raw)["status"] == status


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded", "text/json", "x"])
def test_a_body_that_does_not_say_that_it_is_json(calls: Api, content_type: str) -> None:
    assert sent(calls, "/networks", b'{"name": "Chefer"}', content_type)["status"] == 415


def test_every_text_of_every_operation_is_checked(calls: Api, there: Furnished) -> None:
    for operation, rule in writes(calls):
        body = body_for(operation, there.ids)
        for name in texts_in(body):
            for text in TEXTS:
                raw = json.dumps({**body, name: text}).encode()
                problem = sent(calls, there.path(rule), raw)
                assert problem["status"] in (400, 413, 422), (operation, name, problem)


def test_every_value_of_every_operation_is_of_its_type(calls: Api, there: Furnished) -> None:
    for operation, rule in writes(calls):
        body = body_for(operation, there.ids)
        for name, value in (body or {}).items():
            for poison in POISON:
                if poison is None and (name in MAY_BE_NULL or operation.startswith("correct_")):
                    continue  # what is not put right stays as it is
                if isinstance(value, bool) and isinstance(poison, bool):
                    continue
                if isinstance(value, list) and isinstance(poison, list) and name == "seats":
                    continue
                problem = sent(calls, there.path(rule), json.dumps({**body, name: poison}).encode())
                assert problem["status"] == 422 or poison is None, (operation, name, poison, problem)


def test_an_unknown_field_is_refused_everywhere(calls: Api, there: Furnished) -> None:
    for operation, rule in writes(calls):
        body = body_for(operation, there.ids)
        if body is not None:
            problem = sent(calls, there.path(rule), json.dumps({**body, "is_system": True}).encode())
            assert problem["errors"] == [{"pointer": "/is_system", "detail": "Unknown field."}], operation


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2027-03-28T02:30", "2027-03-28T05:00"),  # the clock is moved forward over it
        ("2027-02-30T09:00", "2027-02-30T16:00"),
        ("2027-13-01T09:00", "2027-13-01T16:00"),
        ("2027-01-20T25:00", "2027-01-20T26:00"),
        ("2027-01-20T16:00", "2027-01-20T09:00"),
        ("2027-01-20T09:00+01:00", "2027-01-20T16:00+01:00"),
        ("2027-01-20T09:00Z", "2027-01-20T16:00Z"),
        ("2027-01-20", "2027-01-21"),
        ("0001-01-01T00:00", "0001-01-01T01:00"),
        ("9999-12-31T22:00", "9999-12-31T23:59"),
        ("20 januari", "21 januari"),
    ],
)
def test_a_time_that_does_not_exist(calls: Api, there: Furnished, start: str, end: str) -> None:
    time = {"kind": "scheduled", "start": start, "end": end}
    season = there.ids["season_id"]
    problem = calls.refused("POST", f"/seasons/{season}/meetings", {"title": "Ny", "time": time}, Accept_Language="sv")
    assert problem["status"] == 422
    if start.startswith("2027-03-28"):
        assert problem["type"] == "/problems/no-such-local-time"
        assert problem["detail"] == "Tiden finns inte: klockan ställs fram förbi den (2027-03-28T02:30:00)."


@pytest.mark.parametrize(
    "time",
    [
        {"kind": "scheduled"},
        {"kind": "month"},
        {"kind": "month", "month": "2027-13"},
        {"kind": "month", "month": "juni 27"},
        {"kind": "to_come", "start": "2027-01-20T09:00"},
        {"kind": "postponed"},
        {"kind": "called_off"},
        {"kind": "scheduled", "start": "2027-01-20T09:00", "end": "2027-01-20T10:00", "zone": "Europe/Uppsala"},
        {"kind": "scheduled", "start": "2027-01-20T09:00", "end": "2027-01-20T10:00", "zone": "../../etc/passwd"},
        {"kind": "scheduled", "start": "2027-01-20T09:00", "end": "2027-01-20T10:00", "month": "2027-01"},
    ],
)
def test_a_time_that_is_none(calls: Api, there: Furnished, time: dict[str, str]) -> None:
    body = {"title": "Ny", "time": time}
    assert calls.refused("POST", f"/seasons/{there.ids['season_id']}/meetings", body)["status"] == 422


@pytest.mark.parametrize(
    "day", ["2027-02-29", "2027-1-5", "0001-01-01", "9999-12-31", "2027-01-01T00:00", "", 20270101]
)
def test_a_day_that_no_calendar_has(calls: Api, there: Furnished, day: object) -> None:
    season = there.ids["season_id"]
    assert calls.refused("POST", f"/seasons/{season}/open", {"closes_on": day})["status"] == 422
    if day != "2027-01-01T00:00":  # terms may end at a time of day
        body = {"tiers": [{"before": day, "kept": 0}, {"kept": 10_000}]}
        assert calls.refused("PUT", f"/seasons/{season}/terms", body)["status"] == 422


@pytest.mark.parametrize("number", [-1, 0, 101, 2**31, 2**63, 2**70, -(2**70), 1.5, "2", True])
def test_a_number_of_seats_that_cannot_be(calls: Api, there: Furnished, number: object) -> None:
    season, booking = there.ids["season_id"], there.ids["booking_id"]
    who = {"seat": number, "participant": {"name": "Anna", "email": "anna@example.org"}}
    assert calls.refused("POST", f"/bookings/{booking}/participants", who)["status"] == 422
    waiting = {"seats": number, "person_id": there.ids["person_id"]}
    assert calls.refused("POST", f"/seasons/{season}/waiting-list", waiting)["status"] == 422
    assert calls.refused("POST", f"/bookings/{booking}/cancellations", {"seats": [number]})["status"] == 422


@pytest.mark.parametrize("amount", [-1, 0, 10**15 + 1, 2**70, 1.5, "100", None])
def test_an_amount_that_cannot_be(calls: Api, there: Furnished, amount: object) -> None:
    payment = {"amount": amount, "reference": "BG 9", "received_on": "2026-09-01"}
    path = f"/invoices/{there.ids['invoice_id']}/payments"
    assert calls.refused("POST", path, payment, who="finance")["status"] == 422


def test_too_many_seats_in_one_booking(calls: Api, there: Furnished) -> None:
    body = {"season_id": there.ids["season_id"], "participants": [{}] * 101}
    assert calls.refused("POST", "/bookings", body)["status"] == 422
    assert calls.refused("POST", "/bookings", {**body, "participants": []})["status"] == 422


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_are_names(calls: Api, there: Furnished, name: str) -> None:
    preview = {"season_id": there.ids["season_id"], "participants": [{"name": name, "email": "odd@example.org"}]}
    body = {**preview, "organisation_id": there.ids["organisation_id"]}
    assert calls.post("/bookings/preview", body)["quote"]["lines"][0]["quantity"] == 1


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "limit=-1", "limit=x", "limit=1e3", "cursor=%00", "cursor=x", "cursor=AAAA", "unknown=1",
     "cursor=" + "x" * 500, "season_id=x", "season_id=%00", "season_id=" + "0" * 36],
)  # fmt: skip
def test_a_question_that_cannot_be(calls: Api, query: str) -> None:
    problem = calls.refused("GET", f"/bookings?{query}")
    assert problem["status"] == 422, problem


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("cursor", CURSORS)
def test_a_cursor_that_is_none_of_ours(calls: Api, path: str, cursor: str) -> None:
    assert calls.refused("GET", f"/{path}?cursor={cursor}")["status"] == 422


@pytest.mark.parametrize(
    "at", ["2026", "2026-10-01", "2026-10-01T10:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00Z", "x"]
)
def test_an_instant_that_cannot_be(calls: Api, there: Furnished, at: str) -> None:
    path = f"/seasons/{there.ids['season_id']}/roster"
    assert calls.refused("GET", f"{path}?at={at.replace('+', '%2B')}")["status"] == 422


@pytest.mark.parametrize("position", ["x", "-1", "1.5", "9" * 19, "½"])
def test_a_position_that_cannot_be(calls: Api, position: str) -> None:
    assert calls.refused("GET", "/bookings", Plats_Position=position)["status"] == 400


@pytest.mark.parametrize("path", ["/bookings/1", "/bookings/%00", "/bookings/" + "a" * 2_000, "/nothing", "/"])
def test_an_address_that_is_none(calls: Api, path: str) -> None:
    assert calls.refused("GET", path)["status"] == 404


def test_a_method_that_is_none_of_the_addresss(calls: Api) -> None:
    answer = calls.call("DELETE", "/bookings")
    assert answer.status_code == 405
    assert sorted(answer.headers["Allow"].split(", ")) == ["GET", "HEAD", "OPTIONS", "POST"]


def test_many_bad_calls_at_once_disturb_nobody(calls: Api, there: Furnished) -> None:
    seen: list[int] = []

    def storm(number: int) -> None:
        own = Api(calls.institute, calls.app, calls.app.test_client(), calls.tokens)
        for each in range(20):
            body = {"season_id": there.ids["season_id"], "participants": POISON, "n": each}
            seen.append(own.call("POST", "/bookings", body, Idempotency_Key=f"storm-{number}-{each:04}").status_code)

    threads = [threading.Thread(target=storm, args=[number]) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert set(seen) == {422}
    assert calls.get("/whoami")["roles"] == ["admin"]


def writes(calls: Api) -> Iterator[tuple[str, str]]:
    """Every operation that takes a body by POST, with its rule."""
    for rule in calls.app.url_map.iter_rules():
        operation = rule.endpoint.rpartition(".")[2]
        if rule.rule.startswith(V1) and "POST" in (rule.methods or ()) and operation != "found_organiser":
            yield operation, rule.rule


def texts_in(body: dict[str, Any] | None) -> list[str]:
    """The fields of a body that are text."""
    return [name for name, value in (body or {}).items() if isinstance(value, str)]


def test_every_operation_with_a_body_has_an_example() -> None:
    missing = [
        name for noun in NOUNS for name, route in noun.routes.items() if route.body is not None and name not in EXAMPLES
    ]
    assert missing == []
