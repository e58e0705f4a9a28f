"""What the API says when the service is at fault or too busy: nothing about its insides, and when to come back."""

from __future__ import annotations

import logging
from uuid import uuid4

import pytest

from application.kernel.ports import Busy
from domain.kernel.errors import BadValue
from domain.programme.season_meetings import MeetingIsHeld
from web.api.kernel.face import Face
from web.api.kernel.problem import answer_of
from web.app import create_app
from web.kernel.problems import SentAway


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


def test_why_somebody_is_sent_away_is_noted_once_for_many(caplog: pytest.LogCaptureFixture) -> None:
    seconds = iter([0.0, 1.0, 2.0, 3.0, 20.0])
    sent_away = SentAway(lambda: next(seconds))
    for reason in ("one", "two", "three"):
        sent_away.tell(Busy(reason), "GET /bookings")
    sent_away.tell(Busy("another\nroute"), "POST /bookings")
    sent_away.tell(Busy("four"), "GET /bookings")

    assert caplog.messages == [
        "Busy at GET /bookings: one",
        "Busy at POST /bookings: another route",
        "Busy at GET /bookings: four, and 2 more since the last line",
    ]


def test_the_note_names_the_route_and_nothing_that_is_anybodys(app: Face, caplog: pytest.LogCaptureFixture) -> None:
    with app.test_request_context(f"/api/v1/bookings/{uuid4()}?name=Anna"):
        answer_of(Busy("no connection to the database is free"))

    assert caplog.messages == ["Busy at GET /api/v1/bookings/<uuid:booking_id>: no connection to the database is free"]


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


@pytest.mark.parametrize("address", ["/way/link/the-secret?code=the-secret", "/api/way/the-secret?code=the-secret"])
def test_a_fault_is_noted_with_its_route_and_not_with_what_stood_in_the_address(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = Face(__name__)

    def fail(secret: str) -> str:
        raise ZeroDivisionError(len(secret))

    for route in ("/way/link/<secret>", "/api/way/<secret>"):
        app.add_url_rule(route, route, fail)
    assert app.test_client().get(address).status_code == 500
    assert "<secret> failed" in caplog.text and "the-secret" not in caplog.text
