"""Rounds, who has answered in them, texts and topics. What was answered is not here: it is read where it is fixed."""

from __future__ import annotations

from domain.learning.answer import Answer
from domain.learning.contribution import Contribution, State
from domain.learning.round import Round
from domain.learning.topic import Topic
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Table

ROUND = Table(
    "learning",
    "round",
    {
        "round_id": "uuid",
        "season_id": "uuid",
        "meeting_id": "uuid",
        "closes_at": "timestamptz",
        "is_fixed": "boolean",
    },
    key=("round_id",),
    indexes=("(closes_at) where not is_fixed",),
)
ANSWER = Table(
    "learning",
    "answer",
    {"answer_id": "uuid", "season_id": "uuid", "meeting_id": "uuid", "person_id": "uuid", "position": "bigint"},
    key=("answer_id",),
    indexes=("(meeting_id, position)", "(season_id)"),
)
TEXT = Table(
    "learning",
    "text",
    {
        "contribution_id": "uuid",
        "organiser_id": "uuid",
        "season_id": "uuid",
        "meeting_id": "uuid",
        "person_id": "uuid",
        "kind": "text",
        "handle": "uuid",
        "text": "bytea",
        "may_be_shown": "boolean",
        "state": "text",
        "reason": "bytea",
        "theme_id": "uuid",
    },
    key=("contribution_id",),
    indexes=("(season_id)", "(person_id)", "(handle)"),
)
TOPIC = Table(
    "learning",
    "topic",
    {
        "topic_id": "uuid",
        "season_id": "uuid",
        "meeting_id": "uuid",
        "person_id": "uuid",
        "title": "bytea",
        "place": "text",
        "start_at": "timestamptz",
        "is_gone": "boolean",
        "position": "bigint",
    },
    key=("topic_id",),
    indexes=("(season_id)",),
)
LEARNINGS = Projection("learning", version=2, tables=(ROUND, ANSWER, TEXT, TOPIC))

LEARNINGS.puts(Round.Opened, ROUND, is_fixed=False)
LEARNINGS.sets(Round.Closed, ROUND)
LEARNINGS.sets(Round.Fixed, ROUND, is_fixed=True)
LEARNINGS.puts(Answer.Given, ANSWER)
LEARNINGS.puts(Contribution.Written, TEXT, state=State.WAITING.value, reason=None, theme_id=None)
LEARNINGS.sets(Contribution.Rewritten, TEXT, state=State.WAITING.value, reason=None)
LEARNINGS.sets(
    Contribution.Withdrawn,
    TEXT,
    state=State.WITHDRAWN.value,
    text=None,
    reason=None,
    may_be_shown=False,
)
LEARNINGS.sets(Contribution.Shown, TEXT, state=State.SHOWN.value, reason=None)
LEARNINGS.sets(Contribution.HeldBack, TEXT, state=State.HELD_BACK.value)
LEARNINGS.sets(Contribution.Themed, TEXT)
LEARNINGS.puts(Topic.Proposed, TOPIC, place="", start_at=None, is_gone=False)
LEARNINGS.sets(Topic.Chosen, TOPIC)
LEARNINGS.sets(Topic.PutBack, TOPIC, place="", start_at=None)
LEARNINGS.sets(Topic.TakenBack, TOPIC, is_gone=True)
