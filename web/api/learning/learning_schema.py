"""What the API takes for a season's learning: rounds, answers, hopes, themes, texts, insights and topics."""

from __future__ import annotations

from marshmallow import fields, validate

from domain.learning.contribution import LONGEST, OF_A_MEETING, Kind
from domain.learning.disclosure import Grade
from domain.learning.learning import LONGEST_INSIGHT
from domain.learning.round import Column
from domain.learning.topic import LONGEST_TITLE
from web.api.kernel.common_schema import A_TITLE, Body
from web.api.kernel.fields import Choice, Flag, Id, Instant, Text, Whole


class LearningRulesBody(Body):
    """The fewest answers shown, how many must have written, and for how many days texts are collected."""

    at_least = Whole(5, 10, required=True)
    words_from = Whole(5, 50, required=True)
    reflection_days = Whole(1, 60, required=True)


class OpenRoundBody(Body):
    """A round: the meeting's title and end, unless said otherwise."""

    theme = Text(A_TITLE, load_default="", example="Leading across borders")
    closes_at = Instant(load_default=None, allow_none=True)
    is_live = Flag(load_default=False, about="The room sees the figures grow, from ten answers in steps of five.")


class GradeBody(Body):
    """How somebody grades one column."""

    column = Choice(*Column, required=True)
    grade = Choice(*Grade, required=True)


class LearningTextBody(Body):
    """What somebody writes beside it."""

    kind = Choice(*OF_A_MEETING, required=True)
    text = Text(LONGEST, load_default="", about="Empty: takes back what was written.")


class LearningAnswerBody(Body):
    """An answer: a grade for each column at most, and texts."""

    grades = fields.List(fields.Nested(GradeBody), load_default=list, validate=validate.Length(0, len(Column)))
    texts = fields.List(fields.Nested(LearningTextBody), load_default=list, validate=validate.Length(0, len(Kind)))
    may_be_shown = Flag(load_default=False, about="The group may read the texts, without a name.")


class AskHopesBody(Body):
    """Until when the participants are asked."""

    until = Instant(required=True)


class HopesBody(Body):
    """What somebody hopes and fears; an empty text takes back what they wrote."""

    hope = Text(LONGEST, load_default="")
    fear = Text(LONGEST, load_default="")


class LearningPublishedBody(Body):
    """Whether the group sees it."""

    is_published = Flag(load_default=True)


class ThemeBody(Body):
    """What a theme is called."""

    title = Text(120, 1, required=True, example="Time at home")


class ThemeOfBody(Body):
    """Under which theme a text belongs; null: under none."""

    theme_id = Id(optional=True)


class LearningReasonBody(Body):
    """Why the group may not read a text; its author reads it."""

    reason = Text(LONGEST, 1, required=True)


class InsightBody(Body):
    """What was learnt at a meeting (null: in all); empty: nothing."""

    meeting_id = Id(optional=True)
    text = Text(LONGEST_INSIGHT, load_default="")


class TopicBody(Body):
    """What somebody wants to talk about."""

    title = Text(LONGEST_TITLE, 1, required=True, example="How do we say no together?")


class ChooseTopicBody(Body):
    """Where and when it is talked about."""

    place = Text(LONGEST_TITLE, 1, required=True)
    start_at = Instant(required=True)
