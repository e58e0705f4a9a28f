"""Hopes and fears, reflections and take-aways: S71, what is moderated, and what a withdrawn consent removes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.learning.contribution import HoldBackText, PutUnderTheme, ShowText, WithdrawText
from application.learning.learning import (
    AgreeLearning,
    AskHopes,
    CloseHopes,
    NameTheme,
    PublishHopes,
    PublishInsights,
    RemoveTheme,
    WriteHopes,
    WriteInsight,
)
from application.learning.topic import ChooseTopic, ProposeTopic, PutTopicBack, TakeTopicBack
from application.people.person import ErasePerson, RequestErasure
from domain.kernel.errors import BadValue, NotAllowed, NotFound
from domain.kernel.ids import SeasonId
from domain.learning.contribution import Kind, NotForTheGroup, State
from domain.learning.learning import HopesNotAsked
from domain.learning.topic import TopicGone
from tests.samples import Institute
from tests.scenarios.learning.group import GOOD, Group, twenty
from tests.scenarios.mailed import Mailed, deliver
from tests.scenarios.story import FREE, book


@pytest.fixture
def group(institute: Institute) -> Group:
    made = twenty(institute)
    institute.at(2026, 9, 10, 9)
    return made


def hoping(group: Group, many: int) -> None:
    services, clock = group.institute.services, group.institute.clock
    services.learnings.ask_hopes(group.institute.admin, AskHopes(group.season, clock.now() + timedelta(days=2)))
    for no, person in enumerate(group.people[:many]):
        command = WriteHopes(group.season, hope=f"Hopp {no}", fear=f"Farhåga {no}" if no % 2 else "")
        services.learnings.write_hopes(group.institute.acting(person), command)
    group.institute.catch_up()


def reflecting(group: Group, many: int) -> None:
    group.institute.at(2026, 9, 15, 9)
    group.open(0)
    for no, person in enumerate(group.people[:many]):
        group.answer(person, 0, GOOD, takes=f"Tanke {no}", shown=no != 3)
    group.institute.catch_up()


def to_moderate(group: Group) -> dict[str, object]:
    rows = group.institute.services.learning_questions.to_moderate(group.institute.admin, group.season)
    return {each.text: each.handle for each in rows}


def test_s71_hopes_are_read_without_names_once_enough_have_written_and_no_more_may_come(group: Group) -> None:
    hoping(group, 9)
    assert to_moderate(group) == {}, "while they are written, nobody is found by when a text came"
    group.institute.services.learnings.close_hopes(group.institute.admin, CloseHopes(group.season))
    rows = group.institute.services.learning_questions.to_moderate(group.institute.admin, group.season)
    assert {each.text for each in rows} == {f"Hopp {no}" for no in range(9)}, "four fears are too few"
    assert "person" not in " ".join(vars(rows[0]))
    with pytest.raises(HopesNotAsked):
        group.institute.services.learnings.write_hopes(
            group.institute.acting(group.people[0]), WriteHopes(group.season, "Mer")
        )


def test_s71_seven_are_too_few_unless_the_season_agrees_on_fewer(group: Group) -> None:
    hoping(group, 7)
    services, admin = group.institute.services, group.institute.admin
    services.learnings.close_hopes(admin, CloseHopes(group.season))
    assert to_moderate(group) == {}
    with pytest.raises(BadValue):
        services.learnings.agree(admin, AgreeLearning(group.season, 5, 4, 7))
    services.learnings.agree(admin, AgreeLearning(group.season, 5, 6, 7))
    assert len(to_moderate(group)) == 7


def test_s71_hopes_are_gathered_in_themes_and_shown_back(group: Group) -> None:
    hoping(group, 9)
    services, admin = group.institute.services, group.institute.admin
    services.learnings.close_hopes(admin, CloseHopes(group.season))
    services.learnings.name_theme(admin, NameTheme(group.season, "Tid"))
    services.learnings.name_theme(admin, NameTheme(group.season, "Mod"))
    time, courage = (each.theme_id for each in group.view().themes)
    for no, (_, handle) in enumerate(sorted(to_moderate(group).items())):
        command = PutUnderTheme(group.season, handle, time if no < 6 else courage)  # type: ignore[arg-type] # a handle
        services.contributions.put_under(admin, command)
    group.institute.catch_up()
    assert group.view(group.people[0]).themes == ()
    services.learnings.publish_hopes(admin, PublishHopes(group.season))
    seen = group.view(group.people[0]).themes
    assert [(each.title, each.hopes, each.fears) for each in seen] == [("Tid", 6, None), ("Mod", None, None)]
    gone, erased = (
        [each.handle for each in group.view(who).mine if each.kind is Kind.HOPE] for who in group.people[:2]
    )
    services.contributions.withdraw(group.institute.acting(group.people[0]), WithdrawText(*gone))
    services.people.request_erasure(group.institute.acting(group.people[1]), RequestErasure(group.people[1]))
    services.people.erase(admin, ErasePerson(group.people[1]))
    group.institute.catch_up()
    assert not {*gone, *erased} & set(to_moderate(group).values()), "their words are gone"
    after = group.view(group.people[2])
    assert after.themes == seen, "and no number says what those put it under who took theirs back"
    assert (after.hopes_written, after.fears_written) == (None, None), "nor how few are outside of what is told"
    services.learnings.remove_theme(admin, RemoveTheme(group.season, courage))
    services.learnings.publish_hopes(admin, PublishHopes(group.season, is_published=False))
    assert group.view(group.people[0]).themes == ()


def test_s71_take_aways_are_collected_for_seven_days_and_published_after_moderation(group: Group) -> None:
    reflecting(group, 9)
    services, admin = group.institute.services, group.institute.admin
    group.institute.at(2026, 9, 22, 13)
    group.answer(group.people[9], 0, GOOD, takes="Sent, men i tid")
    group.institute.catch_up()
    assert to_moderate(group) == {}
    group.institute.at(2026, 9, 22, 15)
    waiting = to_moderate(group)
    assert len(waiting) == 10
    services.contributions.show(admin, ShowText(group.season, waiting["Tanke 0"]))  # type: ignore[arg-type] # a handle
    hold = HoldBackText(group.season, waiting["Tanke 1"], "Nämner en kund.")  # type: ignore[arg-type] # a handle
    services.contributions.hold_back(admin, hold)
    with pytest.raises(NotForTheGroup):
        services.contributions.show(admin, ShowText(group.season, waiting["Tanke 3"]))  # type: ignore[arg-type] # a handle
    group.institute.catch_up()
    assert [each.text for each in group.view(group.people[5]).published] == ["Tanke 0"]
    (mine,) = group.view(group.people[1]).mine
    assert (mine.state, mine.reason) == (State.HELD_BACK, "Nämner en kund.")
    assert all(not each.reason for each in services.learning_questions.to_moderate(admin, group.season))


def test_s71_a_withdrawn_consent_removes_the_text_everywhere_at_once(group: Group) -> None:
    reflecting(group, 9)
    services, admin, author = group.institute.services, group.institute.admin, group.people[0]
    group.institute.at(2026, 9, 22, 15)
    handle = to_moderate(group)["Tanke 0"]
    services.contributions.show(admin, ShowText(group.season, handle))  # type: ignore[arg-type] # a handle
    group.institute.catch_up()
    assert [each.text for each in group.view().published] == ["Tanke 0"]
    with pytest.raises(NotFound):
        services.contributions.withdraw(group.institute.acting(group.people[1]), WithdrawText(handle))  # type: ignore[arg-type] # a handle
    group.hand_over(author, "Nyman", group.institute.acme)
    services.contributions.withdraw(group.institute.acting(author), WithdrawText(handle))  # type: ignore[arg-type] # a handle
    group.institute.catch_up()
    assert group.view().published == ()
    assert "Tanke 0" not in to_moderate(group)
    assert services.learning_questions.own(group.institute.acting(author)) == ()


def test_an_erased_author_leaves_no_text(group: Group) -> None:
    reflecting(group, 9)
    services, admin, author = group.institute.services, group.institute.admin, group.people[0]
    group.institute.at(2026, 9, 22, 15)
    services.contributions.show(admin, ShowText(group.season, to_moderate(group)["Tanke 0"]))  # type: ignore[arg-type] # a handle
    services.people.request_erasure(group.institute.acting(author), RequestErasure(author))
    services.people.erase(admin, ErasePerson(author))
    group.institute.catch_up()
    assert group.view().published == ()
    assert "Tanke 0" not in to_moderate(group)


def test_a_text_that_its_author_changes_is_looked_at_again(group: Group) -> None:
    reflecting(group, 9)
    group.answer(group.people[0], 0, GOOD, takes="Tanke noll")
    group.institute.catch_up()
    (mine,) = group.view(group.people[0]).mine
    assert (mine.text, mine.state, mine.kind) == ("Tanke noll", State.WAITING, Kind.TAKE_AWAY)


def test_what_is_collected_is_in_ones_own_data(group: Group) -> None:
    hoping(group, 2)
    me = group.people[1]
    facts = group.institute.services.my_data.of(group.institute.acting(me), me).facts
    assert {"Hopp 1", "Farhåga 1"} <= {each.value for each in facts}
    assert "Hopp 0" not in {each.value for each in facts}


def test_insights_are_read_by_the_group_once_published(group: Group) -> None:
    services, admin = group.institute.services, group.institute.admin
    services.learnings.write_insight(
        admin, WriteInsight(group.season, "Vi behöver ett första steg.", group.meetings[0])
    )
    services.learnings.write_insight(admin, WriteInsight(group.season, "Sammantaget."))
    reader = group.people[0]
    assert (group.view(reader).insight, group.view(reader).meetings[0].insight) == ("", "")
    services.learnings.publish_insights(admin, PublishInsights(group.season))
    assert group.view(reader).meetings[0].insight == "Vi behöver ett första steg."
    assert group.view(reader).insight == "Sammantaget."
    services.learnings.publish_insights(admin, PublishInsights(group.season, is_published=False))
    assert group.view(reader).insight == ""
    with pytest.raises(NotAllowed):
        services.learnings.write_insight(group.institute.acting(reader), WriteInsight(group.season, "Nej"))


def test_open_space_topics_are_proposed_chosen_and_given_a_place_and_a_time(group: Group) -> None:
    services, admin = group.institute.services, group.institute.admin
    mine, other = (group.institute.acting(each) for each in group.people[:2])
    day = group.meetings[0]
    topic = services.topics.propose(mine, ProposeTopic(group.season, day, "Hur säger vi nej?")).answer.topic_id
    group.institute.catch_up()
    start = group.view().meetings[0].start_at
    assert start is not None
    with pytest.raises(NotAllowed):
        services.topics.choose(mine, ChooseTopic(group.season, topic, "Rum 2", start))
    with pytest.raises(BadValue):
        services.topics.choose(admin, ChooseTopic(group.season, topic, "Rum 2", start - timedelta(hours=1)))
    services.topics.choose(admin, ChooseTopic(group.season, topic, "Rum 2", start + timedelta(hours=1)))
    group.institute.catch_up()
    (seen,) = group.view(group.people[1]).topics
    assert (seen.title, seen.place, seen.start_at, seen.is_mine) == (
        "Hur säger vi nej?", "Rum 2", start + timedelta(hours=1), False,
    )  # fmt: skip
    services.topics.put_back(admin, PutTopicBack(group.season, topic))
    with pytest.raises(NotFound):
        services.topics.take_back(other, TakeTopicBack(group.season, topic))
    services.topics.take_back(mine, TakeTopicBack(group.season, topic))
    with pytest.raises(TopicGone):
        services.topics.choose(admin, ChooseTopic(group.season, topic, "Rum 2", start))
    group.institute.catch_up()
    assert group.view().topics == ()


def test_whoever_gets_a_seat_while_hopes_are_asked_for_is_asked_in_the_letter_about_it(institute: Institute) -> None:
    season = institute.season("Leda tillsammans", 5, FREE)
    asked_of = "Vad hoppas du på, och vad är du rädd för?"
    seat_of(institute, season, "Anna")
    ask = AskHopes(season, institute.clock.now() + timedelta(days=2))
    institute.services.learnings.ask_hopes(institute.admin, ask)
    deliver(institute)
    seat_of(institute, season, "Bo")
    assert sum(asked_of in said(each) for each in deliver(institute) if each.to == "bo@example.org") == 1
    institute.clock.pass_by(timedelta(days=2))
    seat_of(institute, season, "Eva")
    assert not any(asked_of in said(each) for each in deliver(institute))


def said(letter: Mailed) -> str:
    """Its text as one line."""
    return " ".join(letter.text.split())


def seat_of(institute: Institute, season: SeasonId, name: str) -> None:
    """Booked by the desk."""
    book(institute, season, institute.acme, institute.person(name, institute.acme))
