"""The cluster of Plats's own PostgreSQL: its folder made whole or not at all, and how its server is set."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

from infrastructure.postgres.embedded_postgres_place import Owner

CONFIGURATION = """\
listen_addresses = ''
unix_socket_directories = '"{socket}"'
unix_socket_permissions = 0700
port = 5432
max_connections = 200
shared_buffers = 128MB
fsync = on
synchronous_commit = on
idle_in_transaction_session_timeout = 30s
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = log
log_checkpoints = off
"""


class Run(Protocol):
    """Runs PostgreSQL's programs."""

    def __call__(self, program: str, *words: str, cwd: Path, say: str = "") -> None:
        """Run one in a folder and say something to it. Raises EmbeddedPostgresUnavailable."""


def make_cluster(data: Path, owner: Owner, run: Run) -> None:
    """An empty database, into which its owner and whoever starts the server may come."""
    new = data.with_name(f"{data.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    owner.make_folder(new)
    run(
        *("initdb", "-D", ".", "-U", "plats", "--encoding=UTF8", "--data-checksums", "--auth=peer"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
        cwd=new,
    )
    run(
        *("postgres", "--single", "-D", ".", "-c", "exit_on_error=on", "postgres"),
        cwd=new,
        say="CREATE DATABASE plats",
    )
    people = sorted({owner.name, owner.starter})
    owner.write(new / "pg_hba.conf", "local all plats peer map=plats\n")
    owner.write(new / "pg_ident.conf", "".join(f'plats "{name}" plats\n' for name in people))
    with (new / "postgresql.conf").open("a", encoding="utf-8") as configuration:
        configuration.write("include 'plats.conf'\n")
    new.rename(data)
