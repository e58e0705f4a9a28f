"""What every test may ask for: one PostgreSQL for the whole run, and a fresh database with Plats's shape in it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from domain.kernel.errors import PlatsError
from infrastructure.postgres.embedded_postgres import EmbeddedPostgres
from infrastructure.postgres.migrations import migrate
from tests.furnishings import FURNISHINGS

HOME = "PLATS_TEST_HOME"  # how the run tells its workers where the server is
PREFIX, OWNER = "plats-test-", "run"
Databases = Callable[[], AbstractContextManager[str]]
QUICK = "fsync = off", "full_page_writes = off", "synchronous_commit = off"  # no test pulls the plug on this server


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a home that the server's owner can walk to."""
    if not hasattr(config, "workerinput"):
        _clear_away()
        home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_quickest_folder()))
        home.chmod(0o755)
        (home / OWNER).write_text(f"{os.getpid()} {_began(os.getpid())}")
        os.environ[HOME] = str(home)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing of the run behind."""
    if not hasattr(config, "workerinput"):
        home = Path(os.environ.pop(HOME))
        EmbeddedPostgres(home).stop()
        shutil.rmtree(home)


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The run's server, shared by its workers: its own, or the one that DATABASE_URL_TEST names."""
    named = os.environ.get("DATABASE_URL_TEST")
    if named:
        return named
    url = EmbeddedPostgres(Path(os.environ[HOME])).ensure()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")
        for setting in QUICK:
            connection.execute(SQL("ALTER SYSTEM SET ") + SQL(setting))
        connection.execute("SELECT pg_reload_conf()")
    return url


@pytest.fixture(scope="session")
def empty_database(postgres_url: str) -> Databases:
    """Make a database with nothing in it: `with empty_database() as url:`."""
    return lambda: _database(postgres_url, "template0")


@pytest.fixture(scope="session")
def new_database(postgres_url: str) -> Iterator[Databases]:
    """Make a database with Plats's shape and no rows: `with new_database() as url:`."""
    with _database(postgres_url, "template0") as template:
        migrate(template)
        yield lambda: _database(postgres_url, urlsplit(template).path[1:])
        FURNISHINGS.clear()


@pytest.fixture
def database_url(new_database: Databases) -> Iterator[str]:
    """A fresh database for one test."""
    with new_database() as url:
        yield url


@pytest.fixture(scope="module")
def module_database_url(new_database: Databases) -> Iterator[str]:
    """A fresh database for the tests of one file."""
    with new_database() as url:
        yield url


def _clear_away() -> None:
    """Stop the servers and remove the folders of earlier runs that were killed before they could."""
    for folder in {Path("/dev/shm"), Path(tempfile.gettempdir())}:
        for owner in folder.glob(f"{PREFIX}*/{OWNER}"):
            with suppress(OSError, ValueError, PlatsError):  # another user's, or removed by another run meanwhile
                pid, began = owner.read_text().split()
                if _began(int(pid)) != began:
                    EmbeddedPostgres(owner.parent).stop()
                    shutil.rmtree(owner.parent)


def _began(pid: int) -> str:
    """When a process began (in the kernel's ticks), which tells it from a later one of the same number; "-" if gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return "-"


def _quickest_folder() -> str | None:
    """Memory where there is plenty (a database is made in 10 ms there, 300 on a disk), or the usual place."""
    memory = "/dev/shm"
    return memory if Path(memory).exists() and shutil.disk_usage(memory).free > 2 * 2**30 else None


@contextmanager
def _database(server: str, template: str) -> Iterator[str]:
    name = f"plats_test_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
