"""How an installation is: whether it can record, and how far behind the read models are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

EVERYBODY = "everybody"


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
class HealthReport:
    """`is_writable`: the database answers and takes writes. `is_current`: it has the shape this version wants.

    `behind`: for how many seconds the oldest event has waited to be taken in by the read models. `stands_still`: for
    whom they have stopped.
    """

    is_writable: bool
    is_current: bool
    behind: float
    stands_still: tuple[StandsStill, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether people can be sent here. Being behind is told, not held against it: writes are safe meanwhile.

        So is one organiser's standing still, which sending its people elsewhere would not mend.
        """
        return self.is_writable and self.is_current and not any(each.of == EVERYBODY for each in self.stands_still)

    @property
    def status(self) -> str:
        """In one word: "ok", "stands still" (for some) or "not ready"."""
        return ("stands still" if self.stands_still else "ok") if self.is_ready else "not ready"


class Health(Protocol):
    """Tells how the installation is; never raises."""

    def look(self) -> HealthReport:
        """How it is now."""


UNREACHABLE = HealthReport(is_writable=False, is_current=False, behind=0.0)
"""What is known of a database that does not answer."""
