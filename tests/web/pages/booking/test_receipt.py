"""After the form: a stranger is told what was sent, in that browser alone; who has booked gets it into a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from application.programme.meeting import PlannedMeeting
from domain.kernel.terms import free_before
from domain.programme.meeting import Format, Place
from domain.programme.meeting_time import scheduled
from tests.samples import conference_prices
from tests.strangers import links_of
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage
from web.pages.booking.receipt import COOKIE

TYPED = {
    "name": "Nina Ny", "email": "nina@example.org", "employer": "Ny AB", "address": "Gatan 1, 111 11 Stockholm",
}  # fmt: skip


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def sent(acted: Stage, browser: Browser, seats: str = "1") -> Page:
    page = browser.send(browser.open(f"/{SLUG}/seasons/{acted.conference}"), "email", do="sum", wanted=seats, **TYPED)
    return browser.send(page, "email", do="book")


def test_what_was_sent_is_told_back_with_one_thing_to_do(acted: Stage) -> None:
    done = sent(acted, acted.browser(), "2")
    assert done.says("Bekräfta i mejlet", "nina@example.org", "Nina Ny, någon som namnges senare")
    assert done.says("2 platser, 30 000 kr inkl. moms", "Hålls till", "först då är det bokat")
    assert "Bokningen är gjord" not in done.words and done.headers["Cache-Control"] == "no-store"


def test_nothing_of_it_stands_in_the_address_or_is_told_to_anybody_else(acted: Stage) -> None:
    browser = acted.browser()
    done = sent(acted, browser)
    assert "nina" not in done.address.lower()
    kept = browser.client.get_cookie(COOKIE, path=done.address)
    assert kept is not None and kept.http_only and kept.path == done.address
    other = acted.browser().open(done.address)
    assert other.says("Vi har skickat ett mejl till din adress.") and "Nina" not in other.words


def test_it_lapses_with_the_seats(acted: Stage) -> None:
    browser = acted.browser()
    done = sent(acted, browser)
    acted.institute.clock.pass_by(timedelta(days=2))
    assert "Nina" not in browser.open(done.address).words


TOO_MUCH = '{"names": ["a"], "until": "2099-01-01", "seats": 1, "gross": 1e300, "currency": "SEK"}'


@pytest.mark.parametrize(
    "kept", ["", "nonsense", "[]", "{}", '{"names": 1}', '{"names": ["a"], "until": "x"}', "[" * 3000, TOO_MUCH]
)
def test_a_cookie_that_cannot_be_read_is_nothing(acted: Stage, kept: str) -> None:
    browser, address = acted.browser(), f"/{SLUG}/seasons/{acted.conference}/registered"
    browser.client.set_cookie(COOKIE, kept, path=address)
    assert browser.open(address).says("Vi har skickat ett mejl till din adress.")


def addresses(page: Page, host: str) -> list[dict[str, list[str]]]:
    return [parse_qs(urlsplit(each).query) for each in page.elements.links if urlsplit(each).hostname == host]


def test_several_meetings_are_followed_as_one_calendar(acted: Stage) -> None:
    anna = acted.browser("anna")
    booked = anna.send(anna.open(f"/{SLUG}/seasons/{acted.conference}"), "wanted", do="book")
    assert booked.says("Träffarna i din kalender", "Annars följer du alla träffar här")
    feed = f"/{SLUG}/seasons/{acted.conference}.ics"
    assert [each["cid"][0].startswith("webcal://") for each in addresses(booked, "calendar.google.com")] == [True]
    for host in ("outlook.office.com", "outlook.live.com"):
        assert [each["url"][0].endswith(feed) for each in addresses(booked, host)] == [True]
    assert any(each.startswith("webcal://") and each.endswith(feed) for each in booked.elements.links)
    assert any(each.startswith(f"/{SLUG}/bookings/") and each.endswith(".ics") for each in booked.elements.links)
    assert "Träffarna i din kalender" not in anna.open(booked.address).words


SECRET = "https://meet.example.org/secret-room"


def test_one_meeting_is_an_entry_with_its_times_and_without_the_link_that_is_paid_for(acted: Stage) -> None:
    time = scheduled(datetime(2027, 2, 3, 9), datetime(2027, 2, 3, 16))  # noqa: DTZ001 # local wall-clock time
    day = PlannedMeeting("Dagen", time, Place(Format.ONLINE, link=SECRET))
    season = acted.institute.season("Endagen", 5, conference_prices(), free_before(date(2027, 1, 3)), meetings=(day,))
    acted.institute.catch_up()
    anna = acted.browser("anna")
    booked = anna.send(anna.open(f"/{SLUG}/seasons/{season}"), "wanted", do="book")
    (google,) = addresses(booked, "calendar.google.com")
    assert google["text"] == ["Endagen"] and google["dates"] == ["20270203T080000Z/20270203T150000Z"]
    (office,) = addresses(booked, "outlook.office.com")
    assert office["subject"] == ["Endagen"] and office["startdt"] == ["2027-02-03T08:00:00+00:00"]
    told = [each for each in booked.elements.links if "calendar" in each or "webcal" in each or "outlook" in each]
    assert len(told) >= 4 and not any("secret-room" in each for each in told)


def test_whoever_confirmed_by_mail_has_the_ways_to_a_calendar_too(acted: Stage) -> None:
    browser = acted.browser()
    sent(acted, browser)
    registration_id, code = links_of(acted.institute, "nina@example.org")[0]
    held = browser.open(f"/{SLUG}/registrations/{registration_id}/{code}")
    assert held.says("Lära och förändra tillsammans", "Nina Ny", "15 000 kr") and "webcal://" not in held.html
    confirmed = browser.press(held, "")
    assert confirmed.says("Det är bokat.", "Träffarna i din kalender") and "webcal://" in confirmed.html
    file = next(each for each in confirmed.elements.links if each.endswith(".ics") and each.startswith("/"))
    assert "BEGIN:VEVENT" in browser.client.get(file).text
