"""Where a bench measures: a database, keys and a home of its own, all gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from infrastructure.kernel.settings import Settings
from infrastructure.postgres.database import database_url
from infrastructure.postgres.throwaway_database import throwaway_database


@contextmanager
def apart(settings: Settings, workers: int = 1, threads: int = 4) -> Iterator[Settings]:
    """The settings with everything in them that is written to made anew, on the server that they name."""
    with throwaway_database(database_url(settings)) as url, TemporaryDirectory(prefix="plats-bench-") as folder:
        home = Path(folder)
        yield replace(
            settings,
            database_url=url,
            home=home,
            keys=home / "keys",
            host="127.0.0.1",
            workers=workers,
            threads=threads,
        )
