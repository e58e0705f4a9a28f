"""An open programme of single sessions (A6): several are ticked on one page and booked with one press, or none is."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID

import pytest

from application.attendance.session import BookSessions
from application.booking.booking import MakeBooking
from application.booking.unconfirmed import MailedLink
from application.kernel.actor import stranger
from application.people.participant import Participant
from application.programme.meeting import PlannedMeeting
from application.programme.season import OpenBooking, PlanSeason
from domain.attendance.session import SessionsClash
from domain.booking.agreement import PersonHasSeat
from domain.booking.seating import SeatsShort
from domain.kernel.errors import BadValue
from domain.kernel.ids import SeasonId
from domain.programme.meeting_time import scheduled
from tests.scenarios.mailed import deliver
from tests.scenarios.story import FREE, sitting
from tests.strangers import links_of
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


class Festival:
    """Three sessions in one hall: at ten, at eleven, and another at ten."""

    def __init__(self, acted: Stage) -> None:
        self.made = acted.institute
        self.network: UUID = self.made.network("Festivalveckan")
        self.ten, self.eleven, self.also_ten = (self.session(*each) for each in (("A", 10), ("B", 11), ("C", 10)))
        self.made.catch_up()

    def session(self, title: str, hour: int) -> SeasonId:
        day = datetime(2027, 6, 24, hour)  # noqa: DTZ001 # local wall-clock time
        meetings = (PlannedMeeting(title, scheduled(day, day.replace(minute=45))),)
        command = PlanSeason(self.network, f"Pass {title}", 1, meetings=meetings, prices=FREE)  # type: ignore[arg-type]  # a network's id
        season = self.made.services.seasons.plan(self.made.admin, command).answer.season_id
        self.made.services.seasons.open_booking(self.made.admin, OpenBooking(season))
        return season


def test_several_sessions_are_booked_with_one_press_and_a_mail_comes_for_each(acted: Stage) -> None:
    festival, bertil = Festival(acted), acted.browser("bertil")
    deliver(acted.institute)
    home = bertil.open(f"/{SLUG}/networks/{festival.network}")
    assert home.says("Välj flera pass på en gång")
    page = bertil.open(f"/{SLUG}/networks/{festival.network}/sessions")
    done = bertil.send(page, "key", session=[str(festival.ten), str(festival.eleven)])
    assert done.says("Passen är bokade.", "Pass A", "Pass B")
    letters = [each.message for each in deliver(acted.institute) if "bertil" in str(each.message["To"])]
    assert sum("Bokat" in str(each["Subject"]) for each in letters) == 2
    again = bertil.open(f"/{SLUG}/networks/{festival.network}/sessions")
    assert again.says("du har en plats", "Samtidigt")


def test_two_at_the_same_time_or_one_that_is_full_book_nothing(acted: Stage) -> None:
    festival, bertil, made = Festival(acted), acted.browser("bertil"), acted.institute
    path = f"/{SLUG}/networks/{festival.network}/sessions"
    refused = bertil.send(bertil.open(path), "key", session=[str(festival.ten), str(festival.also_ten)])
    assert refused.status == 409 and refused.says("Två av passen är samtidigt: Pass A och Pass C.")
    page = bertil.open(path)
    made.services.bookings.make(made.admin, MakeBooking(festival.eleven, (Participant(acted.anna),), made.acme))
    refused = bertil.send(page, "key", session=[str(festival.ten), str(festival.eleven)])
    assert refused.status == 409
    assert sitting(made, festival.ten) == [] and sitting(made, festival.eleven) == ["Anna"]
    nothing = bertil.send(bertil.open(path), "key", session=[])
    assert nothing.status == 422 and nothing.says("Kryssa för minst ett pass.")


def test_what_cannot_be_is_refused_and_two_people_get_all_or_none(acted: Stage) -> None:
    festival, made = Festival(acted), acted.institute
    book, bertil = made.services.sessions_chosen.book, made.acting(acted.bertil)
    for chosen in ((), (festival.ten, festival.ten)):
        with pytest.raises(BadValue):
            book(bertil, BookSessions(chosen))
    with pytest.raises(SessionsClash):
        made.services.sessions_chosen.preview(bertil, BookSessions((festival.ten, festival.also_ten)))

    def both(who: UUID) -> bool:
        try:
            chosen = (festival.ten, festival.eleven) if who == acted.bertil else (festival.eleven, festival.ten)
            book(made.acting(who), BookSessions(chosen))  # type: ignore[arg-type]  # a person's id
        except SeatsShort:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(both, (acted.bertil, acted.anna))) == [False, True]
    assert sitting(made, festival.ten) == sitting(made, festival.eleven)
    who = acted.bertil if sitting(made, festival.ten) == ["Bertil"] else acted.anna
    with pytest.raises((PersonHasSeat, SeatsShort)):
        book(made.acting(who), BookSessions((festival.ten,)))


def test_a_stranger_ticks_several_on_the_page_and_confirms_each_by_its_letter(acted: Stage) -> None:
    festival, made, browser = Festival(acted), acted.institute, acted.browser()
    path = f"/{SLUG}/networks/{festival.network}/sessions"
    clash = [str(festival.ten), str(festival.also_ten)]
    refused = browser.send(browser.open(path), "email", session=clash, name="Siv", email="siv@example.org")
    assert refused.status == 409 and refused.says("Två av passen är samtidigt: Pass A och Pass C.")
    assert links_of(made, "siv@example.org") == [], "none is held where two are at once"
    both = [str(festival.ten), str(festival.eleven)]
    assert browser.send(refused, "email", session=both, name="", email="fel").status == 422
    asked = browser.send(refused, "email", session=both, name="Siv", email="siv@example.org")
    assert asked.says("Bekräfta i mejlen vi skickar, ett för varje pass")
    links = links_of(made, "siv@example.org")
    for registration_id, code in links:
        link = MailedLink(registration_id, code)
        made.services.registrations.confirm(stranger(made.organiser), link)
    made.catch_up()
    assert len(links) == 2
    assert sitting(made, festival.ten) == sitting(made, festival.eleven) == ["Siv"]
