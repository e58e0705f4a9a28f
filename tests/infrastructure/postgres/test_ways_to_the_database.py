"""Ways to the database: several hosts with the standby first, and a pooler in between."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, quote, urlsplit

import psycopg
import pytest
from click.testing import CliRunner
from psycopg.sql import SQL, Identifier

from infrastructure.event_store.opening import TransactionPooling, prepare
from infrastructure.kernel.settings import Settings
from infrastructure.postgres.connections import Connections
from infrastructure.postgres.embedded_postgres import EmbeddedPostgres
from web.cli import plats

POOLER = """
[databases]
* = host={socket} port=5432 user=plats
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = {folder}
auth_type = any
pool_mode = {mode}
"""


def settings(url: str, home: Path) -> Settings:
    return Settings.read({"DATABASE_URL": url, "PLATS_HOME": str(home)})


def socket_of(url: str) -> str:
    return parse_qs(urlsplit(url).query)["host"][0]


@contextmanager
def read_only_server(name: str) -> Iterator[str]:
    """A server that lets itself only be read, as a standby does, with a database of that name; where its socket is."""
    with TemporaryDirectory(prefix="plats-standby-") as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedPostgres(Path(folder) / "home")
        try:
            with psycopg.connect(server.ensure(), autocommit=True) as connection:
                connection.execute(SQL("create database {}").format(Identifier(name)))
                connection.execute("alter system set default_transaction_read_only = on")
                connection.execute("select pg_reload_conf()")
            yield socket_of(server.dsn)
        finally:
            server.stop()


@contextmanager
def pooled(url: str, mode: str) -> Iterator[str]:
    """The database behind PgBouncer; skips where it is not installed."""
    program = shutil.which("pgbouncer")
    if program is None:
        pytest.skip("PgBouncer is not installed")
    with TemporaryDirectory(prefix="plats-pool-") as folder:
        Path(folder).chmod(0o777)  # the pooler runs as nobody where we are root
        told = Path(folder) / "pgbouncer.ini"
        told.write_text(POOLER.format(socket=socket_of(url), folder=folder, mode=mode))
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        with subprocess.Popen([program, *user, str(told)], stderr=subprocess.PIPE) as pooler:
            address = urlsplit(url)._replace(query=f"host={quote(folder, safe='')}&port=6432").geturl()
            try:
                _wait_for(address)
                yield address
            finally:
                pooler.terminate()


def _wait_for(address: str) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(psycopg.OperationalError):
            psycopg.connect(address).close()
            return
    raise AssertionError("the pooler does not answer")


def test_of_several_hosts_the_one_that_takes_writes_is_found_though_it_stands_last(
    database_url: str, tmp_path: Path
) -> None:
    with read_only_server(urlsplit(database_url).path[1:]) as standby:
        hosts = ",".join(quote(each, safe="") for each in (standby, socket_of(database_url)))
        url = urlsplit(database_url)._replace(query=f"host={hosts}&port=5432,5432").geturl()
        prepare(settings(url, tmp_path))
        connections = Connections(url)
        try:
            connections.execute("insert into claim values ('a', 'b', gen_random_uuid())", [])
        finally:
            connections.close()
        told = CliRunner().invoke(plats, ["verify"], env={"DATABASE_URL": url, "PLATS_HOME": str(tmp_path)})
        assert told.exit_code == 0, told.exception


def test_through_a_pooler_by_session_everything_works(database_url: str, tmp_path: Path) -> None:
    with pooled(database_url, "session") as url:
        told = CliRunner().invoke(plats, ["verify"], env={"DATABASE_URL": url, "PLATS_HOME": str(tmp_path)})
        assert told.exit_code == 0, told.exception


def test_a_pooler_by_transaction_is_refused_in_a_sentence(database_url: str, tmp_path: Path) -> None:
    with pooled(database_url, "transaction") as url, pytest.raises(TransactionPooling, match="pool_mode = session"):
        prepare(settings(url, tmp_path))


def test_connections_ask_for_nothing_that_a_pooler_would_refuse_and_have_their_limits(database_url: str) -> None:
    connections = Connections(database_url)
    try:
        with connections.borrow() as connection, connections.dedicated() as other:
            for each in (connection, other):
                assert each.info.parameter_status("TimeZone") == "UTC"
                assert "options" not in each.info.get_parameters()
                assert each.execute("show statement_timeout").fetchall() == [("10s",)]
                assert each.execute("show plan_cache_mode").fetchall() == [("force_generic_plan",)]
    finally:
        connections.close()
