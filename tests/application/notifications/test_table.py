"""The table of who is told what: it knows every event, every kind of letter has its words, and nobody stands twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from eventsourcing.domain import CanMutateAggregate

from application.notifications.reaction import stories_of
from application.notifications.table import ALARM, TABLE, TIMED, InCalendar, Row, Whom, rows_of
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.programme.season import Season
from infrastructure.serialization.aggregates import AGGREGATES
from tests.application.notifications.nobody import TELLS_NOBODY
from web.letters.letter_words import read_letters
from web.letters.pieces import FRAME

if TYPE_CHECKING:
    from application.notifications.story import Sources

EVENTS = {
    f"{kind.__name__}.{name}": event
    for kind in AGGREGATES
    for name, event in vars(kind).items()
    if isinstance(event, type) and issubclass(event, CanMutateAggregate) and name not in ("Event", "Created")
}
TOUCHES = {
    "Booking.Made", "Booking.ParticipantNamed", "Booking.SeatTransferred", "Booking.SeatsCancelled",
    "Booking.Reinstated", "Cancellation.Granted", "Cancellation.Waived", "Season.MeetingPlanned",
    "Season.MeetingScheduled", "Season.MeetingPostponed", "Season.MeetingCalledOff", "Season.CalledOff",
    "Invoice.Issued", "CreditNote.Issued", "Invoice.PaymentReceived", "Invoice.PaymentRefunded",
    "Invoice.Reminded", "Invoice.PaymentReversed",
    "Checkout.Refunded",
}  # fmt: skip
"""What changes somebody's seat, time, place or money: no reason excuses it from the table."""


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_tells_somebody_or_says_why_it_tells_nobody(name: str) -> None:
    event = EVENTS[name]
    assert bool(rows_of(event)) != (event in TELLS_NOBODY), f"{name} needs rows in the table, or a reason"
    assert name not in TOUCHES or rows_of(event)


def test_the_table_knows_no_event_that_is_not_in_the_catalogue() -> None:
    known = set(EVENTS.values())
    assert {row.event for row in TABLE} | set(TELLS_NOBODY) <= known
    assert all(reason for reason in TELLS_NOBODY.values())


def test_every_event_of_the_table_has_its_story() -> None:
    assert set(stories_of(cast("Sources", None))) == {row.event for row in TABLE}


def test_nobody_stands_twice_in_the_rows_of_an_event() -> None:
    standing = [(row.event, row.whom) for row in TABLE]
    assert len(set(standing)) == len(standing)


@pytest.mark.parametrize(
    "kind", sorted({row.kind for row in (*TABLE, *TIMED)} | {"calendar_entry", "calendar_entry_gone"})
)
def test_every_kind_of_letter_has_its_words_in_both_languages(kind: str) -> None:
    words = read_letters()[kind]
    for part in ("subject", "body"):
        assert set(words[part]) == {"sv", "en"} and all(each.strip() for each in words[part].values())


def test_no_letter_lies_about_that_nobody_sends() -> None:
    asked_for = {"sign_in", FRAME, "link_code", "booking_link", ALARM}
    sent = {row.kind for row in (*TABLE, *TIMED)} | {"calendar_entry", "calendar_entry_gone"}
    assert set(read_letters()) == sent | asked_for


SEATED = [Booking.Made, Booking.ParticipantNamed, Booking.SeatTransferred, Booking.Reinstated]
UNSEATED = [Cancellation.Granted, Cancellation.Waived, Booking.SeatsCancelled]
CHANGED: dict[type[Season.Event], tuple[str, InCalendar]] = {
    Season.MeetingPlanned: ("meeting_planned", InCalendar.REQUEST),
    Season.MeetingScheduled: ("meeting_moved", InCalendar.REQUEST),
    Season.MeetingPostponed: ("meeting_postponed", InCalendar.CANCEL),
    Season.MeetingCalledOff: ("meeting_called_off", InCalendar.CANCEL),
}


@pytest.mark.parametrize("event", SEATED)
def test_whoever_gets_a_seat_gets_it_in_their_calendar(event: type[object]) -> None:
    assert calendar_of(event, Whom.PARTICIPANT) is InCalendar.REQUEST


@pytest.mark.parametrize("event", UNSEATED)
def test_whoever_loses_a_seat_loses_it_in_their_calendar(event: type[object]) -> None:
    assert calendar_of(event, Whom.PARTICIPANT) is InCalendar.CANCEL
    assert calendar_of(event, Whom.BOOKER) is InCalendar.CANCEL


@pytest.mark.parametrize("event", CHANGED)
def test_everybody_who_comes_is_told_when_a_meeting_changes(event: type[Season.Event]) -> None:
    kind, calendar = CHANGED[event]
    for whom in (Whom.PARTICIPANT, Whom.LEADER, Whom.SPEAKER):
        assert Row(event, whom, kind, calendar) in TABLE
    for whom in (Whom.BOOKER, Whom.CONTACT):
        assert Row(event, whom, kind) in TABLE


def test_a_seat_that_changes_hands_leaves_one_calendar_for_another() -> None:
    assert calendar_of(Booking.SeatTransferred, Whom.FORMER) is InCalendar.CANCEL
    assert {row.whom for row in rows_of(Booking.SeatTransferred)} >= {Whom.BOOKER, Whom.CONTACT, Whom.ORGANISER}


def calendar_of(event: type[object], whom: Whom) -> InCalendar:
    [row] = [row for row in rows_of(event) if row.whom is whom]
    return row.calendar
