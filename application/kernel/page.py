"""A page of a list, and the waiting for what its reader has just done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from domain.kernel.errors import NotFound

T = TypeVar("T")

MOST = 200


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, and the cursor that the next page starts after (None: this is the last)."""

    items: tuple[T, ...]
    next_cursor: str | None = None


@dataclass(frozen=True)
class PersonName:
    """A person as pages name them; `name` is None once they have been erased.

    `face`: the picture they show ("": none).
    """

    person_id: UUID
    name: str | None
    face: str = ""


def found(row: T | None, what: str) -> T:
    """The row. Raises NotFound where there is none."""
    if row is None:
        raise NotFound(what=what)
    return row


class Freshness(Protocol):
    """Tells how far the read models have come."""

    def wait_for(self, position: int, timeout: float = 1.0) -> bool:
        """Wait (seconds) until what stands at a position of the log can be read; False when it takes longer."""

    def position(self, organiser_id: UUID | None = None) -> int:
        """How far every read model has come, for an organiser or (None) for everybody."""

    def now(self) -> Callable[[UUID], int]:
        """How far for each organiser at this moment, to be asked once it is known which one is shown."""
