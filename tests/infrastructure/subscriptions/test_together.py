"""What follows from many bookings is recorded together, each once, however often the events are given."""

from __future__ import annotations

import msgspec
import pytest

from application.billing.invoice import Invoices
from application.booking.booking import MakeBooking
from application.people.participant import TO_BE_NAMED, Participant
from application.programme.meeting import PostponeMeeting, ScheduleMeeting
from domain.kernel.ids import BookingId, MeetingId
from domain.programme.calendar_entry import CalendarEntry
from tests.infrastructure.followers import book_many, count
from tests.infrastructure.jobs.neighbours import another_house
from tests.samples import Institute, full_day

INVOICES = "select count(*) from event where topic = 'Invoice.Issued'"
TRANSACTIONS = "select count(distinct position >> 12) from event where topic = 'Invoice.Issued'"
LETTERS = "select count(*) from letter"
_TOLD_ENTRIES = """
select entry::text from told where person_id = %s and meeting_id = %s and entry is not null order by id"""
_TOLD_AT = "select count(distinct xmin::text) from told"
_STREAMS = "where originator_id = r.i"
_BEFORE_INVOICES = """
update tracking set position = (select min(position) - 1 from event where topic = 'Invoice.Issued')
where name = 'policies'"""
NUMBERS = "select count(distinct (originator_id, originator_version)) from event where topic = 'NumberSeries.Drawn'"


def give_again(institute: Institute) -> None:
    """As if the worker had died before it could say how far it had come."""
    with institute.house.store.connections.borrow() as connection:
        connection.execute("update tracking set position = 0 where name = 'policies'")
    institute.catch_up()


def test_the_invoices_of_many_bookings_are_few_transactions_with_a_number_each(institute: Institute) -> None:
    book_many(institute, institute.conference(), 20)
    institute.catch_up()

    store = institute.house.store
    assert count(store, INVOICES) == 20
    assert count(store, TRANSACTIONS) <= 4


def test_bookings_of_one_person_in_several_seasons_are_one_transaction(institute: Institute) -> None:
    """Their calendar is looked up for each, and what was told of another season stands in nobody's way."""
    bookings, colleague = institute.services.bookings, Participant(person_id=institute.person("Bo", institute.acme))
    for each in (institute.conference(), institute.conference(), institute.conference()):
        bookings.make(institute.admin, MakeBooking(each, (colleague,), institute.acme))
    institute.catch_up()

    assert count(institute.house.store, INVOICES) == 3
    assert count(institute.house.store, TRANSACTIONS) == 1


def test_a_calendar_is_told_in_order_what_happens_to_a_meeting_within_one_transaction(institute: Institute) -> None:
    season, bo = institute.cluster(), institute.person("Bo", institute.acme)
    institute.catch_up()
    meeting = MeetingId(institute.services.programme.season(institute.admin, season).meetings[2].meeting_id)
    command = MakeBooking(season, (Participant(bo), Participant()), institute.acme)
    institute.services.bookings.make(institute.admin, command)
    institute.services.meetings.postpone(institute.admin, PostponeMeeting(season, meeting, "Talaren är sjuk."))
    new_time = ScheduleMeeting(season, meeting, full_day("", 2027, 6, 9).time)
    institute.services.meetings.schedule(institute.admin, new_time)
    institute.catch_up()

    rows = institute.house.store.query(_TOLD_ENTRIES, [bo, meeting])
    entries = [msgspec.json.decode(entry, type=CalendarEntry) for (entry,) in rows]
    assert [(each.no, each.sequence, each.is_on) for each in entries] == [(0, 0, True), (0, 1, False), (1, 0, True)]
    assert count(institute.house.store, _TOLD_AT) == 1


def test_who_booked_is_not_asked_for_one_by_one_where_nobody_remembers_the_bookings(
    institute: Institute, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a rush invoices come long after their bookings, which the process has forgotten by then."""
    season, bookings = institute.conference(), institute.services.bookings
    for no in range(8):
        booker = institute.member(f"Person{no}", institute.acme)
        bookings.make(booker, MakeBooking(season, (TO_BE_NAMED,), institute.acme))
    institute.catch_up()
    institute.house.store.execute(_BEFORE_INVOICES, [])
    with another_house(institute) as house:
        asked, usual = list[str](), house.store.recorder.query

        def query(statement: str | bytes, *arguments: object, **how: object) -> list[tuple[object, ...]]:
            asked.append(statement if isinstance(statement, str) else statement.decode())
            return usual(statement, *arguments, **how)  # type: ignore[arg-type]  # as it was called

        monkeypatch.setattr(house.store.recorder, "query", query)
        house.worker.catch_up()

    assert sum(_STREAMS in each for each in asked) == 2


def test_events_that_are_given_again_after_a_group_was_recorded_double_nothing(institute: Institute) -> None:
    book_many(institute, institute.conference(), 6)
    institute.catch_up()
    store = institute.house.store
    before = [count(store, asked) for asked in (INVOICES, LETTERS, NUMBERS)]

    give_again(institute)

    assert [count(store, asked) for asked in (INVOICES, LETTERS, NUMBERS)] == before


def test_what_cannot_be_done_for_one_booking_is_done_for_all_others(
    institute: Institute, monkeypatch: pytest.MonkeyPatch
) -> None:
    position = book_many(institute, institute.conference(), 5)
    asked, usual = list[BookingId](), Invoices.issue_for_booking

    def fail_once(self: Invoices, actor: object, organiser: object, booking_id: BookingId) -> object:
        asked.append(booking_id)
        if len(asked) == 3:
            raise ValueError("not this one")
        return usual(self, actor, organiser, booking_id)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Invoices, "issue_for_booking", fail_once)
    institute.catch_up()

    assert institute.services.freshness.wait_for(position, 1.0)
    assert count(institute.house.store, INVOICES) == 5
    assert asked[:3] == asked[3:6]


def test_a_decision_in_a_group_sees_what_those_before_it_have_agreed_on(institute: Institute) -> None:
    book_many(institute, institute.conference(), 8)
    institute.catch_up()

    numbers = institute.house.store.query(
        "select distinct convert_from(state, 'utf8')::jsonb ->> 'number' from event where topic = 'Invoice.Issued'", []
    )
    assert sorted(int(number) for (number,) in numbers) == list(range(1, 9))
