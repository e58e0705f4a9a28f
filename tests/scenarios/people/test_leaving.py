"""Whoever has left an organisation sees and changes what is its no longer, from the day after their last there."""

from __future__ import annotations

from datetime import date

import pytest

from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.kernel.actor import Actor
from application.people.organisation import AppointContact
from application.people.person import Employ, EndEmployment
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import BookingId, PersonId
from domain.kernel.terms import free_before
from domain.people.admission import JobRole
from tests.samples import Institute, conference_prices
from tests.scenarios.story import FREE, book, seated, sitting, stockholm


def contact(institute: Institute, name: str = "Klara") -> Actor:
    """Somebody who works for Acme and acts for it."""
    klara = institute.member(name, institute.acme)
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.acme, person(klara)))
    return klara


def person(actor: Actor) -> PersonId:
    assert actor.person_id is not None
    return actor.person_id


def leaves(institute: Institute, who: Actor, day: date) -> None:
    institute.services.people.end_employment(institute.admin, EndEmployment(person(who), institute.acme, day))


def new_day(institute: Institute, day: str) -> None:
    institute.clock.instant = stockholm(f"{day} 06:00")
    institute.catch_up()
    institute.house.worker.jobs.finish()
    institute.catch_up()


def sees(institute: Institute, who: Actor, booking: BookingId) -> tuple[bool, int]:
    """Whether the booking can be opened, and how many documents there are to read."""
    institute.catch_up()
    documents = institute.services.invoice_questions.list(who, DocumentFilter()).items
    try:
        institute.services.booking_questions.one(who, booking)
    except NotFound:
        return False, len(documents)
    return True, len(documents)


def test_a_contact_who_has_left_sees_and_cancels_nothing_more(institute: Institute) -> None:
    klara, conference = contact(institute), institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    assert sees(institute, klara, made.booking_id) == (True, 1)

    leaves(institute, klara, date(2026, 8, 31))

    with pytest.raises(NotFound):
        institute.services.cancellations.request(klara, RequestCancellation(made.booking_id))
    with pytest.raises(NotAllowed):
        institute.services.bookings.make(klara, MakeBooking(conference, seated(None), institute.acme))
    assert sees(institute, klara, made.booking_id) == (False, 0)
    assert sitting(institute, conference) == ["Anna"]


def test_a_last_day_that_is_told_beforehand_counts_to_its_end(institute: Institute) -> None:
    klara, conference = contact(institute), institute.conference()
    made = book(institute, conference, institute.acme, None)
    leaves(institute, klara, date(2026, 9, 30))

    new_day(institute, "2026-09-30")
    assert sees(institute, klara, made.booking_id) == (True, 1)

    new_day(institute, "2026-10-01")
    assert sees(institute, klara, made.booking_id) == (False, 0)


def test_a_last_day_that_has_not_been_taken_in_yet_is_not_passed_over(institute: Institute) -> None:
    """The worker was away while the last day was told and went by; what it begins with may be the jobs."""
    klara, made = contact(institute), book(institute, institute.conference(), institute.acme, None)
    new_day(institute, "2026-09-02")
    leaves(institute, klara, date(2026, 9, 3))
    institute.clock.instant = stockholm("2026-09-10 06:00")

    institute.house.worker.jobs.finish()
    institute.catch_up()
    assert sees(institute, klara, made.booking_id) == (True, 1)
    institute.house.worker.jobs.finish()

    assert sees(institute, klara, made.booking_id) == (False, 0)


def test_who_is_appointed_again_after_they_left_stays(institute: Institute) -> None:
    klara, made = contact(institute), book(institute, institute.conference(), institute.acme, None)
    leaves(institute, klara, date(2026, 9, 15))
    new_day(institute, "2026-09-16")
    assert sees(institute, klara, made.booking_id) == (False, 0)

    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.acme, person(klara)))
    new_day(institute, "2026-09-17")
    new_day(institute, "2026-11-17")

    assert sees(institute, klara, made.booking_id) == (True, 1)


def test_who_changes_their_work_at_the_same_organisation_stays(institute: Institute) -> None:
    klara, made = contact(institute), book(institute, institute.conference(), institute.acme, None)
    leaves(institute, klara, date(2026, 9, 15))
    back = Employ(person(klara), institute.acme, JobRole.MANAGER, date(2026, 9, 16))
    institute.services.people.employ(institute.admin, back)
    new_day(institute, "2026-09-20")
    assert sees(institute, klara, made.booking_id) == (True, 1)


def test_a_contact_who_never_worked_there_stays(institute: Institute) -> None:
    bertil, made = (
        institute.member("Bertil", institute.bolt),
        book(institute, institute.conference(), institute.acme, None),
    )
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.acme, person(bertil)))
    institute.services.people.end_employment(
        institute.admin, EndEmployment(person(bertil), institute.bolt, date(2026, 8, 31))
    )
    new_day(institute, "2026-10-01")
    assert sees(institute, bertil, made.booking_id) == (True, 1)


def test_who_booked_for_an_organisation_answers_for_it_until_they_leave_and_then_for_their_own_seat(
    institute: Institute,
) -> None:
    """Their colleagues' seats, what they cost and the whole of the booking are their former employer's business."""
    conference, bokar = institute.conference(), institute.member("Bokar", institute.acme)
    anna = institute.person("Anna", institute.acme)
    make = institute.services.bookings.make
    both = make(bokar, MakeBooking(conference, seated(person(bokar), anna), institute.acme)).answer.booking_id
    cluster = institute.season("Annat", 10, conference_prices(), free_before(date(2027, 1, 3)))
    hers = make(bokar, MakeBooking(cluster, seated(anna), institute.acme)).answer.booking_id
    own = make(bokar, MakeBooking(institute.season("Eget", 5, FREE), seated(person(bokar)))).answer.booking_id
    institute.catch_up()
    assert {each.booking_id for each in institute.services.booking_questions.mine(bokar).items} == {both, hers, own}

    leaves(institute, bokar, date(2026, 8, 31))

    assert sees(institute, bokar, hers) == (False, 0)
    assert {each.booking_id for each in institute.services.booking_questions.mine(bokar).items} == {both, own}
    row = institute.services.booking_questions.one(bokar, both)
    assert institute.services.booking_questions.answers_for(bokar, row) == (1,)
    cancel = institute.services.cancellations.request
    with pytest.raises(NotFound):
        cancel(bokar, RequestCancellation(hers))
    with pytest.raises(NotAllowed):
        cancel(bokar, RequestCancellation(both, (2,)))
    cancel(bokar, RequestCancellation(both, (1,)))
    assert sitting(institute, conference) == ["Anna"]
