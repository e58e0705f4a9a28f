"""How an installation is: whether it can record, and how far behind the read models are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

EVERYBODY = "everybody"

LATE, LETTERS_LATE = 60.0, 300.0
"""Seconds after which what follows a booking is late, and after which a letter or a job's turn is."""

CLOCKS_AGREE = 60.0
"""Seconds by which two clocks may differ before nothing is destroyed any longer."""

ENOUGH_DISK = 256 * 1024 * 1024
"""Bytes that should be free."""


@dataclass(frozen=True)
class StandsStill:
    """An event that cannot be taken in (`position`, `topic`) has stopped its organiser, nobody else.

    `of`: what has stopped, "read models", "reactions", or "everybody" where nobody can tell whose the event is.
    """

    organiser_id: UUID
    position: int
    topic: str
    of: str


@dataclass(frozen=True)
class JobHealth:
    """A job of the leader: how many seconds ago its last turn ended, and for how long it has failed, by what class."""

    name: str
    turned: float
    failing: float | None = None
    error: str = ""

    @property
    def is_well(self) -> bool:
        """Whether it goes on: it has ended a turn lately, and its last one did not fail."""
        return self.failing is None and self.turned < LETTERS_LATE


@dataclass(frozen=True)
class PartitionHealth:
    """Some of the organisers, whom one worker follows (`is_led`), and how far it is behind, in seconds."""

    place: int
    behind: float
    reactions_behind: float
    is_led: bool


@dataclass(frozen=True)
class HealthReport:
    """`is_writable`: the database answers and takes writes. `is_current`: it has the shape this version wants.

    In seconds: `behind`, for how long the oldest event has waited to be taken in by the read models;
    `reactions_behind`, the same of what follows from events; `letters_behind`, for how long the oldest letter that is
    due has waited; `clock_off`, how far this process's clock is before the database's. `is_led`: every partition of the
    organisers has a worker that leads; of several, `partitions` tells the same of each.
    `disk_free`: bytes where Plats keeps its files. `stands_still`: for whom read models or reactions have stopped.
    `jobs`: the leader's. `has_keys`: the key folder is the one that the database was written with. `is_restored`:
    it was put back from a backup and has not been prepared. `has_room`: the database's disk takes what is written.
    `is_newest`: no newer version has been at the database; if one has, this process goes on, but is to be ended.
    """

    is_writable: bool
    is_current: bool
    behind: float
    stands_still: tuple[StandsStill, ...] = ()
    reactions_behind: float = 0.0
    letters_behind: float = 0.0
    clock_off: float = 0.0
    is_led: bool = True
    disk_free: int = ENOUGH_DISK
    jobs: tuple[JobHealth, ...] = ()
    has_keys: bool = True
    is_restored: bool = False
    has_room: bool = True
    is_newest: bool = True
    partitions: tuple[PartitionHealth, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether people can be sent here. Being behind is told, not held against it: writes are safe meanwhile.

        So is one organiser's standing still, which sending its people elsewhere would not mend.
        """
        is_ours = self.is_current and self.has_keys and not self.is_restored
        return (
            self.is_writable
            and self.has_room
            and is_ours
            and not any(each.of == EVERYBODY for each in self.stands_still)
        )

    @property
    def troubles(self) -> tuple[str, ...]:
        """What somebody should look at, in words that `docs/operations.md` explains; a job's with its name."""
        told = {
            "unwritable": not self.is_writable,
            "old_shape": self.is_writable and not self.is_current,
            "old_process": not self.is_newest,
            "keys": not self.has_keys,
            "restored": self.is_restored,
            "stands_still": bool(self.stands_still),
            "no_leader": not self.is_led,
            "read_models_behind": self.behind > LATE,
            "reactions_behind": self.reactions_behind > LATE,
            "letters_behind": self.letters_behind > LETTERS_LATE,
            "clock": abs(self.clock_off) > CLOCKS_AGREE,
            "disk": self.disk_free < ENOUGH_DISK or not self.has_room,
        }
        unwell = (f"job {job.name}" for job in self.jobs if self.is_led and not job.is_well)
        return (*(name for name, is_so in told.items() if is_so), *unwell)

    @property
    def status(self) -> str:
        """In one word: "ok", "stands still" (for some), "look at it" (see `troubles`) or "not ready"."""
        if not self.is_ready:
            return "not ready"
        if self.stands_still:
            return "stands still"
        return "look at it" if self.troubles else "ok"


class Health(Protocol):
    """Tells how the installation is; never raises."""

    def look(self) -> HealthReport:
        """How it is now."""


UNREACHABLE = HealthReport(is_writable=False, is_current=False, behind=0.0, is_led=False)
"""What is known of a database that does not answer."""
