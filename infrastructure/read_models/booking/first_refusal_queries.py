"""For whom seats are kept: of a season, of a person, and those whose day has passed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from application.booking.queries.first_refusal import FirstRefusalRow
from domain.kernel.ids import PersonId, SeasonId
from infrastructure.read_models.kernel.query import SAME, Reader

_ROWS = """
select r.first_refusal_id, r.organiser_id, r.season_id, s.title, r.earlier_season_id, e.title, r.person_id, r.until_on,
case when r.state = 'offered' and (r.until <= %s or s.called_off_for <> '') then 'lapsed' else r.state end,
r.booking_id, r.answered_at
from first_refusal.refusal r join season.season s on s.season_id = r.season_id
join season.season e on e.season_id = r.earlier_season_id """

_DUE = (
    "select season_id, person_id from first_refusal.refusal where state = 'offered' and until <= %s order by position"
)
_OPEN_OF = f"""
select season_id from first_refusal.refusal where state = 'offered' and person_id = {SAME} order by position"""  # noqa: S608 # no input


class FirstRefusalTables:
    """First refusals on the read models' tables."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of_season(self, organiser_id: UUID, season_id: UUID, now: datetime) -> tuple[FirstRefusalRow, ...]:
        """Everybody for whom a seat was or is kept in a season, in the order they were offered it."""
        return self._rows("where r.organiser_id = %s and r.season_id = %s", [now, organiser_id, season_id])

    def open_of(self, organiser_id: UUID, person_id: UUID, now: datetime) -> tuple[FirstRefusalRow, ...]:
        """The seats that are kept for somebody now, in seasons that take place."""
        chosen = f"""where r.organiser_id = %s and r.person_id = {SAME} and r.state = 'offered' and r.until > %s
        and s.called_off_for = ''"""
        return self._rows(chosen, [now, organiser_id, person_id, now])

    def open_at_contact(self, organiser_id: UUID, person_id: UUID, now: datetime) -> tuple[FirstRefusalRow, ...]:
        """The seats that are kept now for others of the organisations that somebody is a contact of."""
        chosen = """where r.organiser_id = %s and r.person_id <> %s and r.state = 'offered' and r.until > %s
        and s.called_off_for = '' and r.organisation_id in (
            select organisation_id from people.contact where person_id = %s)"""
        return self._rows(chosen, [now, organiser_id, person_id, now, person_id])

    def due(self, now: datetime) -> list[tuple[SeasonId, PersonId]]:
        """Those whose day has passed without an answer."""
        return [(SeasonId(season), PersonId(person)) for season, person in self._reader.query(_DUE, [now])]

    def seasons_kept_for(self, person_id: PersonId) -> list[SeasonId]:
        """In which seasons a seat is kept for somebody."""
        return [SeasonId(row[0]) for row in self._reader.query(_OPEN_OF, [person_id])]

    def _rows(self, chosen: str, asked: list[object]) -> tuple[FirstRefusalRow, ...]:
        rows = self._reader.query(f"{_ROWS} {chosen} order by r.position, r.first_refusal_id", asked)
        names = self._reader.names([row[6] for row in rows])
        return tuple(_row(row, names.get(row[6])) for row in rows)


def _row(row: tuple[Any, ...], name: str | None) -> FirstRefusalRow:
    cells = [*row[:7], name, *row[7:]]
    return FirstRefusalRow(*cells)
