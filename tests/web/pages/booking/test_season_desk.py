"""A season run by its admin: two presses are one, what has passed is refused, and nobody acts on an old look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.people.participant import Participant
from application.programme.meeting import ScheduleMeeting
from application.programme.queries.season_view import SeasonView
from application.programme.season import CloseBooking
from domain.kernel.ids import MeetingId
from domain.programme.meeting_time import scheduled
from tests.web.page import Page
from tests.web.stage import SLUG, Stage, at, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def run(acted: Stage) -> Page:
    return acted.browser("admin").open(f"/{SLUG}/seasons/{acted.conference}/run")


def season(acted: Stage) -> SeasonView:
    acted.institute.catch_up()
    return acted.institute.services.programme.season(acted.institute.admin, acted.conference)


def test_seats_added_by_two_presses_of_one_button_are_added_once(acted: Stage) -> None:
    admin, page, before = acted.browser("admin"), run(acted), season(acted).row.seats
    for _ in range(2):
        assert admin.send(page, "seats", do="seats", seats=str(before + 5)).says("Antalet platser är ändrat.")
    assert season(acted).row.seats == before + 5
    same = admin.send(run(acted), "seats", do="seats", seats=str(before + 5))
    assert same.status == 422 and same.says("Så många är platserna redan.")
    admin.send(run(acted), "seats", do="seats", seats=str(before + 3))
    assert season(acted).row.seats == before + 3


def test_a_meeting_planned_by_two_presses_of_one_button_is_planned_once(acted: Stage) -> None:
    admin, page, before = acted.browser("admin"), run(acted), len(season(acted).meetings)
    for _ in range(2):
        admin.send(page, "title", do="plan", title="Extra", start="2027-05-05T09:00", end="2027-05-05T16:00")
    assert len(season(acted).meetings) == before + 1


def test_booking_is_not_opened_until_a_day_that_has_passed(acted: Stage) -> None:
    admin, made = acted.browser("admin"), acted.institute
    made.services.seasons.close_booking(made.admin, CloseBooking(acted.conference))
    page = admin.send(run(acted), "closes_on", do="open", closes_on="2026-08-31")
    assert page.status == 422 and page.says("Sista dagen att boka har passerat.")
    assert page.form("closes_on")["closes_on"] == ["2026-08-31"] and not season(acted).row.is_open
    assert admin.send(run(acted), "closes_on", do="open", closes_on="2026-09-01").says("Stäng bokningen")


def test_a_meeting_that_a_colleague_has_moved_meanwhile_is_looked_at_again(acted: Stage) -> None:
    made, admin = acted.institute, acted.browser("admin")
    command = MakeBooking(acted.conference, (Participant(acted.anna),), made.acme, "PO 1")
    made.services.bookings.make(made.acting(acted.anna), command)
    looked = admin.send(run(acted), "start", do="postpone", reason="Talaren är sjuk.")
    first = MeetingId(season(acted).meetings[0].meeting_id)
    later = scheduled(at("2027-02-17T09:00"), at("2027-02-17T16:00"))
    made.services.meetings.schedule(made.admin, ScheduleMeeting(acted.conference, first, later))
    made.catch_up()
    again = admin.send(looked, "seen")
    assert again.says(
        "onsdag 17 februari 2027", "Skjut upp träffen och skriv till 2 personer"
    )  # who comes, and who leads
    assert "uppskjuten" not in run(acted).words
    assert admin.send(again, "seen").says("Talaren är sjuk.")


def test_an_old_season_is_proposed_again_in_the_time_to_come(acted: Stage) -> None:
    """52 weeks is not enough for a season of long ago: its days would have passed."""
    admin, address = acted.browser("admin"), f"/{SLUG}/seasons/new?copy={acted.conference}"
    assert admin.open(address).says("Alla dagar är flyttade 52 veckor")
    acted.institute.clock.instant = datetime(2028, 2, 3, 12, tzinfo=UTC)
    page = admin.open(address)
    assert page.says("Alla dagar är flyttade 104 veckor") and 'value="2029-01-31"' in page.html


def test_who_was_copied_from_may_be_given_first_refusal(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.open(f"/{SLUG}/seasons/new?copy={acted.conference}")
    network = str(season(acted).row.network_id)
    saved = admin.send(page, "m_title", do="save", title="Nästa gång", network=network)
    assert saved.says("Ge deltagarna i den gamla förtur innan du öppnar bokningen")


def test_nothing_is_left_to_waive_where_the_terms_give_everything_back(acted: Stage) -> None:
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna), Participant(acted.bertil)), made.acme, "PO 1")
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    made.services.cancellations.request(made.acting(acted.anna), RequestCancellation(booking, (1,), plea="Sjuk."))
    desk = acted.browser("admin").open(f"/{SLUG}/desk")
    assert desk.says("Bevilja · 7 500 kr krediteras", "Avslå") and "Efterge ·" not in desk.words
    made.clock.instant = datetime(2027, 1, 5, 12, tzinfo=UTC)
    made.services.cancellations.request(made.acting(acted.anna), RequestCancellation(booking, (2,), plea="Sjuk."))
    assert acted.browser("admin").open(f"/{SLUG}/desk").says("Efterge · 7 500 kr krediteras")


def test_running_a_season_begins_with_its_numbers_and_who_comes_and_ends_with_calling_it_off(acted: Stage) -> None:
    made = acted.institute
    empty = run(acted)
    assert empty.says("Ingen har bokat än.", "alla platser har namn", "Utan namn") and "Väntar" in empty.words
    command = MakeBooking(acted.conference, (Participant(acted.anna), Participant()), made.acme, "PO 1")
    made.services.bookings.make(made.acting(acted.anna), command)
    made.catch_up()
    page = run(acted)
    assert page.says("2 av 3", "Acme AB", "Anna, 1 utan namn", "Så har platserna fyllts", "exkl. moms")
    assert page.html.index('class="button danger"') > page.html.index("Vilka som kommer")
    assert page.html.count('<button class="danger" name="do" value="call_off">') == len(season(acted).meetings)
    assert '<path class="step"' in page.html and "style=" not in page.html


def test_who_looks_at_a_season_that_is_over_is_not_pressed_to_open_it(acted: Stage) -> None:
    made = acted.institute
    made.services.seasons.close_booking(made.admin, CloseBooking(acted.conference))
    filled, plain = '<button name="do" value="open">', '<button class="second" name="do" value="open">'
    assert filled in run(acted).html
    last = season(acted).row.last_on
    assert last is not None
    made.clock.instant = datetime.combine(last, time(12), UTC)
    assert filled in run(acted).html
    made.clock.instant += timedelta(days=1)
    page = run(acted)
    assert filled not in page.html and plain in page.html and page.says("Slutade")
