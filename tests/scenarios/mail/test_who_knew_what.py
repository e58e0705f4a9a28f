"""Who knew what (S77): which date of a meeting somebody had been told on a day, by which letter and which entry."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from application.mail.letter_desk import LetterFilter
from application.programme.meeting import PostponeMeeting, ScheduleMeeting
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import MeetingId, PersonId, SeasonId
from domain.programme.meeting_time import TimeKind
from tests.samples import Institute, full_day
from tests.scenarios.mailed import deliver
from tests.scenarios.story import book


def told_bo(institute: Institute) -> tuple[SeasonId, MeetingId, PersonId]:
    """Bo books on 5 October; meeting 3 is postponed on 20 November at 14.03, and gets a new date on 10 December."""
    season, bo = institute.cluster(), institute.person("Bo", institute.acme)
    institute.at(2026, 10, 5)
    book(institute, season, institute.acme, bo, None)
    deliver(institute)
    institute.catch_up()
    meeting = MeetingId(institute.services.programme.season(institute.admin, season).meetings[2].meeting_id)
    institute.at(2026, 11, 20, 13, 3)
    institute.services.meetings.postpone(institute.admin, PostponeMeeting(season, meeting, "Talaren är sjuk."))
    deliver(institute)
    institute.at(2026, 12, 10)
    institute.services.meetings.schedule(
        institute.admin, ScheduleMeeting(season, meeting, full_day("", 2027, 6, 9).time)
    )
    deliver(institute)
    return season, meeting, bo


def test_on_the_22nd_bo_had_been_told_that_it_was_postponed(institute: Institute) -> None:
    season, meeting, bo = told_bo(institute)
    known = {
        row.meeting_id: row
        for row in institute.services.who_knew_what.of(institute.admin, season, bo, date(2026, 11, 22))
    }
    told = known[meeting]
    assert (told.time.kind, told.kind) == (TimeKind.POSTPONED, "meeting_postponed")
    assert told.sent_at == datetime(2026, 11, 20, 13, 3, tzinfo=UTC)
    assert told.entry is not None and (told.entry.sequence, told.entry.is_on) == (1, False)
    assert len(known) == 4


def test_before_and_after_bo_had_been_told_something_else(institute: Institute) -> None:
    season, meeting, bo = told_bo(institute)

    def told(on: date | None) -> tuple[str, str]:
        rows = institute.services.who_knew_what.of(institute.admin, season, bo, on)
        [row] = [row for row in rows if row.meeting_id == meeting]
        return row.kind, row.time.start_at.date().isoformat() if row.time.start_at else ""

    assert institute.services.who_knew_what.of(institute.admin, season, bo, date(2026, 10, 4)) == ()
    assert told(date(2026, 11, 19)) == ("calendar_entry", "2027-04-21")
    assert told(date(2026, 11, 20)) == ("meeting_postponed", "")
    assert told(date(2026, 12, 9)) == ("meeting_postponed", "")
    assert told(None) == ("meeting_moved", "2027-06-09")


def test_what_has_not_gone_out_nobody_had_been_told_and_sending_again_changes_no_day(institute: Institute) -> None:
    season, _, _ = told_bo(institute)
    [row] = institute.services.letters.find(institute.admin, LetterFilter(kind="meeting_postponed"))
    institute.at(2027, 1, 5)
    institute.services.letters.send_again(institute.admin, row.letter_id)
    deliver(institute)
    assert institute.services.letters.one(institute.admin, row.letter_id).sent_at == datetime(
        2026, 11, 20, 13, 3, tzinfo=UTC
    )
    eva = institute.person("Eva", institute.acme)
    book(institute, institute.conference(), institute.acme, eva)
    institute.catch_up()
    assert institute.services.who_knew_what.of(institute.admin, season, eva) == ()


def test_only_admins_ask_and_only_of_their_own(institute: Institute) -> None:
    season, _, bo = told_bo(institute)
    with pytest.raises(NotAllowed):
        institute.services.who_knew_what.of(institute.acting(bo), season, bo)
    with pytest.raises(NotFound):
        institute.services.who_knew_what.of(institute.admin, SeasonId(bo), bo)


def test_letters_are_found_by_person_season_kind_and_day(institute: Institute) -> None:
    season, _, bo = told_bo(institute)
    find, admin = institute.services.letters.find, institute.admin
    assert len(find(admin, LetterFilter(people=(bo,)))) == 6
    assert len(find(admin, LetterFilter(season_id=season, kind="calendar_entry"))) == 3
    assert [row.subject for row in find(admin, LetterFilter(kind="meeting_postponed"))] == [
        "Uppskjuten tills vidare: Arbete?!, Workshop 3"
    ]
    assert [row.kind for row in find(admin, LetterFilter(), date(2026, 11, 20))] == ["meeting_postponed"]
    assert find(admin, LetterFilter(season_id=institute.conference())) == ()
