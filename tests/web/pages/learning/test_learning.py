"""What a group learns, on the pages without script: answered on a phone, in the room, guided, moderated, read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from application.booking.booking import MakeBooking
from application.kernel.actor import Role
from application.people.participant import Participant
from domain.kernel.ids import PersonId
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


class Class:
    """Fifteen people of three organisations at the conference, on the morning of its first day."""

    def __init__(self, acted: Stage) -> None:
        self.acted, made = acted, acted.institute
        self.people: list[PersonId] = []
        self.season = made.conference(seats=40)
        for letter, organisation in zip("KLM", (made.acme, made.bolt, made.delta), strict=True):
            people = [made.person(f"{letter}{no}", organisation) for no in ("a", "e", "i", "o", "u")]
            command = MakeBooking(self.season, tuple(map(Participant, people)), organisation, "PO")
            self.booking = made.services.bookings.make(made.admin, command).answer.booking_id
            self.people += people
        made.at(2027, 2, 3, 7, 42)
        made.catch_up()
        view = made.services.programme.season(made.admin, self.season)
        self.meeting: UUID = view.meetings[0].meeting_id
        self.at = f"/{SLUG}/seasons/{self.season}"

    def browser(self, person: PersonId) -> Browser:
        made = self.acted.institute
        name = f"of {person}"
        if name not in self.acted.tokens:
            token = made.services.tokens.make(name, made.organiser, frozenset({Role.MEMBER}), person)
            self.acted.tokens[name] = token
        return self.acted.browser(name)

    def answer(self, person: PersonId, you: str, **typed: str) -> Page:
        browser = self.browser(person)
        page = browser.open(f"{self.at}/meetings/{self.meeting}/answer")
        return browser.send(page, "take_away", you=you, organisation="medium", together="good", **typed)

    def open(self) -> Page:
        admin = self.acted.browser("admin")
        return admin.send(admin.open(f"{self.at}/guide"), "closes_at", do="open", meeting=str(self.meeting))


def test_a_meeting_is_answered_closed_and_read(acted: Stage) -> None:
    there, admin = Class(acted), acted.browser("admin")
    assert there.open().says("Självskattningen är öppen", "0 av 15 har svarat")
    grades = ("poor", "medium", "good")
    for no, person in enumerate(there.people[:12]):
        said = there.answer(person, grades[no % 3], take_away=f"Tanke {no}", shown="yes")
        assert said.says("Svaret är sparat.")
    again = there.browser(there.people[0]).open(f"{there.at}/meetings/{there.meeting}/answer")
    assert "Tanke 0" in again.html
    screen = admin.open(f"{there.at}/meetings/{there.meeting}/screen")
    assert screen.says("12 av 15 har svarat", "Svaren visas när självskattningen har stängt.") and "<svg" in screen.html
    desk = admin.open(f"{there.at}/guide")
    assert admin._post(desk, desk.form("meeting"), {"do": "close"}).says("Självskattningen är stängd.")
    page = there.browser(there.people[0]).open(f"{there.at}/learning")
    assert page.says("Utvecklingen", "4 bra, 4 medel, 4 dålig", "Visas inte: för få svar, eller alla lika")
    saved = there.browser(there.people[0]).client.get(f"{there.at}/learning.csv")
    assert "4 bra, 4 medel, 4 dålig" in saved.text
    assert "Tanke" not in page.words


def test_texts_are_moderated_printed_and_taken_back(acted: Stage) -> None:
    there, admin = Class(acted), acted.browser("admin")
    there.open()
    for no, person in enumerate(there.people[:9]):
        there.answer(person, "good", take_away=f"Tanke <b>{no}</b>", shown="yes")
    assert admin.open(f"{there.at}/guide/texts").says("Det finns inga texter att läsa än.")
    acted.institute.clock.pass_by(timedelta(days=9))
    texts = admin.open(f"{there.at}/guide/texts")
    assert texts.says("Tanke <b>4</b>") and "<b>4" not in texts.html
    first = next(form for form in texts.elements.forms if "text" in form)
    assert admin._post(texts, first, {"do": "show"}).says("visas för gruppen")
    author = next(
        each for each in there.people[:9] if there.browser(each).open(f"/{SLUG}/texts").words.count("visas för gruppen")
    )
    reader = there.browser(there.people[14])
    assert "Tanke" in reader.open(f"{there.at}/learning").words
    printed = reader.client.get(f"{there.at}/insights.pdf")
    assert printed.mimetype == "application/pdf" and len(printed.data) > 5_000
    mine = there.browser(author)
    own = mine.open(f"/{SLUG}/texts")
    assert mine.send(own, "text").says("Texten är borta överallt.")
    assert "Tanke" not in reader.open(f"{there.at}/learning").words


def test_in_the_room_somebody_answers_by_their_ticket(acted: Stage) -> None:
    there, made = Class(acted), acted.institute
    there.open()
    room = f"/{SLUG}/room/{made.services.learning_questions.of(made.admin, there.season).rounds[0].room}"
    tickets = made.services.tickets.of_booking(made.admin, there.booking)
    nobody = acted.browser()
    page = nobody.open(room)
    assert page.says("Koden på din biljett") and page.headers["Cache-Control"] == "no-store"
    assert nobody.send(page, "code", code="", you="good").says("Fyll i koden.")
    assert nobody.send(page, "code", code="P1:" + "A" * 26, you="good").says("Koden hör inte till någon plats här.")
    assert nobody.send(page, "code", code=tickets[0].code.lower(), you="good").says("Tack, svaret är sparat")
    assert acted.browser("admin").open(f"{there.at}/guide").says("1 av 15 har svarat")
    assert nobody.open(f"/{SLUG}/room/fel").says("Länken gäller inte längre.")


def test_hopes_are_written_and_topics_proposed(acted: Stage) -> None:
    there, admin = Class(acted), acted.browser("admin")
    desk = admin.open(f"{there.at}/guide")
    assert admin.send(desk, "hopes_until", do="ask", hopes_until="").says("Fyll i")
    assert admin.send(desk, "hopes_until", do="ask", hopes_until="2027-02-05T12:00").says("Sluta fråga")
    mine = there.browser(there.people[0])
    page = mine.open(f"{there.at}/learning/hopes")
    assert mine.send(page, "hope", hope="Mod", fear="").says("Sparat. Texterna visas utan namn.")
    learning = mine.open(f"{there.at}/learning")
    told = mine.send(learning, "topic", do="propose", topic="Att säga nej", meeting=str(there.meeting))
    assert told.says("Ämnet är föreslaget.", "Att säga nej")
    desk = admin.open(f"{there.at}/guide")
    chosen = admin.send(desk, "place", do="choose", place="Rum 2", start_at="2027-02-03T10:00")
    assert chosen.says("Ämnet har fått plats och tid.", "Rum 2")


def test_what_may_be_shown_is_agreed_on_the_desk(acted: Stage) -> None:
    there, admin = Class(acted), acted.browser("admin")
    desk = admin.open(f"{there.at}/guide")
    wrong = admin.send(desk, "at_least", do="rules", at_least="4")
    assert wrong.status == 422 and 'value="4"' in wrong.html
    saved = admin.send(wrong, "at_least", do="rules", at_least="7", words_from="10", reflection_days="5")
    assert saved.says("Gränserna är sparade.")
    view = acted.institute.services.learning_questions.of(acted.institute.admin, there.season)
    assert (view.at_least, view.words_from, view.reflection_days) == (7, 10, 5)


def test_nobody_else_reads_or_guides(acted: Stage) -> None:
    there = Class(acted)
    there.open()
    for who, expected in (("cecilia", 404), ("finance", 404), ("", 303)):
        for where in (
            "learning",
            "guide",
            "guide/texts",
            f"meetings/{there.meeting}/screen",
            "insights.pdf",
            "learning.csv",
        ):
            answer = acted.browser(who).client.get(f"{there.at}/{where}")
            assert answer.status_code == expected, (who, where)
    member = there.browser(there.people[0])
    for where in ("guide", "guide/texts", f"meetings/{there.meeting}/screen"):
        assert member.client.get(f"{there.at}/{where}").status_code == 403
    assert acted.browser("admin").client.get(f"{there.at}/meetings/{there.meeting}/answer").status_code == 404
