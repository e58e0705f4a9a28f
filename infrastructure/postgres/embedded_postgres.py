"""Plats's own PostgreSQL, for whoever has none: starts when asked for, is shared, and stops with its last user."""

from __future__ import annotations

import atexit
import os
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from psycopg.pq import PGconn, Ping

from infrastructure.postgres.embedded_postgres_cluster import CONFIGURATION, make_cluster
from infrastructure.postgres.embedded_postgres_locks import HomeLocks
from infrastructure.postgres.embedded_postgres_place import (
    MAJOR,
    EmbeddedPostgresUnavailable,
    Owner,
    claim_socket_folder,
    program_folder,
    settle_data,
    socket_folder,
)

START_SECONDS = 300  # bringing a large database back after a power cut takes its time
STOP_SECONDS = 60

_USED: dict[Path, int] = {}
"""Homes whose server this process uses, each with the lock that says so."""


class ServerState(StrEnum):
    """How the server is; NEW: nothing has been made yet."""

    RUNNING = "running"
    STARTING = "starting"
    STOPPED = "stopped"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """What can be said of the server now."""

    state: ServerState
    url: str
    data: Path
    log: Path


class EmbeddedPostgres:
    """The PostgreSQL server of one home folder; any number of processes may share it."""

    def __init__(self, home: Path) -> None:
        self.home = home.absolute()
        self._locks = HomeLocks(self.home)

    @property
    def data(self) -> Path:
        """The folder with everything that PostgreSQL keeps."""
        return (self.home / f"postgres-{MAJOR}").resolve()

    @property
    def log(self) -> Path:
        """The file that PostgreSQL says its troubles in."""
        return self.data / "server.log"

    @property
    def dsn(self) -> str:
        """The address that psycopg connects to."""
        folder = quote(str(socket_folder(self.data)), safe="")
        return f"postgresql://plats@/plats?host={folder}&port=5432"

    def ensure(self) -> str:
        """Answer with the address of a server that accepts connections, starting it if need be.

        Raises EmbeddedPostgresUnavailable, saying what to do, if it cannot be had.
        """
        if self._ping() is not Ping.OK or self._has_lost_its_program():
            with self._locks.starting():
                if self._has_lost_its_program():
                    self._stop()
                self._start()
        return self.dsn

    def use(self) -> str:
        """As `ensure`, for as long as this process lives: the last one that used the server stops it at its end.

        Unless it is kept (`keep`). Whoever is killed stops nothing; the next one that ends does.
        """
        if self.home not in _USED:
            _USED[self.home] = self._locks.use()
            atexit.register(self._leave, os.getpid())
        return self.ensure()

    def keep(self) -> None:
        """Let the server go on when nobody uses it, until it is stopped."""
        self._kept.touch(mode=0o600)

    def stop(self) -> None:
        """Stop the server, if it runs, after its connections are told to end.

        Raises EmbeddedPostgresUnavailable if it did not stop in a minute.
        """
        self._kept.unlink(missing_ok=True)
        if not self.data.exists():
            return
        with self._locks.starting():
            self._stop()

    def _leave(self, pid: int) -> None:
        """This process ends: where it was the last one, so does the server."""
        if pid != os.getpid():  # a child of a fork, which has never said that it uses anything
            return
        os.close(_USED.pop(self.home))
        if not self.data.exists():  # it has been thrown away meanwhile
            return
        with suppress(EmbeddedPostgresUnavailable), self._locks.starting(), self._locks.unused() as is_last:
            if is_last and not self._kept.exists():
                self._stop()

    @property
    def _kept(self) -> Path:
        return self.home / "postgres.kept"

    def status(self) -> ServerStatus:
        """Say how the server is, changing nothing."""
        return ServerStatus(self._state(), self.dsn, self.data, self.log)

    def _state(self) -> ServerState:
        match self._ping():
            case Ping.OK:
                return ServerState.RUNNING
            case Ping.REJECT:
                return ServerState.STARTING
            case _:
                return ServerState.STOPPED if self.data.exists() else ServerState.NEW

    @cached_property
    def _owner(self) -> Owner:
        return Owner.of_this_process()

    def _ping(self) -> Ping:
        return Ping(PGconn.ping(f"{self.dsn}&connect_timeout=3".encode()))

    def _start(self) -> None:
        settle_data(self.home, self._owner)
        if not self.data.exists():
            make_cluster(self.data, self._owner, self._run)
        deadline = time.monotonic() + START_SECONDS
        while (answer := self._ping()) is not Ping.OK:
            with self._locks.running() as lock:
                if lock is not None and answer is not Ping.REJECT:
                    self._start_server(lock)
                    continue
            if time.monotonic() > deadline:
                raise self._unavailable("PostgreSQL did not start in time")
            time.sleep(0.02)

    def _start_server(self, lock: int) -> None:
        """Start the server and hand it the lock that says it runs: whoever left a pid file is gone by now."""
        socket = socket_folder(self.data)
        claim_socket_folder(socket, self._owner)
        for stale in (self.data / "postmaster.pid", socket / ".s.PGSQL.5432.lock"):
            stale.unlink(missing_ok=True)
        self._owner.write(self.data / "plats.conf", CONFIGURATION.format(socket=str(socket).replace("'", "''")))
        self._run(
            *("pg_ctl", "-D", ".", "-w", "-t", str(START_SECONDS), "-l", self.log.name, "start"),
            cwd=self.data,
            hand_on=lock,
        )

    def _stop(self) -> None:
        if self._is_running():
            self._run("pg_ctl", "-D", ".", "-m", "fast", "-w", "-t", str(STOP_SECONDS), "stop", cwd=self.data)
            self._wait_until_gone(STOP_SECONDS)

    def _has_lost_its_program(self) -> bool:
        """Whether the program that runs is no longer on the disk: it answers, and finds none of its libraries.

        So it is when the environment that started it has been thrown away; the next one starts the server anew.
        """
        with suppress(OSError):
            program = (self.data / "postmaster.opts").read_text(encoding="utf-8").partition(' "')[0]
            return not Path(program.strip()).exists()
        return False

    def _is_running(self) -> bool:
        with self._locks.running() as lock:
            return lock is None

    def _wait_until_gone(self, seconds: int) -> None:
        deadline = time.monotonic() + seconds
        while self._is_running():
            if time.monotonic() > deadline:
                raise self._unavailable("PostgreSQL did not stop in time")
            time.sleep(0.02)

    def _run(self, program: str, *words: str, cwd: Path, say: str = "", hand_on: int | None = None) -> None:
        """Run one of PostgreSQL's programs as its owner, in its folder, with nothing of our environment."""
        owner = self._owner
        with tempfile.TemporaryFile() as said:  # a pipe would stay open for as long as the server runs
            done = subprocess.run(
                [program_folder(owner) / program, *words],
                cwd=cwd,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
                pass_fds=() if hand_on is None else (hand_on,),
                input=say.encode(),
                stdout=said,
                stderr=said,
                check=False,
                user=owner.uid if owner.is_another else None,
                group=owner.gid if owner.is_another else None,
                extra_groups=[] if owner.is_another else None,
            )
            said.seek(0)
            if done.returncode:
                raise self._unavailable(f"PostgreSQL's {program} failed", said.read().decode(errors="replace"))

    def _unavailable(self, what: str, why: str = "") -> EmbeddedPostgresUnavailable:
        with suppress(OSError):
            why = self.log.read_text(encoding="utf-8", errors="replace")
        last = why.strip().rpartition("\n")[2]
        return EmbeddedPostgresUnavailable(f"{what} ({last}): see {self.log}, or set DATABASE_URL to another server.")
