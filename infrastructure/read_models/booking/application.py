"""Applications: who asks to be let in, and what came of it; what they wrote is sealed under their key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from application.booking.queries.application import ApplicationQuestions, ApplicationRow
from application.kernel.actor import Actor
from application.kernel.use_case import organiser_of
from domain.booking.application import Application
from domain.kernel.ids import PersonId, SeasonId
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.query import SAME, Shape, Tables
from infrastructure.read_models.kernel.table import Table

APPLICATION = Table(
    "application",
    "application",
    {
        "application_id": "uuid",
        "organiser_id": "uuid",
        "season_id": "uuid",
        "person_id": "uuid",
        "employer": "bytea",
        "role": "text",
        "ground": "text",
        "note": "bytea",
        "status": "text",
        "made_at": "timestamptz",
        "held_until": "timestamptz",
        "booking_id": "uuid",
        "decided_by": "text",
        "decided_at": "timestamptz",
        "reason": "bytea",
        "position": "bigint",
    },
    key=("application_id",),
    indexes=("(organiser_id, status)", "(person_id)", "(held_until) where status = 'waiting'"),
)
APPLICATIONS = Projection("application", version=1, tables=(APPLICATION,))

APPLICATIONS.puts(
    Application.Made,
    APPLICATION,
    status="waiting",
    decided_by="",
    **dict.fromkeys(("booking_id", "decided_at", "reason")),
)
APPLICATIONS.sets(Application.HoldLapsed, APPLICATION, held_until=None)
APPLICATIONS.sets(Application.Approved, APPLICATION, status="approved", held_until=None)
APPLICATIONS.sets(Application.Rejected, APPLICATION, status="rejected", held_until=None)
APPLICATIONS.sets(Application.Withdrawn, APPLICATION, status="withdrawn", held_until=None)

_ROWS = """
select a.application_id, a.organiser_id, a.season_id, s.title as season, s.network_id, n.name as network, s.zone,
a.person_id, a.employer, a.role, a.ground, a.note, a.status, a.made_at, a.held_until, a.booking_id, a.decided_by,
a.decided_at, a.reason
from application.application a join season.season s on s.season_id = a.season_id
join programme.network n on n.network_id = s.network_id """

_WAITING = f"""{_ROWS}
where a.organiser_id = %s and a.status = 'waiting' and s.called_off_for = '' order by a.position"""  # no input
_MINE = f"{_ROWS} where a.organiser_id = %s and a.person_id = {SAME} order by a.position desc limit 50"  # no input
_DUE = """
select application_id, season_id from application.application
where status = 'waiting' and held_until <= %s order by held_until limit 200"""
_OPEN = f"select application_id from application.application where person_id = {SAME} and status = 'waiting'"  # noqa: S608 # no input

_APPLIED = """
select person_id from application.application where season_id = %s and status = 'waiting' order by position"""

_ROW = Shape(ApplicationRow, encrypted=("employer", "note", "reason"), names={"name": "person_id"})


class ApplicationTables(Tables, ApplicationQuestions):
    """Also `ApplicationsDue` of the application."""

    def waiting(self, actor: Actor) -> tuple[ApplicationRow, ...]:
        return self._reader.rows(_ROW, _WAITING, [actor.organiser_id])

    def mine(self, actor: Actor) -> tuple[ApplicationRow, ...]:
        return self._reader.rows(_ROW, _MINE, [organiser_of(actor), actor.person_id])

    def holds_over(self, now: datetime) -> tuple[tuple[UUID, SeasonId], ...]:
        return tuple((row[0], SeasonId(row[1])) for row in self._reader.query(_DUE, [now]))

    def open_of(self, person_id: PersonId) -> Sequence[UUID]:
        return [row[0] for row in self._reader.query(_OPEN, [person_id])]

    def applied_in(self, season_id: SeasonId) -> Sequence[PersonId]:
        return [PersonId(row[0]) for row in self._reader.query(_APPLIED, [season_id])]

    def _one(self, application_id: UUID) -> ApplicationRow | None:
        return self._reader.row(_ROW, f"{_ROWS} where a.application_id = %s", [application_id])
