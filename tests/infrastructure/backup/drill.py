"""What the drills share: a machine with nothing on it, the command line there, the institute as it is afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner, Result

from application.people.person import ErasePerson
from domain.kernel.ids import PersonId
from infrastructure.event_store.opening import prepare
from infrastructure.jobs.erasures import copy_erasures
from infrastructure.kernel.settings import Settings
from infrastructure.postgres.embedded_postgres import EmbeddedPostgres
from tests.samples import Institute
from web.cli import plats
from web.wiring import build

NOBODY = "Acme AB – to be named"


@contextmanager
def another_server() -> Iterator[EmbeddedPostgres]:
    """A machine with nothing on it."""
    with TemporaryDirectory(prefix="plats-fresh-") as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedPostgres(Path(folder) / "home")
        try:
            yield server
        finally:
            server.stop()


def environment(url: str, keys: Path) -> dict[str, str]:
    return {"DATABASE_URL": url, "PLATS_KEYS": str(keys), "PLATS_HOME": str(keys.parent)}


def settings(url: str, keys: Path) -> Settings:
    return Settings.read(environment(url, keys))


def command(url: str, keys: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(plats, [str(word) for word in words], env=environment(url, keys))


def erase(institute: Institute, person: PersonId) -> None:
    institute.services.people.erase(institute.admin, ErasePerson(person))
    institute.catch_up()
    copy_erasures(institute.house.store)


@contextmanager
def opened(institute: Institute, url: str, keys: Path) -> Iterator[Institute]:
    """The institute as it is there."""
    house = build(prepare(settings(url, keys)), settings(url, keys), institute.clock)
    try:
        there = replace(institute, house=house)
        there.catch_up()
        yield there
    finally:
        house.close()
