"""Choosing among seasons: by town, price, month, network, language and words; and how many each choice finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.kernel.ids import NetworkId, OrganiserId


@dataclass(frozen=True, kw_only=True)
class SeasonFilter:
    """Which seasons are asked for; None: whichever.

    `month` (YYYY-MM) is one in which they meet. `takes_bookings`: now. `is_past`: their last day has passed. `search`:
    words that all stand in the season, or name its network, town, organiser, speakers or leaders.
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
        several = {"town": self.towns, "month": self.months}
        return several[name] if name in several else (getattr(self, name),)

    def is_wanted(self, wanted: SeasonFilter, *but: str) -> bool:
        """Whether it is among those that are chosen, some things (`but`) left aside."""
        chosen = {name: getattr(wanted, name) for name in CHOSEN_BY if name not in but}
        return (self.has_words or "search" in but) and all(
            value is None or value in self.values(name) for name, value in chosen.items()
        )


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
    every = tuple(seasons)
    counts = {name: Counter[Any]() for name in CHOSEN_BY}
    without = {"search": sum(each.is_wanted(wanted, "search") for each in every)}
    for name in CHOSEN_BY:
        others = [each for each in every if each.is_wanted(wanted, name)]
        without[name] = len(others)
        for each in others:
            counts[name].update(each.values(name))
    both = [each for each in every if each.is_wanted(wanted, "has_online", "is_free")]
    return Choices(
        all=len(every),
        found=sum(each.is_wanted(wanted) for each in every),
        counts=counts,
        without=without,
        free_online=sum(each.is_free and each.has_online for each in both),
        networks={each.network_id: each.network for each in every},
    )
