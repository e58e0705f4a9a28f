"""What finance would rather look at than read: money by month, and the seats of a season filling over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.queries import Queries, for_staff
from application.kernel.use_case import organiser_of


@dataclass(frozen=True)
class MonthSum:
    """What was invoiced (credit notes taken off, incl. VAT) and paid in (refunds taken off) in a month, in öre."""

    month: date
    invoiced: int
    paid: int


@dataclass(frozen=True)
class SeatsOnDay:
    """How many seats of a season were held at the end of a local day on which that changed."""

    day: date
    seats: int


class Pictures(Queries, Protocol):
    """For finance and admins; no names in any of it."""

    @for_staff
    def months(self, actor: Actor, last: date, count: int = 12) -> tuple[MonthSum, ...]:
        """The `count` months up to that of the day `last`, the empty ones too."""
        number = last.year * 12 + last.month - 1
        wanted = [date(each // 12, each % 12 + 1, 1) for each in range(number - count + 1, number + 1)]
        known = {each.month: each for each in self._months(organiser_of(actor), wanted[0], last)}
        return tuple(known.get(each, MonthSum(each, 0, 0)) for each in wanted)

    @for_staff
    def seats(self, actor: Actor, season_id: UUID) -> tuple[SeatsOnDay, ...]:
        """How the seats of a season were taken and given up, a row for each day on which that changed."""

    @for_staff
    def filling(self, actor: Actor, season_ids: Sequence[UUID]) -> Mapping[UUID, tuple[SeatsOnDay, ...]]:
        """As `seats`, of several seasons at once; nothing of those that nobody has booked."""

    def _months(self, organiser_id: UUID, first: date, last: date) -> tuple[MonthSum, ...]: ...
