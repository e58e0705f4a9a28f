"""A topic of an open space: proposed by a participant for a meeting, chosen, and given a place and a time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import MeetingId, OrganiserId, PersonId, SeasonId
from domain.kernel.personal import Encrypted
from domain.kernel.text import title_of

LONGEST_TITLE = 200


class TopicGone(RuleBroken):
    """Whoever proposed the topic has taken it back."""


class Topic(Aggregate):
    """One topic. Its title is sealed under the key of whoever proposed it."""

    class Proposed(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        meeting_id: MeetingId
        person_id: PersonId
        title: Encrypted

    class Chosen(Aggregate.Event):
        place: str
        start_at: datetime

        def apply(self, this: Topic) -> None:
            this.place, this.start_at = self.place, self.start_at

    class PutBack(Aggregate.Event):
        def apply(self, this: Topic) -> None:
            this.place, this.start_at = "", None

    class TakenBack(Aggregate.Event):
        def apply(self, this: Topic) -> None:
            this.is_gone = True

    @event(Proposed)
    def __init__(
        self,
        organiser_id: OrganiserId,
        season_id: SeasonId,
        meeting_id: MeetingId,
        person_id: PersonId,
        title: Encrypted,
        id: UUID | None = None,
    ) -> None:
        self.organiser_id, self.season_id, self.meeting_id = organiser_id, season_id, meeting_id
        self.person_id, self.title = person_id, title
        self.place, self.is_gone = "", False
        self.start_at: datetime | None = None

    def choose(self, place: str, start_at: datetime, begins: datetime, ends: datetime) -> None:
        """It is talked about there and then. Raises BadValue for an instant outside the meeting, TopicGone."""
        self._must_be_there()
        where = title_of("where", place, LONGEST_TITLE)
        if not begins <= start_at < ends:
            raise BadValue(field="start_at", why="is outside the meeting")
        if (self.place, self.start_at) != (where, start_at):
            self.record(Topic.Chosen(place=where, start_at=start_at))

    def put_back(self) -> None:
        """It is not talked about after all. Raises TopicGone."""
        self._must_be_there()
        if self.start_at is not None:
            self.record(Topic.PutBack())

    def take_back(self) -> None:
        """Whoever proposed it wants it no longer."""
        if not self.is_gone:
            self.record(Topic.TakenBack())

    def _must_be_there(self) -> None:
        if self.is_gone:
            raise TopicGone
