"""First refusal through the API: looked at, offered, answered; each sees what is theirs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking
from application.kernel.actor import Role
from application.people.participant import Participant
from application.programme.roll_over import CopySeason
from tests.web.calling import Api, api


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def test_the_participants_are_offered_seats_and_one_declines(calls: Api) -> None:
    made = calls.institute
    season = made.conference(seats=2)
    anna, bertil = (made.person(name, made.acme) for name in ("Anna", "Bertil"))
    made.services.bookings.make(made.admin, MakeBooking(season, (Participant(anna), Participant(bertil)), made.acme))
    made.catch_up()
    again = made.services.roll_overs.copy(made.admin, CopySeason(season, "Igen")).answer.season_id
    path, body = f"/seasons/{again}/first-refusals", {"earlier_season_id": str(season), "until_on": "2027-08-15"}
    seen = calls.post(f"{path}/preview", body)
    assert (seen["people"], seen["unnamed"], seen["left"]) == ([str(anna), str(bertil)], 0, 2)
    refused = calls.call("POST", path, {**body, "shown": 1})
    assert refused.status_code == 409 and refused.json and refused.json["type"] == "/problems/participants-changed"
    assert calls.post(path, {**body, "shown": 2})["offered"] == 2

    calls.token("anna", Role.MEMBER, person=anna)
    assert calls.call("POST", f"{path}/decline", {"person_id": str(bertil)}, "anna").status_code == 404
    calls.post(f"{path}/decline", {"person_id": str(anna)}, "anna")
    assert [(row["name"], row["state"]) for row in calls.get(path)] == [("Anna", "declined"), ("Bertil", "offered")]
    assert calls.call("GET", path, None, "anna").status_code == 403
