"""Participants see each other where the season lets them and each has chosen to; leaders are presented to all (S62)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.introduction import Introduce, ParticipantsAreNotShown, TakeBackIntroduction
from application.kernel.actor import stranger
from application.people.introduction import PresentPerson
from application.people.participant import Participant
from application.people.person import ErasePerson, RequestErasure
from application.people.person_correction import CorrectPerson
from application.programme.publication import AgreeOpenness
from application.programme.roll_over import CopySeason
from domain.kernel.errors import BadValue, NotAllowed, NotFound
from domain.kernel.ids import BookingId, PersonId
from domain.people.person import Person
from tests.scenarios.story import facts
from tests.web.stage import SLUG, Stage, stage

WORDS = "Leder utveckling i en kommun."
PROMISE = "Det som sägs här stannar här."


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def openly(acted: Stage, *, shows_participants: bool = True) -> None:
    made = acted.institute
    command = AgreeOpenness(acted.conference, shows_participants=shows_participants, stays_in_room=True)
    made.services.publications.agree_openness(made.admin, command)


def seat(acted: Stage, *people: PersonId) -> BookingId:
    made = acted.institute
    command = MakeBooking(acted.conference, tuple(map(Participant, people)), made.acme)
    return made.services.bookings.make(made.acting(people[0]), command).answer.booking_id


def season(acted: Stage) -> str:
    return f"/{SLUG}/seasons/{acted.conference}"


def told(acted: Stage, who: str) -> str:
    return acted.browser(who).open(season(acted)).html


def test_who_has_chosen_to_is_seen_by_those_they_sit_with_and_by_nobody_else(acted: Stage) -> None:
    openly(acted)
    seat(acted, acted.anna, acted.bertil)
    assert "Ingen har valt att synas än." in told(acted, "bertil")
    anna = acted.browser("anna")
    page = anna.open(f"{season(acted)}/introduction")
    anna.send(page, "words", do="tell", words=WORDS, shows_email="yes")
    seen = told(acted, "bertil")
    assert WORDS in seen and "Acme" in seen and "anna@example.org" in seen
    assert WORDS in told(acted, "anna")
    for other in ("", "cecilia", "admin", "finance"):
        assert WORDS not in told(acted, other), other
    made = acted.institute
    assert not made.services.fellow_questions.of_season(stranger(made.organiser), acted.conference)


def test_what_is_said_here_stays_here_stands_on_the_booking_as_on_the_season(acted: Stage) -> None:
    at = f"/{SLUG}/bookings/{seat(acted, acted.anna)}"
    acted.institute.catch_up()
    assert "Det som sägs här stannar här." not in acted.browser("anna").open(at).words
    openly(acted)
    acted.institute.catch_up()
    for where in (at, season(acted)):
        assert acted.browser("anna").open(where).says("Det som sägs här stannar här.")


def test_taken_back_it_is_gone_and_nobody_can_read_it(acted: Stage) -> None:
    openly(acted)
    seat(acted, acted.anna, acted.bertil)
    anna = acted.browser("anna")
    page = anna.open(f"{season(acted)}/introduction")
    anna.send(page, "words", do="tell", words=WORDS)
    assert WORDS in told(acted, "bertil")
    anna.send(anna.open(f"{season(acted)}/introduction"), "words", do="remove")
    assert WORDS not in told(acted, "bertil")
    assert readable(acted) == []


def readable(acted: Stage) -> list[str]:
    kept = [each.words for each in facts(acted.institute) if isinstance(each, Person.Introduced | Person.Presented)]
    return [each for each in acted.institute.house.store.keyring.decrypt_many(kept) if each]


def test_whoever_gives_up_the_seat_sees_nobody_and_is_seen_no_longer(acted: Stage) -> None:
    openly(acted)
    booking, _ = seat(acted, acted.anna), seat(acted, acted.bertil)
    made = acted.institute
    for person in (acted.anna, acted.bertil):
        made.services.fellow_introductions.introduce(made.acting(person), Introduce(acted.conference, f"Om {person}"))
    made.services.cancellations.request(made.admin, RequestCancellation(booking))
    made.catch_up()
    assert f"Om {acted.anna}" not in told(acted, "bertil")
    assert f"Om {acted.bertil}" not in told(acted, "anna")
    anna = acted.browser("anna")
    anna.send(anna.open(f"{season(acted)}/introduction"), "words", do="remove")
    assert readable(acted) == [f"Om {acted.bertil}"]


def test_where_the_season_does_not_show_them_nobody_is_seen(acted: Stage) -> None:
    seat(acted, acted.anna, acted.bertil)
    made, anna = acted.institute, acted.institute.acting(acted.anna)
    introduce = made.services.fellow_introductions.introduce
    with pytest.raises(ParticipantsAreNotShown):
        introduce(anna, Introduce(acted.conference, WORDS))
    openly(acted)
    introduce(anna, Introduce(acted.conference, WORDS))
    assert WORDS in told(acted, "bertil")
    openly(acted, shows_participants=False)
    assert WORDS not in told(acted, "bertil")
    assert acted.browser("cecilia").open(f"{season(acted)}/introduction").status == 404


def test_nobody_introduces_who_holds_no_seat_and_nobody_introduces_another(acted: Stage) -> None:
    openly(acted)
    made = acted.institute
    acts = made.services.fellow_introductions
    for nobody in (made.acting(acted.anna), made.admin, stranger(made.organiser)):
        with pytest.raises(NotFound):
            acts.introduce(nobody, Introduce(acted.conference, WORDS))
    with pytest.raises(NotFound):
        acts.take_back(stranger(made.organiser), TakeBackIntroduction(acted.conference))
    seat(acted, acted.anna)
    with pytest.raises(BadValue):
        acts.introduce(made.acting(acted.anna), Introduce(acted.conference, "a" * 601))


def test_an_erased_person_is_seen_by_nobody_and_what_they_wrote_is_in_what_they_are_given(acted: Stage) -> None:
    openly(acted)
    seat(acted, acted.anna, acted.bertil)
    made = acted.institute
    anna = made.acting(acted.anna)
    made.services.fellow_introductions.introduce(anna, Introduce(acted.conference, WORDS))
    made.services.introductions.present(anna, PresentPerson(acted.anna, "För alla.", is_agreed=True))
    made.catch_up()
    export = str(made.services.my_data.of(anna, acted.anna))
    assert WORDS in export and "För alla." in export
    made.services.people.request_erasure(anna, RequestErasure(acted.anna))
    made.services.people.erase(made.admin, ErasePerson(acted.anna))
    made.catch_up()
    assert WORDS not in told(acted, "bertil")
    assert readable(acted) == []


def test_what_is_said_there_stays_there_is_said_where_it_holds_and_copied_with_the_season(acted: Stage) -> None:
    assert PROMISE not in told(acted, "")
    openly(acted)
    assert PROMISE in told(acted, "")
    made = acted.institute
    made.catch_up()
    again = made.services.roll_overs.copy(made.admin, CopySeason(acted.conference, "Igen")).answer.season_id
    made.catch_up()
    row = made.services.programme.season(made.admin, again).row
    assert (row.shows_participants, row.stays_in_room) == (True, True)


def test_a_leader_is_presented_to_all_in_words_and_with_what_they_allow(acted: Stage) -> None:
    made = acted.institute
    made.catch_up()
    [leader] = made.services.programme.season(made.admin, acted.conference).leaders
    person = PersonId(leader.person_id)
    admin = acted.browser("admin")
    at = f"/{SLUG}/people/{person}/presentation"
    refused = admin.send(admin.open(at), "words", do="present", words="Har lett i tio år.")
    assert "bara när personen har sagt ja" in refused.html
    made.services.person_corrections.correct(made.admin, CorrectPerson(person, phone="070-123 45 67"))
    admin.send(admin.open(at), "words", do="present", words="Har lett i tio år.", shows_phone="yes", is_agreed="yes")
    shown = told(acted, "")
    assert "Har lett i tio år." in shown and "tel:" in shown and "sara@example.org" not in shown
    with pytest.raises(NotAllowed):
        made.services.introductions.present(made.acting(acted.bertil), PresentPerson(person, "Hm.", is_agreed=True))
    admin.send(admin.open(at), "words", do="remove")
    assert "Har lett i tio år." not in told(acted, "")
    assert readable(acted) == []
