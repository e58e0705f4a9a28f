"""What the bookings answer: one, somebody's own, an organiser's; and which bookings a season still has."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from uuid import UUID

from application.booking.queries.booking import BookingQuestions, BookingRow, SeatRow
from application.kernel.actor import Actor
from application.kernel.page import Page
from application.kernel.use_case import organiser_of
from domain.kernel.ids import BookingId, SeasonId
from domain.kernel.terms import Terms
from domain.programme.price import Quote
from infrastructure.read_models.kernel.query import (
    SAME,
    Cells,
    Shape,
    Tables,
    bounded,
    page_by,
    place_in,
    where,
)

_BOOKINGS = """
select b.booking_id, b.organiser_id, b.season_id, s.title as season, n.name as network, b.booked_by, b.organisation_id,
b.payer_person_id, o.name as organisation, b.billing, b.reference, b.quote::text as quote, b.terms::text as terms,
b.net, b.vat, b.gross, coalesce(g.gross, 0) as credited, b.currency, b.made_at, b.ended_for, b.position
from booking.booking b join season.season s on s.season_id = b.season_id
join programme.network n on n.network_id = s.network_id
left join people.organisation o on o.organisation_id = b.organisation_id
left join booking.given_back g on g.source_id = b.booking_id """

_OWN = f"""
select booking_id from booking.booking where booked_by = {SAME}
    and (organisation_id is null or organisation_id <> all(%s::uuid[]))
union select booking_id from booking.booking where payer_person_id = {SAME}
union select booking_id from booking.seat where person_id = {SAME}"""  # noqa: S608 # no input
_OF_PERSON = f"""{_OWN} and not is_cancelled
union select t.booking_id from people.contact c cross join lateral (select booking_id from booking.booking
    where organisation_id = c.organisation_id{{further}} order by position desc limit {{most}}) t
    where c.person_id = %s"""  # noqa: S608 # no input
"""Of an organisation that somebody is a contact of, the latest: it may have booked for years."""

_ABOUT_PERSON = f"""{_OWN} and (not is_cancelled or exists (
    select from booking.booking t join people.contact c on c.organisation_id = t.organisation_id
    where t.booking_id = seat.booking_id and c.person_id = %s))"""
"""Of those that are theirs: a seat that was cancelled is looked up by a contact alone."""

_SEATS = """
select booking_id, no, person_id, organisation_id, is_cancelled from booking.seat
where booking_id = any(%s::uuid[]) order by booking_id, no"""

_LEFT = """
select (job ->> 'organisation_id')::uuid from people.person p
join programme.organiser o on o.organiser_id = p.organiser_id
cross join lateral (select (%s::timestamptz at time zone o.zone)::date as today) now
cross join lateral jsonb_array_elements(p.employments) job
where p.person_id = %s and (job ->> 'from_on')::date <= today group by 1
having bool_and((job ->> 'until_on') is not null and (job ->> 'until_on')::date < today)"""

_HOLDING = "select booking_id from booking.seat where season_id = %s and not is_cancelled group by 1 order by 1"


_SEAT = Shape(SeatRow, names={"name": "person_id"})
_BOOKING = Shape(
    BookingRow,
    typed=("billing",),
    json={"quote": Quote, "terms": Terms},
    names={"payer_name": "payer_person_id"},
    made={"payer": lambda cells: cells["organisation"] or cells["billing"] or cells["payer_name"]},
)


class BookingTables(Tables, BookingQuestions):
    """Also `SeasonBookings` of the application."""

    def mine(
        self, actor: Actor, after: str | None = None, limit: int = 50, season_id: UUID | None = None
    ) -> Page[BookingRow]:
        me = actor.person_id
        further, values = where({"position < %s::bigint": place_in(after, int), "season_id = %s": season_id})
        chosen = _OF_PERSON.format(further=f" and {further}" if further else "", most=bounded(limit) + 1)
        return self._among(chosen, (me, self._left(me), me, me, *values, me), actor, after, limit, season_id)

    def about(self, actor: Actor, after: str | None = None, limit: int = 50) -> Page[BookingRow]:
        me = actor.person_id
        return self._among(_ABOUT_PERSON, (me, self._left(me), me, me, me), actor, after, limit)

    def all(
        self,
        actor: Actor,
        season_id: UUID | None = None,
        organisation_id: UUID | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[BookingRow]:
        conditions = {
            "b.organiser_id = %s": actor.organiser_id,
            "b.season_id = %s": season_id,
            "b.organisation_id = %s": organisation_id,
        }
        return self._page(conditions, after, limit)

    def bookings_of(self, season_id: SeasonId) -> list[BookingId]:
        return [row[0] for row in self._reader.query(_HOLDING, [season_id])]

    def _booking(self, booking_id: UUID) -> BookingRow | None:
        return next(iter(self._shaped(self._reader.cells(f"{_BOOKINGS} where b.booking_id = %s", [booking_id]))), None)

    def _is_contact(self, organisation_id: UUID, person_id: UUID) -> bool:
        return self._reader.is_contact(organisation_id, person_id)

    def _has_left(self, organisation_id: UUID, person_id: UUID) -> bool:
        return organisation_id in self._left(person_id)

    def _left(self, person_id: UUID | None) -> list[UUID]:
        """The organisations that somebody has left, as of the local day."""
        return [row[0] for row in self._reader.query(_LEFT, [self._reader.clock.now(), person_id])]

    def _among(
        self,
        chosen: str,
        values: tuple[object, ...],
        actor: Actor,
        after: str | None,
        limit: int,
        season_id: UUID | None = None,
    ) -> Page[BookingRow]:
        one_of = f"s.organiser_id = %s and b.booking_id = any(array({chosen}))"
        return self._page({one_of: (organiser_of(actor), *values), "b.season_id = %s": season_id}, after, limit)

    def _page(self, conditions: Mapping[str, object], after: str | None, limit: int) -> Page[BookingRow]:
        chosen, values = where({**conditions, "b.position < %s::bigint": place_in(after, int)})
        statement = f"{_BOOKINGS} where {chosen} order by b.position desc limit %s"
        rows = self._reader.cells(statement, [*values, bounded(limit) + 1])
        return page_by(rows, limit, self._shaped, "position")

    def _shaped(self, rows: list[Cells]) -> tuple[BookingRow, ...]:
        seats = self._reader.cells(_SEATS, [[row["booking_id"] for row in rows]]) if rows else []
        seated = zip((seat["booking_id"] for seat in seats), self._reader.shaped(_SEAT, seats), strict=True)
        of_booking = {key: tuple(seat for _, seat in each) for key, each in groupby(seated, lambda pair: pair[0])}
        for row in rows:
            row["seats"] = of_booking[row["booking_id"]]
        return self._reader.shaped(_BOOKING, rows)
