"""What the bookings answer: one, somebody's own, an organiser's; and which bookings a season still has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from application.booking.queries.booking import BookingRow, SeatRow
from application.kernel.page import Page
from domain.kernel.ids import BookingId, SeasonId
from domain.kernel.terms import Terms
from domain.programme.price import Quote
from infrastructure.read_models.kernel.query import SAME, Reader, Rows, bounded, page_of, place_in, read_json

_BOOKINGS = """
select b.booking_id, b.organiser_id, b.season_id, s.title, b.booked_by, b.organisation_id, b.payer_person_id,
o.name, b.reference, b.quote::text, b.terms::text, b.net, b.vat, b.gross, coalesce(g.gross, 0), b.currency, b.made_at,
b.ended_for, b.billing, b.position
from booking.booking b join season.season s on s.season_id = b.season_id
left join people.organisation o on o.organisation_id = b.organisation_id
left join booking.given_back g on g.source_id = b.booking_id """

_OF_PERSON = f"""b.organiser_id = %s and b.booking_id in (
select booking_id from booking.booking where booked_by = {SAME}
    and (organisation_id is null or organisation_id <> all(%s::uuid[]))
union select booking_id from booking.booking where payer_person_id = {SAME}
union select booking_id from booking.seat where person_id = {SAME} and not is_cancelled
union select t.booking_id from booking.booking t
    join people.contact c on c.organisation_id = t.organisation_id where c.person_id = %s)"""  # noqa: S608 # no input

_SEATS = """
select booking_id, no, person_id, organisation_id, is_cancelled from booking.seat
where booking_id = any(%s::uuid[]) order by booking_id, no"""

_IS_CONTACT = "select 1 from people.contact where organisation_id = %s and person_id = %s"

_LEFT = """
select (job ->> 'organisation_id')::uuid from people.person p
join programme.organiser o on o.organiser_id = p.organiser_id
cross join lateral (select (%s::timestamptz at time zone o.zone)::date as today) now
cross join lateral jsonb_array_elements(p.employments) job
where p.person_id = %s and (job ->> 'from_on')::date <= today group by 1
having bool_and((job ->> 'until_on') is not null and (job ->> 'until_on')::date < today)"""

_HOLDING = "select booking_id from booking.seat where season_id = %s and not is_cancelled group by 1 order by 1"


class BookingTables:
    """`BookingModel` and `SeasonBookings` of the application on the tables."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def booking(self, booking_id: UUID) -> BookingRow | None:
        """One booking."""
        rows = self._reader.query(f"{_BOOKINGS} where b.booking_id = %s", [booking_id])
        return next(iter(self._rows(rows)), None)

    def of_person(self, organiser_id: UUID, person_id: UUID, after: str | None, limit: int) -> Page[BookingRow]:
        """Bookings somebody made, pays, sits in, or is a contact of the payer of; latest first.

        Not those that they made for an organisation they have left since.
        """
        given = [organiser_id, person_id, self._left(person_id), *[person_id] * 3]
        return self._page(_OF_PERSON, given, after, limit)

    def of_organiser(
        self, organiser_id: UUID, season_id: UUID | None, organisation_id: UUID | None, after: str | None, limit: int
    ) -> Page[BookingRow]:
        """An organiser's bookings, latest first."""
        chosen = "b.organiser_id = %s"
        given: list[Any] = [organiser_id]
        if season_id is not None:
            chosen += " and b.season_id = %s"
            given.append(season_id)
        if organisation_id is not None:
            chosen += " and b.organisation_id = %s"
            given.append(organisation_id)
        return self._page(chosen, given, after, limit)

    def is_contact(self, organisation_id: UUID, person_id: UUID) -> bool:
        """Whether a person is a contact of an organisation."""
        return bool(self._reader.query(_IS_CONTACT, [organisation_id, person_id]))

    def has_left(self, organisation_id: UUID, person_id: UUID) -> bool:
        """Whether a person has worked for an organisation and does so no longer."""
        return organisation_id in self._left(person_id)

    def bookings_of(self, season_id: SeasonId) -> list[BookingId]:
        """The bookings of a season that hold seats."""
        return [row[0] for row in self._reader.query(_HOLDING, [season_id])]

    def _left(self, person_id: UUID) -> list[UUID]:
        """The organisations that somebody has left, as of the local day."""
        return [row[0] for row in self._reader.query(_LEFT, [self._reader.clock.now(), person_id])]

    def _page(self, chosen: str, given: list[Any], after: str | None, limit: int) -> Page[BookingRow]:
        place = place_in(after, int)
        asked = [*given]
        if place is not None:
            chosen += " and b.position < %s::bigint"
            asked.append(place)
        statement = f"{_BOOKINGS} where {chosen} order by b.position desc limit %s"
        rows = self._reader.query(statement, [*asked, bounded(limit) + 1])
        return page_of(rows, limit, self._rows, lambda row: row[19])

    def _rows(self, rows: Rows) -> list[BookingRow]:
        if not rows:
            return []
        seats = self._reader.query(_SEATS, [[row[0] for row in rows]])
        names = self._reader.names([*(row[6] for row in rows), *(seat[2] for seat in seats)])
        typed = self._reader.typed_names([row[18] for row in rows])
        grouped: dict[UUID, list[SeatRow]] = {}
        for booking_id, no, person_id, organisation_id, is_cancelled in seats:
            name = names.get(person_id) if person_id else None
            grouped.setdefault(booking_id, []).append(SeatRow(no, person_id, name, organisation_id, is_cancelled))
        return [_booking(row, tuple(grouped[row[0]]), name, names) for row, name in zip(rows, typed, strict=True)]


def _booking(
    row: tuple[Any, ...], seats: tuple[SeatRow, ...], typed: str | None, names: Mapping[UUID, str | None]
) -> BookingRow:
    terms = read_json(Terms, row[10]) if row[10] else None
    payer = row[7] or typed or names.get(row[6])
    cells = [*row[:7], payer, row[8], seats, read_json(Quote, row[9]), terms, *row[11:18]]
    return BookingRow(*cells)
