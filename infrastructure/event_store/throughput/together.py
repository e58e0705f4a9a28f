"""What follows from many events in one transaction: read together, decided one after the other, recorded by one commit.

While a group is open in a thread, every decision that is made there joins it and sees what those before it have
agreed on; nothing is written until the group ends. Either all of it is recorded, or none.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from psycopg.abc import Params

from application.automation.foreseen import Foreseen
from application.kernel.actor import Actor
from application.kernel.ports import CommandContext, Committed, Decisions, DecisionTooLarge, R, UnitOfWork
from infrastructure.event_store.decisions import StoreDecisions
from infrastructure.event_store.identity_map import IdentityMap
from infrastructure.event_store.throughput.group_commit import lock_key, roll_back
from infrastructure.event_store.unit_of_work import StoreUnitOfWork
from infrastructure.postgres.columns import Integers
from infrastructure.postgres.connections import Connection

T = TypeVar("T")

_LOCKS = b"select count(pg_advisory_xact_lock(k)) from unnest(%b::int8[]) as k"

Statement = tuple[str, Params]
Making = Callable[[Sequence[Any]], Iterable[Statement]]
"""The statements that write some rows, all of one kind."""


class Together:
    """`application.kernel.ports.Decisions` of a store: as usual, or joined into the group that is open here."""

    def __init__(self, decisions: StoreDecisions, usual: Decisions) -> None:
        self._decisions, self._usual = decisions, usual
        self._here = threading.local()

    def execute(self, order: CommandContext, answer: type[R], decision: Callable[[UnitOfWork], R]) -> Committed[R]:
        """As the usual one. In a group the position of the answer is not known yet: it is 0."""
        group = self.group
        return (group or self._usual).execute(order, answer, decision)

    def dry_run(self, actor: Actor, question: Callable[[UnitOfWork], R]) -> R:
        """As the usual one; in a group, on what its decisions have agreed on."""
        return (self.group or self._usual).dry_run(actor, question)

    def gather(self, do: Callable[[Sequence[T]], None], one: T) -> None:
        """`application.kernel.ports.Gathering`."""
        if self.group is None:
            do([one])
        else:
            self.group.gather(do, one)

    @property
    def group(self) -> Group | None:
        """The group that is open in this thread."""
        found: Group | None = getattr(self._here, "group", None)
        return found

    @contextmanager
    def together(self, foreseen: Foreseen) -> Iterator[None]:
        """A group for as long as the block lasts; recorded at its end, unless an error leaves it.

        Raises what recording raises: Conflict, UniqueKeyTaken, ConnectionLost, Busy.
        """
        with self._decisions.recorder.connections.borrow() as connection:
            self._here.group = group = Group(self._decisions, self._usual, connection, foreseen)
            try:
                yield
                group.commit()
            except BaseException:
                roll_back(connection)
                raise
            finally:
                self._here.group = None


class Group:
    """The decisions of one transaction, on one connection."""

    def __init__(self, decisions: StoreDecisions, usual: Decisions, connection: Connection, foreseen: Foreseen) -> None:
        self._decisions, self._usual = decisions, usual
        self._connection, self._foreseen = connection, foreseen
        self._begun: IdentityMap | None = None
        self._answered: dict[UUID, Committed[Any]] = {}
        self._beside: dict[Making, list[Any]] = {}
        self._gathered: dict[Callable[[Sequence[Any]], None], list[Any]] = {}
        self._asked: dict[object, Any] = {}

    def execute(self, order: CommandContext, answer: type[R], decision: Callable[[UnitOfWork], R]) -> Committed[R]:
        """Decide here and now; recorded with the group. What must be serial with others is recorded by itself."""
        if not set(order.serial) <= set(self._foreseen.serial):
            self.commit()
            return self._usual.execute(order, answer, decision)
        command = self._decisions.pending(order, answer, decision)
        if command.command_id in self._answered:
            return self._answered[command.command_id]
        transaction = self._transaction()
        transaction.fetch(order.needs)
        try:
            repeated = self._decisions.decide(transaction, command, {})
        except DecisionTooLarge:
            if not transaction.batch:
                raise
            self.commit()
            return self.execute(order, answer, decision)
        # one that was recorded before collides with its own answer: then each is tried by itself, and finds it
        decided = repeated or Committed(command.committed(0).answer, 0)
        self._answered[command.command_id] = decided
        return decided

    def dry_run(self, actor: Actor, question: Callable[[UnitOfWork], R]) -> R:
        """Ask; whatever the question changes is forgotten."""
        work = StoreUnitOfWork(self._transaction(), actor, self._decisions.clock.now())
        try:
            return question(work)
        finally:
            work.abandon()

    def write(self, making: Making, rows: Iterable[Any]) -> None:
        """Rows that are written when the group is recorded, those of a kind together."""
        self._transaction()
        self._beside.setdefault(making, []).extend(rows)

    def gather(self, do: Callable[[Sequence[T]], None], one: T) -> None:
        """What is done with all of a kind before the group is recorded."""
        self._gathered.setdefault(do, []).append(one)

    def once(self, question: object, ask: Callable[[], T]) -> T:
        """The answer to a question that is asked again and again, for as long as the group lasts."""
        if question not in self._asked:
            self._asked[question] = ask()
        answer: T = self._asked[question]
        return answer

    def commit(self) -> None:
        """Record all until now; what comes after is a transaction of its own."""
        for do in [*self._gathered]:
            do(self._gathered.pop(do))
        transaction, self._begun = self._begun, None
        if transaction is None:
            return
        recorder, beside = self._decisions.recorder, self._beside
        self._answered, self._beside = {}, {}
        try:
            is_written = transaction.complete(self._decisions.clock.now())
            with self._connection.pipeline():
                if is_written:
                    recorder.send(transaction.batch, self._connection)
                for statement, arguments in _statements(beside):
                    self._connection.execute(statement.encode(), arguments, prepare=True)
                self._connection.execute(b"commit", prepare=True)
        except psycopg.Error as error:
            raise recorder.translate_error(error, transaction.batch) from error
        transaction.committed()

    def _transaction(self) -> IdentityMap:
        """The one under way. Locked is before anything is read; nothing is written yet, so positions keep the order."""
        if self._begun is None:
            foreseen = self._foreseen
            transaction = self._decisions.begin(self._connection)
            keys = Integers(sorted(map(lock_key, set(foreseen.serial))))
            with self._connection.pipeline():
                self._connection.execute(b"begin", prepare=True)
                if keys:
                    self._connection.execute(_LOCKS, [keys], prepare=True)
                transaction.fetch(foreseen.wanted)
            transaction.fetch_named(foreseen.wanted)
            transaction.know_owners(foreseen.unique_keys)
            self._begun = transaction
        return self._begun


def _statements(beside: Mapping[Making, Sequence[Any]]) -> Iterator[Statement]:
    for making, rows in beside.items():
        yield from making(rows)
