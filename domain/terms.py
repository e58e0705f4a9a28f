"""Cancellation terms as data: until which local day how much is kept; the words are made from the same tiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.errors import BadValue
from domain.money import WHOLE


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


def day_in(instant: datetime, zone: str) -> date:
    """The local day of an instant."""
    return instant.astimezone(zone_named(zone)).date()


@dataclass(frozen=True)
class Tier:
    """Before a local day (exclusive: "before 3 January" ends at 00:00 on the 3rd) this share is kept, in basis points.

    `before` is None for the last tier, which has no end.
    """

    before: date | None
    kept: int

    def __post_init__(self) -> None:
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
        days = [tier.before for tier in self.tiers]
        if not self.tiers or days[-1] is not None or None in days[:-1]:
            raise BadValue(field="tiers", why="every tier but the last has a day, the last has none")
        dated = [day for day in days if day is not None]
        if dated != sorted(set(dated)):
            raise BadValue(field="tiers", why="the days stand in order, each once")

    def assess(self, at: datetime) -> Assessment:
        """What applies at an instant (S24, S25, S29: no grace minute)."""
        since: datetime | None = None
        for number, tier in enumerate(self.tiers):
            until = start_of(tier.before, self.zone) if tier.before else None
            if until is None or at < until:
                after = self.tiers[number + 1].kept if until is not None else None
                return Assessment(number, tier.kept, since, until, after)
            since = until
        raise AssertionError("the last tier has no end")


def free_before(day: date, *, version: int = 1, zone: str = "Europe/Stockholm") -> Terms:
    """The commonest terms: no charge before a day, full price from it."""
    return Terms(version, (Tier(day, 0), Tier(None, WHOLE)), zone)
