"""A season's learning record: its rules, hopes and fears with their themes, and insights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.kernel.command import command
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases
from application.learning.contribution import write
from application.learning.part import LearningRef, guided, record_of, taking_part
from domain.kernel.ids import MeetingId, SeasonId
from domain.learning.contribution import Kind


@dataclass(frozen=True)
class AgreeLearning:
    """The fewest answers shown, how many must have written, and for how many days texts are collected."""

    season_id: SeasonId
    at_least: int
    words_from: int
    reflection_days: int


@dataclass(frozen=True)
class AskHopes:
    """Ask the participants for hopes and fears until an instant."""

    season_id: SeasonId
    until: datetime


@dataclass(frozen=True)
class CloseHopes:
    """Ask no longer."""

    season_id: SeasonId


@dataclass(frozen=True)
class WriteHopes:
    """What somebody hopes and fears; an empty text takes back what they wrote."""

    season_id: SeasonId
    hope: str = ""
    fear: str = ""


@dataclass(frozen=True)
class NameTheme:
    """A theme (none yet: a new one), or another name of it."""

    season_id: SeasonId
    title: str
    theme_id: UUID | None = None


@dataclass(frozen=True)
class RemoveTheme:
    """A theme that is none any longer."""

    season_id: SeasonId
    theme_id: UUID


@dataclass(frozen=True)
class PublishHopes:
    """Whether the group sees the themes."""

    season_id: SeasonId
    is_published: bool = True


@dataclass(frozen=True)
class WriteInsight:
    """What was learnt at a meeting (None: in all)."""

    season_id: SeasonId
    text: str
    meeting_id: MeetingId | None = None


@dataclass(frozen=True)
class PublishInsights:
    """Whether the group reads the insights."""

    season_id: SeasonId
    is_published: bool = True


class Learnings(UseCases):
    """Each is for admins and the season's leaders (NotAllowed), but writing hopes, which is for participants."""

    @command
    def agree(self, work: UnitOfWork, command: AgreeLearning) -> LearningRef:
        """Raises BadValue: five is the least there is."""
        record = record_of(work, guided(work, command.season_id))
        record.agree(command.at_least, command.words_from, command.reflection_days)
        return LearningRef(command.season_id)

    @command
    def ask_hopes(self, work: UnitOfWork, command: AskHopes) -> LearningRef:
        """Raises BadValue for an instant that has been, SeasonCalledOff."""
        season = guided(work, command.season_id)
        season.must_be_on()
        record_of(work, season).ask_hopes(command.until, work.now)
        return LearningRef(command.season_id)

    @command
    def close_hopes(self, work: UnitOfWork, command: CloseHopes) -> LearningRef:
        """What was written may be read from then on."""
        record_of(work, guided(work, command.season_id)).close_hopes(work.now)
        return LearningRef(command.season_id)

    @command
    def write_hopes(self, work: UnitOfWork, command: WriteHopes) -> LearningRef:
        """Raises NotFound unless they sit there, HopesNotAsked, BadValue."""
        part = taking_part(work, command.season_id)
        record_of(work, part.season).must_ask_hopes(work.now)
        for kind, text in ((Kind.HOPE, command.hope), (Kind.FEAR, command.fear)):
            if text.strip() or work.actor.booking_id is None:  # by a mail's link nobody sees what they take back
                write(work, part, kind, text, None, may_be_shown=False)
        return LearningRef(command.season_id)

    @command
    def name_theme(self, work: UnitOfWork, command: NameTheme) -> LearningRef:
        """Raises BadValue, NotFound for one that is not there."""
        record = record_of(work, guided(work, command.season_id))
        if command.theme_id is not None:
            record.must_have(command.theme_id)
        record.name_theme(command.theme_id or work.new_id(), command.title)
        return LearningRef(command.season_id)

    @command
    def remove_theme(self, work: UnitOfWork, command: RemoveTheme) -> LearningRef:
        """Raises NotFound."""
        record_of(work, guided(work, command.season_id)).remove_theme(command.theme_id)
        return LearningRef(command.season_id)

    @command
    def publish_hopes(self, work: UnitOfWork, command: PublishHopes) -> LearningRef:
        """Raises HopesNotAsked where there are none to show yet."""
        record = record_of(work, guided(work, command.season_id))
        if command.is_published:
            record.publish_hopes(work.now)
        else:
            record.take_down_hopes()
        return LearningRef(command.season_id)

    @command
    def write_insight(self, work: UnitOfWork, command: WriteInsight) -> LearningRef:
        """Raises NotFound for a meeting of another season, BadValue."""
        season = guided(work, command.season_id)
        if command.meeting_id is not None:
            season.meeting(command.meeting_id)
        record_of(work, season).write_insight(command.meeting_id, command.text)
        return LearningRef(command.season_id, command.meeting_id)

    @command
    def publish_insights(self, work: UnitOfWork, command: PublishInsights) -> LearningRef:
        """The group reads them, or no longer."""
        record = record_of(work, guided(work, command.season_id))
        if command.is_published:
            record.publish_insights()
        else:
            record.take_down_insights()
        return LearningRef(command.season_id)
