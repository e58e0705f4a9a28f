"""The lines as they move: who is offered what until when, and whose time is over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from application.booking.queries.seat_offer import OfferRow, QueueRow, SeatOfferQuestions
from application.kernel.actor import Actor
from application.kernel.use_case import organiser_of
from domain.kernel.ids import SeasonId, seating_of
from infrastructure.read_models.kernel.query import SAME, Shape, Tables

_LINE = """
select row_number() over (order by w.position) as place, w.place_id, w.person_id, w.seats, w.joined_at,
case when o.until > %s then o.state else 'waiting' end as state,
case when o.until > %s then o.seats else 0 end as held, case when o.until > %s then o.until end as until,
p.passed_at as passed_over_at, p.free as passed_over_for,
m.moved_at, m.reason
from roster.waiting w join season.season s on s.season_id = %s and s.organiser_id = %s
left join seat_offer.offer o on o.place_id = w.place_id
left join seat_offer.passed p on p.place_id = w.place_id
left join seat_offer.moved m on m.place_id = w.place_id
where w.seating_id = %s order by w.position"""

_MINE = f"""
select s.season_id, s.title as season, n.name as network, s.zone, o.place_id, o.seats, o.until
from roster.waiting w join seat_offer.offer o on o.place_id = w.place_id and o.state = 'offered' and o.until > %s
join season.seating t on t.seating_id = w.seating_id join season.season s on s.season_id = t.season_id
join programme.network n on n.network_id = s.network_id
where w.person_id = {SAME} and s.organiser_id = %s and s.called_off_for = '' order by o.until, o.position"""  # noqa: S608 # no input

_DUE = """
select t.season_id, o.place_id, o.until from seat_offer.offer o join season.seating t on t.seating_id = o.seating_id
where o.until <= %s order by o.until, o.position limit 500"""

_WAITED_FOR = """
select season_id from season.seating t where seating_id = %s
and exists (select 1 from roster.waiting w where w.seating_id = t.seating_id)"""

_ROW, _OFFER = Shape(QueueRow, encrypted=("reason",), names={"name": "person_id"}), Shape(OfferRow)


class SeatOfferTables(Tables, SeatOfferQuestions):
    """Also `SeatOffersDue` of the application."""

    def line(self, actor: Actor, season_id: UUID) -> tuple[QueueRow, ...]:
        now, seating_id = self._reader.clock.now(), seating_of(SeasonId(season_id))
        return self._reader.rows(_ROW, _LINE, [now, now, now, season_id, organiser_of(actor), seating_id])

    def mine(self, actor: Actor) -> tuple[OfferRow, ...]:
        values = [self._reader.clock.now(), actor.person_id, organiser_of(actor)]
        return self._reader.rows(_OFFER, _MINE, values)

    def due(self, now: datetime) -> list[tuple[SeasonId, UUID, datetime]]:
        return [(SeasonId(season), place, until) for season, place, until in self._reader.query(_DUE, [now])]

    def season_waited_for(self, seating_id: UUID) -> SeasonId | None:
        found = self._reader.query(_WAITED_FOR, [seating_id])
        return SeasonId(found[0][0]) if found else None
