"""Pleas, letters and kindness: what waits for the desk counts from the instant it came, and is settled once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from application.booking.cancellation import RequestCancellation, WithdrawCancellation
from application.booking.settlement import DeclineCancellation, GrantCancellation, WaiveCancellation
from domain.booking.booking import SeatGivenUp
from domain.booking.cancellation import CancellationSettled
from domain.kernel.errors import BadValue, NotAllowed
from domain.kernel.money import Money
from domain.kernel.terms import Terms, Tier
from domain.programme.price import Per, Price, PriceList
from tests.samples import Institute
from tests.scenarios.story import (
    book,
    cancel,
    credit_notes,
    documents,
    sitting,
    stockholm,
)

MIDNIGHT = stockholm("2027-01-03 00:00")
TIERS = (Tier(date(2026, 12, 1), 0), Tier(date(2027, 1, 3), 5_000), Tier(None, 10_000))
ODD = PriceList(0, (Price(Money(100_01), per=Per.ORGANISATION, persons=3),))


@pytest.mark.parametrize(
    ("day", "granted", "waived"),
    [("2026-11-30", 12_501, 0), ("2026-12-10", 6_250, 6_251), ("2027-01-03", 0, 12_501)],
)
def test_what_was_kept_is_given_back_when_the_admin_waives_it(
    institute: Institute, day: str, granted: int, waived: int
) -> None:
    season = institute.season("Kurs", 10, ODD, Terms(0, TIERS))
    made = book(institute, season, institute.bolt, None, None, None)
    institute.clock.instant = stockholm(f"{day} 12:00")
    outcome = cancel(institute, institute.admin, made.booking_id)
    assert outcome.credit == granted

    waive = WaiveCancellation(outcome.cancellation_id, "Sjukdom")
    institute.services.settlements.waive(institute.admin, waive)

    assert [-gross for _, _, gross in credit_notes(institute)] == [each for each in (granted, waived) if each]
    [invoice] = documents(institute, "invoice")
    assert (invoice.gross, invoice.credited, invoice.balance, invoice.status) == (12_501, 12_501, 0, "credited")
    with pytest.raises(CancellationSettled):
        institute.services.settlements.waive(institute.admin, waive)


def test_a_plea_waits_for_the_desk_and_counts_from_the_instant_it_came(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    institute.clock.instant = MIDNIGHT - timedelta(hours=1)
    plea = RequestCancellation(made.booking_id, plea="Jag är sjuk")
    asked = institute.services.cancellations.request(anna, plea).answer
    assert (asked.status, asked.credit) == ("requested", 7_500_00)
    assert sitting(institute, conference) == ["Anna"]

    institute.clock.instant = MIDNIGHT + timedelta(days=2)
    granted = institute.services.settlements.grant(institute.admin, GrantCancellation(asked.cancellation_id)).answer

    assert (granted.status, granted.credit) == ("granted", 7_500_00)
    assert credit_notes(institute) == [(-6_000_00, -1_500_00, -7_500_00)]


@pytest.mark.parametrize("end", ["declined", "withdrawn"])
def test_a_plea_that_comes_to_nothing_leaves_the_seat(institute: Institute, end: str) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    plea = RequestCancellation(made.booking_id, plea="Jag är sjuk")
    asked = institute.services.cancellations.request(anna, plea).answer

    if end == "declined":
        decline = DeclineCancellation(asked.cancellation_id, "Biljetten kan överlåtas")
        outcome = institute.services.settlements.decline(institute.admin, decline).answer
    else:
        withdraw = WithdrawCancellation(asked.cancellation_id)
        outcome = institute.services.cancellations.withdraw(anna, withdraw).answer

    assert (outcome.status, outcome.credit) == (end, 0)
    assert sitting(institute, conference) == ["Anna"]
    assert credit_notes(institute) == []


def test_two_pleas_for_the_seats_of_one_organisation_give_its_price_back_with_the_last(institute: Institute) -> None:
    cluster = institute.cluster()
    made = book(institute, cluster, institute.bolt, None, None)
    pleas = [
        institute.services.cancellations.request(
            institute.admin, RequestCancellation(made.booking_id, (seat,), plea="Sjuk")
        ).answer
        for seat in (1, 2)
    ]

    granted = [
        institute.services.settlements.grant(institute.admin, GrantCancellation(plea.cancellation_id)).answer.credit
        for plea in pleas
    ]

    assert granted == [0, 40_000_00]
    assert credit_notes(institute) == [(-32_000_00, -8_000_00, -40_000_00)]


def test_a_plea_for_a_seat_given_up_meanwhile_cannot_be_granted(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, None, None)
    request = RequestCancellation(made.booking_id, (1,), plea="Sjuk")
    asked = institute.services.cancellations.request(institute.admin, request).answer
    cancel(institute, institute.admin, made.booking_id, 1)

    with pytest.raises(SeatGivenUp):
        institute.services.settlements.grant(institute.admin, GrantCancellation(asked.cancellation_id))
    with pytest.raises(SeatGivenUp):
        institute.services.settlements.waive(institute.admin, WaiveCancellation(asked.cancellation_id, "Sjuk"))

    assert credit_notes(institute) == [(-6_000_00, -1_500_00, -7_500_00)]


def test_a_letter_counts_from_the_day_it_came(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    institute.clock.instant = stockholm("2027-01-10 09:00")
    letter = RequestCancellation(made.booking_id, received_at=stockholm("2027-01-02 15:00"))

    assert institute.services.cancellations.request(institute.admin, letter).answer.credit == 7_500_00


NOWHERE = datetime(2027, 1, 2)  # noqa: DTZ001 # no zone is what is tried


@pytest.mark.parametrize("came", [stockholm("2027-01-10 09:01"), stockholm("2026-08-31 09:00"), NOWHERE])
def test_a_letter_came_between_the_booking_and_now(institute: Institute, came: datetime) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, None)
    institute.clock.instant = stockholm("2027-01-10 09:00")

    with pytest.raises(BadValue):
        institute.services.cancellations.request(
            institute.admin, RequestCancellation(made.booking_id, received_at=came)
        )


def test_a_member_does_not_date_their_own_letter(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    institute.clock.instant = stockholm("2027-01-10 09:00")

    letter = RequestCancellation(made.booking_id, received_at=stockholm("2027-01-02 15:00"))
    with pytest.raises(NotAllowed):
        institute.services.cancellations.request(anna, letter)
