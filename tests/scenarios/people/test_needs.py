"""What people need at meetings is health data: kept until the last season they come to is over, and no longer."""

from __future__ import annotations

from datetime import timedelta

from application.booking.booking import MakeBooking
from application.booking.waiting_list import JoinWaitingList
from application.kernel.due_job import DueJob
from application.people.needs import NEEDS, NEEDS_KEPT
from application.people.person import ErasePerson, TellNeeds
from application.programme.meeting import PlannedMeeting
from domain.kernel.ids import PersonId
from domain.people.person import Person
from domain.programme.meeting_time import TO_COME
from tests.samples import Institute, full_day
from tests.scenarios.story import FREE, book, cancel, facts, seated


def keep_house(institute: Institute) -> None:
    """What the worker does about needs that serve nothing any longer."""
    institute.catch_up()
    for each in institute.house.worker.jobs.jobs:
        if isinstance(each, DueJob) and each.name == NEEDS:
            while each.turn():
                institute.catch_up()


def needs_of(institute: Institute, person: PersonId) -> str | None:
    return institute.services.people_questions.person(institute.admin, person).needs


def somebody(institute: Institute, name: str) -> PersonId:
    person = institute.person(name)
    institute.services.people.tell_needs(institute.acting(person), TellNeeds(person, "Nötallergi"))
    return person


def readable(institute: Institute) -> list[str]:
    """Whatever can still be read of all needs that were ever told."""
    told = [fact.needs for fact in facts(institute) if isinstance(fact, Person.NeedsTold)]
    return [each for each in institute.house.store.keyring.decrypt_many(told) if each]


def test_needs_are_forgotten_the_day_after_the_season_and_nobody_can_read_them(institute: Institute) -> None:
    """The conference is on 3 and 4 February 2027."""
    conference, anna = institute.conference(), somebody(institute, "Anna")
    institute.services.bookings.make(institute.acting(anna), MakeBooking(conference, seated(anna)))
    institute.at(2027, 2, 4, 22)
    keep_house(institute)
    assert needs_of(institute, anna) == "Nötallergi"
    institute.at(2027, 2, 4, 23)
    keep_house(institute)
    assert (needs_of(institute, anna), readable(institute)) == (None, [])
    keep_house(institute)
    assert len([fact for fact in facts(institute) if isinstance(fact, Person.NeedsForgotten)]) == 1


def test_who_comes_to_another_season_keeps_them_and_so_does_who_waits(institute: Institute) -> None:
    soon = institute.season("Dagen", 10, FREE, meetings=(full_day("Dagen", 2026, 10, 1),))
    later = institute.season("Senare", 1, FREE, meetings=(full_day("Senare", 2027, 6, 1),))
    anna, vera, olle = (somebody(institute, name) for name in ("Anna", "Vera", "Olle"))
    for who in (anna, vera, olle):
        institute.services.bookings.make(institute.acting(who), MakeBooking(soon, seated(who)))
    institute.services.bookings.make(institute.acting(anna), MakeBooking(later, seated(anna)))
    institute.services.waiting_lists.join(institute.acting(vera), JoinWaitingList(later, 1))
    institute.at(2026, 10, 2)
    keep_house(institute)
    assert [needs_of(institute, who) for who in (anna, vera, olle)] == ["Nötallergi", "Nötallergi", None]
    institute.at(2027, 6, 2)
    keep_house(institute)
    assert readable(institute) == []


def test_a_meeting_without_a_day_keeps_its_season_on_but_not_for_ever(institute: Institute) -> None:
    meetings = (full_day("Första", 2026, 10, 1), PlannedMeeting("Andra", TO_COME))
    season, anna = institute.season("Säsongen", 10, FREE, meetings=meetings), somebody(institute, "Anna")
    institute.services.bookings.make(institute.acting(anna), MakeBooking(season, seated(anna)))
    institute.at(2027, 10, 1)
    keep_house(institute)
    assert needs_of(institute, anna) == "Nötallergi"
    institute.at(2027, 10, 3)
    keep_house(institute)
    assert needs_of(institute, anna) is None


def test_who_comes_to_nothing_is_forgotten_after_a_month(institute: Institute) -> None:
    anna = somebody(institute, "Anna")
    institute.clock.pass_by(NEEDS_KEPT - timedelta(seconds=1))
    keep_house(institute)
    assert needs_of(institute, anna) == "Nötallergi"
    institute.clock.pass_by(timedelta(seconds=1))
    keep_house(institute)
    assert needs_of(institute, anna) is None


def test_what_was_told_before_cannot_be_read_and_erasing_takes_all(institute: Institute) -> None:
    anna = somebody(institute, "Anna")
    institute.services.people.tell_needs(institute.acting(anna), TellNeeds(anna, "Vegan"))
    assert readable(institute) == ["Vegan"]
    institute.services.people.erase(institute.admin, ErasePerson(anna))
    assert readable(institute) == []


def test_a_seat_given_up_needs_nothing(institute: Institute) -> None:
    conference, anna = institute.conference(), somebody(institute, "Anna")
    made = book(institute, conference, institute.acme, anna)
    institute.clock.pass_by(NEEDS_KEPT)
    keep_house(institute)
    assert needs_of(institute, anna) == "Nötallergi"
    cancel(institute, institute.admin, made.booking_id, 1)
    keep_house(institute)
    assert needs_of(institute, anna) is None
