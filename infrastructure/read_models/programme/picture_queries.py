"""What the pictures show: money by month from the ledger's daily sums, and seats by day from the roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.use_case import organiser_of
from application.programme.queries.picture import MonthSum, Pictures, SeatsOnDay
from infrastructure.read_models.kernel.query import Tables

_MONTHS = """
select date_trunc('month', day::timestamp)::date,
    coalesce(sum(-amount) filter (where account in ('revenue', 'vat', 'rounding')), 0)::bigint,
    coalesce(sum(amount) filter (where account in ('cash_bank', 'card_clearing', 'fees')), 0)::bigint
from ledger.day_sum where organiser_id = %s and day between %s and %s
and account in ('revenue', 'vat', 'rounding', 'cash_bank', 'card_clearing', 'fees')
group by 1 order by 1"""

_SEATS = """
with change as (
    select b.season_id, c.from_at, c.seats from roster.booked b cross join lateral (
        select from_at, (not is_over)::int
            - coalesce(lag((not is_over)::int) over (partition by seat order by version), 0) as seats
        from roster.sitting where booking_id = b.booking_id) c
    where b.season_id = any(%s::uuid[]) and b.organiser_id = %s)
select season_id, day, sum(seats) over (partition by season_id order by day)::bigint from (
    select c.season_id, (c.from_at at time zone e.zone)::date as day, sum(c.seats) as seats
    from change c join season.season e on e.season_id = c.season_id where c.seats <> 0 group by 1, 2) days
order by season_id, day"""


class PictureTables(Tables, Pictures):
    """Sums and counts, without names."""

    def seats(self, actor: Actor, season_id: UUID) -> tuple[SeatsOnDay, ...]:
        return self.filling(actor, [season_id]).get(season_id, ())

    def filling(self, actor: Actor, season_ids: Sequence[UUID]) -> Mapping[UUID, tuple[SeatsOnDay, ...]]:
        rows = self._reader.query(_SEATS, [list(season_ids), organiser_of(actor)])
        return {season: tuple(SeatsOnDay(*each[1:]) for each in days) for season, days in groupby(rows, itemgetter(0))}

    def _months(self, organiser_id: UUID, first: date, last: date) -> tuple[MonthSum, ...]:
        return tuple(MonthSum(*row) for row in self._reader.query(_MONTHS, [organiser_id, first, last]))
