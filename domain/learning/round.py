"""A round of self-assessment: what a meeting asks of those who were there, until it closes and its figures are fixed.

What is published of a round is fixed once, when it has closed, and is never worked out anew: an answer that is taken
back or erased afterwards moves nothing, so that nobody can be found by looking before and after.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import MeetingId, OrganiserId, SeasonId, round_of
from domain.kernel.text import title_of
from domain.learning.disclosure import Disclosure


class Column(StrEnum):
    """Of whom somebody says how good they are at the theme."""

    YOU = "you"
    ORGANISATION = "organisation"
    TOGETHER = "together"


class RoundClosed(RuleBroken):
    """The round takes no answers any longer; what was answered stands."""


class RoundNotClosed(RuleBroken):
    """The round still takes answers; its figures are fixed when it closes."""


class RoundIsOpen(RuleBroken):
    """The meeting's round has been opened already."""


@dataclass(frozen=True)
class ColumnFigures:
    """What may be shown of one column."""

    column: Column
    disclosure: Disclosure


class Round(Aggregate):
    """One for each meeting. `closes_at` for the assessment, `texts_until` for what is written beside it (UTC).

    `is_live`: the room sees the figures grow, from ten answers in steps of five.
    """

    class Opened(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        meeting_id: MeetingId
        theme: str
        at_least: int
        closes_at: datetime
        texts_until: datetime
        is_live: bool
        link_id: UUID

    class LinkMade(Change):
        link_id: UUID

    class Closed(Change):
        closes_at: datetime

    class Fixed(Aggregate.Event):
        answers: int
        figures: tuple[ColumnFigures, ...]

        def apply(self, this: Round) -> None:
            this.answers, this.figures = self.answers, self.figures

    @staticmethod
    def create_id(meeting_id: MeetingId) -> UUID:
        """One for each meeting."""
        return round_of(meeting_id)

    @event(Opened)
    def __init__(
        self,
        organiser_id: OrganiserId,
        season_id: SeasonId,
        meeting_id: MeetingId,
        theme: str,
        at_least: int,
        closes_at: datetime,
        texts_until: datetime,
        is_live: bool,
        link_id: UUID,
    ) -> None:
        self.organiser_id, self.season_id, self.meeting_id = organiser_id, season_id, meeting_id
        self.theme, self.at_least, self.is_live, self.link_id = theme, at_least, is_live, link_id
        self.closes_at, self.texts_until = closes_at, texts_until
        self.answers: int | None = None
        self.figures: tuple[ColumnFigures, ...] = ()

    @property
    def is_fixed(self) -> bool:
        """Whether its figures are there to be published."""
        return self.answers is not None

    def takes_answers(self, now: datetime) -> bool:
        """Whether the assessment may still be given, or given anew."""
        return now < self.closes_at and not self.is_fixed

    def takes_texts(self, now: datetime) -> bool:
        """Whether texts may still be written."""
        return now < self.texts_until

    def must_take(self, now: datetime) -> None:
        """Raises RoundClosed where neither the assessment nor the texts may be given any longer."""
        if not self.takes_answers(now) and not self.takes_texts(now):
            raise RoundClosed

    def make_link(self, link_id: UUID) -> None:
        """Another link for the room; the one before opens nothing any longer."""
        self.record(Round.LinkMade(link_id=link_id))

    def close(self, now: datetime) -> None:
        """No more assessments from now on. A round that has closed stays as it is."""
        if self.takes_answers(now):
            self.record(Round.Closed(closes_at=now))

    def fix(self, answers: int, figures: tuple[ColumnFigures, ...], now: datetime) -> None:
        """What is published of it, once and for good. Raises RoundNotClosed."""
        if now < self.closes_at:
            raise RoundNotClosed
        if not self.is_fixed:
            self.record(Round.Fixed(answers=answers, figures=figures))

    def of(self, column: Column) -> Disclosure:
        """What may be shown of a column: nothing before the figures are fixed."""
        return next((each.disclosure for each in self.figures if each.column is column), Disclosure())


def open_round(
    organiser_id: OrganiserId,
    season_id: SeasonId,
    meeting_id: MeetingId,
    theme: str,
    at_least: int,
    closes_at: datetime,
    texts_until: datetime,
    *,
    is_live: bool,
    link_id: UUID,
    now: datetime,
) -> Round:
    """A round that takes answers from now on. Raises BadValue for a theme without words or an instant that has been."""
    if closes_at <= now:
        raise BadValue(field="closes_at", why="has passed")
    return Round(
        organiser_id=organiser_id,
        season_id=season_id,
        meeting_id=meeting_id,
        theme=title_of("theme", theme),
        at_least=at_least,
        closes_at=closes_at,
        texts_until=max(texts_until, closes_at),
        is_live=is_live,
        link_id=link_id,
    )
