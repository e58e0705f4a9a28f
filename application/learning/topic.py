"""Open space: participants propose topics for a meeting, whoever guides it chooses, each with a place and a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from application.kernel.command import command
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for
from application.learning.part import guided, taking_part
from domain.kernel.errors import BadValue, NotFound
from domain.kernel.ids import MeetingId, SeasonId, TopicId
from domain.kernel.text import title_of
from domain.learning.topic import LONGEST_TITLE, Topic


@dataclass(frozen=True)
class ProposeTopic:
    """What somebody wants to talk about at a meeting."""

    season_id: SeasonId
    meeting_id: MeetingId
    title: str


@dataclass(frozen=True)
class ChooseTopic:
    """It is talked about there and then."""

    season_id: SeasonId
    topic_id: TopicId
    place: str
    start_at: datetime


@dataclass(frozen=True)
class PutTopicBack:
    """It is not talked about after all."""

    season_id: SeasonId
    topic_id: TopicId


@dataclass(frozen=True)
class TakeTopicBack:
    """Whoever proposed it wants it no longer."""

    season_id: SeasonId
    topic_id: TopicId


@dataclass(frozen=True)
class TopicRef:
    """A topic."""

    topic_id: TopicId
    season_id: SeasonId
    meeting_id: MeetingId


class Topics(UseCases):
    """Propose and take back (participants), choose and put back (admins and leaders)."""

    @command
    def propose(self, work: UnitOfWork, command: ProposeTopic) -> TopicRef:
        """Raises NotFound unless they sit there, BadValue."""
        part = taking_part(work, command.season_id)
        part.season.meeting(command.meeting_id)
        title = title_of("topic", command.title, LONGEST_TITLE)
        topic = Topic(
            id=work.new_id(),
            organiser_id=part.season.organiser_id,
            season_id=part.season.season_id,
            meeting_id=command.meeting_id,
            person_id=part.person_id,
            title=work.encrypt(part.person_id, "title", title),
        )
        work.add(topic)
        return _ref(topic)

    @command
    def choose(self, work: UnitOfWork, command: ChooseTopic) -> TopicRef:
        """Raises NotAllowed, NotFound, BadValue for an instant outside the meeting, TopicGone."""
        season, topic = guided(work, command.season_id), _of(work, command.season_id, command.topic_id)
        time = season.meeting(topic.meeting_id).time
        if time.start_at is None or time.end_at is None:
            raise BadValue(field="start_at", why="is outside the meeting")
        topic.choose(command.place, command.start_at, time.start_at, time.end_at)
        return _ref(topic)

    @command
    def put_back(self, work: UnitOfWork, command: PutTopicBack) -> TopicRef:
        """Raises NotAllowed, NotFound, TopicGone."""
        guided(work, command.season_id)
        topic = _of(work, command.season_id, command.topic_id)
        topic.put_back()
        return _ref(topic)

    @command
    def take_back(self, work: UnitOfWork, command: TakeTopicBack) -> TopicRef:
        """Raises NotFound for another's."""
        topic = _of(work, command.season_id, command.topic_id)
        if not work.actor.is_person(topic.person_id):
            raise NotFound(what="topic")
        topic.take_back()
        return _ref(topic)


def _of(work: UnitOfWork, season_id: SeasonId, topic_id: TopicId) -> Topic:
    topic = load_for(work, Topic, topic_id)
    if topic.season_id != season_id:
        raise NotFound(what="topic")
    return topic


def _ref(topic: Topic) -> TopicRef:
    return TopicRef(TopicId(topic.id), topic.season_id, topic.meeting_id)
