"""Partitions of organisers: what follows the log does so for each partition by itself, in whichever process leads it.

How many there are stands in the names that positions are kept under (`programme.v4#1/2`: the second of two), and
nowhere else. Who goes by another number finds no position under its names, and moves none.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from infrastructure.postgres.connections import Connection

MOST = 16
"""How many there may be."""

IN_SQL = "mod(get_byte(uuid_send({organiser}), 15), {of})"
"""The place of an organiser among so many partitions, as `Partition.place` tells it."""

_NUMBER = "select max(split_part(name, '/', 2)) from tracking where name like '%.v%#%/%'"


class Partition(NamedTuple):
    """The organisers whose ids fall on a place (from 0) among so many."""

    place: int = 0
    of: int = 1

    def has(self, organiser: UUID) -> bool:
        """Whether an organiser's events are followed here."""
        return self.of == 1 or organiser.bytes[15] % self.of == self.place

    def name(self, subscription: str) -> str:
        """The name that a subscription's position in this partition is kept under."""
        return subscription if self.of == 1 else f"{subscription}#{self.place}/{self.of}"


WHOLE = Partition()
"""All organisers together."""


def partitions(of: int) -> tuple[Partition, ...]:
    """All of so many."""
    return tuple(Partition(place, of) for place in range(of))


def partition_of(organiser: UUID, of: int) -> Partition:
    """The one among so many that an organiser belongs to."""
    return Partition(organiser.bytes[15] % of, of)


def subscription_of(name: str) -> str:
    """The subscription whose position is kept under a name, whichever partition it is of."""
    return name.partition("#")[0]


def number_in(connection: Connection) -> int:
    """How many partitions the log is followed in."""
    [(number,)] = connection.execute(_NUMBER).fetchall()
    return int(number or 1)
