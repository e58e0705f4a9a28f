"""What a season has been invoiced, and which seasons have been: what finance looks them up by."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class SeasonSums:
    """What a season's documents add up to, credit notes taken off (S04); seats taken beside it."""

    season_id: UUID
    season: str
    network: str
    documents: int
    net: int
    vat: int
    gross: int
    credited: int
    paid: int
    seats_taken: int


@dataclass(frozen=True)
class SeasonName:
    """A season by its name and its network's."""

    season_id: UUID
    season: str
    network: str
