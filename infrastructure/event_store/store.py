"""The event store, put together with what makes it fast: what the wiring asks for and closes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg.abc import Params
from psycopg.rows import RowFactory, tuple_row

from application.kernel.ports import Clock, Decisions
from infrastructure.event_store.decisions import StoreDecisions
from infrastructure.event_store.recorder import Recorder
from infrastructure.event_store.throughput.cached_streams import CachedStreams
from infrastructure.event_store.throughput.group_commit import GroupCommit
from infrastructure.event_store.throughput.packed_columns import pack_columns
from infrastructure.event_store.throughput.together import Together
from infrastructure.keys.key_files import KeyFiles
from infrastructure.keys.key_rotation import Reseal, rotate
from infrastructure.keys.keyring import Keyring
from infrastructure.postgres.connections import Connections
from infrastructure.postgres.notifier import Notifier
from infrastructure.serialization.aggregates import AGGREGATES
from infrastructure.serialization.event_mapper import EventMapper


@dataclass(frozen=True)
class Store:
    """Everything that knows how the business is remembered. May be made before a fork; connects on first use."""

    connections: Connections
    recorder: Recorder
    mapper: EventMapper
    keyring: Keyring
    key_files: KeyFiles
    decisions: Decisions
    notifier: Notifier
    clock: Clock
    together: Together

    def query(self, statement: str, arguments: Params, rows: RowFactory[Any] = tuple_row) -> list[Any]:
        """Rows of a question. Raises ConnectionLost, Busy."""
        return self.connections.query(statement, arguments, rows=rows)

    def first(self, statement: str, arguments: Params, rows: RowFactory[Any] = tuple_row) -> Any | None:
        """The first row of a question, or None. Raises ConnectionLost, Busy."""
        return next(iter(self.query(statement, arguments, rows)), None)

    def execute(self, statement: str, arguments: Params) -> int:
        """Carry out a statement by itself; how many rows it has changed. Raises ConnectionLost, Busy."""
        return self.connections.execute(statement, arguments)

    def rotate_keys(self, reseal: Reseal) -> int:
        """Begin a new epoch of keys and make older backups forget; how many keys live on. Takes half a minute."""
        return rotate(self.connections, self.keyring, self.key_files, reseal=reseal)

    def close(self) -> None:
        """Stop notifying and close this process's connections."""
        self.notifier.close()
        self.connections.close()


def open_store(database_url: str, keys: Path, clock: Clock, most_connections: int = 16) -> Store:
    """The event store of a database whose migrations have been run; `keys` is a folder outside the database."""
    connections = Connections(database_url, most_connections, configure=pack_columns)
    notifier = Notifier(connections)
    recorder = Recorder(connections, notifier.notify)
    mapper = EventMapper(AGGREGATES)
    key_files = KeyFiles(keys)
    keyring = Keyring(key_files, connections.query)
    alone = StoreDecisions(recorder, CachedStreams(mapper), keyring, clock)
    together = Together(alone, GroupCommit(alone))
    return Store(connections, recorder, mapper, keyring, key_files, together, notifier, clock, together)
