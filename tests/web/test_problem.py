"""What the API says when the service is at fault or too busy: nothing about its insides, and when to come back."""

from __future__ import annotations

import logging

import pytest

from application.ports import Busy
from domain.errors import BadValue
from domain.season import MeetingIsHeld
from web.api.problem import answer_of
from web.app import create_app
from web.face import Face


@pytest.fixture
def app() -> Face:
    return create_app(None)  # type: ignore[arg-type]  # nothing is asked


def test_who_comes_when_all_are_busy_is_told_when_to_come_back(app: Face) -> None:
    with app.test_request_context("/api/v1/bookings", headers={"Accept-Language": "sv"}):
        answer = answer_of(Busy("a row of the database"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert answer.json is not None
    assert answer.json["detail"] == "Många vill samma sak just nu. Inget har sparats; försök igen om en stund."
    assert "database" not in answer.get_data(as_text=True)


def test_a_fault_is_noted_and_tells_nothing_of_its_insides(app: Face, caplog: pytest.LogCaptureFixture) -> None:
    with app.test_request_context("/api/v1/bookings"), caplog.at_level(logging.ERROR):
        answer = answer_of(ZeroDivisionError("the secret of the house"))
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert "secret" not in answer.get_data(as_text=True)
    assert "the secret of the house" in caplog.text


def test_the_facts_stand_beside_the_sentence_and_never_over_it(app: Face) -> None:
    with app.test_request_context("/api/v1/seasons", headers={"Accept-Language": "en"}):
        held = answer_of(MeetingIsHeld(title="Dag 1")).json
        bad = answer_of(BadValue(field="seats", why="at least one seat")).json
    assert held == {
        "type": "/problems/meeting-is-held",
        "title": "Meeting is held",
        "status": 409,
        "detail": "The meeting “Dag 1” has been held, so it cannot be changed.",
        "name": "Dag 1",
    }
    assert bad is not None
    assert (bad["field"], bad["detail"]) == ("seats", "Check the seats: at least one seat.")
