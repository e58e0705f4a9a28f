"""My bookings and my documents, a page at a time: everything that somebody answers for, once, the latest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.kernel.actor import Actor
from application.kernel.page import Page
from application.people.organisation import AppointContact
from application.people.participant import Participant
from domain.kernel.terms import free_before
from tests.samples import Institute, conference_prices


@pytest.fixture
def anna(institute: Institute) -> Actor:
    """Pays for herself, and is a contact of two organisations for which others book; of a third she is not."""
    anna, acme, bolt = institute.person("Anna", institute.acme), institute.acme, institute.bolt
    for organisation in (acme, bolt):
        institute.services.organisations.appoint_contact(institute.admin, AppointContact(organisation, anna))
    conference = institute.conference()
    for no, payer in enumerate([None, acme, bolt, institute.delta, bolt, acme, None, bolt] * 2):
        if payer is None:
            season = institute.season(f"Kurs {no}", 5, conference_prices(), free_before(date(2027, 1, 3)))
            institute.services.bookings.make(institute.acting(anna), MakeBooking(season, (Participant(anna),)))
        else:
            colleague = Participant(name=f"Person {no}", email=f"person{no}@x.example")
            institute.services.bookings.make(institute.admin, MakeBooking(conference, (colleague,), payer))
        institute.catch_up()
        if no % 3:
            institute.clock.pass_by(timedelta(days=1))
    return institute.acting(anna)


def walked(answer: Callable[[str | None], Page[Any]], limit: int) -> list[Any]:
    """All rows, page after page."""
    found, page = list[Any](), answer(None)
    while True:
        assert len(page.items) <= limit
        found += page.items
        if page.next_cursor is None:
            return found
        page = answer(page.next_cursor)


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_my_bookings(institute: Institute, anna: Actor, limit: int) -> None:
    questions = institute.services.booking_questions
    listed = questions.all(institute.admin, limit=200).items
    expected = [each.booking_id for each in listed if each.organisation_id != institute.delta]

    found = walked(lambda after: questions.mine(anna, after, limit), limit)

    assert len(expected) == 14
    assert [each.booking_id for each in found] == expected


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_my_documents(institute: Institute, anna: Actor, limit: int) -> None:
    questions, everything = institute.services.invoice_questions, DocumentFilter()
    listed = questions.list(institute.finance, everything, limit=200).items
    expected = [each.number for each in listed if each.organisation_id != institute.delta]

    found = walked(lambda after: questions.list(anna, everything, after, limit), limit)

    assert len(expected) == 14
    assert [each.number for each in found] == expected


@pytest.mark.parametrize("limit", [1, 5])
def test_what_is_about_me_is_not_what_my_organisations_have(institute: Institute, anna: Actor, limit: int) -> None:
    bookings, documents = institute.services.booking_questions, institute.services.invoice_questions

    booked = walked(lambda after: bookings.about(anna, after, limit), limit)
    billed = walked(lambda after: documents.about(anna, after, limit), limit)

    assert [each.payer_person_id for each in booked] == [anna.person_id] * 4
    assert [each.person_id for each in billed] == [anna.person_id] * 4
    assert booked == [each for each in bookings.mine(anna).items if each.payer_person_id == anna.person_id]


def test_a_seat_that_was_cancelled_is_about_whoever_had_it_and_may_look_it_up(institute: Institute) -> None:
    bo, dan = institute.member("Bo", institute.acme), institute.member("Dan", institute.acme)
    assert bo.person_id is not None and dan.person_id is not None
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.acme, bo.person_id))
    seats = (Participant(bo.person_id), Participant(dan.person_id), Participant(name="Cia", email="cia@x.example"))
    command = MakeBooking(institute.conference(), seats, institute.acme)
    made = institute.services.bookings.make(institute.admin, command).answer
    institute.services.cancellations.request(institute.admin, RequestCancellation(made.booking_id, (1, 2)))
    institute.catch_up()
    services = institute.services

    assert [each.booking_id for each in services.booking_questions.about(bo).items] == [made.booking_id]
    assert services.booking_questions.about(dan).items == ()
    [shown] = services.my_data.of(bo, bo.person_id).bookings
    assert [(each.no, each.is_cancelled) for each in shown.seats] == [(1, True)]
    assert services.my_data.latest(bo, bo.person_id, 5).bookings == (shown,)
