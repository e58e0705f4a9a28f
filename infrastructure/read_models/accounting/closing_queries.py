"""What of each season's revenue is deferred on a day, rate by rate, and the days on which that has been posted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from uuid import UUID

from application.accounting.queries.ledger import ClosingRow, DeferredRow
from domain.accounting.closing import Deferred, shared_out
from infrastructure.read_models.kernel.query import Reader, Shape

_SOLD = """
select season_id, basis_points, vat_kind, supplies, -sum(amount)::bigint as revenue from ledger.day_sum
where organiser_id = %s and account = 'revenue' and day <= %s and season_id = any(%s)
group by season_id, basis_points, vat_kind, supplies having sum(amount) <> 0
order by season_id, basis_points desc, vat_kind, supplies"""

_CLOSINGS = """
select day as on, -sum(amount)::bigint as amount, position from ledger.posting
where organiser_id = %s and account = 'deferred' and voucher = 'closing'
group by day, position order by day desc"""

CLOSING = Shape(ClosingRow)


def deferred_by_rate(reader: Reader, organiser_id: UUID, on: date, rows: Iterable[DeferredRow]) -> Iterator[Deferred]:
    """What is deferred of seasons, in proportion to what was sold of each at each rate."""
    amounts = {row.season_id: row.deferred for row in rows if row.deferred}
    sold = reader.cells(_SOLD, [organiser_id, on, list(amounts)])
    for season_id, group in groupby(sold, lambda cells: cells["season_id"]):
        rates = list(group)
        shares = shared_out(amounts[season_id], [cells["revenue"] for cells in rates])
        for cells, share in zip(rates, shares, strict=True):
            if share:
                yield Deferred(season_id, cells["basis_points"], cells["vat_kind"], cells["supplies"], share)


def closings_of(reader: Reader, organiser_id: UUID) -> tuple[ClosingRow, ...]:
    """The days closed, latest first."""
    return reader.rows(CLOSING, _CLOSINGS, [organiser_id])
