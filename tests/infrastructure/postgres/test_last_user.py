"""Our own PostgreSQL ends with the last process that uses it, and goes on where somebody asked for that."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from infrastructure.postgres.embedded_postgres import EmbeddedPostgres, ServerState
from web.server.server import ROOT

USING = """
import sys
from infrastructure.postgres.database import database_url
from infrastructure.kernel.settings import Settings
print(database_url(Settings.read()), flush=True)
sys.stdin.read(1)
"""
PLATS = "from web.cli import main; main()"


@pytest.fixture
def home() -> Iterator[Path]:
    with TemporaryDirectory(prefix="plats-home-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "home"
        EmbeddedPostgres(Path(folder) / "home").stop()


def environment(home: Path, **more: str) -> dict[str, str]:
    own = {"PLATS_HOME": str(home), "PYTHONPATH": str(ROOT), **more}
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | own


def using(home: Path, **more: str) -> tuple[subprocess.Popen[str], str]:
    """A process that uses the server until its standard input ends, and the address it was given."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", USING],
        env=environment(home, **more),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    process.communicate("x", timeout=60)


def plats(home: Path, *words: str) -> None:
    subprocess.run([sys.executable, "-P", "-c", PLATS, *words], env=environment(home), check=True, capture_output=True)


def test_it_ends_with_the_last_of_several_processes(home: Path) -> None:
    first, url = using(home)
    second, _ = using(home, DATABASE_URL=url)  # as the processes of a supervisor are told
    end(first)
    assert EmbeddedPostgres(home).status().state is ServerState.RUNNING
    end(second)
    assert EmbeddedPostgres(home).status().state is ServerState.STOPPED


def test_whoever_is_killed_leaves_it_to_the_next_that_ends(home: Path) -> None:
    killed, _ = using(home)
    killed.kill()
    killed.communicate()
    assert EmbeddedPostgres(home).status().state is ServerState.RUNNING
    following, _ = using(home)
    end(following)
    assert EmbeddedPostgres(home).status().state is ServerState.STOPPED


def test_it_goes_on_where_it_was_asked_to_until_it_is_stopped(home: Path) -> None:
    plats(home, "db", "start")
    process, _ = using(home)
    end(process)
    assert EmbeddedPostgres(home).status().state is ServerState.RUNNING
    plats(home, "db", "stop")
    assert EmbeddedPostgres(home).status().state is ServerState.STOPPED
    plats(home, "token", "list")
    assert EmbeddedPostgres(home).status().state is ServerState.STOPPED


def test_a_home_that_was_thrown_away_is_not_made_again(home: Path) -> None:
    process, _ = using(home)
    EmbeddedPostgres(home).stop()
    shutil.rmtree(home)
    end(process)
    assert not home.exists()
