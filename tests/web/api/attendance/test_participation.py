"""Taking part through the API: on site, online or not this time; all of an answer or none; the last place once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from application.programme.meeting import ScheduleMeeting
from domain.kernel.ids import MeetingId
from domain.programme.meeting import Format, Place
from tests.scenarios.story import book
from tests.web.calling import Api, api

LINK = "https://mote.example/hemligt"
BOTH = Place(Format.HYBRID, "Salen", LINK)


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


class Hybrid:
    """A conference whose first day is on site and online; `names` sit there, each in a booking of their own."""

    def __init__(self, calls: Api, *names: str, **seats: int) -> None:
        self.calls, made = calls, calls.institute
        self.season = made.conference()
        made.catch_up()
        meeting = made.services.programme.season(made.admin, self.season).meetings[0]
        self.meeting = MeetingId(meeting.meeting_id)
        made.services.meetings.schedule(made.admin, ScheduleMeeting(self.season, self.meeting, meeting.time, BOTH))
        people = {name: calls.somebody(name, made.acme) for name in names}
        self.bookings = {name: book(made, self.season, made.acme, who).booking_id for name, who in people.items()}
        calls.put(f"{self.at}/seats", {"on_site": 50, "online": 50, **seats})
        made.catch_up()

    @property
    def at(self) -> str:
        return f"/seasons/{self.season}/meetings/{self.meeting}"

    def body(self, answer: str, seat: int = 1) -> dict[str, object]:
        return {"meeting_id": str(self.meeting), "answers": [{"seat": seat, "answer": answer}]}

    def says(self, who: str, answer: str) -> int:
        path = f"/bookings/{self.bookings[who]}/participation"
        return self.calls.call("POST", path, self.body(answer), who=who).status_code

    def counts(self) -> tuple[int, int, int]:
        row = self.calls.get(f"/seasons/{self.season}/participation")[0]
        return row["on_site"], row["online"], row["not_coming"]


def test_each_chooses_is_counted_and_only_who_is_online_has_the_link(calls: Api) -> None:
    story = Hybrid(calls, "Anna", "Bertil", "Cecilia")
    assert [story.says("Anna", "online"), story.says("Bertil", "not_coming")] == [200, 200]
    assert story.counts() == (1, 1, 1)
    own = calls.get(f"/bookings/{story.bookings['Anna']}/participation", who="Anna")
    assert own[0]["meeting_id"] == str(story.meeting)
    links = {name: calls.get(f"/seasons/{story.season}", who=name)["meetings"][0]["link"] for name in story.bookings}
    assert links == {"Anna": LINK, "Bertil": "", "Cecilia": ""}
    everybody = calls.get(f"{story.at}/participation")
    assert [each["answer"] for each in everybody["people"]] == ["online", "not_coming", "on_site"]
    assert calls.get(f"{story.at}/catering")["seats"] == 1


def test_a_seat_booked_a_moment_ago_is_answered_for_before_anything_has_been_read(calls: Api) -> None:
    story = Hybrid(calls, "Anna")
    dora = calls.somebody("Dora", calls.institute.acme)
    booking = book(calls.institute, story.season, calls.institute.acme, dora).booking_id
    answered = calls.call("POST", f"/bookings/{booking}/participation", story.body("online"), who="Dora")
    assert answered.status_code == 200, answered.text


def test_an_answer_is_all_of_it_or_nothing(calls: Api) -> None:
    story = Hybrid(calls, "Anna")
    path = f"/bookings/{story.bookings['Anna']}/participation"
    both = [{"seat": 1, "answer": "online"}, {"seat": 2, "answer": "online"}]
    told = {"meeting_id": str(story.meeting), "answers": both}
    assert calls.refused("POST", path, told, who="Anna")["status"] in (404, 409, 422)
    assert story.counts() == (1, 0, 0)
    assert calls.refused("POST", path, story.body("perhaps"), who="Anna")["status"] == 422
    assert calls.refused("POST", path, story.body("online"), who="neighbour")["status"] == 404
    assert calls.refused("GET", f"{story.at}/participation", who="Anna")["status"] == 403
    assert calls.refused("PUT", f"{story.at}/seats", {"on_site": 1}, who="Anna")["status"] == 403


def test_of_several_who_answer_at_once_the_last_place_online_goes_to_one(calls: Api) -> None:
    names = [f"Person{no}" for no in range(6)]
    story = Hybrid(calls, *names, online=1)
    with ThreadPoolExecutor(len(names)) as threads:
        answered = list(threads.map(lambda name: story.says(name, "online"), names))
    assert sorted(answered) == [200] + [409] * 5
    assert story.counts() == (5, 1, 0)


def test_a_full_room_takes_nobody_back(calls: Api) -> None:
    story = Hybrid(calls, "Anna", "Bertil", on_site=1, online=5)
    assert story.says("Anna", "online") == 200
    assert story.says("Bertil", "on_site") in (200, 409)
    assert story.says("Anna", "on_site") == 409
    assert story.says("Anna", "not_coming") == 200
