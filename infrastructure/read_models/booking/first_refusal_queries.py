"""For whom seats are kept: of a season, of a person, and those whose day has passed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from application.booking.queries.first_refusal import FirstRefusalQuestions, FirstRefusalRow
from application.kernel.actor import Actor
from application.kernel.use_case import organiser_of
from domain.kernel.ids import PersonId, SeasonId
from infrastructure.read_models.kernel.query import SAME, Shape, Tables

_ROWS = """
select r.first_refusal_id, r.organiser_id, r.season_id, s.title as season, n.name as network,
r.earlier_season_id, e.title as earlier_season, m.name as earlier_network, r.person_id, r.until_on,
case when r.state = 'offered' and (r.until <= %s or s.called_off_for <> '') then 'lapsed' else r.state end as state,
r.booking_id, r.answered_at
from first_refusal.refusal r join season.season s on s.season_id = r.season_id
join season.season e on e.season_id = r.earlier_season_id
join programme.network n on n.network_id = s.network_id
join programme.network m on m.network_id = e.network_id """

_DUE = (
    "select season_id, person_id from first_refusal.refusal where state = 'offered' and until <= %s order by position"
)
_OPEN_OF = f"""
select season_id from first_refusal.refusal where state = 'offered' and person_id = {SAME} order by position"""  # noqa: S608 # no input


_ROW = Shape(FirstRefusalRow, names={"name": "person_id"})


class FirstRefusalTables(Tables, FirstRefusalQuestions):
    """Also `FirstRefusalsKept` and `KeptSeats` of the application."""

    def of_season(self, actor: Actor, season_id: UUID) -> tuple[FirstRefusalRow, ...]:
        return self.kept_in(organiser_of(actor), season_id, self._reader.clock.now())

    def mine(self, actor: Actor) -> tuple[FirstRefusalRow, ...]:
        return self._open_of(organiser_of(actor), actor.person_id)

    def kept_for_colleagues(self, actor: Actor, season_id: UUID) -> tuple[FirstRefusalRow, ...]:
        chosen = """where r.organiser_id = %s and r.person_id <> %s and r.state = 'offered' and r.until > %s
        and s.called_off_for = '' and r.season_id = %s and r.organisation_id in (
            select organisation_id from people.contact where person_id = %s)"""
        now, me = self._reader.clock.now(), actor.person_id
        return self._rows(chosen, [now, organiser_of(actor), me, now, season_id, me])

    def kept_in(self, organiser_id: UUID, season_id: UUID, at: datetime) -> tuple[FirstRefusalRow, ...]:
        return self._rows("where r.organiser_id = %s and r.season_id = %s", [at, organiser_id, season_id])

    def due(self, now: datetime) -> list[tuple[SeasonId, PersonId]]:
        return [(SeasonId(season), PersonId(person)) for season, person in self._reader.query(_DUE, [now])]

    def seasons_kept_for(self, person_id: PersonId) -> list[SeasonId]:
        return [SeasonId(row[0]) for row in self._reader.query(_OPEN_OF, [person_id])]

    def _open_of(self, organiser_id: UUID, person_id: UUID | None) -> tuple[FirstRefusalRow, ...]:
        chosen = f"""where r.organiser_id = %s and r.person_id = {SAME} and r.state = 'offered' and r.until > %s
        and s.called_off_for = ''"""
        now = self._reader.clock.now()
        return self._rows(chosen, [now, organiser_id, person_id, now])

    def _rows(self, chosen: str, values: list[object]) -> tuple[FirstRefusalRow, ...]:
        return self._reader.rows(_ROW, f"{_ROWS} {chosen} order by r.position, r.first_refusal_id", values)
