"""Rounds of learning as they are shown: columns of figures, each told only where enough have answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.kernel.ports import UnitOfWork
from application.learning.part import Part
from application.learning.round import opened
from domain.kernel.ids import MeetingId, answer_of
from domain.learning.answer import Answer
from domain.learning.disclosure import Disclosure, Figure, Grade, change, may_compare
from domain.learning.round import Column, Round
from domain.programme.meeting import Meeting


@dataclass(frozen=True)
class ColumnShown:
    """A column of a round. `change`: of the mean since the first round, in hundredths; None: not to be shown.

    `own`: of the reader's organisation, for its people; `mine`: what the reader answered.
    """

    column: Column
    figure: Figure | None
    change: int | None
    own: Figure | None
    own_change: int | None
    mine: Grade | None


@dataclass(frozen=True)
class RoundShown:
    """A meeting's round. `answers`: how many have answered, of `expected` who sit there; never who.

    `room`: what stands in the room's link, for whoever guides the season.
    """

    meeting_id: MeetingId
    title: str
    theme: str
    start_at: datetime | None
    closes_at: datetime
    texts_until: datetime
    is_open: bool
    takes_texts: bool
    is_fixed: bool
    is_live: bool
    answers: int
    expected: int
    columns: tuple[ColumnShown, ...]
    has_answered: bool
    room: str


def column_shown(
    column: Column,
    now: Disclosure,
    first: dict[Column, Disclosure],
    one: Round,
    part: Part | None,
    mine: Mapping[Column, Grade],
) -> ColumnShown:
    """A column with the figures that may be told of it."""
    before = first.get(column)
    if one.is_fixed and now.total is not None:
        first.setdefault(column, now)
    own = _own(now, part)
    was = _own(before, part) if before is not None else None
    return ColumnShown(
        column,
        now.total,
        _change(before, now, one.at_least),
        own[0] if own else None,
        change(was[0], own[0]) if own and was and may_compare(was[1], own[1], one.at_least) else None,
        mine.get(column),
    )


def _change(before: Disclosure | None, now: Disclosure, at_least: int) -> int | None:
    if before is None or not may_compare(before.respondents, now.respondents, at_least):
        return None
    return change(before.total, now.total)


def _own(disclosure: Disclosure, part: Part | None) -> tuple[Figure, tuple[UUID, ...]] | None:
    if part is None or part.organisation_id is None:
        return None
    return next(
        ((each.figure, each.respondents) for each in disclosure.groups if each.group == part.organisation_id), None
    )


def own_grades(work: UnitOfWork, one: Round, part: Part | None) -> dict[Column, Grade]:
    """What the reader answered; by the link of a mail, which may be anybody's by now, it is not shown."""
    if part is None or work.actor.booking_id is not None:
        return {}
    for person_id in part.person.ids:
        answer = work.find(Answer, answer_of(one.meeting_id, person_id))
        if answer is not None:
            return opened(work, answer.grades)
    return {}


def round_shown(
    work: UnitOfWork,
    one: Round,
    meeting: Meeting,
    columns: tuple[ColumnShown, ...],
    count: int,
    expected: int,
    *,
    has_answered: bool,
    room: str,
) -> RoundShown:
    """A round with its columns, as a reader sees it."""
    return RoundShown(
        meeting_id=one.meeting_id,
        title=meeting.title,
        theme=one.theme,
        start_at=meeting.time.start_at,
        closes_at=one.closes_at,
        texts_until=one.texts_until,
        is_open=one.takes_answers(work.now),
        takes_texts=one.takes_texts(work.now),
        is_fixed=one.is_fixed,
        is_live=one.is_live,
        answers=count,
        expected=max(expected, count),
        columns=columns,
        has_answered=has_answered,
        room=room,
    )
