"""Self-assessment at meetings: S70, the part of S39 about answers, and who may know what of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.kernel.actor import Actor, stranger
from application.learning.answer import GiveAnswer, RoomLinkOver, TicketUnknown
from application.learning.round import CloseRound, MakeRoomLink, OpenRound
from application.people.person import ErasePerson, RequestErasure
from application.programme.season import NameLeaders
from domain.kernel.errors import BadValue, NotAllowed, NotFound
from domain.learning.answer import AnsweredAlready
from domain.learning.disclosure import Grade
from domain.learning.round import Column, RoundClosed, RoundIsOpen
from tests.samples import Institute
from tests.scenarios.learning.group import GOOD, MEDIUM, POOR, Group, twenty

FIRST = [POOR] * 6 + [MEDIUM] * 5 + [GOOD] * 3
SECOND = [POOR] * 2 + [MEDIUM] * 5 + [GOOD] * 7


@pytest.fixture
def group(institute: Institute) -> Group:
    return twenty(institute)


def test_s70_fourteen_of_twenty_answer(group: Group) -> None:
    group.round(0, FIRST)
    group.institute.at(2026, 10, 20, 9)
    group.round(1, SECOND)
    shown = group.shown(1)
    assert (shown.answers, shown.expected, shown.is_fixed) == (14, 20, True)
    figure = group.column(1).figure
    assert figure is not None
    assert (figure.answers, figure.poor, figure.medium, figure.good, figure.mean) == (14, 2, 5, 7, 236)
    assert group.column(1).change == 236 - 179
    assert group.column(0).change is None
    assert group.column(1, Column.ORGANISATION).figure is None  # all alike: it would say what each of them answered


def test_s70_a_subgroup_under_five_is_shown_to_nobody_and_five_to_their_own_people_alone(group: Group) -> None:
    """Fourteen of twenty: five of Acme, Bolt's five, four of Delta; Enar's nobody."""
    group.round(0, FIRST)
    acme, bolt, delta, enar = (group.people[no] for no in (0, 5, 10, 15))
    assert group.column(0, actor=delta).own is None
    assert group.column(0, actor=enar).own is None
    assert group.column(0).own is None, "not even the organiser"
    mixed = [POOR, GOOD, MEDIUM, GOOD, POOR] * 4
    group.institute.at(2026, 10, 20, 9)
    group.round(1, mixed)
    for person in (acme, bolt, delta, enar):
        own = group.column(1, actor=person).own
        assert own is not None and own.answers is None and own.mean == 200
    assert group.column(1).own is None


def test_s70_whoever_left_stays_in_what_they_answered_and_out_of_what_follows(group: Group) -> None:
    group.round(0, FIRST)
    before = group.column(0).figure
    successor = group.hand_over(group.people[0], "Nyman", group.institute.acme)
    assert group.column(0).figure == before
    with pytest.raises(NotFound):
        group.view(group.people[0])
    group.institute.at(2026, 10, 20, 9)
    group.open(1)
    with pytest.raises(NotFound):
        group.answer(group.people[0], 1, GOOD)
    for person, grade in zip([successor, *group.people[1:14]], SECOND, strict=True):
        group.answer(person, 1, grade)
    group.institute.catch_up()
    group.close(1)
    assert group.column(1).figure is not None
    assert group.column(1).change is None, "one left and one joined: the change would be theirs"


def test_s39_the_successor_sees_nothing_of_what_the_first_person_answered_and_wrote(group: Group) -> None:
    group.open(0)
    for person, grade in zip(group.people, FIRST, strict=False):
        group.answer(person, 0, grade, takes=f"Tanke {person}", shown=False)
    group.institute.catch_up()
    group.close(0)
    first = group.people[0]
    assert group.column(0, actor=first).mine is POOR
    assert [each.text for each in group.view(first).mine] == [f"Tanke {first}"]
    successor = group.hand_over(first, "Nyman", group.institute.acme)
    assert group.column(0, actor=successor).mine is None
    assert group.view(successor).mine == ()
    assert not group.shown(0, successor).has_answered
    own = group.institute.services.learning_questions.own(group.institute.acting(first))
    assert [each.text for each in own] == [f"Tanke {first}"], "whoever left has what they wrote, and may take it back"


def test_an_answer_is_changed_until_the_round_closes_and_counts_once(group: Group) -> None:
    group.open(0)
    for grade in (POOR, MEDIUM, GOOD):
        group.answer(group.people[0], 0, grade)
    group.institute.catch_up()
    assert group.shown(0).answers == 1
    assert group.column(0, actor=group.people[0]).mine is GOOD
    group.close(0)
    before = group.shown(0)
    group.institute.at(2026, 9, 30, 9)
    with pytest.raises(RoundClosed):
        group.answer(group.people[1], 0, GOOD)
    assert group.shown(0).answers == before.answers


def test_nothing_is_shown_before_the_round_closes_but_how_many_have_answered(group: Group) -> None:
    group.open(0)
    for person, grade in zip(group.people, FIRST, strict=False):
        group.answer(person, 0, grade)
    group.institute.catch_up()
    assert group.shown(0).answers == 14
    assert all(each.figure is None for each in group.shown(0).columns)


def test_a_live_room_sees_the_distribution_grow_in_steps_that_give_nobody_away(group: Group) -> None:
    group.open(0, is_live=True)
    seen = []
    for person, grade in zip(group.people, [*FIRST, GOOD, POOR], strict=False):
        group.answer(person, 0, grade)
        group.institute.catch_up()
        figure = group.column(0).figure
        seen.append(figure.answers if figure else None)
    assert seen == [None] * 9 + [10] * 5 + [15, 15]
    group.answer(group.people[0], 0, GOOD)
    group.institute.catch_up()
    assert group.column(0).figure.poor == 6, "a change of mind is not watched"  # type: ignore[union-attr] # shown above
    group.close(0)
    figure = group.column(0).figure
    assert figure is not None and figure.answers == 15, "one more since the last step would be found"
    assert group.shown(0).answers == 16


def test_a_live_column_grows_by_those_who_answered_it_and_not_by_those_who_answered_another(group: Group) -> None:
    """Ten answer both columns, five more one of them, and one of those the other as well: that one is not found."""
    group.open(0, is_live=True)
    for person, grade in zip(group.people[:10], FIRST, strict=False):
        group.answer(person, 0, grade)
    for no, person in enumerate(group.people[10:15]):
        grades = ((Column.YOU, MEDIUM if no == 1 else GOOD), (Column.TOGETHER, GOOD))[: 2 if no == 0 else 1]
        group.institute.services.answers.give(
            group.institute.acting(person), GiveAnswer(group.season, group.meetings[0], grades)
        )
    group.institute.catch_up()
    for _ in ("while it is open", "once it has closed"):
        you, together = group.column(0).figure, group.column(0, Column.TOGETHER).figure
        assert you is not None and together is not None
        assert (you.answers, together.answers) == (15, 10)
        group.close(0)


def test_whoever_is_erased_while_the_room_watches_leaves_no_figure_that_tells_what_they_answered(group: Group) -> None:
    group.open(0, is_live=True)
    for person, grade in zip(group.people, FIRST[:11], strict=False):
        group.answer(person, 0, grade)
    group.institute.catch_up()
    figure = group.column(0).figure
    assert figure is not None and figure.answers == 10
    gone = group.people[0]
    group.institute.services.people.request_erasure(group.institute.acting(gone), RequestErasure(gone))
    group.institute.services.people.erase(group.institute.admin, ErasePerson(gone))
    group.institute.catch_up()
    assert group.column(0).figure is None, "the eleventh would come in for the first"
    group.close(0)
    assert group.column(0).figure is None


def test_erasure_after_publication_moves_no_figure(group: Group) -> None:
    group.round(0, FIRST)
    before = group.shown(0)
    person = group.people[0]
    services, admin = group.institute.services, group.institute.admin
    services.people.request_erasure(group.institute.acting(person), RequestErasure(person))
    services.people.erase(admin, ErasePerson(person))
    group.institute.catch_up()
    assert group.shown(0).columns == before.columns
    me = services.my_data.of(group.institute.acting(group.people[1]), group.people[1])
    assert any(each.event.startswith("Answer.Given") and each.value == POOR.value for each in me.facts)


def test_a_round_closes_by_itself_and_is_fixed_once(group: Group) -> None:
    group.open(0)
    for person, grade in zip(group.people, FIRST, strict=False):
        group.answer(person, 0, grade)
    group.institute.catch_up()
    group.institute.at(2026, 9, 15, 15)
    (job,) = (each for each in group.institute.house.worker.jobs.jobs if getattr(each, "name", "") == "rounds")
    assert job.turn() and not job.turn()
    group.institute.catch_up()
    assert not job.turn()
    assert group.shown(0).is_fixed
    assert group.column(0).figure is not None


def test_wrong_people_get_nothing(group: Group) -> None:
    institute, services = group.institute, group.institute.services
    group.round(0, FIRST)
    outside = institute.acting(institute.person("Ute", institute.bolt))
    for actor in (outside, institute.finance, stranger(institute.organiser)):
        with pytest.raises(NotFound):
            group.view(actor)
        with pytest.raises((NotAllowed, NotFound)):
            services.rounds.open(actor, OpenRound(group.season, group.meetings[1]))
        with pytest.raises((NotAllowed, NotFound)):
            services.learning_questions.to_moderate(actor, group.season)
    with pytest.raises(NotAllowed):
        services.rounds.close(institute.acting(group.people[0]), CloseRound(group.season, group.meetings[0]))
    other = Actor("other", None)
    with pytest.raises(NotFound):
        services.learning_questions.of(other, group.season)


def test_a_leader_guides_as_an_admin_does(group: Group) -> None:
    institute, services = group.institute, group.institute.services
    leader = institute.person("Lena", institute.bolt)
    services.seasons.name_leaders(institute.admin, NameLeaders(group.season, (leader,), ()))
    acting = institute.acting(leader)
    services.rounds.open(acting, OpenRound(group.season, group.meetings[0]))
    with pytest.raises(RoundIsOpen):
        services.rounds.open(acting, OpenRound(group.season, group.meetings[0]))
    institute.catch_up()
    assert group.view(acting).guides and not group.view(acting).takes_part
    with pytest.raises(NotFound):
        services.answers.give(acting, GiveAnswer(group.season, group.meetings[0], ((Column.YOU, GOOD),)))


class InRoom:
    """The room of the first meeting, and somebody in it with a ticket."""

    def __init__(self, group: Group) -> None:
        self.group, self.nobody = group, stranger(group.institute.organiser)
        group.open(0)
        group.institute.catch_up()
        self.person = group.people[0]
        booking, _ = group.bookings[self.person]
        tickets = group.institute.services.tickets.of_booking(group.institute.admin, booking)
        self.code = next(each.code for each in tickets if each.person_id == self.person)

    @property
    def secret(self) -> str:
        return self.group.shown(0).room

    def answer(self, grade: Grade, code: str = "", room: str = "") -> None:
        group = self.group
        about = (group.season, group.meetings[0], ((Column.YOU, grade),))
        command = GiveAnswer(*about, room=room or self.secret, code=code or self.code)
        group.institute.services.answers.give(self.nobody, command)


def test_in_the_room_a_ticket_says_who_answers_once(group: Group) -> None:
    room = InRoom(group)
    room.answer(POOR)
    room.answer(GOOD)
    group.institute.catch_up()
    assert group.shown(0).answers == 1
    with pytest.raises(TicketUnknown):
        room.answer(GOOD, code="P1:" + "A" * 26)
    with pytest.raises(RoomLinkOver):
        room.answer(GOOD, room="fel")
    group.answer(room.person, 0, MEDIUM)
    with pytest.raises(AnsweredAlready):
        room.answer(POOR)
    group.hand_over(room.person, "Nyman", group.institute.acme)
    with pytest.raises(TicketUnknown):
        room.answer(GOOD)


def test_the_rooms_link_opens_for_the_meetings_time_until_it_is_made_anew(group: Group) -> None:
    room, services = InRoom(group), group.institute.services
    first = room.secret
    assert services.answers.room(room.nobody, first).theme == "Att leda"
    services.rounds.make_link(group.institute.admin, MakeRoomLink(group.season, group.meetings[0]))
    with pytest.raises(RoomLinkOver):
        services.answers.room(room.nobody, first)
    again = room.secret
    assert services.answers.room(room.nobody, again).theme == "Att leda"
    group.institute.clock.pass_by(timedelta(days=1))
    with pytest.raises(RoomLinkOver):
        services.answers.room(room.nobody, again)


def test_an_answer_says_something(group: Group) -> None:
    group.open(0)
    with pytest.raises(BadValue):
        group.institute.services.answers.give(
            group.institute.acting(group.people[0]), GiveAnswer(group.season, group.meetings[0])
        )
