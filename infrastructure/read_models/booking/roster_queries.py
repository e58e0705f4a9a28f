"""What the roster answers: who sat in a season on any day, as known now or as known then; and who waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from uuid import UUID

from application.booking.queries.roster import PlaceRow, RosterLine, WaitingRow
from application.notifications.story import HeldSeat, Place
from domain.kernel.ids import BookingId, OrganisationId, PersonId, SeasonId, seating_of
from infrastructure.read_models.kernel.query import SAME, Reader, by_name

_SITTINGS = """
select b.booking_id, s.seat, s.person_id, s.organisation_id, coalesce(e.name, o.name), s.is_over,
coalesce(a.arrived_at, s.from_at)
from roster.booked b join roster.sitting s on s.booking_id = b.booking_id
left join roster.arrived a on a.cancellation_id = s.cancellation_id
left join people.organisation o on o.organisation_id = s.organisation_id
left join season.season n on n.season_id = b.season_id
left join lateral (select name from people.earlier_name where organisation_id = s.organisation_id
    and before > (%s::timestamptz at time zone n.zone)::date order by before limit 1) e on true
where b.season_id = %s and b.organiser_id = %s and s.recorded_at <= coalesce(%s::timestamptz, 'infinity')
order by b.booking_id, s.seat, s.version"""

_SEATS = """
select booking_id, person_id, booked_by, organisation_id from (
    select distinct on (s.booking_id, s.seat)
    s.booking_id, s.seat, s.person_id, s.is_over, k.booked_by, k.organisation_id
    from roster.booked b join roster.sitting s on s.booking_id = b.booking_id
    join booking.booking k on k.booking_id = b.booking_id
    join event e on e.originator_id = s.booking_id and e.originator_version = s.version
    where b.season_id = %s and e.position <= coalesce(
        (select position from event where originator_id = %s and originator_version = %s), 9223372036854775807)
    order by s.booking_id, s.seat, s.version desc) held
where not is_over order by booking_id, seat"""

_PEOPLE = """
select p.person_id, coalesce(q.name, p.name), coalesce(q.email, p.email), coalesce(q.needs, p.needs)
from people.person p left join people.person q on q.person_id = p.merged_into
where p.person_id = any(%s::uuid[]) and not coalesce(q.is_erased, p.is_erased)"""

_WAITING = """
select w.place_id, w.person_id, w.seats, w.joined_at from roster.waiting w
join season.season s on s.season_id = %s and s.organiser_id = %s
where w.seating_id = %s order by w.position"""

_WAITING_OF = f"""
select t.season_id, w.place_id from roster.waiting w join season.seating t on t.seating_id = w.seating_id
where w.person_id = {SAME} order by w.position"""  # noqa: S608 # no input

_SUSPENDED = """
select distinct d.source_id from payment.dispute p join invoice.document d on d.document_id = p.invoice_id
join payment.rules r on r.organiser_id = d.organiser_id and r.suspends_disputed
where p.state = 'open' and d.organiser_id = %s"""

_PLACES = f"""
select s.season_id, s.title, w.place_id, w.place, w.waiting, w.seats from season.season s
join season.seating t on t.season_id = s.season_id join lateral (
    select place_id, person_id, seats, row_number() over (order by position) as place, count(*) over () as waiting
    from roster.waiting where seating_id = t.seating_id) w on w.person_id = {SAME}
where s.organiser_id = %s and s.called_off_for = '' and t.seating_id in (
    select seating_id from roster.waiting where person_id = {SAME})
order by s.sorts_on, s.position"""  # noqa: S608 # no input


@dataclass(frozen=True)
class _Sitting:
    booking_id: BookingId
    seat: int
    person_id: PersonId | None
    organisation_id: OrganisationId | None
    organisation: str | None
    is_over: bool
    from_at: datetime
    until_at: datetime | None = None


class RosterTables:
    """`application.booking.queries.roster.RosterModel` on the read models' tables."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def roster(
        self, organiser_id: UUID, season_id: UUID, at: datetime | None, known_at: datetime | None
    ) -> tuple[RosterLine, ...]:
        """Who sat there at an instant (now), as known at an instant (now); by organisation, name, seat."""
        rows = self._reader.query(_SITTINGS, [at, season_id, organiser_id, known_at])
        sittings = [_Sitting(*row) for row in rows]
        seats = [list(each) for _, each in groupby(sittings, lambda one: (one.booking_id, one.seat))]
        held = [one for seat in seats if (one := _holder(seat, at)) is not None]
        lines = self._lines(SeasonId(season_id), held)
        if at is not None or known_at is not None:
            return lines
        suspended = {row[0] for row in self._reader.query(_SUSPENDED, [organiser_id])}
        return tuple(replace(each, is_suspended=True) if each.booking_id in suspended else each for each in lines)

    def seats_of(self, season_id: UUID, until: Place | None = None) -> Sequence[HeldSeat]:
        """The seats that were held when an event was recorded, or are now."""
        return [HeldSeat(*row) for row in self._reader.query(_SEATS, [season_id, *(until or (None, None))])]

    def waiting(self, organiser_id: UUID, season_id: UUID) -> tuple[WaitingRow, ...]:
        """Who waits, in order."""
        rows = self._reader.query(_WAITING, [season_id, organiser_id, seating_of(SeasonId(season_id))])
        names = self._reader.names([row[1] for row in rows])
        return tuple(
            WaitingRow(place, place_id, person_id, names.get(person_id), seats, joined_at)
            for place, (place_id, person_id, seats, joined_at) in enumerate(rows, start=1)
        )

    def places_of(self, organiser_id: UUID, person_id: UUID) -> tuple[PlaceRow, ...]:
        """Where somebody waits."""
        return tuple(PlaceRow(*row) for row in self._reader.query(_PLACES, [person_id, organiser_id, person_id]))

    def waiting_of(self, person_id: PersonId) -> list[tuple[SeasonId, UUID]]:
        """The season and the place on its list, wherever somebody waits; a season called off keeps its list."""
        rows = self._reader.query(_WAITING_OF, [person_id])
        return [(SeasonId(season_id), place_id) for season_id, place_id in rows]

    def _lines(self, season_id: SeasonId, held: list[_Sitting]) -> tuple[RosterLine, ...]:
        people = self._people({one.person_id for one in held})
        lines = []
        for one in held:
            name, email, needs = people.get(one.person_id, (None, None, None))
            lines.append(
                RosterLine(
                    season_id,
                    one.booking_id,
                    one.seat,
                    one.person_id,
                    name,
                    email,
                    one.organisation_id,
                    one.organisation or "",
                    one.from_at,
                    one.until_at,
                    needs,
                )
            )
        return tuple(sorted(lines, key=lambda one: (by_name(one.organisation), by_name(one.name), one.seat)))

    def _people(self, wanted: Iterable[UUID | None]) -> dict[UUID | None, tuple[str | None, ...]]:
        rows = self._reader.query(_PEOPLE, [[one for one in wanted if one is not None]])
        names = self._reader.decrypt([row[1] for row in rows])
        emails = self._reader.decrypt([row[2] for row in rows])
        needs = self._reader.decrypt([row[3] for row in rows])
        told = zip(names, emails, needs, strict=True)
        return {row[0]: each for row, each in zip(rows, told, strict=True)}


def _holder(recorded: list[_Sitting], at: datetime | None) -> _Sitting | None:
    """Who holds a seat at an instant: what was recorded last counts from its own instant on, whatever stood there."""
    known: list[_Sitting] = []
    for sitting in recorded:
        known = [_cut(one, sitting.from_at) for one in known if one.from_at < sitting.from_at]
        known.append(sitting)
    for one in known:
        is_then = (
            one.until_at is None if at is None else one.from_at <= at and (one.until_at is None or at < one.until_at)
        )
        if is_then and not one.is_over:
            return one
    return None


def _cut(sitting: _Sitting, at: datetime) -> _Sitting:
    until = at if sitting.until_at is None else min(sitting.until_at, at)
    return _Sitting(**{**vars(sitting), "until_at": until})
