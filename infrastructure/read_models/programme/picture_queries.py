"""What the pictures show: money by month from the ledger's daily sums, and seats by day from the roster."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.programme.queries.picture import MonthSum, SeatsOnDay
from infrastructure.read_models.kernel.query import Reader

_MONTHS = """
select date_trunc('month', day::timestamp)::date,
    coalesce(sum(-amount) filter (where account in ('revenue', 'vat', 'rounding')), 0)::bigint,
    coalesce(sum(amount) filter (where account in ('cash_bank', 'card_clearing', 'fees')), 0)::bigint
from ledger.day_sum where organiser_id = %s and day between %s and %s
and account in ('revenue', 'vat', 'rounding', 'cash_bank', 'card_clearing', 'fees')
group by 1 order by 1"""

_SEATS = """
with change as (
    select s.from_at, (not s.is_over)::int
        - coalesce(lag((not s.is_over)::int) over (partition by s.booking_id, s.seat order by s.version), 0) as seats
    from roster.booked b join roster.sitting s on s.booking_id = b.booking_id
    where b.season_id = %s and b.organiser_id = %s)
select day, sum(seats) over (order by day)::bigint from (
    select (c.from_at at time zone e.zone)::date as day, sum(c.seats) as seats
    from change c join season.season e on e.season_id = %s where c.seats <> 0 group by 1) days
order by day"""


class PictureTables:
    """`application.programme.queries.picture.PictureModel` on the read models' tables."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def months(self, organiser_id: UUID, first: date, last: date) -> tuple[MonthSum, ...]:
        """The months between two days that had any money, in order."""
        return tuple(MonthSum(*row) for row in self._reader.query(_MONTHS, [organiser_id, first, last]))

    def seats(self, organiser_id: UUID, season_id: UUID) -> tuple[SeatsOnDay, ...]:
        """How the seats of a season were taken and given up, in order."""
        rows = self._reader.query(_SEATS, [season_id, organiser_id, season_id])
        return tuple(SeatsOnDay(*row) for row in rows)
