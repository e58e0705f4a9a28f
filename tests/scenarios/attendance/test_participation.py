"""Taking part in a meeting (S44): on site, online or not this time; the room's last place; and who is told what."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from application.attendance.participation import AgreeMeetingSeats, AnswerMeeting, SeatAnswer
from application.kernel.actor import Actor
from application.people.organisation import AppointContact
from application.people.person import TellNeeds
from application.programme.material import PublishMaterial
from application.programme.meeting import PlannedMeeting, ScheduleMeeting
from application.programme.roll_over import CopySeason
from application.programme.season import NameLeaders
from domain.attendance.participation import (
    Answer,
    ChoiceClosed,
    NoPlaceOnline,
    NoPlaceOnSite,
    NoSuchWay,
    SeatNotNamed,
)
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import BookingId, MeetingId, PersonId, SeasonId
from domain.programme.meeting import Format, MeetingSeats, Place, Readers
from tests.samples import Institute, full_day
from tests.scenarios.mailed import Mailed, deliver, remind
from tests.scenarios.story import FREE, book, cancel, hand_over

LINK = "https://mote.example/hemligt"
ROOM = Place(Format.ON_SITE, "Salen")
BOTH = Place(Format.HYBRID, "Salen", LINK)
ON_SITE, ONLINE, AWAY = Answer.ON_SITE, Answer.ONLINE, Answer.NOT_COMING


class Story:
    """A free season of two meetings, the second of which becomes hybrid."""

    def __init__(self, institute: Institute, seats: int = 10) -> None:
        self.made = institute
        meetings = tuple(PlannedMeeting(f"Dag {no}", full_day(f"Dag {no}", 2027, 2, no).time, ROOM) for no in (3, 4))
        self.season: SeasonId = institute.season("Lärande", seats, FREE, meetings=meetings)
        institute.catch_up()
        view = institute.services.programme.season(institute.admin, self.season)
        self.first, self.fourth = (MeetingId(each.meeting_id) for each in view.meetings)
        self.time = view.meetings[1].time

    def sits(self, *people: PersonId | None) -> BookingId:
        return book(self.made, self.season, self.made.acme, *people).booking_id

    def becomes_hybrid(self, **seats: int) -> None:
        services = self.made.services
        services.meetings.schedule(self.made.admin, ScheduleMeeting(self.season, self.fourth, self.time, BOTH))
        command = AgreeMeetingSeats(self.season, self.fourth, MeetingSeats(**seats))
        services.participations.agree_seats(self.made.admin, command)
        self.made.catch_up()

    def says(self, actor: Actor, booking: BookingId, answer: Answer, *seats: int, at: MeetingId | None = None) -> None:
        said = tuple(SeatAnswer(no, answer) for no in seats or (1,))
        command = AnswerMeeting(booking, self.season, at or self.fourth, said)
        self.made.services.participations.answer(actor, command)
        self.made.catch_up()

    def counts(self, at: MeetingId | None = None) -> tuple[int, int, int]:
        rows = self.made.services.participation_questions.of_season(self.made.admin, self.season)
        [row] = [each for each in rows if each.meeting_id == (at or self.fourth)]
        return row.on_site, row.online, row.not_coming

    def link_for(self, actor: Actor) -> str:
        view = self.made.services.programme.season(actor, self.season)
        return next(each.place.link for each in view.meetings if each.meeting_id == self.fourth)


@pytest.fixture
def story(institute: Institute) -> Story:
    return Story(institute)


def told(letters: list[Mailed], who: str) -> str:
    return "\n".join(each.text for each in letters if f"{who}@example.org" in str(each.message["To"]))


def test_s44_everybody_is_on_site_until_they_choose_and_the_link_is_for_those_online(story: Story) -> None:
    anna, bo = story.made.member("Anna"), story.made.member("Bo")
    first, _ = (story.sits(each.person_id) for each in (anna, bo))
    deliver(story.made)
    story.becomes_hybrid(on_site=10)
    letters = deliver(story.made)
    assert "på plats tills du väljer något annat" in told(letters, "anna") and LINK not in told(letters, "anna")
    assert story.counts() == (2, 0, 0)
    assert story.link_for(anna) == ""
    story.says(anna, first, ONLINE)
    assert story.counts() == (1, 1, 0)
    assert LINK in told(deliver(story.made), "anna")
    assert (story.link_for(anna), story.link_for(bo)) == (LINK, "")
    story.says(anna, first, ON_SITE)
    assert (story.link_for(anna), story.counts()) == ("", (2, 0, 0))


def test_s44_a_new_link_is_told_to_those_online_alone(story: Story) -> None:
    anna, bo = story.made.member("Anna"), story.made.member("Bo")
    first, _ = (story.sits(each.person_id) for each in (anna, bo))
    story.becomes_hybrid()
    story.says(anna, first, ONLINE)
    deliver(story.made)
    moved = Place(Format.HYBRID, "Salen", f"{LINK}/nytt")
    command = ScheduleMeeting(story.season, story.fourth, story.time, moved)
    story.made.services.meetings.schedule(story.made.admin, command)
    letters = deliver(story.made)
    assert f"{LINK}/nytt" in told(letters, "anna") and LINK not in told(letters, "bo")
    assert all(LINK.encode() not in (each.calendar or b"") for each in letters)


def test_s44_what_is_for_those_online_is_read_and_told_of_by_them_alone(story: Story) -> None:
    made, at = story.made, "https://example.org/"
    anna, bo = made.member("Anna"), made.member("Bo")
    first, _ = (story.sits(each.person_id) for each in (anna, bo))
    story.becomes_hybrid()
    story.says(anna, first, ONLINE)
    for title, readers in (("Så kopplar du upp dig", Readers.ONLINE), ("Kapitel 1", Readers.PARTICIPANTS)):
        made.services.materials.publish(
            made.admin, PublishMaterial(story.season, title, f"{at}{readers}", readers, meeting_id=story.fourth)
        )
    deliver(made)
    there = [[each.title for each in made.services.programme.season(who, story.season).materials] for who in (anna, bo)]
    assert there == [["Så kopplar du upp dig", "Kapitel 1"], ["Kapitel 1"]]
    for day in ((2026, 9, 1, 15), (2027, 1, 28, 9)):  # that it is there, and that the meeting comes near
        made.at(*day)
        remind(made)
        letters = deliver(made)
        for who, is_online in (("anna", True), ("bo", False)):
            text = told(letters, who)
            assert "Kapitel 1" in text and ("kopplar" in text) is is_online
    story.says(anna, first, ON_SITE)
    assert [each.title for each in made.services.programme.season(anna, story.season).materials] == ["Kapitel 1"]


def test_s44_back_to_the_room_is_refused_when_it_is_full(story: Story) -> None:
    anna, bo = story.made.member("Anna"), story.made.member("Bo")
    first, _ = (story.sits(each.person_id) for each in (anna, bo))
    story.becomes_hybrid(on_site=2, online=1)
    story.says(anna, first, ONLINE)
    eva = story.sits(story.made.person("Eva", story.made.acme))
    with pytest.raises(NoPlaceOnSite):
        story.says(anna, first, ON_SITE)
    with pytest.raises(NoPlaceOnline):
        story.says(story.made.admin, eva, ONLINE)
    story.says(story.made.admin, eva, AWAY)
    story.says(anna, first, ON_SITE)
    assert story.counts() == (2, 0, 1)


def test_a_room_that_holds_fewer_than_sit_there_is_told_as_too_many_and_takes_nobody(story: Story) -> None:
    anna = story.made.member("Anna")
    first = story.sits(anna.person_id, story.made.person("Bo", story.made.acme), None)
    story.becomes_hybrid(on_site=1)
    [_, row] = story.made.services.participation_questions.of_season(story.made.admin, story.season)
    assert (row.on_site, row.too_many) == (3, 2)
    story.says(anna, first, ONLINE)
    with pytest.raises(NoPlaceOnSite):
        story.says(anna, first, ON_SITE)


def test_a_seat_given_up_or_handed_on_takes_its_answer_with_it(story: Story) -> None:
    made = story.made
    anna, bo, eva = (made.person(name, made.acme) for name in ("Anna", "Bo", "Eva"))
    booking = story.sits(anna, bo)
    story.becomes_hybrid(on_site=2)
    story.says(made.admin, booking, ONLINE, 1, 2)
    assert story.counts() == (0, 2, 0)
    hand_over(made, made.admin, booking, 1, eva)
    cancel(made, made.admin, booking, 2)
    made.catch_up()
    assert story.counts() == (1, 0, 0)
    other = story.sits(bo)
    story.says(made.admin, other, ONLINE)
    story.says(made.admin, other, ON_SITE)
    assert story.counts() == (2, 0, 0)


def test_two_at_once_for_the_last_place_in_the_room_and_one_gets_it(story: Story) -> None:
    made = story.made
    people = [made.member(name) for name in ("Anna", "Bo", "Eva")]
    bookings = [story.sits(each.person_id) for each in people]
    story.becomes_hybrid(on_site=1)
    for each, booking in zip(people, bookings, strict=True):
        story.says(each, booking, ONLINE)

    def back(no: int) -> bool:
        command = AnswerMeeting(bookings[no], story.season, story.fourth, (SeatAnswer(1, ON_SITE),))
        try:
            made.services.participations.answer(people[no], command)
        except NoPlaceOnSite:
            return False
        return True

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(back, range(3))) == [False, False, True]
    made.catch_up()
    assert story.counts() == (1, 2, 0)


def test_somebody_cannot_come_keeps_the_seat_and_the_kitchen_cooks_for_one_less(story: Story) -> None:
    made = story.made
    anna = made.member("Anna")
    booking = story.sits(anna.person_id, made.person("Bo", made.acme))
    assert anna.person_id is not None
    made.services.people.tell_needs(anna, TellNeeds(anna.person_id, "Glutenfri"))
    story.says(anna, booking, AWAY, at=story.first)
    kitchen = made.services.participation_questions.kitchen
    assert (
        kitchen(made.admin, story.season, story.first).seats,
        kitchen(made.admin, story.season, story.first).needs,
    ) == (1, ())
    assert kitchen(made.admin, story.season, story.fourth).seats == 2
    assert made.services.rosters.catering(made.admin, story.season).seats == 2
    assert "Din plats i säsongen är kvar" in told(deliver(made), "anna")
    story.says(anna, booking, ON_SITE, at=story.first)
    assert story.counts(story.first) == (2, 0, 0)


def test_answers_are_taken_until_the_organisers_time_and_that_one_cannot_come_until_the_start(story: Story) -> None:
    anna = story.made.member("Anna")
    booking = story.sits(anna.person_id)
    story.becomes_hybrid(closes=24)
    story.made.clock.instant = datetime(2027, 2, 3, 7, 59, 59, tzinfo=UTC)
    story.says(anna, booking, ONLINE)
    story.made.clock.instant = datetime(2027, 2, 3, 8, 0, tzinfo=UTC)
    with pytest.raises(ChoiceClosed):
        story.says(anna, booking, ON_SITE)
    story.says(anna, booking, AWAY)
    with pytest.raises(ChoiceClosed):
        story.says(anna, booking, ON_SITE)  # not by the way of "cannot come" either
    story.says(anna, booking, ONLINE)
    assert story.counts() == (0, 1, 0)
    story.says(anna, booking, AWAY)
    story.made.clock.instant = datetime(2027, 2, 4, 8, 0, tzinfo=UTC)
    with pytest.raises(ChoiceClosed):
        story.says(anna, booking, ONLINE)


def test_the_time_until_which_one_chooses_follows_a_meeting_that_is_moved(story: Story) -> None:
    anna = story.made.member("Anna")
    booking = story.sits(anna.person_id)
    story.becomes_hybrid(closes=24)
    later = full_day("Dag 4", 2027, 3, 9).time
    story.made.services.meetings.schedule(story.made.admin, ScheduleMeeting(story.season, story.fourth, later, BOTH))
    story.made.clock.instant = datetime(2027, 3, 1, tzinfo=UTC)
    story.says(anna, booking, ONLINE)
    assert story.counts() == (0, 1, 0)


def test_a_season_made_after_it_has_the_same_places_on_site_and_online(story: Story) -> None:
    story.becomes_hybrid(on_site=6, online=3, closes=24)
    services, admin = story.made.services, story.made.admin
    again = services.roll_overs.copy(admin, CopySeason(story.season, "Lärande igen")).answer.season_id
    story.made.catch_up()
    found = services.programme.season(admin, again).meetings
    assert [each.seats for each in found] == [MeetingSeats(), MeetingSeats(on_site=6, online=3, closes=24)]


def test_what_cannot_be_is_refused(story: Story) -> None:
    anna = story.made.member("Anna")
    booking = story.sits(anna.person_id, None)
    with pytest.raises(NoSuchWay):
        story.says(anna, booking, ONLINE)
    with pytest.raises(SeatNotNamed):
        story.says(story.made.admin, booking, AWAY, 2)
    with pytest.raises(NotFound):
        story.says(anna, booking, AWAY, at=MeetingId(story.season))


def _leads(story: Story) -> Actor:
    lotta = story.made.member("Lotta")
    leaders = (lotta.person_id,) if lotta.person_id else ()
    story.made.services.seasons.name_leaders(story.made.admin, NameLeaders(story.season, leaders, ()))
    story.made.catch_up()
    return lotta


def test_whoever_leads_sees_who_comes_and_nobody_else_does(story: Story) -> None:
    anna, lotta = story.made.member("Anna"), _leads(story)
    booking = story.sits(anna.person_id)
    story.says(anna, booking, AWAY)
    questions = story.made.services.participation_questions
    [who] = questions.of_meeting(lotta, story.season, story.fourth).people
    assert (who.name, who.answer) == ("Anna", AWAY)
    asks: list[Callable[[Actor], object]] = [
        lambda actor: questions.of_season(actor, story.season),
        lambda actor: questions.of_meeting(actor, story.season, story.fourth),
    ]
    for ask in asks:
        for nobody in (anna, story.made.finance):
            with pytest.raises(NotAllowed):
                ask(nobody)
    with pytest.raises(NotAllowed):
        questions.kitchen(lotta, story.season, story.fourth)


def test_whoever_booked_answers_for_colleagues_and_colleagues_for_themselves_alone(story: Story) -> None:
    made = story.made
    anna, bo, eva = made.member("Anna"), made.member("Bo"), made.member("Eva")
    booking = story.sits(bo.person_id, eva.person_id)
    with pytest.raises(NotFound):
        story.says(anna, booking, AWAY)
    with pytest.raises(NotAllowed):
        story.says(bo, booking, AWAY, 1, 2)
    assert anna.person_id is not None
    made.services.organisations.appoint_contact(made.admin, AppointContact(made.acme, anna.person_id))
    made.catch_up()
    story.says(anna, booking, AWAY, 1, 2)
    assert story.counts() == (0, 0, 2)
    assert "Du kommer inte" in told(deliver(made), "eva")
    [_, mine] = made.services.participation_questions.of_booking(bo, booking)
    assert [each.name for each in mine.seats] == ["Bo"]
