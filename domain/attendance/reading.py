"""What a device has noted at the door, and when: by its own clock, by the server's, and when the server was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

SAME_READING = timedelta(seconds=10)
"""A code that one device reads again within that time was held before the camera a little long."""

DRIFT_SHOWN = timedelta(minutes=2)
"""A device whose clock is further off than that is told so; its readings count all the same."""


class How(StrEnum):
    """How somebody was checked in."""

    SCAN = "scan"
    TYPED = "typed"
    LIST = "list"
    WALK_IN = "walk_in"


@dataclass(frozen=True)
class Reading:
    """What a device has noted at the door. Instants are UTC.

    `at`: when, by the server's clock; `device_at`: when, as the device said; `drift`: by how many seconds its clock is
    behind the server's (below zero: ahead); `arrived_at`: when the server was told.
    """

    scan_id: UUID
    device: UUID
    how: How
    at: datetime
    device_at: datetime
    drift: int
    arrived_at: datetime


def reading(scan_id: UUID, device: UUID, how: How, device_at: datetime, sent_at: datetime, now: datetime) -> Reading:
    """A reading that has arrived now, and was sent when the device's clock said `sent_at`.

    No reading is refused for its clock. One that would lie ahead of the server's clock is taken to be of now.
    """
    drift = now - sent_at
    try:
        at = min(now, device_at + drift)
    except OverflowError:
        at = now
    return Reading(scan_id, device, how, at, device_at, round(drift.total_seconds()), now)


def is_one(one: Reading, other: Reading) -> bool:
    """Whether it is one reading: sent twice, or taken twice by a device that was held a little long."""
    is_near = one.device == other.device and abs(one.at - other.at) <= SAME_READING
    return one.scan_id == other.scan_id or is_near
