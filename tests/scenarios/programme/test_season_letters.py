"""Who is told when a season changes: everybody who sits in it or booked in it, once, and in words they can act on."""

from __future__ import annotations

from datetime import date

import pytest

from application.booking.booking import MakeBooking
from application.booking.waiting_list import JoinWaitingList
from application.mail.letter_desk import LetterFilter
from application.programme.meeting import CallOffMeeting, PostponeMeeting, ScheduleMeeting
from application.programme.roll_over import CopySeason
from application.programme.season import CallOffSeason
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import MeetingId, SeasonId
from domain.programme.meeting_time import TimeKind
from tests.samples import Institute, full_day
from tests.scenarios.story import book, seated, stockholm


def letters(institute: Institute, kind: str) -> list[tuple[str | None, str]]:
    """To whom, and the text, of each letter of a kind."""
    institute.catch_up()
    desk = institute.services.letters
    rows = desk.find(institute.admin, LetterFilter(kind=kind))
    return sorted((row.to, (desk.words(institute.admin, row.letter_id) or ("", ""))[1]) for row in rows)


def first_meeting(institute: Institute, season: SeasonId) -> MeetingId:
    institute.catch_up()
    return institute.services.programme.season(institute.admin, season).meetings[0].meeting_id


def test_a_postponed_meeting_is_told_to_every_participant_once(institute: Institute) -> None:
    """S41, the letters: nobody is refunded, and a second catch-up writes nothing more."""
    season = institute.conference()
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    book(institute, season, institute.acme, anna, bertil, None)
    meeting = first_meeting(institute, season)
    institute.services.meetings.postpone(institute.admin, PostponeMeeting(season, meeting, "Talaren är sjuk."))
    told = letters(institute, "meeting_postponed")
    assert [to for to, _ in told] == ["anna@example.org", "bertil@example.org"]
    assert "uppskjuten tills vidare (var onsdag 3 februari 2027 kl. 09.00)" in told[0][1].replace("\u00a0", " ")
    assert "Talaren är sjuk." in told[0][1]
    assert letters(institute, "meeting_postponed") == told
    assert letters(institute, "cancelled") == []


def test_a_moved_meeting_is_told_with_its_new_time_and_the_same_again_is_told_to_nobody(institute: Institute) -> None:
    season = institute.conference()
    book(institute, season, institute.acme, institute.person("Anna", institute.acme))
    meeting = first_meeting(institute, season)
    moved = ScheduleMeeting(season, meeting, full_day("", 2027, 2, 10).time)
    institute.services.meetings.schedule(institute.admin, moved)
    institute.services.meetings.schedule(institute.admin, moved, "another form")
    [(to, text)] = letters(institute, "meeting_moved")
    assert to == "anna@example.org" and "onsdag 10 februari 2027, 09.00–16.00" in text
    institute.services.meetings.call_off(institute.admin, CallOffMeeting(season, meeting, "Ingen lokal."))
    [(_, text)] = letters(institute, "meeting_called_off")
    assert "som fortsätter med de andra träffarna" in text and "Ingen lokal." in text


def test_a_season_called_off_is_told_to_participants_and_to_those_who_wait(institute: Institute) -> None:
    season = institute.conference(seats=1)
    anna = institute.member("Anna", institute.acme)
    institute.services.bookings.make(anna, MakeBooking(season, seated(anna.person_id), institute.acme))
    vera = institute.member("Vera")
    institute.services.waiting_lists.join(vera, JoinWaitingList(season, 1))
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "För få anmälda."))
    told = dict(letters(institute, "season_called_off"))
    assert set(told) == {"anna@example.org", "vera@example.org"}
    assert "slipper betala" in told["anna@example.org"] and "För få anmälda." in told["vera@example.org"]
    assert "betala" not in told["vera@example.org"]


def test_who_would_be_told_is_known_beforehand_by_admins(institute: Institute) -> None:
    season = institute.conference()
    anna = institute.member("Anna", institute.acme)
    book(institute, season, institute.acme, anna.person_id, None)
    institute.catch_up()
    assert institute.services.calling_off.told(institute.admin, season) == (anna.person_id,)
    with pytest.raises(NotAllowed):
        institute.services.calling_off.told(anna, season)


def test_the_season_after_is_planned_from_this_one_364_days_later(institute: Institute) -> None:
    """S45, the copy: five drafts on the same weekdays, prices and terms as they were, nothing of the old season new."""
    season = institute.cluster()
    institute.catch_up()
    before = institute.services.programme.season(institute.admin, season)
    copy = institute.services.roll_overs.copy(institute.admin, CopySeason(season, "Arbete?! igen")).answer.season_id
    institute.catch_up()
    view = institute.services.programme.season(institute.admin, copy)
    starts = [each.time.start_at for each in view.meetings]
    assert starts[0] == stockholm("2028-01-19 09:00") and starts[2] == stockholm("2028-04-19 09:00")
    assert all(each.time.kind is TimeKind.SCHEDULED for each in view.meetings) and not view.row.is_open
    assert view.prices and before.prices and view.prices.prices == before.prices.prices
    assert view.terms and view.terms.tiers[0].before == date(2028, 1, 5) and view.row.seats == 15
    assert institute.services.programme.season(institute.admin, season) == before
