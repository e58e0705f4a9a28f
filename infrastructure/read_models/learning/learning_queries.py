"""What the learning record answers, for whoever has been let in already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from application.learning.queries.contribution import TextRow, TopicRow
from domain.kernel.ids import ContributionId, MeetingId, OrganiserId, PersonId, RoundId
from domain.learning.contribution import Kind, State
from infrastructure.read_models.kernel.query import Shape, Tables

_ANSWERED = "select person_id from learning.answer where meeting_id = %s order by position, answer_id"
_DUE = "select round_id from learning.round where not is_fixed and closes_at <= %s order by closes_at, round_id"
_EXPECTED = """
select count(distinct person_id) from booking.seat
where season_id = %s and not is_cancelled and person_id is not null"""
_WRITERS = """
select kind, meeting_id, count(distinct person_id) from learning.text where season_id = %s group by 1, 2"""
_THEMED = """
select theme_id, kind, count(*) from learning.text where season_id = %s and theme_id is not null group by 1, 2"""
_COUNTS = "select meeting_id, count(*) from learning.answer where season_id = %s group by 1"
_TEXTS = (
    "select t.*, '' as season from learning.text t where t.season_id = %s and t.state <> 'withdrawn' order by t.handle"
)
_OWN = """
select t.*, s.title as season from learning.text t join season.season s on s.season_id = t.season_id
where t.organiser_id = %s and t.person_id = any(%s::uuid[]) and t.state <> 'withdrawn' order by t.contribution_id"""
_TOPICS = "select * from learning.topic where season_id = %s and not is_gone order by start_at, position"

_TEXT = Shape(
    TextRow,
    encrypted=("text", "reason"),
    made={"kind": lambda row: Kind(row["kind"]), "state": lambda row: State(row["state"])},
)
_TOPIC = Shape(TopicRow, encrypted=("title",))


class LearningTables(Tables):
    """`LearningModel`, `Respondents` and `Handles` of the application."""

    def answered(self, meeting_id: MeetingId) -> Sequence[PersonId]:
        return [PersonId(row[0]) for row in self._reader.query(_ANSWERED, [meeting_id])]

    def rounds_due(self, now: datetime) -> Iterable[RoundId]:
        return [RoundId(row[0]) for row in self._reader.query(_DUE, [now])]

    def behind(self, handle: UUID) -> ContributionId | None:
        rows = self._reader.query("select contribution_id from learning.text where handle = %s", [handle])
        return ContributionId(rows[0][0]) if rows else None

    def writers(self, season_id: UUID, meeting_id: UUID | None, kind: Kind) -> int:
        return self.writers_by(season_id).get((meeting_id, kind), 0)

    def writers_by(self, season_id: UUID) -> dict[tuple[UUID | None, Kind], int]:
        return {(row[1], Kind(row[0])): int(row[2]) for row in self._reader.query(_WRITERS, [season_id])}

    def themed(self, season_id: UUID) -> dict[tuple[UUID, Kind], int]:
        return {(row[0], Kind(row[1])): int(row[2]) for row in self._reader.query(_THEMED, [season_id])}

    def counts(self, season_id: UUID) -> dict[UUID, int]:
        return {row[0]: int(row[1]) for row in self._reader.query(_COUNTS, [season_id])}

    def expected(self, season_id: UUID) -> int:
        return int(self._reader.query(_EXPECTED, [season_id])[0][0])

    def texts(self, season_id: UUID) -> tuple[TextRow, ...]:
        return tuple(each for each in self._reader.rows(_TEXT, _TEXTS, [season_id]) if each.text is not None)

    def own(self, organiser_id: OrganiserId, people: Iterable[UUID]) -> tuple[TextRow, ...]:
        return self._reader.rows(_TEXT, _OWN, [organiser_id, list(people)])

    def topics(self, season_id: UUID) -> tuple[TopicRow, ...]:
        return tuple(each for each in self._reader.rows(_TOPIC, _TOPICS, [season_id]) if each.title is not None)
