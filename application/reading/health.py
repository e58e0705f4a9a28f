"""How an installation is: whether it can record, and how far behind the read models are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class HealthReport:
    """`is_writable`: the database answers and takes writes. `is_current`: it has the shape this version wants.

    `behind`: for how many seconds the oldest event has waited to be taken in by the read models.
    """

    is_writable: bool
    is_current: bool
    behind: float

    @property
    def is_ready(self) -> bool:
        """Whether people can be sent here. Being behind is told, not held against it: writes are safe meanwhile."""
        return self.is_writable and self.is_current


class Health(Protocol):
    """Tells how the installation is; never raises."""

    def look(self) -> HealthReport:
        """How it is now."""
        ...


UNREACHABLE = HealthReport(is_writable=False, is_current=False, behind=0.0)
"""What is known of a database that does not answer."""
