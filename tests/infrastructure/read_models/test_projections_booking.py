"""Events in, rows out: bookings with their seats and what was given back, for those who may see them."""

from __future__ import annotations

import pytest

from application.booking.booking import MakeBooking, NameParticipant
from application.booking.cancellation import RequestCancellation
from application.booking.registration import Register
from application.booking.settlement import WaiveCancellation
from application.people.organisation import AppointContact
from application.people.participant import Participant
from application.people.person import ErasePerson
from application.programme.season import CallOffSeason
from domain.kernel.errors import NotFound
from domain.kernel.ids import BookingId
from tests.samples import Institute, kronor
from tests.scenarios.story import book, cancel, hand_over, seated, stockholm

TICKET = 7_500_00


def test_a_booking_reads_as_it_was_agreed(institute: Institute) -> None:
    anna = institute.member("Anna", institute.acme)
    season = institute.conference()
    command = MakeBooking(season, seated(anna.person_id, None), institute.acme, reference="Projekt 7")
    made = institute.services.bookings.make(anna, command).answer
    institute.catch_up()

    row = institute.services.booking_questions.one(anna, made.booking_id)

    assert (row.season, row.payer, row.reference) == ("Lära och förändra tillsammans", "Acme AB", "Projekt 7")
    assert (row.booked_by, row.organisation_id, row.payer_person_id) == (anna.person_id, institute.acme, None)
    assert [(seat.no, seat.name, seat.organisation_id, seat.is_cancelled) for seat in row.seats] == [
        (1, "Anna", institute.acme, False),
        (2, None, institute.acme, False),
    ]
    assert (row.net, row.vat, row.gross, row.credited, row.currency) == (12_000_00, 3_000_00, 15_000_00, 0, "SEK")
    assert row.quote.price.amount == kronor(6_000)
    assert row.terms is not None
    assert [tier.kept for tier in row.terms.tiers] == [0, 10_000]
    assert (row.made_at, row.ended_for) == (institute.clock.now(), "")


def test_seats_are_named_handed_over_and_given_up(institute: Institute) -> None:
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    carin = institute.person("Carin", institute.acme)
    made = book(institute, institute.conference(), institute.acme, anna, None)
    naming = NameParticipant(made.booking_id, 2, Participant(bertil))
    institute.services.bookings.name_participant(institute.admin, naming)
    hand_over(institute, institute.admin, made.booking_id, 1, carin)
    cancel(institute, institute.admin, made.booking_id, 2)
    institute.catch_up()

    row = institute.services.booking_questions.one(institute.admin, made.booking_id)

    assert [(seat.name, seat.is_cancelled) for seat in row.seats] == [("Carin", False), ("Bertil", True)]
    assert (row.credited, row.ended_for) == (TICKET, "")


def test_what_is_granted_and_then_waived_is_given_back_once(institute: Institute) -> None:
    anna, bo = institute.person("Anna", institute.acme), institute.person("Bo", institute.acme)
    season = institute.conference()
    made = book(institute, season, institute.acme, anna, bo)
    institute.clock.instant = stockholm("2027-01-10 09:00")
    late = cancel(institute, institute.admin, made.booking_id, 1)
    institute.catch_up()
    assert credited(institute, made.booking_id) == 0

    institute.services.settlements.waive(institute.admin, WaiveCancellation(late.cancellation_id, "Sjukdom"))
    plea = RequestCancellation(made.booking_id, (2,), plea="Snälla")
    pleaded = institute.services.cancellations.request(institute.admin, plea).answer
    institute.services.settlements.waive(institute.admin, WaiveCancellation(pleaded.cancellation_id, "Nåd"))
    institute.catch_up()

    assert credited(institute, made.booking_id) == 2 * TICKET


def test_a_season_that_is_called_off_ends_its_bookings_and_gives_all_back(institute: Institute) -> None:
    season = institute.conference()
    bookings = [book(institute, season, institute.acme, institute.person(f"Person{no}")) for no in range(3)]
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "För få anmälda"))
    institute.catch_up()

    page = institute.services.booking_questions.all(institute.admin, season_id=season)

    assert [row.booking_id for row in page.items] == [made.booking_id for made in reversed(bookings)]
    assert {(row.ended_for, row.credited) for row in page.items} == {("cancelled", TICKET)}


def test_a_stranger_pays_under_the_name_that_was_typed(institute: Institute) -> None:
    season = institute.conference()
    command = Register(season, "Åke Ek", "ake@x.example", employer="Eks Bageri", address="Gatan 1")
    institute.services.registrations.register(institute.admin, command)
    institute.catch_up()

    [row] = institute.services.booking_questions.all(institute.admin).items
    assert row.payer == "Eks Bageri"

    assert row.payer_person_id is not None
    institute.services.people.erase(institute.admin, ErasePerson(row.payer_person_id))
    institute.catch_up()
    [row] = institute.services.booking_questions.all(institute.admin).items
    assert (row.payer, row.seats[0].name, row.seats[0].person_id) == (None, None, row.payer_person_id)


def test_a_member_sees_what_is_theirs_and_their_organisations_contact_sees_it_too(institute: Institute) -> None:
    season = institute.conference()
    anna, bo = institute.member("Anna", institute.acme), institute.member("Bo", institute.acme)
    carin = institute.member("Carin", institute.bolt)
    made = book(institute, season, institute.acme, anna.person_id)
    assert bo.person_id is not None
    contact = AppointContact(institute.acme, bo.person_id)
    institute.services.organisations.appoint_contact(institute.admin, contact)
    institute.catch_up()
    questions = institute.services.booking_questions

    assert [len(questions.mine(actor).items) for actor in (anna, bo, carin)] == [1, 1, 0]
    assert questions.one(bo, made.booking_id).booking_id == made.booking_id
    with pytest.raises(NotFound):
        questions.one(carin, made.booking_id)


def test_pages_of_bookings_follow_each_other_latest_first(institute: Institute) -> None:
    season = institute.conference()
    made = [book(institute, season, institute.acme, institute.person(f"Person{no}")).booking_id for no in range(5)]
    institute.catch_up()
    seen: list[BookingId] = []
    cursor: str | None = None
    while True:
        page = institute.services.booking_questions.all(institute.admin, after=cursor, limit=2)
        seen += [row.booking_id for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break

    assert seen == made[::-1]


def credited(institute: Institute, booking_id: BookingId) -> int:
    return institute.services.booking_questions.one(institute.admin, booking_id).credited
