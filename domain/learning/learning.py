"""The learning record of a season: its rules, the themes of hopes and fears, and the insights of each meeting."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.errors import BadValue, NotFound, RuleBroken
from domain.kernel.ids import MeetingId, OrganiserId, SeasonId, learning_of
from domain.kernel.text import clean, title_of
from domain.learning.disclosure import AT_LEAST, MANY

WORDS_FROM = 8
"""How many must have written before anybody else reads a word; a season may ask for fewer, never under five."""
REFLECTION_DAYS = 7
"""How many days after a meeting its reflections are collected."""
MOST_WORDS_FROM, MOST_DAYS, MOST_THEMES = 50, 60, 30
LONGEST_INSIGHT = 6000


class HopesNotAsked(RuleBroken):
    """Nobody is asked for hopes and fears now."""


class Learning(Aggregate):
    """One for each season, begun with the first thing that is agreed, asked or written."""

    class Begun(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId

    class RulesAgreed(Change):
        at_least: int
        words_from: int
        reflection_days: int

    class HopesAsked(Change):
        hopes_until: datetime

    class HopesClosed(Change):
        hopes_until: datetime

    class ThemeNamed(Aggregate.Event):
        theme_id: UUID
        title: str

        def apply(self, this: Learning) -> None:
            this.themes[self.theme_id] = self.title

    class ThemeRemoved(Aggregate.Event):
        theme_id: UUID

        def apply(self, this: Learning) -> None:
            this.themes.pop(self.theme_id, None)

    class HopesPublished(Aggregate.Event):
        def apply(self, this: Learning) -> None:
            this.are_hopes_published = True

    class HopesTakenDown(Aggregate.Event):
        def apply(self, this: Learning) -> None:
            this.are_hopes_published = False

    class InsightWritten(Aggregate.Event):
        meeting_id: MeetingId | None
        text: str

        def apply(self, this: Learning) -> None:
            this.insights[self.meeting_id] = self.text

    class InsightsPublished(Aggregate.Event):
        def apply(self, this: Learning) -> None:
            this.are_insights_published = True

    class InsightsTakenDown(Aggregate.Event):
        def apply(self, this: Learning) -> None:
            this.are_insights_published = False

    @staticmethod
    def create_id(season_id: SeasonId) -> UUID:
        """One for each season."""
        return learning_of(season_id)

    @event(Begun)
    def __init__(self, organiser_id: OrganiserId, season_id: SeasonId) -> None:
        self.organiser_id, self.season_id = organiser_id, season_id
        self.at_least, self.words_from, self.reflection_days = AT_LEAST, WORDS_FROM, REFLECTION_DAYS
        self.hopes_until: datetime | None = None
        self.themes: dict[UUID, str] = {}
        self.are_hopes_published, self.are_insights_published = False, False
        self.insights: dict[MeetingId | None, str] = {}

    @property
    def reflects_for(self) -> timedelta:
        """How long after a meeting its texts are collected."""
        return timedelta(days=self.reflection_days)

    def agree(self, at_least: int, words_from: int, reflection_days: int) -> None:
        """For rounds opened from then on. Raises BadValue: five is the least there is."""
        if not AT_LEAST <= at_least <= MANY:
            raise BadValue(field="at_least", why="5 to 10 answers")
        if not AT_LEAST <= words_from <= MOST_WORDS_FROM:
            raise BadValue(field="words_from", why="5 to 50 who have written")
        if not 1 <= reflection_days <= MOST_DAYS:
            raise BadValue(field="reflection_days", why="1 to 60 days")
        self.record_change(
            Learning.RulesAgreed(at_least=at_least, words_from=words_from, reflection_days=reflection_days)
        )

    def ask_hopes(self, until: datetime, now: datetime) -> None:
        """The participants are asked, until an instant. Raises BadValue for one that has been."""
        if until <= now:
            raise BadValue(field="hopes_until", why="has passed")
        self.record(Learning.HopesAsked(hopes_until=until))

    def close_hopes(self, now: datetime) -> None:
        """Nobody is asked any longer; what was written is there to be read."""
        if self.asks_hopes(now):
            self.record(Learning.HopesClosed(hopes_until=now))

    def asks_hopes(self, now: datetime) -> bool:
        """Whether hopes and fears may be written now."""
        return self.hopes_until is not None and now < self.hopes_until

    def has_hopes(self, now: datetime) -> bool:
        """Whether they were asked for, and the time for it is over."""
        return self.hopes_until is not None and now >= self.hopes_until

    def must_ask_hopes(self, now: datetime) -> None:
        """Raises HopesNotAsked."""
        if not self.asks_hopes(now):
            raise HopesNotAsked

    def name_theme(self, theme_id: UUID, title: str) -> None:
        """A theme, or another name of it. Raises BadValue for too many."""
        named = title_of("theme", title, 120)
        if theme_id not in self.themes and len(self.themes) >= MOST_THEMES:
            raise BadValue(field="theme", why="a season has at most 30 themes")
        if self.themes.get(theme_id) != named:
            self.record(Learning.ThemeNamed(theme_id=theme_id, title=named))

    def remove_theme(self, theme_id: UUID) -> None:
        """It is none any longer; what was put under it is under none. Raises NotFound."""
        self.must_have(theme_id)
        self.record(Learning.ThemeRemoved(theme_id=theme_id))

    def must_have(self, theme_id: UUID) -> None:
        """Raises NotFound."""
        if theme_id not in self.themes:
            raise NotFound(what="theme")

    def publish_hopes(self, now: datetime) -> None:
        """The group sees them in their themes. Raises HopesNotAsked where there are none to show yet."""
        if not self.has_hopes(now):
            raise HopesNotAsked
        if not self.are_hopes_published:
            self.record(Learning.HopesPublished())

    def take_down_hopes(self) -> None:
        """The group sees them no longer."""
        if self.are_hopes_published:
            self.record(Learning.HopesTakenDown())

    def write_insight(self, meeting_id: MeetingId | None, text: str) -> None:
        """What was learnt at a meeting (None: in all), as whoever guides it says; empty: nothing. Raises BadValue."""
        words = clean("insight", text, LONGEST_INSIGHT, may_be_empty=True)
        if self.insights.get(meeting_id, "") != words:
            self.record(Learning.InsightWritten(meeting_id=meeting_id, text=words))

    def publish_insights(self) -> None:
        """The group reads them from now on, also as they are written further."""
        if not self.are_insights_published:
            self.record(Learning.InsightsPublished())

    def take_down_insights(self) -> None:
        """The group reads them no longer."""
        if self.are_insights_published:
            self.record(Learning.InsightsTakenDown())


def usual_learning(organiser_id: OrganiserId, season_id: SeasonId) -> Learning:
    """The record of a season of which nothing has been agreed yet."""
    return Learning(organiser_id=organiser_id, season_id=season_id)
