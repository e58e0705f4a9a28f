"""Organiser C's group three weeks ago: it met and graded itself, and what it wrote was given back to it (C3, C4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from application.learning.contribution import ShowText
from application.learning.learning import AgreeLearning, PublishInsights, WriteInsight
from application.learning.round import OpenRound
from demo.city_today import DAYS_AGO, Group, answer
from demo.clock import DemoClock
from demo.desk import Desk
from domain.learning.contribution import Kind
from domain.learning.disclosure import AT_LEAST, Grade

GIVEN_BACK = 12
"""Days ago: the week for writing afterwards is over by then."""
ANSWERS = (
    ((Grade.POOR, Grade.POOR, Grade.MEDIUM), "Att fråga vem som egentligen får bestämma."),
    ((Grade.MEDIUM, Grade.MEDIUM, Grade.POOR), "Att säga högt vad jag inte tänker göra."),
    ((Grade.MEDIUM, Grade.POOR, Grade.POOR), "Att börja med den som förlorar på det."),
    ((Grade.POOR, Grade.POOR, Grade.MEDIUM), "Att skriva ner mandatet på en sida."),
    ((Grade.GOOD, Grade.MEDIUM, Grade.MEDIUM), "Att våga vänta en vecka till."),
    ((Grade.MEDIUM, Grade.MEDIUM, Grade.MEDIUM), "Att låna Hamnens checklista."),
)
INSIGHT = (
    "Mandatet är oftast större än vi tror, och nästan aldrig nedskrivet. Den som skriver ner det på en sida och visar "
    "sin chef får det utökat."
)


def give_back(clock: DemoClock, gather: Callable[[], Group], catch_up: Callable[[], object]) -> None:
    """The meeting on its day; what was written then is read by whoever guides the group when the week after is over."""
    with clock.ago(DAYS_AGO):
        group = gather()
        catch_up()
        _assess(group)
        catch_up()
    desk = group.desk
    with clock.ago(GIVEN_BACK):
        catch_up()
        for text in desk.services.learning_questions.to_moderate(desk.admin, group.season):
            shown, key = ShowText(group.season, text.handle), desk.key("shown", text.handle)
            desk.services.contributions.show(desk.admin, shown, key)
        _tell_insight(desk, group)
        catch_up()


def _assess(group: Group) -> None:
    desk = group.desk
    agreed = AgreeLearning(group.season, at_least=AT_LEAST, words_from=AT_LEAST, reflection_days=7)
    desk.services.learnings.agree(desk.admin, agreed, desk.key("learning", group.season))
    desk.services.rounds.open(desk.admin, OpenRound(group.season, group.before), desk.key("round", group.before))
    for who, (grades, took) in zip(group.people, ANSWERS, strict=True):
        answer(desk, group, group.before, who, grades, (Kind.TAKE_AWAY, took))
    desk.held(group.season, group.before, desk.today - timedelta(days=DAYS_AGO))


def _tell_insight(desk: Desk, group: Group) -> None:
    written = WriteInsight(group.season, INSIGHT, group.before)
    desk.services.learnings.write_insight(desk.admin, written, desk.key("insight", group.before))
    desk.services.learnings.publish_insights(
        desk.admin, PublishInsights(group.season), desk.key("insights", group.season)
    )
