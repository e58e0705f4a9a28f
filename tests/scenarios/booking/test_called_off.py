"""Called off by the organiser: every seat still held is credited in full, whatever the terms say, and only once."""

from __future__ import annotations

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.programme.season import CallOffSeason
from domain.booking.booking import BookingEnded
from domain.programme.season_opening import SeasonCalledOff
from tests.samples import Institute
from tests.scenarios.story import book, cancel, credit_notes, documents, hand_over, seated, sitting, stockholm


def test_a_conference_called_off_is_credited_in_full(institute: Institute) -> None:
    """S32: three non-members and five members on 20 January, after the deadline: 82 500.00 in eight credit notes."""
    conference = institute.conference()
    for number in range(3):
        person = institute.member(f"Privat{number}")
        institute.services.bookings.make(person, MakeBooking(conference, seated(person.person_id)))
    for number in range(5):
        book(institute, conference, institute.acme, institute.person(f"Anna{number}", institute.acme))
    institute.clock.instant = stockholm("2027-01-20 10:00")

    institute.services.seasons.call_off(institute.admin, CallOffSeason(conference, "För få anmälda"))

    notes = credit_notes(institute)
    assert len(notes) == 8
    assert tuple(map(sum, zip(*notes, strict=True))) == (-66_000_00, -16_500_00, -82_500_00)
    assert {row.balance for row in documents(institute, "invoice")} == {0}
    assert sitting(institute, conference) == []
    with pytest.raises(SeasonCalledOff):
        book(institute, conference, institute.bolt, None)


def test_what_has_been_credited_before_is_not_credited_again(institute: Institute) -> None:
    """S33: three tickets, one credited, one transferred: exactly 15 000.00 more."""
    conference = institute.conference()
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    made = book(institute, conference, institute.acme, anna, bertil, None)
    cancel(institute, institute.admin, made.booking_id, 2)
    hand_over(institute, institute.admin, made.booking_id, 1, institute.person("Carin", institute.acme))
    assert sum(gross for _, _, gross in credit_notes(institute)) == -7_500_00
    institute.clock.instant = stockholm("2027-01-20 10:00")

    institute.services.seasons.call_off(institute.admin, CallOffSeason(conference, "För få anmälda"))

    assert [gross for _, _, gross in credit_notes(institute)] == [-7_500_00, -15_000_00]
    [invoice] = documents(institute, "invoice")
    assert (invoice.credited, invoice.balance) == (22_500_00, 0)
    with pytest.raises(BookingEnded):
        cancel(institute, institute.admin, made.booking_id)


def test_a_late_cancellation_is_not_paid_back_when_the_season_is_called_off_later(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme), None)
    institute.clock.instant = stockholm("2027-01-10 10:00")
    cancel(institute, institute.admin, made.booking_id, 1)

    institute.services.seasons.call_off(institute.admin, CallOffSeason(conference, "För få anmälda"))

    assert [gross for _, _, gross in credit_notes(institute)] == [-7_500_00]


def test_a_cluster_called_off_gives_each_organisation_its_price_back(institute: Institute) -> None:
    cluster = institute.cluster()
    made = book(institute, cluster, institute.bolt, None, None)
    book(institute, cluster, institute.acme, None, None)
    cancel(institute, institute.admin, made.booking_id, 2)
    institute.clock.instant = stockholm("2027-01-19 10:00")

    institute.services.seasons.call_off(institute.admin, CallOffSeason(cluster, "För få anmälda"))

    assert sorted(gross for _, _, gross in credit_notes(institute)) == [-40_000_00, -31_250_00]


def test_who_cancels_just_after_the_calling_off_loses_nothing(institute: Institute) -> None:
    """S32: the terms no longer count, even before anybody has come round to the credit notes."""
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    institute.catch_up()
    institute.clock.instant = stockholm("2027-01-20 10:00")
    institute.services.seasons.call_off(institute.admin, CallOffSeason(conference, "För få anmälda"))

    with pytest.raises(SeasonCalledOff):
        institute.services.cancellations.preview(institute.admin, RequestCancellation(made.booking_id))
    with pytest.raises(SeasonCalledOff):
        cancel(institute, institute.admin, made.booking_id)

    assert [gross for _, _, gross in credit_notes(institute)] == [-7_500_00]


def test_how_far_the_ending_of_bookings_has_come_can_be_seen(institute: Institute) -> None:
    season = institute.conference()
    for name in ("Anna", "Bertil"):
        book(institute, season, institute.acme, institute.person(name, institute.acme))
    institute.catch_up()
    left = institute.services.calling_off.left
    assert left(institute.admin, season) == 0
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "För få."))
    assert left(institute.admin, season) == 2
    institute.catch_up()
    assert left(institute.admin, season) == 0
