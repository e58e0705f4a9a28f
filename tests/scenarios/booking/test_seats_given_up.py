"""Giving up seats: by whoever answers for them, once each, however many try at the same time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import (
    CancellationOutcome,
    RequestCancellation,
)
from application.booking.transfer import TransferOutcome
from application.kernel.ports import Busy
from application.programme.season import OpenBooking, PlanSeason
from domain.booking.booking import BookingEnded, SeatGivenUp
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import BookingId
from domain.kernel.terms import free_before
from tests.infrastructure.log_of_tests import all_at_once
from tests.samples import Institute, conference_prices, full_day
from tests.scenarios.story import (
    book,
    cancel,
    credit_notes,
    hand_over,
    invoices,
    seated,
    seats_left,
    sitting,
    stockholm,
)

MIDNIGHT = stockholm("2027-01-03 00:00")


def test_cancelling_twice_is_refused_and_credits_nothing_more(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme), None)
    cancel(institute, institute.admin, made.booking_id, 1)

    with pytest.raises(SeatGivenUp):
        cancel(institute, institute.admin, made.booking_id, 1)
    cancel(institute, institute.admin, made.booking_id)
    with pytest.raises(BookingEnded):
        cancel(institute, institute.admin, made.booking_id)
    with pytest.raises(BookingEnded):
        institute.services.cancellations.preview(institute.admin, RequestCancellation(made.booking_id))
    with pytest.raises(BookingEnded):
        institute.services.cancellations.request(institute.admin, RequestCancellation(made.booking_id, plea="Snälla"))

    assert credit_notes(institute) == [(-6_000_00, -1_500_00, -7_500_00)] * 2


def test_a_click_repeated_cancels_once(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    command = RequestCancellation(made.booking_id)

    first = institute.services.cancellations.request(anna, command, "ett klick")
    second = institute.services.cancellations.request(anna, command, "ett klick")

    assert (second.answer, second.repeated) == (first.answer, True)
    assert len(credit_notes(institute)) == 1


def test_many_cancel_and_hand_over_the_same_seat_at_once_and_one_does(institute: Institute) -> None:
    """Ten at once, five of each: whatever comes first, the seat is credited once or handed over and then credited."""
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme), None)
    colleagues = [institute.person(f"Bertil{number}", institute.acme) for number in range(5)]

    def reach(which: int) -> object:
        if which % 2:
            return cancel(institute, institute.admin, made.booking_id, 1)
        return hand_over(institute, institute.admin, made.booking_id, 1, colleagues[which // 2])

    came_of_it = all_at_once(10, reach)

    cancelled = [each for each in came_of_it if isinstance(each, CancellationOutcome)]
    if not cancelled:  # those who handed over were quicker each time
        cancelled = [cancel(institute, institute.admin, made.booking_id, 1)]
    assert len(cancelled) == 1
    assert {type(each) for each in came_of_it} <= {CancellationOutcome, TransferOutcome, SeatGivenUp, Busy}
    assert credit_notes(institute) == [(-6_000_00, -1_500_00, -7_500_00)]
    assert (sitting(institute, conference), seats_left(institute, conference)) == (["Acme AB – to be named"], 99)


def test_who_only_sits_there_answers_for_no_seat_but_their_own(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id, institute.person("Bertil", institute.acme))

    for seats in ((2,), None):
        with pytest.raises(NotAllowed):
            institute.services.cancellations.request(anna, RequestCancellation(made.booking_id, seats))
    with pytest.raises(NotAllowed):
        hand_over(institute, anna, made.booking_id, 2, institute.person("Carin", institute.acme))
    cancel(institute, anna, made.booking_id, 1)

    assert sitting(institute, conference) == ["Bertil"]


def test_a_seat_given_back_can_be_booked_again(institute: Institute) -> None:
    """The claims on the person and on the organisation go with the seats."""
    cluster = institute.cluster()
    bodil = institute.person("Bodil", institute.bolt)
    made = book(institute, cluster, institute.bolt, bodil, None)
    cancel(institute, institute.admin, made.booking_id, 1)
    cancel(institute, institute.admin, made.booking_id, 2)

    again = book(institute, cluster, institute.bolt, bodil, None)

    assert (again.left, again.gross) == (13, 40_000_00)
    assert sitting(institute, cluster) == ["Bodil", "Bolt AB – to be named"]


def test_a_deadline_is_where_the_season_is(institute: Institute) -> None:
    """In Helsinki the third begins an hour before it does in Stockholm."""
    network = institute.network("Helsingfors")
    plan = PlanSeason(
        network,
        "Konferens i Helsingfors",
        10,
        meetings=(full_day("Dag 1", 2027, 2, 3),),
        prices=conference_prices(),
        terms=free_before(date(2027, 1, 3)),
        zone="Europe/Helsinki",
    )
    season = institute.services.seasons.plan(institute.admin, plan).answer.season_id
    institute.services.seasons.open_booking(institute.admin, OpenBooking(season))
    made = book(institute, season, institute.bolt, None, None)

    institute.clock.instant = MIDNIGHT - timedelta(hours=1, milliseconds=1)
    assert cancel(institute, institute.admin, made.booking_id, 1).credit == 15_000_00
    institute.clock.instant = MIDNIGHT - timedelta(hours=1)
    assert cancel(institute, institute.admin, made.booking_id, 2).credit == 0


def test_a_seasons_sums_lose_what_is_credited(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, None, None)
    cancel(institute, institute.admin, made.booking_id, 1)
    institute.catch_up()

    [told] = institute.services.invoice_questions.sums(institute.finance)

    assert (told.net, told.vat, told.gross, told.credited) == (6_000_00, 1_500_00, 7_500_00, 7_500_00)
    assert (told.seats_taken, told.documents) == (1, 2)


def test_a_private_persons_booking_is_theirs_to_cancel(institute: Institute) -> None:
    conference = institute.conference()
    sven = institute.member("Sven")
    made = institute.services.bookings.make(sven, MakeBooking(conference, seated(sven.person_id))).answer

    assert cancel(institute, sven, BookingId(made.booking_id)).credit == 15_000_00
    assert invoices(institute) == [(12_000_00, 3_000_00, 15_000_00)]
    assert credit_notes(institute) == [(-12_000_00, -3_000_00, -15_000_00)]
