"""The door through the API: kept by a device, readings in batches, walk-ins, links; and nobody else's business."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.kernel.actor import Role
from application.people.participant import TO_BE_NAMED, Participant
from application.programme.season import NameLeaders
from tests.web.calling import Api, api

DEVICE = str(uuid4())
NOW = "2027-02-03T07:42:00Z"


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


class AtDoor:
    def __init__(self, calls: Api, seats: int = 5) -> None:
        self.calls, made = calls, calls.institute
        self.season = made.conference(seats=seats)
        self.anna = made.person("Anna", made.acme)
        wanted = MakeBooking(self.season, (Participant(self.anna), TO_BE_NAMED), made.acme)
        self.booking = made.services.bookings.make(made.admin, wanted).answer.booking_id
        made.at(2027, 2, 3, 7, 42)
        made.catch_up()
        meeting = calls.get(f"/seasons/{self.season}")["meetings"][0]["meeting_id"]
        self.path = f"/seasons/{self.season}/meetings/{meeting}/door"

    def scans(self, *scans: dict[str, object], who: str = "admin") -> Any:
        return self.calls.post(f"{self.path}/scans", {"scans": [a_scan(**each) for each in scans]}, who)

    def walk_in(self, **facts: object) -> Any:
        return self.calls.call("POST", f"{self.path}/walk-ins", a_scan(**facts))


def a_scan(**facts: object) -> dict[str, object]:
    return {"scan_id": str(uuid4()), "device": DEVICE, "at": NOW, "sent_at": NOW, **facts}


def test_a_device_keeps_the_door_and_sends_what_it_noted(calls: Api) -> None:
    door = AtDoor(calls)
    (ticket,) = calls.get(f"/bookings/{door.booking}/tickets")
    kept = calls.get(door.path)
    assert (kept["unnamed"], [each["name"] for each in kept["guests"]]) == (1, ["Anna"])
    digest = hashlib.sha256(ticket["code"].encode()).hexdigest()
    assert [(each["digest"], each["state"]) for each in kept["passes"]] == [(digest, "ok")]
    assert "@" not in str(kept) and ticket["code"] not in str(kept)

    same = a_scan(code=ticket["code"])
    told = door.scans(same, same, {"code": "P1:" + "A" * 26}, {"person_id": str(door.anna), "how": "list"})
    assert [each["answer"] for each in told] == ["ok", "ok", "unknown", "ok"]
    (row,) = calls.get(f"/seasons/{door.season}/attendance")
    assert (row["name"], row["came_at"], row["how"]) == ("Anna", NOW, "scan")
    assert [each["season_id"] for each in calls.get(f"/people/{door.anna}/attendance")] == [str(door.season)]
    assert len(calls.get(f"/organisations/{calls.institute.acme}/attendance")) == 1


def test_leaders_keep_the_door_and_others_do_not(calls: Api) -> None:
    door, made = AtDoor(calls), calls.institute
    leader = calls.somebody("Lena")
    made.services.seasons.name_leaders(made.admin, NameLeaders(door.season, (leader,), ()))
    assert calls.get(door.path, "Lena")["may_let_in"] is False
    assert door.scans({"person_id": str(door.anna)}, who="Lena")[0]["answer"] == "ok"
    for who, status in (("member", 403), ("finance", 403), ("neighbour", 404), ("", 401)):
        assert calls.call("GET", door.path, None, who).status_code == status, who
        body = {"scans": [a_scan(person_id=str(door.anna))]}
        assert calls.call("POST", f"{door.path}/scans", body, who).status_code == status, who
    for path in (f"/seasons/{door.season}/attendance", f"/people/{door.anna}/attendance"):
        assert calls.call("GET", path, None, "member").status_code == 403
    assert calls.call("GET", f"/bookings/{door.booking}/tickets", None, "neighbour").status_code == 404
    calls.token("anna", Role.MEMBER, person=door.anna)
    assert len(calls.get(f"/people/{door.anna}/attendance", "anna")) == 1


@pytest.mark.parametrize(("rule", "price"), [("noted", None), ("booked", 15_000_00)])
def test_a_walk_in_is_noted_or_booked_as_agreed(calls: Api, rule: str, price: int | None) -> None:
    door = AtDoor(calls)
    calls.put(f"/seasons/{door.season}/door", {"walk_ins": rule})
    body = a_scan(name="Greta Garbo", email="greta@example.org")
    first = calls.call("POST", f"{door.path}/walk-ins", body)
    again = calls.call("POST", f"{door.path}/walk-ins", body)
    assert (first.status_code, first.json) == (201, again.json)
    assert first.json is not None
    (row,) = calls.get(f"/seasons/{door.season}/attendance")
    assert (row["name"], row["how"]) == ("Greta Garbo", "walk_in")
    booked = first.json["booking_id"]
    assert (booked is None) is (price is None)
    if booked is not None:
        assert calls.get(f"/bookings/{booked}")["gross"] == price
    assert calls.get(door.path)["guests"][-1]["name"] == "Greta Garbo"


def test_who_has_given_up_their_seat_and_comes_all_the_same_is_booked_as_agreed(calls: Api) -> None:
    """A seat that somebody had is none: only whoever holds one now comes by that."""
    door, made = AtDoor(calls), calls.institute
    calls.put(f"/seasons/{door.season}/door", {"walk_ins": "booked"})
    made.services.cancellations.request(made.admin, RequestCancellation(door.booking, (1,)))
    made.catch_up()
    came = door.walk_in(name="Anna", email="anna@example.org")
    assert came.status_code == 201
    assert came.json["person_id"] == str(door.anna)
    assert came.json["booking_id"] not in (None, str(door.booking))


def test_a_full_room_takes_nobody_in_unless_an_admin_says_so(calls: Api) -> None:
    door = AtDoor(calls, seats=2)
    calls.put(f"/seasons/{door.season}/door", {"walk_ins": "booked"})
    refused = door.walk_in(name="Greta")
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/seats-short")
    calls.put(f"/seasons/{door.season}/door", {"walk_ins": "noted"})
    assert door.walk_in(name="Greta").status_code == 201
    calls.institute.catch_up()
    assert door.walk_in(name="Gustav").status_code == 201
    calls.institute.catch_up()
    refused = door.walk_in(name="Gerd")
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/room-full")
    assert door.walk_in(name="Gerd", over=True).status_code == 201


def test_what_is_no_reading_is_refused_and_nothing_of_it_noted(calls: Api) -> None:
    door = AtDoor(calls)
    for wrong in (
        {"at": "i morgon"},
        {"device": "min telefon"},
        {"how": "walk_in"},
        {"code": "P1:" + "A" * 100},
        {"person_id": 7},
    ):
        body = {"scans": [a_scan(**wrong)]}
        assert calls.call("POST", f"{door.path}/scans", body).status_code == 422, wrong
    assert calls.call("POST", f"{door.path}/scans", {"scans": []}).status_code == 422
    assert calls.call("POST", f"{door.path}/walk-ins", a_scan(name="")).status_code == 422
    assert door.scans({})[0]["answer"] == "nobody"
    assert calls.get(f"/seasons/{door.season}/attendance") == []


def test_a_helpers_link_is_made_and_stopped_by_admins_alone(calls: Api) -> None:
    door = AtDoor(calls)
    calls.post(f"{door.path}/link")
    secrets = calls.get(f"/seasons/{door.season}/door")["secrets"]
    assert list(secrets) == [door.path.split("/")[4]]
    calls.delete(f"{door.path}/link")
    assert calls.get(f"/seasons/{door.season}/door")["secrets"] == {}
    assert calls.call("POST", f"{door.path}/link", None, "member").status_code == 403
    assert calls.call("GET", f"/seasons/{door.season}/door", None, "neighbour").status_code == 404
