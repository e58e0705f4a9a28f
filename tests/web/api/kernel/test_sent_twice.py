"""A call that is sent twice at once, with one key: both get the same answer, and it is done once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random

import pytest
from werkzeug.test import TestResponse

from tests.scenarios.story import book
from tests.web.calling import Api, api

INVOICES, PAYMENTS, CANCELLATIONS = 10, 150, 100
SENDERS, PATIENCE = 8, 60.0
"""How many calls are under way at a time, and how long (seconds) the first of two waits for the second."""


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


@dataclass(frozen=True)
class Write:
    """A call that records something, with its key, and by whose token it is sent."""

    path: str
    body: dict[str, object]
    key: str
    who: str


def sent_twice(calls: Api, writes: list[Write]) -> list[tuple[TestResponse, TestResponse]]:
    """What each was answered, both times; the two are sent from threads that start together."""

    def send(write: Write, together: threading.Barrier) -> TestResponse:
        own = Api(calls.institute, calls.app, calls.app.test_client(), calls.tokens)
        together.wait(PATIENCE)
        return own.call("POST", write.path, write.body, write.who, Idempotency_Key=write.key)

    with ThreadPoolExecutor(SENDERS) as crowd:
        pairs = []
        for write in writes:
            together = threading.Barrier(2)
            pairs.append((crowd.submit(send, write, together), crowd.submit(send, write, together)))
        return [(first.result(), second.result()) for first, second in pairs]


def all_answered_alike(answers: list[tuple[TestResponse, TestResponse]]) -> None:
    """Every pair is one deed, told twice; the second is said to be a repetition."""
    for pair in answers:
        first, second = sorted(pair, key=lambda each: "Idempotency-Replayed" in each.headers)
        assert [each.status_code for each in pair] == [201, 201], [each.text for each in pair]
        assert first.data == second.data
        assert first.headers["Plats-Position"] == second.headers["Plats-Position"]
        assert "Idempotency-Replayed" not in first.headers
        assert second.headers["Idempotency-Replayed"] == "true"


def test_a_payment_that_is_sent_twice_at_once_is_recorded_once(calls: Api) -> None:
    made, season, chance = calls.institute, calls.institute.conference(), Random(12)
    for _ in range(INVOICES):
        book(made, season, made.bolt, None)
    rows = calls.get("/invoices", who="finance")["items"]
    writes = [
        Write(
            f"/invoices/{rows[no % INVOICES]['document_id']}/payments",
            {"amount": chance.randint(1, 900_00), "reference": f"BG {no}", "received_on": "2026-09-01"},
            f"payment-{no:04}",
            "finance",
        )
        for no in range(PAYMENTS)
    ]

    all_answered_alike(sent_twice(calls, writes))

    owed = Counter({row["document_id"]: row["balance"] for row in rows})
    for write in writes:
        owed[write.path.split("/")[2]] -= int(str(write.body["amount"]))
    assert {row["document_id"]: row["balance"] for row in calls.get("/invoices", who="finance")["items"]} == owed


def test_a_cancellation_that_is_sent_twice_at_once_is_made_once(calls: Api) -> None:
    made, season = calls.institute, calls.institute.conference(seats=CANCELLATIONS)
    booked = [book(made, season, made.bolt, None) for _ in range(CANCELLATIONS)]
    writes = [
        Write(f"/bookings/{each.booking_id}/cancellations", {}, f"cancel-{no:04}", "admin")
        for no, each in enumerate(booked)
    ]

    all_answered_alike(sent_twice(calls, writes))

    assert calls.get(f"/seasons/{season}")["left"] == CANCELLATIONS
