"""Erasing a person: unreadable everywhere, while the other party, the sums and the history stay whole."""

from __future__ import annotations

from datetime import date

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.settlement import WaiveCancellation
from application.people.person import Employ, ErasePerson, RegisterPerson
from application.programme.network import DecideAdmission
from domain.kernel.ids import SeasonId
from domain.people.admission import JobRole
from domain.people.person import PersonErased
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.subscriptions.rebuild import Rebuild
from tests.samples import Institute
from tests.scenarios.story import (
    amounts,
    book,
    cancel,
    credit_notes,
    documents,
    hand_over,
    seated,
    sitting,
    stockholm,
    whole,
)


def names(institute: Institute, season: SeasonId, when: str) -> list[str | None]:
    institute.catch_up()
    lines = institute.services.rosters.of(institute.admin, season, stockholm(when))
    return [line.name for line in lines]


def test_one_of_two_parties_of_a_transfer_is_erased(institute: Institute) -> None:
    """S66: Anna is gone, Bertil stays in the same transfer, invoices keep what they must, all of it replays."""
    conference = institute.conference()
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    made = book(institute, conference, institute.acme, anna)
    institute.clock.instant = stockholm("2027-01-28 09:00")
    hand_over(institute, institute.admin, made.booking_id, 1, bertil)
    institute.catch_up()
    before = [amounts(row) for row in documents(institute)]

    institute.services.people.erase(institute.admin, ErasePerson(anna))

    for _ in ("live", "rebuilt"):
        assert names(institute, conference, "2027-01-27 12:00") == [None]
        assert names(institute, conference, "2027-01-28 12:00") == ["Bertil"]
        assert [amounts(row) for row in documents(institute)] == before
        row = institute.services.people_questions.person(institute.admin, anna)
        assert (row.name, row.email, row.is_erased) == (None, None, True)
        assert not institute.services.people_questions.people(institute.admin, "anna").items
        Rebuild(institute.house.store, PROJECTIONS).run()


def test_an_erased_payers_invoice_keeps_what_bookkeeping_keeps(institute: Institute) -> None:
    conference = institute.conference()
    sven = institute.member("Sven")
    assert sven.person_id is not None
    made = institute.services.bookings.make(sven, MakeBooking(conference, seated(sven.person_id))).answer
    assert [row.buyer for row in documents(institute)] == ["Sven"]

    institute.services.people.erase(institute.admin, ErasePerson(sven.person_id))

    [row] = documents(institute)
    assert (row.buyer, row.gross) == ("Sven", 15_000_00)
    cancel(institute, institute.admin, made.booking_id)
    assert [note.gross for note in documents(institute, "credit_note")] == [-15_000_00]


def test_a_payer_erased_before_the_invoice_is_issued_still_stands_on_it(institute: Institute) -> None:
    conference = institute.conference()
    sven = institute.member("Sven")
    assert sven.person_id is not None
    institute.services.bookings.make(sven, MakeBooking(conference, seated(sven.person_id)))
    institute.services.people.erase(institute.admin, ErasePerson(sven.person_id))
    book(institute, conference, institute.acme, None)

    rows = documents(institute)

    assert [row.gross for row in rows] == [15_000_00, 7_500_00]
    assert [row.buyer for row in rows] == ["Sven", "Acme AB"]
    assert whole(institute, rows[0]).buyer_address == ""


def test_the_desk_still_settles_what_an_erased_person_left(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    assert anna.person_id is not None
    made = institute.services.bookings.make(
        anna, MakeBooking(conference, seated(anna.person_id), institute.acme)
    ).answer
    asked = institute.services.cancellations.request(anna, RequestCancellation(made.booking_id, plea="Sjuk")).answer

    institute.services.people.erase(institute.admin, ErasePerson(anna.person_id))
    waive = WaiveCancellation(asked.cancellation_id, "Enligt läkarintyg")
    institute.services.settlements.waive(institute.admin, waive)

    assert len(credit_notes(institute)) == 1
    assert sitting(institute, conference) == []


def test_nothing_more_is_recorded_about_an_erased_person(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.person("Anna", institute.acme)
    network = institute.network("Nätverket")
    institute.services.people.erase(institute.admin, ErasePerson(anna))

    with pytest.raises(PersonErased):
        book(institute, conference, institute.acme, anna)
    with pytest.raises(PersonErased):
        institute.services.bookings.make(institute.admin, MakeBooking(conference, seated(None), booked_for=anna))
    with pytest.raises(PersonErased):
        institute.services.people.employ(
            institute.admin, Employ(anna, institute.acme, JobRole.MANAGER, date(2026, 1, 1))
        )
    with pytest.raises(PersonErased):
        institute.services.networks.decide_admission(institute.admin, DecideAdmission(network, anna, True, "Ja"))

    institute.services.people.erase(institute.admin, ErasePerson(anna))


def test_who_comes_back_with_the_same_address_is_somebody_new(institute: Institute) -> None:
    anna = institute.person("Anna", institute.acme)
    assert institute.person("Anna", institute.acme) == anna

    institute.services.people.erase(institute.admin, ErasePerson(anna))

    again = RegisterPerson("Anna", " ANNA@example.org ")
    new = institute.services.people.register(institute.admin, again).answer.person_id
    assert new != anna
    assert institute.services.people.register(institute.admin, again).answer.person_id == new
