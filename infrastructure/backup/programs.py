"""PostgreSQL's own programs for dumps, run on a database: those that come with Plats, or those of the system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, cast

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from domain.kernel.errors import PlatsError


class BackupFailed(PlatsError):
    """A backup could not be taken, read or put back; the sentence says why."""


def run(name: str, *words: str, url: str) -> None:
    """Run one of them on the database of that address until it ends. Raises BackupFailed."""
    told = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    password = told.pop("password", "")  # others can read a command line
    with TemporaryFile() as said:
        done = subprocess.run(
            [_program(name), *words, "--dbname", make_conninfo("", **told)],
            env=_environment({"PGPASSWORD": password} if password else {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            check=False,
        )
        _see(name, done.returncode, said)


@contextmanager
def reading(name: str, *words: str) -> Iterator[IO[bytes]]:
    """What one of them writes, while it does. Raises BackupFailed if it did not end well."""
    with TemporaryFile() as said:
        with subprocess.Popen(
            [_program(name), *words],
            env=_environment({}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
        ) as process:
            yield cast(IO[bytes], process.stdout)
        _see(name, process.returncode, said)


def _environment(own: Mapping[str, str]) -> Mapping[str, str]:
    return os.environ | own | {"LC_ALL": "C"}


def _see(name: str, status: int, said: IO[bytes]) -> None:
    said.seek(0)
    why = said.read().decode(errors="replace").strip()
    if status:
        raise BackupFailed(f"{name} did not succeed ({why.splitlines()[0] if why else f'status {status}'}).")


def _program(name: str) -> Path:
    """Where it is. Raises BackupFailed if it is nowhere."""
    if sys.platform != "win32":
        from infrastructure.postgres.embedded_postgres_place import EmbeddedPostgresUnavailable, Owner, program_folder

        try:
            return program_folder(Owner.of_this_process()) / name
        except EmbeddedPostgresUnavailable:
            pass
    found = shutil.which(name)
    if found is None:
        raise BackupFailed(f"{name} is not installed here: install PostgreSQL's client programs.")
    return Path(found)
