"""Taking part on the pages: a meeting becomes both, somebody goes online, somebody cannot come; who sees what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from application.programme.meeting import ScheduleMeeting
from domain.kernel.ids import BookingId, MeetingId
from domain.programme.meeting import Format, Place
from tests.web.links import delivered, links_to
from tests.web.stage import SLUG, Stage, stage

LINK = "https://mote.example/hemligt"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


@pytest.fixture
def booking(acted: Stage) -> BookingId:
    """Anna and Bertil sit in the conference, and its first day is on site and online."""
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna), Participant(acted.bertil)), made.acme, "PO 1")
    booking_id = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    meeting = made.services.programme.season(made.admin, acted.conference).meetings[0]
    place = Place(Format.HYBRID, "Salen", LINK)
    made.services.meetings.schedule(
        made.admin, ScheduleMeeting(acted.conference, meeting.meeting_id, meeting.time, place)
    )
    made.catch_up()
    return booking_id


def first_day(acted: Stage) -> MeetingId:
    return acted.institute.services.programme.season(acted.institute.admin, acted.conference).meetings[0].meeting_id


def test_s44_somebody_chooses_online_and_sees_the_link_and_a_full_room_takes_them_back_no_longer(
    acted: Stage, booking: BookingId
) -> None:
    at, meeting = f"/{SLUG}/bookings/{booking}", first_day(acted)
    admin, bertil, anna = acted.browser("admin"), acted.browser("bertil"), acted.browser("anna")
    seats = f"/{SLUG}/seasons/{acted.conference}/meetings/{meeting}/coming"
    saved = admin.send(admin.open(seats), "on_site", on_site="1", online="5")
    assert "2 på plats, 0 på nätet" in saved.words and "1 fler än rummet rymmer" in saved.words

    assert LINK not in bertil.open(at).html
    page = bertil.open(f"{at}/meetings/{meeting}")
    assert "Anna Andersson" not in page.words
    done = bertil.send(page, "answer-2", **{"answer-2": "online"})
    assert "Sparat." in done.words and LINK in done.html
    assert LINK not in anna.open(at).html

    refused = bertil.send(bertil.open(f"{at}/meetings/{meeting}"), "answer-2", **{"answer-2": "on_site"})
    assert refused.status == 409 and "Rummet är fullt" in refused.words
    assert "1 på plats, 1 på nätet" in admin.open(seats).words


def test_somebody_cannot_come_by_the_mails_link_and_takes_it_back(acted: Stage, booking: BookingId) -> None:
    meeting = first_day(acted)
    way = next(each for each in links_to(delivered(acted.institute), "bertil@example.org") if each.count("/link/") == 1)
    bertil = acted.browser()
    assert "Bertil" in bertil.open(way).words
    at = f"/{SLUG}/bookings/{booking}/meetings/{meeting}"
    done = bertil.send(bertil.open(at), "answer-2", **{"answer-2": "not_coming"})
    assert "Kommer inte" in done.words
    kitchen = acted.browser("admin").open(f"/{SLUG}/seasons/{acted.conference}/catering?meeting={meeting}")
    assert "På plats 1" in kitchen.words
    back = bertil.send(bertil.open(at), "answer-2", **{"answer-2": "on_site"})
    assert "På plats" in back.words


@pytest.mark.parametrize("who", ["cecilia", "finance", ""])
def test_nobody_else_answers_or_sees_who_comes(acted: Stage, booking: BookingId, who: str) -> None:
    meeting = first_day(acted)
    for path in (
        f"/{SLUG}/bookings/{booking}/meetings/{meeting}",
        f"/{SLUG}/seasons/{acted.conference}/coming",
        f"/{SLUG}/seasons/{acted.conference}/meetings/{meeting}/coming",
    ):
        page = acted.browser(who).open(path)
        assert "Bertil" not in page.words and "på plats" not in page.words.lower(), path


def test_what_is_typed_wrongly_is_said_at_its_field(acted: Stage, booking: BookingId) -> None:
    admin = acted.browser("admin")
    seats = f"/{SLUG}/seasons/{acted.conference}/meetings/{first_day(acted)}/coming"
    for field, typed in (("on_site", "-1"), ("online", "många"), ("closes", "2000")):
        page = admin.send(admin.open(seats), "on_site", **{field: typed})
        assert page.status == 422 and f"{field}-problem" in page.html
