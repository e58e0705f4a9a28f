"""Any past day can be looked at again: who sat there then, as known now, and as known then."""

from __future__ import annotations

from datetime import date

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.programme.season import AddSeats
from domain.kernel.errors import NotAllowed
from tests.samples import Institute
from tests.scenarios.story import book, cancel, hand_over, seated, sitting, stockholm


def test_the_roster_of_any_day(institute: Institute) -> None:
    """S72, the first clock: Anna, Bo, Cecilia and Bertil come and go."""
    conference = institute.conference(seats=2)
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    bo, cecilia = institute.person("Bo", institute.bolt), institute.person("Cecilia", institute.delta)

    institute.clock.instant = stockholm("2026-12-01 09:00")
    annas = book(institute, conference, institute.acme, anna)
    institute.clock.instant = stockholm("2026-12-10 09:00")
    bos = book(institute, conference, institute.bolt, bo)
    institute.clock.instant = stockholm("2026-12-20 10:00")
    cancel(institute, institute.admin, bos.booking_id)
    institute.clock.instant = stockholm("2026-12-21 09:00")
    book(institute, conference, institute.delta, cecilia)
    institute.clock.instant = stockholm("2027-01-28 09:00")
    hand_over(institute, institute.admin, annas.booking_id, 1, bertil)

    def as_of(when: str) -> list[str]:
        return sitting(institute, conference, stockholm(when))

    assert as_of("2026-11-30 12:00") == []
    assert as_of("2026-12-15 12:00") == ["Anna", "Bo"]
    assert as_of("2026-12-20 09:59") == ["Anna", "Bo"]
    assert as_of("2026-12-20 12:00") == ["Anna"]
    assert as_of("2026-12-31 12:00") == ["Anna", "Cecilia"]
    assert as_of("2027-01-29 00:00") == ["Bertil", "Cecilia"]
    assert sitting(institute, conference) == ["Bertil", "Cecilia"]


def test_a_letter_recorded_later_changes_what_is_known_of_the_past(institute: Institute) -> None:
    """S72, the second clock: on 30 January it is recorded that Bo's letter had come on 18 December."""
    conference = institute.conference()
    institute.clock.instant = stockholm("2026-12-01 09:00")
    book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    institute.clock.instant = stockholm("2026-12-10 09:00")
    bos = book(institute, conference, institute.bolt, institute.person("Bo", institute.bolt))

    institute.clock.instant = stockholm("2027-01-30 09:00")
    letter = RequestCancellation(bos.booking_id, received_at=stockholm("2026-12-18 14:00"))
    outcome = institute.services.cancellations.request(institute.admin, letter).answer

    assert outcome.credit == 15_000_00
    the_19th, the_31st = stockholm("2026-12-19 12:00"), stockholm("2026-12-31 12:00")
    assert sitting(institute, conference, the_19th) == ["Anna"]
    assert sitting(institute, conference, the_19th, known_at=the_31st) == ["Anna", "Bo"]
    assert sitting(institute, conference, stockholm("2026-12-18 13:59")) == ["Anna", "Bo"]
    assert sitting(institute, conference, the_19th, known_at=stockholm("2027-01-30 09:00")) == ["Anna"]


def test_a_seat_booked_again_by_the_same_person_is_theirs_again(institute: Institute) -> None:
    conference = institute.conference(seats=1)
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    institute.clock.instant = stockholm("2026-10-01 09:00")
    cancel(institute, anna, made.booking_id)
    institute.clock.instant = stockholm("2026-11-01 09:00")
    institute.services.bookings.make(anna, MakeBooking(conference, seated(anna.person_id), institute.acme))

    days = [stockholm(f"2026-{month:02}-15 12:00") for month in (9, 10, 11)]
    assert [sitting(institute, conference, day) for day in days] == [["Anna"], [], ["Anna"]]


def test_the_roster_is_the_admins(institute: Institute) -> None:
    """S62 in small: finance sees money, not people; members do not see each other."""
    conference = institute.conference()
    institute.services.seasons.add_seats(institute.admin, AddSeats(conference, 1))
    assert date(2026, 9, 1) == institute.clock.now().date()

    for actor in (institute.finance, institute.member("Anna", institute.acme)):
        with pytest.raises(NotAllowed):
            institute.services.rosters.of(actor, conference)
