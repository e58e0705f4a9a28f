"""What a group learns, in a browser on a phone: answered with the thumb, shown in the room, read in the dark (S70)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from application.booking.booking import MakeBooking
from application.kernel.actor import Role
from application.learning.answer import GiveAnswer
from application.learning.learning import AskHopes, PublishInsights, WriteInsight
from application.learning.round import CloseRound, OpenRound
from application.learning.topic import ProposeTopic
from application.people.participant import Participant
from domain.kernel.ids import MeetingId, PersonId, SeasonId
from domain.learning.contribution import Kind
from domain.learning.disclosure import Grade
from domain.learning.round import Column
from tests.web.browsing import NEEDS_BROWSER, PHONE, Browsing, browsing
from tests.web.stage import SLUG, stage

pytestmark = NEEDS_BROWSER
BIG = 68


@pytest.fixture(scope="module")
def there(module_database_url: str) -> Iterator[Browsing]:
    with stage(module_database_url) as acted, browsing(acted) as made:
        Class(made)
        yield made


class Class:
    """Twelve people at a conference of two days: the first day is answered and closed, the second is open."""

    season: SeasonId
    days: tuple[MeetingId, MeetingId]
    people: tuple[PersonId, ...]
    room: str

    def __init__(self, there: Browsing) -> None:
        made = there.stage.institute
        Class.season = made.conference(seats=40)
        Class.people = tuple(made.person(f"Elev{letter}", made.acme) for letter in "abcdefghijkl")
        made.services.bookings.make(
            made.admin, MakeBooking(self.season, tuple(map(Participant, self.people)), made.acme)
        )
        made.at(2027, 2, 3, 7, 42)
        made.catch_up()
        view = made.services.programme.season(made.admin, self.season)
        first, second = (MeetingId(each.meeting_id) for each in view.meetings)
        Class.days = first, second
        for day in self.days:
            made.services.rounds.open(made.admin, OpenRound(self.season, day))
        for no, person in enumerate(self.people):
            grades = tuple((column, tuple(Grade)[(no + shift) % 3]) for shift, column in enumerate(Column))
            texts = ((Kind.TAKE_AWAY, f"Tanke {no}"),)
            made.services.answers.give(
                made.acting(person), GiveAnswer(self.season, first, grades, texts, may_be_shown=True)
            )
        made.services.rounds.close(made.admin, CloseRound(self.season, first))
        self._written(there)
        made.catch_up()
        Class.room = next(
            each.room for each in made.services.learning_questions.of(made.admin, self.season).rounds if each.is_open
        )
        make, member = made.services.tokens.make, frozenset({Role.MEMBER})
        there.stage.tokens["pupil"] = make("pupil", made.organiser, member, self.people[0])

    def _written(self, there: Browsing) -> None:
        made = there.stage.institute
        learnings, admin = made.services.learnings, made.admin
        learnings.ask_hopes(admin, AskHopes(self.season, made.clock.now() + timedelta(days=2)))
        learnings.write_insight(admin, WriteInsight(self.season, "Ett första steg räcker.", self.days[0]))
        learnings.publish_insights(admin, PublishInsights(self.season))
        topic = ProposeTopic(self.season, self.days[1], "Hur säger vi nej?")
        made.services.topics.propose(made.acting(self.people[1]), topic)


def at(where: str) -> str:
    return f"/{SLUG}/seasons/{Class.season}/{where}"


def test_a_minute_on_a_phone_is_enough(there: Browsing) -> None:
    with there.opened("pupil", width=PHONE) as page:
        page.goto(at(f"meetings/{Class.days[1]}/answer"))
        choices = page.locator(".steps label")
        assert choices.count() == 9
        assert min(choices.nth(no).evaluate("each => each.clientHeight") for no in range(9)) >= BIG - 2
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
        for no in (2, 4, 8):
            choices.nth(no).click()
        page.fill("#take_away", "Fråga vem som saknas.")
        page.get_by_role("button", name="Spara svaret").click()
        expect(page.get_by_text("Svaret är sparat.")).to_be_visible()
    there.stage.institute.catch_up()
    view = there.stage.institute.services.learning_questions.of(there.stage.institute.admin, Class.season)
    assert [each.answers for each in view.rounds] == [12, 1]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_pages_are_for_everyone(there: Browsing, dark: bool) -> None:
    guided = ("guide", "guide/texts", f"meetings/{Class.days[1]}/screen", f"meetings/{Class.days[0]}/screen")
    read = ("learning", "learning/hopes", f"meetings/{Class.days[1]}/answer")
    for who, addresses in (("admin", guided), ("pupil", read)):
        with there.opened(who, width=PHONE, dark=dark) as page:
            for address in map(at, addresses):
                page.goto(address)
                found = Axe().run(page).response["violations"]
                assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == [], address
                assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, address


def test_the_room_opens_for_whoever_has_a_ticket(there: Browsing) -> None:
    with there.opened("", width=PHONE) as page:
        page.goto(f"/{SLUG}/room/{Class.room}")
        expect(page.get_by_label("Koden på din biljett")).to_be_visible()
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found] == []


def test_the_room_sees_the_count_grow_without_being_touched(there: Browsing) -> None:
    made = there.stage.institute
    with there.opened("admin") as page:
        page.goto(at(f"meetings/{Class.days[1]}/screen"))
        before = page.locator(".big").inner_text()
        answer = GiveAnswer(Class.season, Class.days[1], ((Column.YOU, Grade.GOOD),))
        made.services.answers.give(made.acting(Class.people[5]), answer)
        made.catch_up()
        expect(page.locator(".big")).not_to_have_text(before, timeout=10_000)
