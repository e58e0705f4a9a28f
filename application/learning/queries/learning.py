"""What a season has learnt, as far as its reader may know it: one question for every page, file and program.

Participants read what was published and what is their own; whoever guides the season, counts and (once there are
enough, and no more may come) texts without names. An organisation's own figures are for its own people alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.season_name import called
from application.kernel.use_case import load_for, organiser_of
from application.learning.answer import RoomLinks
from application.learning.part import Part, guided, guides, reads, record_of
from application.learning.queries.contribution import TextRow, TextShown, TopicRow, TopicShown, text_shown, topic_shown
from application.learning.queries.round import RoundShown, column_shown, own_grades, round_shown
from application.learning.round import Respondents, figures_of
from domain.kernel.ids import MeetingId, OrganiserId, SeasonId, round_of
from domain.learning.contribution import Kind, State
from domain.learning.disclosure import Disclosure
from domain.learning.learning import Learning
from domain.learning.round import Column, Round
from domain.programme.meeting import Meeting
from domain.programme.season import Season


@dataclass(frozen=True)
class ThemeShown:
    """A theme of hopes and fears, and how many put it so (None: fewer than are told)."""

    theme_id: UUID
    title: str
    hopes: int | None
    fears: int | None


@dataclass(frozen=True)
class MeetingNamed:
    """A meeting of the season, in their order. `insight`: what was learnt, where the reader may read it."""

    meeting_id: MeetingId
    title: str
    start_at: datetime | None
    has_round: bool
    insight: str


@dataclass(frozen=True)
class LearningView:
    """All that a reader may know. `themes` are empty for participants until they are published.

    `hopes_written`, `fears_written`: how many, for whoever guides alone (otherwise None): with the themes' numbers it
    would say how few are outside of them.
    """

    season_id: SeasonId
    season: str
    zone: str
    guides: bool
    takes_part: bool
    at_least: int
    words_from: int
    reflection_days: int
    meetings: tuple[MeetingNamed, ...]
    rounds: tuple[RoundShown, ...]
    asks_hopes: bool
    hopes_until: datetime | None
    hopes_written: int | None
    fears_written: int | None
    are_hopes_published: bool
    themes: tuple[ThemeShown, ...]
    are_insights_published: bool
    insight: str
    published: tuple[TextShown, ...]
    mine: tuple[TextShown, ...]
    topics: tuple[TopicShown, ...]


class LearningModel(Respondents, Protocol):
    """The read model, for whoever has been let in already."""

    def writers_by(self, season_id: UUID) -> Mapping[tuple[UUID | None, Kind], int]:
        """How many have written, by meeting (None: about the season) and kind; taken back or not."""

    def themed(self, season_id: UUID) -> Mapping[tuple[UUID, Kind], int]:
        """How many have been put under each theme, by kind; taken back or not, so that nobody is found by it."""

    def counts(self, season_id: UUID) -> Mapping[UUID, int]:
        """How many have answered, by meeting."""

    def expected(self, season_id: UUID) -> int:
        """How many sit in a season now."""

    def texts(self, season_id: UUID) -> tuple[TextRow, ...]:
        """All that may still be read, in an order that says nothing."""

    def own(self, organiser_id: OrganiserId, people: Iterable[UUID]) -> tuple[TextRow, ...]:
        """What somebody wrote, by all their ids, in all seasons."""

    def topics(self, season_id: UUID) -> tuple[TopicRow, ...]:
        """The topics of a season's open spaces: those that were chosen first, by their time."""


class LearningQuestions:
    """Answers participants (who sit there now), and whoever guides the season; everybody else finds nothing."""

    def __init__(self, decisions: Decisions, model: LearningModel, links: RoomLinks) -> None:
        self._decisions, self._model, self._links = decisions, model, links

    def of(self, actor: Actor, season_id: SeasonId) -> LearningView:
        """All that the reader may know of a season. Raises NotFound."""
        return self._decisions.dry_run(actor, lambda work: self._view(work, season_id))

    def to_moderate(self, actor: Actor, season_id: SeasonId) -> tuple[TextShown, ...]:
        """Texts as whoever guides reads them, without names (S71). Raises NotAllowed, NotFound."""

        def look(work: UnitOfWork) -> tuple[TextShown, ...]:
            season = guided(work, season_id)
            record, writers = record_of(work, season), self._model.writers_by(season_id)
            return tuple(
                text_shown(each)
                for each in self._model.texts(season_id)
                if _are_over(work, record, each) and writers.get((each.meeting_id, each.kind), 0) >= record.words_from
            )

        return self._decisions.dry_run(actor, look)

    def own(self, actor: Actor) -> tuple[TextShown, ...]:
        """What the reader has written, in all seasons, also those they have left; by a mail's link nothing."""
        if actor.person_id is None or actor.booking_id is not None:
            return ()
        mine = self._model.own(organiser_of(actor), {actor.person_id, *actor.also})
        return tuple(text_shown(each, is_own=True) for each in mine if each.text is not None)

    def live(self, actor: Actor, season_id: SeasonId, meeting_id: MeetingId) -> RoundShown | None:
        """A round as the room sees it: its figures while it is open where it is live, and once they are fixed."""
        view = self.of(actor, season_id)
        return next((each for each in view.rounds if each.meeting_id == meeting_id), None)

    def _view(self, work: UnitOfWork, season_id: SeasonId) -> LearningView:
        part = reads(work, season_id)
        season = load_for(work, Season, season_id)
        record, is_guide = record_of(work, season), guides(work.actor, season)
        rounds = self._rounds(work, season, part, is_guide=is_guide)
        texts, writers = self._model.texts(season_id), self._model.writers_by(season_id)
        reads_insights = is_guide or record.are_insights_published
        return LearningView(
            season_id=season_id,
            season=called(work, season),
            zone=season.zone,
            guides=is_guide,
            takes_part=part is not None,
            at_least=record.at_least,
            words_from=record.words_from,
            reflection_days=record.reflection_days,
            meetings=_meetings(season, record, {each.meeting_id for each in rounds}, reads_insights=reads_insights),
            rounds=rounds,
            asks_hopes=record.asks_hopes(work.now),
            hopes_until=record.hopes_until,
            hopes_written=writers.get((None, Kind.HOPE), 0) if is_guide else None,
            fears_written=writers.get((None, Kind.FEAR), 0) if is_guide else None,
            are_hopes_published=record.are_hopes_published,
            themes=_themes(record, self._model.themed(season_id), is_guide=is_guide),
            are_insights_published=record.are_insights_published,
            insight=record.insights.get(None, "") if reads_insights else "",
            published=tuple(text_shown(each) for each in texts if each.state is State.SHOWN and each.may_be_shown),
            mine=tuple(text_shown(each, is_own=True) for each in texts if part and _is_own(work, part, each)),
            topics=tuple(topic_shown(each, part) for each in self._model.topics(season_id)),
        )

    def _rounds(self, work: UnitOfWork, season: Season, part: Part | None, *, is_guide: bool) -> tuple[RoundShown, ...]:
        counts, expected = self._model.counts(season.season_id), self._model.expected(season.season_id)
        wanted = _in_order(season)
        work.fetch(*((Round, round_of(each.meeting_id)) for each in wanted))
        first: dict[Column, Disclosure] = {}
        shown = []
        for meeting in wanted:
            one = work.find(Round, round_of(meeting.meeting_id))
            if one is not None:
                mine = own_grades(work, one, part)
                columns = tuple(
                    column_shown(each, self._disclosure(work, one, each), first, one, part, mine) for each in Column
                )
                count = counts.get(meeting.meeting_id, 0)
                room = self._links.secret_for(one.season_id, one.meeting_id, one.link_id) if is_guide else ""
                shown.append(
                    round_shown(work, one, meeting, columns, count, expected, has_answered=bool(mine), room=room)
                )
        return tuple(shown)

    def _disclosure(self, work: UnitOfWork, one: Round, column: Column) -> Disclosure:
        """What may be shown of a column now: as it was fixed, or as the room sees it grow."""
        if one.is_fixed or not one.is_live:
            return one.of(column)
        found = figures_of(work, one, self._model.answered(one.meeting_id), is_open=True)
        total = next(each.disclosure.total for each in found if each.column is column)
        return Disclosure(total)


def _in_order(season: Season) -> list[Meeting]:
    return sorted(
        season.meetings.values(), key=lambda each: (each.time.start_at is None, each.time.start_at or 0, each.title)
    )


def _meetings(
    season: Season, record: Learning, rounds: set[MeetingId], *, reads_insights: bool
) -> tuple[MeetingNamed, ...]:
    return tuple(
        MeetingNamed(
            each.meeting_id,
            each.title,
            each.time.start_at,
            each.meeting_id in rounds,
            record.insights.get(each.meeting_id, "") if reads_insights else "",
        )
        for each in _in_order(season)
    )


def _themes(record: Learning, themed: Mapping[tuple[UUID, Kind], int], *, is_guide: bool) -> tuple[ThemeShown, ...]:
    if not is_guide and not record.are_hopes_published:
        return ()

    def count(theme_id: UUID, kind: Kind) -> int | None:
        found = themed.get((theme_id, kind), 0)
        return found if found >= record.at_least else None

    return tuple(
        ThemeShown(theme_id, title, count(theme_id, Kind.HOPE), count(theme_id, Kind.FEAR))
        for theme_id, title in record.themes.items()
    )


def _are_over(work: UnitOfWork, record: Learning, text: TextRow) -> bool:
    if text.meeting_id is None:
        return record.has_hopes(work.now)
    one = work.find(Round, round_of(text.meeting_id))
    return one is not None and not one.takes_texts(work.now)


def _is_own(work: UnitOfWork, part: Part, row: TextRow) -> bool:
    return work.actor.booking_id is None and row.person_id in part.person.ids
