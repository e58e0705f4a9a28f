"""Choosing among seasons: by town, price, month, network, language and words; and how many each choice finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.kernel.ids import NetworkId, OrganiserId


@dataclass(frozen=True, kw_only=True)
class SeasonFilter:
    """Which seasons are asked for; None: whichever.

    `month` (YYYY-MM) is one in which they meet. `takes_bookings`: now. `is_past`: their last day has passed. `since`:
    not ended before that day. `search`: words that all stand in the season, or name its network, town, organiser,
    speakers or leaders. `is_public`: what stands in lists; only `Programme` asks for the others (None), for staff.
    """

    organiser_id: UUID | None = None
    network_id: UUID | None = None
    town: str | None = None
    has_online: bool | None = None
    is_free: bool | None = None
    month: str | None = None
    language: str | None = None
    search: str = ""
    takes_bookings: bool | None = None
    is_past: bool | None = None
    since: date | None = None
    is_public: bool | None = True


EVERY = SeasonFilter()


@dataclass(frozen=True)
class Choosable:
    """A season by what it is chosen by. `has_words`: those that are searched for."""

    organiser_id: OrganiserId
    network_id: NetworkId
    network: str
    towns: tuple[str, ...]
    has_online: bool
    is_free: bool
    months: tuple[str, ...]
    language: str
    has_words: bool

    def values(self, name: str) -> tuple[Any, ...]:
        """What it has of one thing that is chosen by, named as in `SeasonFilter`."""
        if name == "town":
            return self.towns
        return self.months if name == "month" else (getattr(self, name),)


CHOSEN_BY = ("month", "town", "has_online", "is_free", "network_id", "language", "organiser_id")


@dataclass(frozen=True)
class Choices:
    """How many seasons are `found` of `all`, and how many would be otherwise.

    `counts`: with one value chosen of a thing, instead of what is chosen of it now. `without`: with nothing chosen of
    it, or nothing searched for (`search`). `free_online`: free and online, whatever is chosen of those two.
    `networks`: by name.
    """

    all: int
    found: int
    counts: Mapping[str, Mapping[Any, int]]
    without: Mapping[str, int]
    free_online: int
    networks: Mapping[UUID, str]


def choices_among(seasons: Iterable[Choosable], wanted: SeasonFilter) -> Choices:
    """What there is to choose from, by what is chosen already."""
    chosen = {name: value for name in CHOSEN_BY if (value := getattr(wanted, name)) is not None}
    misses = [(each, _misses(each, chosen)) for each in seasons]
    counts = {}
    for name in CHOSEN_BY:
        others = [each for each, missed in misses if missed <= {name}]
        counts[name] = Counter([value for each in others for value in each.values(name)])
    return Choices(
        all=len(misses),
        found=sum(not missed for _, missed in misses),
        counts=counts,
        without={name: sum(missed <= {name} for _, missed in misses) for name in (*CHOSEN_BY, "search")},
        free_online=sum(each.is_free and each.has_online and missed <= _FREE_ONLINE for each, missed in misses),
        networks={each.network_id: each.network for each, _ in misses},
    )


_FREE_ONLINE = {"is_free", "has_online"}


def _misses(season: Choosable, chosen: Mapping[str, Any]) -> set[str]:
    """Of what is chosen, what a season is not; "search": it has not the words."""
    missed = {name for name, value in chosen.items() if value not in season.values(name)}
    return missed if season.has_words else {*missed, "search"}
