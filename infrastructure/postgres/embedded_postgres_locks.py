"""Who starts Plats's own PostgreSQL, who uses it, whether it lives: locks, which the kernel drops with their holders.

`postgres.used` is shared by all processes that use the server, so that the last one knows that it is the last.
`postgres.starting` is held while one process starts or stops the server. `postgres.running` is handed on to the
server, so that it is held for exactly as long as any of the server's processes lives, whatever a pid file says.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infrastructure.postgres.embedded_postgres_place import EmbeddedPostgresUnavailable, make_home


@dataclass(frozen=True, slots=True)
class HomeLocks:
    """The locks of one home folder."""

    home: Path

    @contextmanager
    def starting(self) -> Iterator[None]:
        """Be the only one who starts or stops the server; waits for whoever does so now.

        Raises EmbeddedPostgresUnavailable if this user may not write to the home.
        """
        with self._file("starting") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def running(self) -> Iterator[int | None]:
        """The lock that says the server runs, ours until the block ends; None while the server holds it."""
        with self._file("running") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield None
            else:
                yield lock

    def use(self) -> int:
        """Be one of those who use the server until the descriptor is closed; waits while the last one stops it.

        Raises EmbeddedPostgresUnavailable if this user may not write to the home.
        """
        with self._file("used") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            return os.dup(lock)

    @contextmanager
    def unused(self) -> Iterator[bool]:
        """Whether nobody uses the server; then nobody begins to before the block ends."""
        with self._file("used") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    @contextmanager
    def _file(self, name: str) -> Iterator[int]:
        try:
            make_home(self.home)
            lock = os.open(self.home / f"postgres.{name}", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as trouble:
            raise EmbeddedPostgresUnavailable(
                f"Plats cannot keep its data in {self.home} ({trouble.strerror}): set PLATS_HOME to a folder that "
                "this user may write to, or set DATABASE_URL."
            ) from trouble
        try:
            yield lock
        finally:
            os.close(lock)
