"""Own words of an organiser, or of a season, in the letters that go out by themselves: facts of a list, no code."""

from __future__ import annotations

from itertools import chain

import pytest

from application.notifications.own_words import LETTERS, WriteOwnWords
from domain.kernel.errors import BadValue, NotAllowed
from domain.kernel.ids import SeasonId
from domain.mail.own_words import Occasion, OwnWords
from domain.mail.placeholders import UnknownPlaceholder
from tests.samples import Institute
from tests.scenarios.mailed import Mailed, deliver, mailed_to, remind
from tests.scenarios.story import book, cancel
from web.letters.pieces import read_letters


def write(institute: Institute, occasion: Occasion, sv: str, en: str = "", season: SeasonId | None = None) -> None:
    words = OwnWords(sv, en) if sv or en or season is None else None
    institute.services.own_words.write(institute.admin, WriteOwnWords(occasion, words, season))


def booked(institute: Institute, season: SeasonId, name: str = "Anna") -> Mailed:
    book(institute, season, institute.acme, institute.person(name, institute.acme))
    return mailed_to(deliver(institute), name.lower())[0]


def test_they_stand_in_the_letter_before_the_ticket_with_the_facts_filled_in(institute: Institute) -> None:
    season = institute.conference()
    write(institute, Occasion.BOOKED, "# Ta med\n\n{name}, ta med boken till {season}.\n\nVi ses {next_meeting}.")
    letter = booked(institute, season)
    assert "TA MED\n\nAnna, ta med boken till Lära och förändra tillsammans." in letter.text
    assert "Vi ses Dag 1, onsdag 3 februari 2027" in letter.text
    assert letter.text.index("TA MED") < letter.text.index("TRÄFFARNA")
    assert "Anna, ta med boken till Lära och förändra tillsammans." in letter.html


def test_a_season_says_something_else_and_then_what_the_organiser_says_again(institute: Institute) -> None:
    season, other = institute.conference(), institute.cluster(may_book_fewer=True)
    write(institute, Occasion.BOOKED, "Välkommen.")
    write(institute, Occasion.BOOKED, "Koden i porten är 4711.", season=season)
    first = booked(institute, season).text
    assert "Koden i porten är 4711." in first and "Välkommen." not in first
    assert "Välkommen." in booked(institute, other, "Bertil").text
    write(institute, Occasion.BOOKED, "", season=season)
    assert "Välkommen." in booked(institute, season, "Cecilia").text
    institute.services.own_words.write(institute.admin, WriteOwnWords(Occasion.BOOKED, OwnWords(), season))
    assert "Välkommen." not in booked(institute, season, "David").text  # of its own: to say nothing


def test_they_are_said_on_their_occasion_alone(institute: Institute) -> None:
    season = institute.conference()
    write(institute, Occasion.COMING, "Porten öppnar åtta.")
    write(institute, Occasion.CANCELLED, "Välkommen en annan gång.")
    anna = institute.person("Anna", institute.acme)
    made = book(institute, season, institute.acme, anna)
    bertil = book(institute, season, institute.acme, institute.person("Bertil", institute.acme))
    assert not any("Porten" in each.text or "annan gång" in each.text for each in deliver(institute))
    institute.at(2027, 2, 2, 9)
    remind(institute)
    assert {"Porten öppnar åtta." in each.text for each in mailed_to(deliver(institute), "anna")} == {True}
    cancel(institute, institute.admin, bertil.booking_id)
    assert made.booking_id != bertil.booking_id
    assert "Välkommen en annan gång." in mailed_to(deliver(institute), "bertil")[0].text


def test_whoever_reads_the_language_that_is_empty_reads_the_other(institute: Institute) -> None:
    season = institute.conference()
    write(institute, Occasion.BOOKED, "", "The door code is 4711.")
    assert "The door code is 4711." in booked(institute, season).text
    write(institute, Occasion.BOOKED, "Koden är 4711.", "The door code is 4711.")
    text = booked(institute, season, "Bertil").text
    assert "Koden är 4711." in text and "door code" not in text


@pytest.mark.parametrize("words", ["{email}", "{name.x}", "{{name}}", "{", "{name!r}", "{% if 1 %}", "{0}"])
def test_what_is_no_fact_of_the_list_is_refused(institute: Institute, words: str) -> None:
    with pytest.raises(UnknownPlaceholder):
        write(institute, Occasion.BOOKED, f"Hej {words}")
    with pytest.raises(BadValue):
        write(institute, Occasion.BOOKED, "", "x" * 2001)


def test_an_example_is_a_whole_letter_and_keeps_nothing(institute: Institute) -> None:
    season, desk = institute.conference(), institute.services.own_words
    admin = institute.acting(institute.person("Eva"), *institute.admin.roles)
    for occasion in Occasion:
        made = desk.example(admin, season, occasion, OwnWords("Ta <b>med</b> boken, {name}."), "sv")
        assert made is not None and "Ta <b>med</b> boken, Eva." in made.text
        assert "Ta &lt;b&gt;med&lt;/b&gt; boken, Eva." in made.html
    assert deliver(institute) == []
    assert [each.sv for each in desk.list(institute.admin)] == [""] * len(Occasion)
    with pytest.raises(NotAllowed):
        desk.example(institute.member("Anna"), season, Occasion.BOOKED, OwnWords("Hej"), "sv")


def test_the_mails_with_a_place_for_own_words_are_those_of_an_occasion() -> None:
    known = {kind for kind, words in read_letters().items() if "{own:own}" in str(words)}
    assert known == set(chain.from_iterable(LETTERS.values()))
