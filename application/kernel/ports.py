"""What the use cases need from outside: time, chance, the record of events, and the reading of personal data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from application.kernel.actor import Actor
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import PlatsError
from domain.kernel.ids import BookingId, SeasonId
from domain.kernel.personal import Encrypted

A = TypeVar("A", bound=Aggregate)
R = TypeVar("R")
T = TypeVar("T")


class Clock(Protocol):
    """Tells the instant. The domain never asks; it is told."""

    def now(self) -> datetime:
        """The present instant, UTC, timezone-aware."""


class KeyReused(PlatsError):
    """The idempotency key was used before by this actor for another command."""


class UniqueKeyTaken(PlatsError):
    """Something that must be unique (`kind`, `value`) already belongs to somebody else."""

    def __init__(self, kind: str, value: str) -> None:
        super().__init__(f"{kind} is taken")
        self.kind, self.value = kind, value


class Busy(PlatsError):
    """Too many decisions collided on the same thing; nothing was recorded, the same command may be sent again."""


class DecisionTooLarge(PlatsError):
    """One decision would record more than one transaction may carry; split it."""


class UnitOfWork(Protocol):
    """One decision under way: what it has loaded and what it will record, all or nothing."""

    @property
    def now(self) -> datetime:
        """The instant of this decision, UTC: the same however often it is asked."""

    @property
    def actor(self) -> Actor:
        """Who decides."""

    @property
    def position(self) -> int:
        """Where in the log the newest event stands of all that has been read here (0: nothing has)."""

    def new_id(self) -> UUID:
        """A fresh id, without meaning."""

    def load(self, kind: type[A], aggregate_id: UUID) -> A:
        """The aggregate as it is now; its new events are recorded when the decision ends. Raises NotFound."""

    def find(self, kind: type[A], aggregate_id: UUID) -> A | None:
        """As `load`, but None where there is none."""

    def fetch(self, *wanted: tuple[type[Aggregate], UUID]) -> None:
        """Read several streams in one round trip, so that `load` and `find` of them cost nothing."""

    def add(self, aggregate: Aggregate) -> None:
        """Record the events of an aggregate made in this decision."""

    def take_unique_key(self, kind: str, value: str, owner: UUID) -> None:
        """Make (kind, value) belong to `owner` alone from now on; a taken one raises UniqueKeyTaken at the end."""

    def release_unique_key(self, kind: str, value: str) -> None:
        """Let a unique key belong to nobody, in this decision."""

    def unique_key_owner(self, kind: str, value: str) -> UUID | None:
        """Who holds a unique key now."""

    def blind_index(self, text: str) -> str:
        """A keyed digest by which equal personal values (an e-mail address) are found without being stored."""

    def encrypt(self, person: UUID, name: str, value: str) -> Encrypted:
        """Encrypt a personal value under the person's key; the key is made in this decision where there is none."""

    def encrypt_for_ledger(self, organiser: UUID, year: int, name: str, value: str) -> Encrypted:
        """Encrypt what bookkeeping law keeps about a buyer, under the key of the organiser's calendar year."""

    def decrypt(self, sealed: Encrypted) -> str | None:
        """The value in clear; None when its key has been destroyed."""

    def destroy_key(self, person: UUID) -> None:
        """Make everything sealed for the person unreadable, in the same transaction as this decision's events."""


@dataclass(frozen=True)
class CommandContext:
    """What to decide, by whom, and what must be serial meanwhile.

    `key`: the idempotency key; the same actor and key give the same answer, recorded with the events. `content`: what
    was asked, in any stable form; the same key with other content raises KeyReused. `serial`: ids whose decisions
    queue (a season's seating, a number series); decisions on other things meet optimistically and are tried again.
    `needs`: streams the decision is known to read, fetched in one round trip with the lock.
    """

    actor: Actor
    key: str | None = None
    content: str = ""
    serial: tuple[UUID, ...] = ()
    needs: tuple[tuple[type[Aggregate], UUID], ...] = field(default=())


@dataclass(frozen=True)
class Committed(Generic[R]):
    """The answer to an order, and where in the log it stands (0 when nothing was recorded)."""

    answer: R
    position: int
    repeated: bool = False


class Decisions(Protocol):
    """The write path, whole: lock what must be serial, load, decide, append, commit, answer."""

    def execute(self, order: CommandContext, answer: type[R], decision: Callable[[UnitOfWork], R]) -> Committed[R]:
        """Run `decision` (perhaps several times) and record what came of it exactly once.

        `answer` is the type of the answer (a frozen dataclass of plain values, ids, dates and domain values), by which
        a repeated command's stored answer is read back. Whatever `decision` raises is raised and nothing is recorded.
        Raises KeyReused, UniqueKeyTaken, Busy, DecisionTooLarge.
        """

    def dry_run(self, actor: Actor, question: Callable[[UnitOfWork], R]) -> R:
        """Run a question or a preview on the aggregates as they are; whatever it changes is forgotten."""


class Gathering(Protocol):
    """Lets what is the same for many be done for all of them at once, where many are decided in one transaction."""

    def gather(self, do: Callable[[Sequence[T]], None], one: T) -> None:
        """Do something with this and all else that is gathered for it, when the transaction ends; without one, now."""


class SeasonBookings(Protocol):
    """Tells which bookings a season has, as of an event that has been projected already."""

    def bookings_of(self, season_id: SeasonId) -> Iterable[BookingId]:
        """The bookings of a season that hold seats."""
