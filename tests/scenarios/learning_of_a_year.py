"""What is learnt in a year: hopes asked and gathered, a round answered and fixed, texts moderated, topics chosen."""

from __future__ import annotations

from datetime import timedelta

from application.learning import learning as record
from application.learning.answer import GiveAnswer
from application.learning.contribution import HoldBackText, PutUnderTheme, ShowText, WithdrawText
from application.learning.round import CloseRound, MakeRoomLink, OpenRound
from application.learning.topic import ChooseTopic, ProposeTopic, PutTopicBack, TakeTopicBack
from domain.kernel.ids import MeetingId, PersonId, SeasonId
from domain.learning.contribution import Kind
from domain.learning.disclosure import Grade
from domain.learning.round import Column
from tests.samples import Institute
from tests.scenarios.story import FREE, book


def everything_learnt(institute: Institute) -> None:
    """A season of its own, with five who take part."""
    services, admin, season = institute.services, institute.admin, institute.season("Lärande", 9, FREE)
    people = [institute.person(f"Lär{letter}", institute.acme) for letter in "abcde"]
    for each in people:
        book(institute, season, institute.acme, each)
    institute.catch_up()
    first = MeetingId(services.programme.season(admin, season).meetings[0].meeting_id)
    services.learnings.agree(admin, record.AgreeLearning(season, 5, 5, 1))
    _hopes(institute, season, people)
    _round(institute, season, first, people)
    for text in ("Ett steg.", "Två steg."):
        services.learnings.write_insight(admin, record.WriteInsight(season, text, first))
    for is_published in (True, False):
        services.learnings.publish_insights(admin, record.PublishInsights(season, is_published))
    _topics(institute, season, first, people[0])


def _hopes(institute: Institute, season: SeasonId, people: list[PersonId]) -> None:
    services, admin = institute.services, institute.admin
    services.learnings.ask_hopes(admin, record.AskHopes(season, institute.clock.now() + timedelta(days=9)))
    for each in people:
        services.learnings.write_hopes(institute.acting(each), record.WriteHopes(season, "Tid"))
    services.learnings.close_hopes(admin, record.CloseHopes(season))
    for title in ("Tid", "Mod"):
        services.learnings.name_theme(admin, record.NameTheme(season, title))
    institute.catch_up()
    time, courage = (each.theme_id for each in services.learning_questions.of(admin, season).themes)
    for each_text in services.learning_questions.to_moderate(admin, season):
        services.contributions.put_under(admin, PutUnderTheme(season, each_text.handle, time))
    services.learnings.remove_theme(admin, record.RemoveTheme(season, courage))
    for is_published in (True, False):
        services.learnings.publish_hopes(admin, record.PublishHopes(season, is_published))


def _round(institute: Institute, season: SeasonId, meeting: MeetingId, people: list[PersonId]) -> None:
    services, admin, start = institute.services, institute.admin, institute.clock.instant
    services.rounds.open(admin, OpenRound(season, meeting, closes_at=start + timedelta(hours=1)))
    services.rounds.make_link(admin, MakeRoomLink(season, meeting))
    for each, grade in zip([*people, people[0]], [*Grade, *Grade], strict=True):
        texts = ((Kind.TAKE_AWAY, f"Jag ringer {grade.value}"),)
        answer = GiveAnswer(season, meeting, ((Column.YOU, grade),), texts, may_be_shown=True)
        services.answers.give(institute.acting(each), answer)
    services.rounds.close(admin, CloseRound(season, meeting))
    institute.catch_up()
    view = services.programme.season(admin, season)
    end = view.meetings[0].time.end_at
    institute.clock.instant = max(start, end or start) + timedelta(days=2)
    waiting = [each for each in services.learning_questions.to_moderate(admin, season) if not each.kind.is_before]
    services.contributions.show(admin, ShowText(season, waiting[0].handle))
    services.contributions.hold_back(admin, HoldBackText(season, waiting[1].handle, "Nämner en kund."))
    mine = services.learning_questions.own(institute.acting(people[2]))
    services.contributions.withdraw(institute.acting(people[2]), WithdrawText(mine[0].handle))
    institute.clock.instant = start


def _topics(institute: Institute, season: SeasonId, meeting: MeetingId, person: PersonId) -> None:
    services, admin, mine = institute.services, institute.admin, institute.acting(person)
    topic = services.topics.propose(mine, ProposeTopic(season, meeting, "Hur säger vi nej?")).answer.topic_id
    start = services.programme.season(admin, season).meetings[0].time.start_at or institute.clock.now()
    services.topics.choose(admin, ChooseTopic(season, topic, "Rum 2", start))
    services.topics.put_back(admin, PutTopicBack(season, topic))
    services.topics.take_back(mine, TakeTopicBack(season, topic))
