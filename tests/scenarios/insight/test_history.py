"""History as sentences: complete for every kind of event, with who and when, and blank of whoever has been erased."""

from __future__ import annotations

from uuid import UUID

import pytest

from application.booking.booking import MakeBooking, NameParticipant
from application.booking.cancellation import RequestCancellation
from application.insight.history import UNTOLD, Happening
from application.people.organisation import AppointContact
from application.people.participant import TO_BE_NAMED, Participant
from application.people.person import ErasePerson
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import PersonId
from tests.samples import Institute
from tests.scenarios.story import book, hand_over, seated, stockholm
from tests.scenarios.whole_year import live
from web.words.history import Teller, phrase_of
from web.words.language import LANGUAGES, read_phrases

PHRASES = read_phrases()
ZONE = "Europe/Stockholm"


def told(happenings: tuple[Happening, ...], language: str = "sv") -> list[str]:
    """Each sentence with who did it, oldest first, with spaces that break."""
    teller = Teller(PHRASES.speaking(language), ZONE)
    lines = [f"{each.text} {each.by}".strip().replace("\N{NO-BREAK SPACE}", " ") for each in teller.tell(happenings)]
    return lines[::-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_event_has_its_sentence(institute: Institute, language: str) -> None:
    known = PHRASES.by_language[language]
    topics = institute.house.store.mapper.topics
    assert [topic for topic in topics if topic not in UNTOLD and f"history.{phrase_of(topic)}" not in known] == []
    assert [topic for topic in UNTOLD if topic not in topics or f"history.{phrase_of(topic)}" in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_happens_in_a_year_can_be_told(institute: Institute, language: str) -> None:
    live(institute)
    services, admin = institute.services, institute.admin
    people = services.people_questions.people(admin, limit=200).items
    organisations = services.people_questions.organisations(admin, limit=200).items
    bookings = services.booking_questions.all(admin, limit=200).items
    seasons = services.programme.seasons(institute.organiser, limit=200).items
    pages = [
        *(services.history.of_person(admin, each.person_id, limit=200) for each in people),
        *(services.history.of_organisation(admin, each.organisation_id, limit=200) for each in organisations),
        *(services.history.of_booking(admin, each.booking_id, limit=200) for each in bookings),
        *(services.history.of_season(admin, each.season_id, limit=200) for each in seasons),
    ]
    lines = [line for page in pages for line in told(page.items, language)]
    topics = {each.topic for page in pages for each in page.items}
    assert len(topics) > 50
    assert [line for line in lines if "{" in line or "UUID" in line or "None" in line] == []


def test_a_booking_tells_what_happened_to_it_and_who_did_it(institute: Institute) -> None:
    conference = institute.conference()
    anna, bertil = institute.member("Anna", institute.acme), institute.person("Bertil", institute.acme)
    assert anna.person_id is not None
    made = institute.services.bookings.make(
        anna, MakeBooking(conference, (Participant(anna.person_id), TO_BE_NAMED), institute.acme)
    ).answer
    institute.at(2026, 10, 1)
    carin = Participant(institute.person("Carin", institute.acme))
    institute.services.bookings.name_participant(anna, NameParticipant(made.booking_id, 2, carin))
    institute.at(2026, 10, 2)
    hand_over(institute, institute.admin, made.booking_id, 1, bertil)
    institute.at(2026, 10, 3)
    institute.services.cancellations.request(anna, RequestCancellation(made.booking_id, (2,)))
    institute.catch_up()

    lines = told(institute.services.history.of_booking(anna, made.booking_id).items)

    assert lines[0] == "2 platser bokades i Lära och förändra tillsammans, 15 000 kr. Av Anna"
    assert "Carin fick plats 2. Av Anna" in lines
    assert "Plats 1 gick från Anna till Bertil. Av arrangören" in lines
    assert "Plats 2 avbokades. Av Anna" in lines
    assert any(line.startswith("Faktura 1 ställdes ut: 15 000 kr") and line.endswith("Automatiskt") for line in lines)
    assert any(line.startswith("Kreditfaktura 1 på faktura 1") for line in lines)


def test_whoever_only_sits_in_a_booking_reads_what_is_about_them(institute: Institute) -> None:
    conference = institute.conference()
    anna, bertil = institute.member("Anna", institute.acme), institute.member("Bertil", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id, bertil.person_id)
    institute.services.cancellations.request(institute.admin, RequestCancellation(made.booking_id, (1,), plea="Sjuk"))
    institute.catch_up()

    lines = told(institute.services.history.of_booking(bertil, made.booking_id).items)

    assert len(lines) == 1
    assert lines[0] == "2 platser bokades i Lära och förändra tillsammans. Av arrangören"  # not what they cost
    own = institute.services.history.of_person(bertil, PersonId(bertil.person_id or UUID(int=0))).items
    assert not any("kr" in line for line in told(own))


def test_an_erased_person_is_told_as_erased(institute: Institute) -> None:
    """S66."""
    conference = institute.conference()
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    made = book(institute, conference, institute.acme, anna)
    institute.clock.instant = stockholm("2027-01-28 09:00")
    hand_over(institute, institute.admin, made.booking_id, 1, bertil)

    institute.services.people.erase(institute.admin, ErasePerson(anna))
    institute.catch_up()

    lines = told(institute.services.history.of_booking(institute.admin, made.booking_id).items)
    assert "Plats 1 gick från raderad person till Bertil. Av arrangören" in lines
    assert "Anna" not in " ".join(lines)


def test_histories_are_kept_from_those_they_are_not_for(institute: Institute) -> None:
    conference = institute.conference()
    anna, cecilia = institute.member("Anna", institute.acme), institute.member("Cecilia", institute.bolt)
    assert anna.person_id is not None
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.acme, anna.person_id))
    made = institute.services.bookings.make(
        anna, MakeBooking(conference, seated(anna.person_id), institute.acme)
    ).answer
    institute.catch_up()
    history = institute.services.history

    with pytest.raises(NotFound):
        history.of_booking(cecilia, made.booking_id)
    with pytest.raises(NotFound):
        history.of_person(cecilia, anna.person_id)
    with pytest.raises(NotAllowed):
        history.of_season(anna, conference)
    with pytest.raises(NotAllowed):
        history.of_organisation(anna, institute.acme)
    with pytest.raises(NotFound):
        history.of_document(institute.finance, UUID(int=1))


def test_a_long_history_comes_page_by_page(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, None, None, None)
    for no in (1, 2, 3):
        who = Participant(institute.person(f"Person{no}", institute.acme))
        institute.services.bookings.name_participant(institute.admin, NameParticipant(made.booking_id, no, who))
    institute.catch_up()
    history = institute.services.history
    whole: list[Happening] = []

    page = history.of_booking(institute.admin, made.booking_id, limit=2)
    whole += page.items
    while page.next_cursor:
        page = history.of_booking(institute.admin, made.booking_id, page.next_cursor, limit=2)
        whole += page.items

    at_once = history.of_booking(institute.admin, made.booking_id).items
    assert [each.position for each in whole] == [each.position for each in at_once]
    assert len(whole) == 5
