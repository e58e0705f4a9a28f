"""An entry in a calendar: one identity while it stands, one up with each change, and never revived."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.kernel.ids import MeetingId
from domain.programme.calendar_entry import CalendarEntry, put_in, take_out
from domain.programme.meeting import Format, Meeting, Place
from domain.programme.meeting_time import TO_COME, MeetingTime, TimeKind
from tests.domain.vocabulary import ANNA, BERTIL

NINE, FOUR = datetime(2027, 2, 3, 8, tzinfo=UTC), datetime(2027, 2, 3, 15, tzinfo=UTC)
TIME = MeetingTime(TimeKind.SCHEDULED, NINE, FOUR)
MEETING = Meeting(MeetingId(UUID(int=5)), "Dag 1", TIME, Place(venue="Sal 1"))


def changed(known: CalendarEntry | None, meeting: Meeting) -> CalendarEntry:
    entry = put_in(known, ANNA, meeting)
    assert entry is not None
    return entry


def test_the_first_entry_has_the_true_times_and_nothing_changed() -> None:
    entry = changed(None, MEETING)
    assert (entry.sequence, entry.no, entry.start_at, entry.end_at, entry.is_on) == (0, 0, NINE, FOUR, True)


def test_two_people_have_entries_of_their_own() -> None:
    theirs = put_in(None, BERTIL, MEETING)
    assert theirs is not None and theirs.uid != changed(None, MEETING).uid


def test_what_a_calendar_knows_already_is_not_told_again() -> None:
    assert put_in(changed(None, MEETING), ANNA, MEETING) is None


def test_another_time_or_place_or_title_is_the_same_entry_one_up() -> None:
    first = changed(None, MEETING)
    later = replace(TIME, start_at=NINE + timedelta(days=7), end_at=FOUR + timedelta(days=7))
    for meeting in (
        replace(MEETING, time=later),
        replace(MEETING, place=Place(Format.HYBRID, "Sal 1", "https://möte.example/1")),
        replace(MEETING, title="Första dagen"),
    ):
        entry = changed(first, meeting)
        assert (entry.uid, entry.sequence) == (first.uid, 1)
        assert changed(entry, MEETING).sequence == 2


def test_what_is_taken_out_says_when_it_was() -> None:
    gone = take_out(changed(None, MEETING))
    assert gone is not None
    assert (gone.sequence, gone.is_on, gone.start_at, gone.end_at) == (1, False, NINE, FOUR)


def test_nothing_is_taken_out_that_was_never_put_in_and_nothing_twice() -> None:
    assert take_out(None) is None
    assert take_out(take_out(changed(None, MEETING))) is None


def test_a_meeting_that_has_no_time_any_longer_is_taken_out() -> None:
    first = changed(None, MEETING)
    for time in (TIME.postponed("sjuk"), TIME.called_off("sjuk"), TO_COME):
        gone = changed(first, replace(MEETING, time=time))
        assert (gone.uid, gone.sequence, gone.is_on) == (first.uid, 1, False)
        assert put_in(gone, ANNA, replace(MEETING, time=time)) is None
        assert put_in(None, ANNA, replace(MEETING, time=time)) is None


def test_a_date_after_a_postponement_and_a_seat_booked_again_are_new_entries() -> None:
    first = changed(None, MEETING)
    again = changed(take_out(first), MEETING)
    once_more = changed(take_out(again), MEETING)
    assert (again.sequence, once_more.sequence) == (0, 0)
    assert len({first.uid, again.uid, once_more.uid}) == 3
