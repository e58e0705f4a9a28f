"""Rounds of self-assessment: opened at a meeting by whoever guides it, closed by them or at an instant, then fixed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from application.kernel.command import by_system, command
from application.kernel.due_job import DueJob
from application.kernel.ports import Clock, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for
from application.learning.part import LearningRef, guided, record_of
from domain.kernel.errors import NotFound
from domain.kernel.ids import MeetingId, PersonId, RoundId, SeasonId, answer_of, round_of
from domain.kernel.personal import Encrypted
from domain.learning.answer import Answer
from domain.learning.disclosure import Grade, counted, disclosed
from domain.learning.round import Column, ColumnFigures, Round, RoundIsOpen, open_round

FIXED_SOON = timedelta(seconds=2)
"""So long after a round has closed its figures are worked out: what was answered at the last moment is read by then."""


@dataclass(frozen=True)
class OpenRound:
    """Ask a meeting's self-assessment. `theme`: else the meeting's title. `closes_at`: else when the meeting ends."""

    season_id: SeasonId
    meeting_id: MeetingId
    theme: str = ""
    closes_at: datetime | None = None
    is_live: bool = False


@dataclass(frozen=True)
class CloseRound:
    """No more assessments from now on."""

    season_id: SeasonId
    meeting_id: MeetingId


@dataclass(frozen=True)
class MakeRoomLink:
    """Another link for the room; the one before opens nothing any longer."""

    season_id: SeasonId
    meeting_id: MeetingId


class Respondents(Protocol):
    """Knows who has answered."""

    def answered(self, meeting_id: MeetingId) -> Sequence[PersonId]:
        """Who has answered in a meeting's round, in the order in which they first did."""

    def rounds_due(self, now: datetime) -> Iterable[RoundId]:
        """Rounds that have closed by then, and are not fixed."""


class Rounds(UseCases):
    """Open, close; and fix what has closed, once."""

    def __init__(self, decisions: Decisions, respondents: Respondents) -> None:
        super().__init__(decisions)
        self._respondents = respondents

    @command
    def open(self, work: UnitOfWork, command: OpenRound) -> LearningRef:
        """Raises NotAllowed unless admin or leader, NotFound, RoundIsOpen, SeasonCalledOff, BadValue."""
        season = guided(work, command.season_id)
        season.must_be_on()
        meeting = season.meeting(command.meeting_id)
        if work.find(Round, round_of(command.meeting_id)) is not None:
            raise RoundIsOpen
        rules, end = record_of(work, season), meeting.time.end_at
        closes_at = command.closes_at or max(end or work.now, work.now + timedelta(hours=1))
        opened = open_round(
            season.organiser_id,
            season.season_id,
            command.meeting_id,
            command.theme.strip() or meeting.title,
            rules.at_least,
            closes_at,
            max(end or work.now, work.now) + rules.reflects_for,
            is_live=command.is_live,
            link_id=work.new_id(),
            now=work.now,
        )
        work.add(opened)
        return LearningRef(command.season_id, command.meeting_id)

    @command
    def close(self, work: UnitOfWork, command: CloseRound) -> LearningRef:
        """Raises NotAllowed, NotFound."""
        guided(work, command.season_id)
        round_in(work, command.season_id, command.meeting_id).close(work.now)
        return LearningRef(command.season_id, command.meeting_id)

    @command
    def make_link(self, work: UnitOfWork, command: MakeRoomLink) -> LearningRef:
        """Raises NotAllowed, NotFound."""
        guided(work, command.season_id)
        round_in(work, command.season_id, command.meeting_id).make_link(work.new_id())
        return LearningRef(command.season_id, command.meeting_id)

    @by_system
    def fix(self, work: UnitOfWork, round_id: UUID) -> None:
        """What may be shown of a round that has closed. Raises RoundNotClosed."""
        one = work.load(Round, round_id)
        if one.is_fixed:
            return
        people = list(self._respondents.answered(one.meeting_id))
        one.fix(len(people), figures_of(work, one, people), work.now)


def round_in(work: UnitOfWork, season_id: SeasonId, meeting_id: MeetingId) -> Round:
    """The round of a meeting of the season. Raises NotFound."""
    one = load_for(work, Round, round_of(meeting_id))
    if one.season_id != season_id:
        raise NotFound(what="round")
    return one


def figures_of(
    work: UnitOfWork, one: Round, people: Sequence[PersonId], *, is_open: bool = False
) -> tuple[ColumnFigures, ...]:
    """What may be shown of what they answered, in the order they did; who has been erased has not.

    `is_open`: while the room sees it grow. Each column is of those who answered that one.
    """
    ids = [answer_of(one.meeting_id, each) for each in people]
    work.fetch(*((Answer, each) for each in ids))
    answers = [found for each in ids if (found := work.find(Answer, each)) is not None]
    groups = {each.person_id: each.organisation_id for each in answers}
    now = {each.person_id: opened(work, each.grades) for each in answers}
    first = {each.person_id: _first(work, each) for each in answers} if one.is_live else {}

    def grades(column: Column) -> dict[PersonId, Grade]:
        given = _of_column(now, column)
        if not one.is_live:
            return given
        as_first = {
            who: None if said is None else said[column] for who, said in first.items() if said is None or column in said
        }
        return counted(as_first, given, one.at_least, is_open=is_open)

    return tuple(ColumnFigures(column, disclosed(grades(column), groups, one.at_least)) for column in Column)


def _of_column(given: Mapping[PersonId, Mapping[Column, Grade]], column: Column) -> dict[PersonId, Grade]:
    return {who: grades[column] for who, grades in given.items() if column in grades}


def _first(work: UnitOfWork, answer: Answer) -> dict[Column, Grade] | None:
    """As somebody first answered; None once they have been erased: they may have answered any column."""
    return opened(work, answer.first) if work.decrypt(answer.first) is not None else None


def sealed(work: UnitOfWork, person_id: PersonId, grades: dict[Column, Grade]) -> Encrypted:
    """Somebody's grades under their key."""
    plain = {column.value: grade.value for column, grade in sorted(grades.items())}
    return work.encrypt(person_id, "grades", json.dumps(plain))


def opened(work: UnitOfWork, grades: Encrypted) -> dict[Column, Grade]:
    """Somebody's grades in clear; none once they have been erased."""
    plain = json.loads(work.decrypt(grades) or "{}")
    return {Column(column): Grade(grade) for column, grade in plain.items()}


def rounds_job(rounds: Rounds, respondents: Respondents, clock: Clock) -> DueJob[RoundId]:
    """Fixes what has closed."""
    return DueJob("rounds", lambda: tuple(respondents.rounds_due(clock.now() - FIXED_SOON)), rounds.fix)
