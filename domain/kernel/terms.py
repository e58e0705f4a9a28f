"""Cancellation terms as data: until which day or hour how much is kept; the words are made from the same tiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.kernel.errors import BadValue
from domain.kernel.money import WHOLE


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that IANA name. Raises BadValue when there is none."""
    if name != "UTC" and ("/" not in name or name.startswith(("posix/", "right/"))):
        raise BadValue(field="zone", why="no such time zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadValue(field="zone", why="no such time zone") from None


def start_of(day: date, zone: str) -> datetime:
    """The instant (UTC) at which a local day begins."""
    return datetime.combine(day, time.min, zone_named(zone)).astimezone(UTC)


def later_instant_of(local: datetime, zone: str) -> datetime:
    """The instant (UTC) of a local wall-clock time (naive), for all times that people type (S31).

    A time that exists twice is its later occurrence, which favours the customer; one that the clock is moved forward
    over is the instant at which that happens. Raises BadValue for a time with an offset, or outside the calendar.
    """
    if local.tzinfo is not None:
        raise BadValue(field="time", why="a local time carries no offset; its zone is given beside it")
    there = zone_named(zone)
    try:
        earlier, later = sorted(local.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1))
        if later.astimezone(there).replace(tzinfo=None) == local:
            return later
        return _change_between(earlier, later, there)
    except OverflowError:
        raise BadValue(field="time", why="lies outside the calendar") from None


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at which the clocks of a zone show another offset than before."""
    known = before.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        is_changed = (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() != known
        low, high = (low, middle) if is_changed else (middle, high)
    return before.replace(microsecond=0) + timedelta(seconds=high)


def day_in(instant: datetime, zone: str) -> date:
    """The local day of an instant."""
    return instant.astimezone(zone_named(zone)).date()


@dataclass(frozen=True)
class Tier:
    """Before a local day (exclusive: "before 3 January" ends at 00:00 on the 3rd) this share is kept, in basis points.

    `before` is None for the last tier, which has no end. `at`: the local time of that day at which it ends, where that
    is not when the day begins.
    """

    before: date | None
    kept: int
    at: time | None = None

    def ends_at(self, zone: str) -> datetime | None:
        """The instant (UTC) from which it applies no longer; None for the last tier."""
        if self.before is None or self.at is None:
            return start_of(self.before, zone) if self.before is not None else None
        return later_instant_of(datetime.combine(self.before, self.at), zone)

    def __post_init__(self) -> None:
        if self.at is not None and (self.before is None or self.at.tzinfo is not None):
            raise BadValue(field="at", why="a time of day belongs to a day, in the zone of the terms")
        if not 0 <= self.kept <= WHOLE:
            raise BadValue(field="kept", why="a share is between 0 and 100 %")


@dataclass(frozen=True)
class Assessment:
    """What the terms say about a cancellation at an instant: the share kept, and from when it becomes another.

    `tier` counts from 0. `since` and `until` are UTC instants, `since` inclusive, `until` exclusive.
    """

    tier: int
    kept: int
    since: datetime | None
    until: datetime | None
    kept_after: int | None


@dataclass(frozen=True)
class Terms:
    """The cancellation terms of a season: tiers in order of time, the last one open-ended, in a named zone.

    `fee_outside_vat`: what is kept below the full price is a fee for cancelling, outside the scope of VAT (Skatteverket
    131 754656-13/111): the seat is credited whole and the fee charged. Otherwise what is kept has the VAT of the price.
    """

    version: int
    tiers: tuple[Tier, ...]
    zone: str = "Europe/Stockholm"
    fee_outside_vat: bool = False

    def __post_init__(self) -> None:
        zone_named(self.zone)
        moments = [(tier.before, tier.at or time.min) for tier in self.tiers]
        days = [day for day, _ in moments]
        if not self.tiers or days[-1] is not None or None in days[:-1]:
            raise BadValue(field="tiers", why="every tier but the last has a day, the last has none")
        dated = [(day, at) for day, at in moments if day is not None]
        if dated != sorted(set(dated)) or not self._is_in_order():
            raise BadValue(field="tiers", why="the days stand in order, each once")

    def _is_in_order(self) -> bool:
        """Also where the clock is moved between two times of day: each tier ends after the one before."""
        if all(tier.at is None for tier in self.tiers):
            return True
        ends = [end for tier in self.tiers if (end := tier.ends_at(self.zone)) is not None]
        return all(one < other for one, other in pairwise(ends))

    def assess(self, at: datetime) -> Assessment:
        """What applies at an instant (S24, S25, S29: no grace minute)."""
        since: datetime | None = None
        for number, tier in enumerate(self.tiers):
            until = tier.ends_at(self.zone)
            if until is None or at < until:
                after = self.tiers[number + 1].kept if until is not None else None
                return Assessment(number, tier.kept, since, until, after)
            since = until
        raise AssertionError("the last tier has no end")


def free_before(day: date, *, version: int = 1, zone: str = "Europe/Stockholm") -> Terms:
    """The commonest terms: no charge before a day, full price from it."""
    return Terms(version, (Tier(day, 0), Tier(None, WHOLE)), zone)
