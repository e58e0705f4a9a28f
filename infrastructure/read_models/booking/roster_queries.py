"""What the roster answers: who sat in a season on any day, as known now or as known then; and who waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from uuid import UUID

from application.booking.queries.roster import PlaceRow, RosterLine, Rosters, WaitingRow
from application.kernel.actor import Actor
from application.kernel.use_case import organiser_of
from application.notifications.story import HeldSeat, Place
from domain.kernel.ids import BookingId, OrganisationId, PersonId, SeasonId, seating_of
from infrastructure.read_models.kernel.query import SAME, Shape, Tables, by_name

_SITTINGS = """
select b.season_id, b.booking_id, s.seat, s.person_id, s.organisation_id, coalesce(e.name, o.name, '') as organisation,
s.is_over, coalesce(a.arrived_at, s.from_at) as from_at
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
select p.person_id, coalesce(q.name, p.name) as name, coalesce(q.email, p.email) as email,
coalesce(q.needs, p.needs) as needs
from people.person p left join people.person q on q.person_id = p.merged_into
where p.person_id = any(%s::uuid[]) and not coalesce(q.is_erased, p.is_erased)"""

_WAITING = """
select row_number() over (order by w.position) as place, w.place_id, w.person_id, w.seats, w.joined_at
from roster.waiting w
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
select s.season_id, s.title as season, n.name as network, w.place_id, w.place, w.waiting, w.seats from season.season s
join programme.network n on n.network_id = s.network_id
join season.seating t on t.season_id = s.season_id join lateral (
    select place_id, person_id, seats, row_number() over (order by position) as place, count(*) over () as waiting
    from roster.waiting where seating_id = t.seating_id) w on w.person_id = {SAME}
where s.organiser_id = %s and s.called_off_for = '' and t.seating_id in (
    select seating_id from roster.waiting where person_id = {SAME})
order by s.sorts_on, s.position"""  # noqa: S608 # no input


@dataclass(frozen=True)
class _Sitting:
    """Who holds a seat from an instant until another; over: nobody does."""

    season_id: SeasonId
    booking_id: BookingId
    seat: int
    person_id: PersonId | None
    organisation_id: OrganisationId | None
    organisation: str
    is_over: bool
    from_at: datetime
    until_at: datetime | None = None


@dataclass(frozen=True)
class _Person:
    person_id: PersonId
    name: str | None
    email: str | None
    needs: str | None


_SITTING, _PERSON = Shape(_Sitting), Shape(_Person, encrypted=("name", "email", "needs"))
_SEAT, _PLACE, _WAITS = Shape(HeldSeat), Shape(PlaceRow), Shape(WaitingRow, names={"name": "person_id"})


class RosterTables(Tables, Rosters):
    """Also `SeasonSeats` and `WaitingPlaces` of the application."""

    def of(
        self, actor: Actor, season_id: UUID, at: datetime | None = None, known_at: datetime | None = None
    ) -> tuple[RosterLine, ...]:
        sittings = self._reader.rows(_SITTING, _SITTINGS, [at, season_id, actor.organiser_id, known_at])
        seats = [list(each) for _, each in groupby(sittings, lambda sitting: (sitting.booking_id, sitting.seat))]
        held = [holder for seat in seats if (holder := _holder(seat, at)) is not None]
        is_now = at is None and known_at is None
        suspended = {row[0] for row in self._reader.query(_SUSPENDED, [actor.organiser_id])} if is_now else set()
        wanted = {sitting.person_id for sitting in held if sitting.person_id is not None}
        people: dict[UUID | None, _Person] = {
            each.person_id: each for each in self._reader.rows(_PERSON, _PEOPLE, [list(wanted)])
        }
        lines = (_line(sitting, people.get(sitting.person_id), suspended) for sitting in held)
        return tuple(sorted(lines, key=lambda line: (by_name(line.organisation), by_name(line.name), line.seat)))

    def waiting(self, actor: Actor, season_id: UUID) -> tuple[WaitingRow, ...]:
        values = [season_id, actor.organiser_id, seating_of(SeasonId(season_id))]
        return self._reader.rows(_WAITS, _WAITING, values)

    def my_places(self, actor: Actor) -> tuple[PlaceRow, ...]:
        values = [actor.person_id, organiser_of(actor), actor.person_id]
        return self._reader.rows(_PLACE, _PLACES, values)

    def seats_of(self, season_id: UUID, until: Place | None = None) -> Sequence[HeldSeat]:
        return self._reader.rows(_SEAT, _SEATS, [season_id, *(until or (None, None))])

    def waiting_of(self, person_id: PersonId) -> list[tuple[SeasonId, UUID]]:
        """A season called off keeps its list."""
        rows = self._reader.query(_WAITING_OF, [person_id])
        return [(SeasonId(season_id), place_id) for season_id, place_id in rows]


def _line(sitting: _Sitting, person: _Person | None, suspended: set[UUID]) -> RosterLine:
    about = {name: value for name, value in vars(sitting).items() if name != "is_over"}
    who = vars(person) if person is not None else {"name": None, "email": None}
    return RosterLine(**{**about, **who}, is_suspended=sitting.booking_id in suspended)


def _holder(recorded: list[_Sitting], at: datetime | None) -> _Sitting | None:
    """Who holds a seat at an instant: what was recorded last counts from its own instant on, whatever stood there."""
    known: list[_Sitting] = []
    for sitting in recorded:
        known = [_cut(each, sitting.from_at) for each in known if each.from_at < sitting.from_at]
        known.append(sitting)
    return next((each for each in known if _counts(each, at) and not each.is_over), None)


def _counts(sitting: _Sitting, at: datetime | None) -> bool:
    if at is None:
        return sitting.until_at is None
    return sitting.from_at <= at and (sitting.until_at is None or at < sitting.until_at)


def _cut(sitting: _Sitting, at: datetime) -> _Sitting:
    until = at if sitting.until_at is None else min(sitting.until_at, at)
    return replace(sitting, until_at=until)
