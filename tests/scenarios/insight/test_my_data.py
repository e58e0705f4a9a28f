"""My data: everything about me and nothing about others; asking to be erased; leaving the waiting lists with it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import msgspec
import pytest

from application.access.passkey import PasskeyRow
from application.access.session import Whose
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.waiting_list import JoinWaitingList
from application.mail.letters import Letter
from application.people.affiliation import ClaimAffiliation, VerifyAffiliation, WithdrawClaim
from application.people.participant import Participant
from application.people.person import ErasePerson, RequestErasure, WithdrawErasureRequest
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import PersonId
from domain.people.affiliation import NothingClaimed
from domain.people.erasure import ErasureNotRequested
from infrastructure.sign_in.passkey_store import PostgresPasskeyStore
from tests.samples import Institute
from tests.scenarios.story import book, hand_over, seated
from web.words.language import LANGUAGES, read_phrases
from web.words.my_data import told

PHRASES = read_phrases()


def exported(institute: Institute, person: PersonId) -> str:
    """What somebody's export says in both languages, as one text."""
    data = institute.services.my_data.of(institute.admin, person)
    texts = [told(data, PHRASES.speaking(each), "Europe/Stockholm") for each in LANGUAGES]
    return msgspec.json.encode(texts).decode()


def test_everything_about_anna_and_nobody_elses_data(institute: Institute) -> None:
    """S65."""
    conference, other = institute.conference(), institute.conference()
    anna, bertil = institute.member("Anna", institute.acme), institute.person("Bertil", institute.acme)
    assert anna.person_id is not None
    made = institute.services.bookings.make(
        anna, MakeBooking(conference, seated(anna.person_id, bertil), institute.acme)
    ).answer
    institute.services.bookings.make(anna, MakeBooking(other, seated(anna.person_id)))
    asks = institute.services.cancellations.request
    asks(institute.admin, RequestCancellation(made.booking_id, (2,), plea="Bertil är sjuk"))
    asks(anna, RequestCancellation(made.booking_id, (1,), plea="Jag flyttar"))
    institute.at(2026, 9, 2)
    carin = institute.person("Carin", institute.acme)
    hand_over(institute, institute.admin, made.booking_id, 1, carin)
    institute.services.affiliations.claim(anna, ClaimAffiliation(anna.person_id, Ground.ALUMNUS, "Kurs 2019"))
    institute.catch_up()

    data = institute.services.my_data.of(anna, anna.person_id)
    text = exported(institute, anna.person_id)

    assert (data.person.name, data.person.email) == ("Anna", "anna@example.org")
    assert [each.organisation for each in data.person.employments] == ["Acme AB"]
    assert {each.season for each in data.bookings} == {"Lära och förändra tillsammans"}
    assert [each.plea for each in data.cases if each.plea] == ["Jag flyttar"]
    assert [each.gross for each in data.documents] == [15_000_00]
    assert data.kept_until == date(2033, 12, 31)
    assert "Jag flyttar" in text
    assert "en annan person" in text
    for alien in ("Bertil", "bertil@", "Carin", "carin@", "sjuk"):
        assert alien not in text


def test_it_is_for_oneself_and_for_an_admin_of_the_same_organiser(institute: Institute) -> None:
    anna, cecilia = institute.member("Anna", institute.acme), institute.member("Cecilia", institute.bolt)
    assert anna.person_id is not None
    institute.catch_up()

    for actor in (anna, institute.admin):
        assert institute.services.my_data.of(actor, anna.person_id).person.name == "Anna"
    for actor in (cecilia, institute.finance):
        with pytest.raises(NotFound):
            institute.services.my_data.of(actor, anna.person_id)


def test_an_erasure_is_asked_for_taken_back_and_carried_out(institute: Institute) -> None:
    anna, cecilia = institute.member("Anna", institute.acme), institute.member("Cecilia", institute.bolt)
    assert anna.person_id is not None
    people, questions = institute.services.people, institute.services.people_questions

    people.request_erasure(anna, RequestErasure(anna.person_id))
    people.request_erasure(anna, RequestErasure(anna.person_id))
    institute.catch_up()
    assert [each.person_id for each in questions.erasures(institute.admin)] == [anna.person_id]

    with pytest.raises(NotAllowed):
        people.request_erasure(cecilia, RequestErasure(anna.person_id))
    with pytest.raises(NotAllowed):
        people.erase(anna, ErasePerson(anna.person_id))
    with pytest.raises(NotAllowed):
        questions.erasures(anna)

    people.withdraw_erasure_request(anna, WithdrawErasureRequest(anna.person_id))
    with pytest.raises(ErasureNotRequested):
        people.withdraw_erasure_request(anna, WithdrawErasureRequest(anna.person_id))
    institute.catch_up()
    assert questions.erasures(institute.admin) == ()

    people.request_erasure(anna, RequestErasure(anna.person_id))
    people.erase(institute.admin, ErasePerson(anna.person_id))
    institute.catch_up()
    assert questions.erasures(institute.admin) == ()


def test_whoever_is_erased_leaves_the_waiting_lists(institute: Institute) -> None:
    conference = institute.conference(seats=1)
    book(institute, conference, institute.acme, None)
    vera, vilma = institute.member("Vera"), institute.member("Vilma")
    assert vera.person_id is not None
    for who in (vera, vilma):
        institute.services.waiting_lists.join(who, JoinWaitingList(conference, 1))
    institute.catch_up()

    institute.services.people.erase(institute.admin, ErasePerson(vera.person_id))
    institute.catch_up()

    waiting = institute.services.rosters.waiting(institute.admin, conference)
    assert [each.person_id for each in waiting] == [vilma.person_id]


def test_a_claim_is_seen_with_how_it_was_verified_and_may_be_withdrawn(institute: Institute) -> None:
    anna = institute.member("Anna")
    assert anna.person_id is not None
    affiliations = institute.services.affiliations
    for ground in (Ground.ALUMNUS, Ground.CUSTOMER):
        affiliations.claim(anna, ClaimAffiliation(anna.person_id, ground))
    institute.at(2026, 9, 3)
    affiliations.verify(institute.admin, VerifyAffiliation(anna.person_id, Ground.ALUMNUS, date(2026, 1, 1)))
    affiliations.withdraw(anna, WithdrawClaim(anna.person_id, Ground.CUSTOMER))
    institute.catch_up()

    [row] = institute.services.my_data.of(anna, anna.person_id).person.affiliations
    assert (row.ground, row.status, row.from_on, row.since.date()) == (
        "alumnus",
        "verified",
        date(2026, 1, 1),
        date(2026, 9, 3),
    )
    with pytest.raises(NothingClaimed):
        affiliations.withdraw(anna, WithdrawClaim(anna.person_id, Ground.ALUMNUS))


def test_participants_are_named_in_the_letterless_history_only_to_those_it_is_for(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    assert anna.person_id is not None
    bertil = Participant(name="Bertil", email="bertil@example.org")
    institute.services.bookings.make(
        anna, MakeBooking(conference, (Participant(anna.person_id), bertil), institute.acme)
    )
    institute.catch_up()
    assert "Bertil" not in exported(institute, anna.person_id)


def test_my_passkeys_are_told_by_the_names_i_gave_them_and_nobody_elses(institute: Institute) -> None:
    anna, bertil = institute.person("Anna"), institute.person("Bertil")
    store, now = PostgresPasskeyStore(institute.house.store), institute.clock.now()
    for person, name in ((anna, "Annas telefon"), (bertil, "Bertils dator")):
        whose = Whose(institute.organiser, person)
        store.keep(PasskeyRow(uuid4(), name.encode(), whose, b"public", 0, name, now, None))
    institute.catch_up()
    told_to_anna = exported(institute, anna)
    assert "Annas telefon" in told_to_anna
    assert "Bertils dator" not in told_to_anna

    institute.services.people.erase(institute.admin, ErasePerson(anna))
    institute.catch_up()
    assert "Annas telefon" not in exported(institute, anna)


def test_every_letter_is_told_however_many_there_are(institute: Institute) -> None:
    """10.11: whoever has a thousand bookings has had more letters than that."""
    anna = institute.person("Anna")
    letters = [Letter(f"alarm/{no}", institute.organiser, "alarm", anna) for no in range(1_001)]
    institute.house.box.post_all(letters)
    institute.catch_up()
    data = institute.services.my_data.of(institute.admin, anna)
    assert len([each for each in data.letters if each.kind == "alarm"]) == 1_001
