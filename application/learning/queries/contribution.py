"""Topics and texts of a season, as they are kept and as they are shown to a reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.learning.part import Part
from domain.kernel.ids import MeetingId, PersonId, SeasonId, TopicId
from domain.learning.contribution import Kind, State


@dataclass(frozen=True)
class TextRow:
    """A text as the read model has it. `person_id` is for nobody's eyes but the author's."""

    season_id: SeasonId
    meeting_id: MeetingId | None
    person_id: PersonId
    kind: Kind
    handle: UUID
    text: str | None
    may_be_shown: bool
    state: State
    reason: str | None
    theme_id: UUID | None
    season: str = ""


@dataclass(frozen=True)
class TopicRow:
    """A topic of an open space. `start_at` None: not chosen (yet)."""

    topic_id: TopicId
    meeting_id: MeetingId
    person_id: PersonId
    title: str | None
    place: str
    start_at: datetime | None


@dataclass(frozen=True)
class TopicShown:
    """A topic as the group sees it. `is_mine`: the reader proposed it."""

    topic_id: TopicId
    meeting_id: MeetingId
    title: str
    place: str
    start_at: datetime | None
    is_mine: bool


@dataclass(frozen=True)
class TextShown:
    """A text without its author. `reason`: why it was held back, for its author alone."""

    handle: UUID
    meeting_id: MeetingId | None
    kind: Kind
    text: str
    state: State
    may_be_shown: bool
    theme_id: UUID | None = None
    reason: str = ""
    season: str = ""


def text_shown(row: TextRow, is_own: bool = False) -> TextShown:
    """A text as the group sees it, or (`is_own`) its author."""
    return TextShown(
        row.handle,
        row.meeting_id,
        row.kind,
        row.text or "",
        row.state,
        row.may_be_shown,
        row.theme_id,
        (row.reason or "") if is_own else "",
        row.season,
    )


def topic_shown(row: TopicRow, part: Part | None) -> TopicShown:
    """A topic as a reader sees it."""
    is_mine = part is not None and row.person_id in part.person.ids
    return TopicShown(row.topic_id, row.meeting_id, row.title or "", row.place, row.start_at, is_mine)
