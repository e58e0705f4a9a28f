"""What many tests begin with is made once in a process and kept as a database to copy, with the keys that open it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

T = TypeVar("T")


class Furnishings:
    """Databases to copy, by what they are of; `clear` drops them."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[str, Path, Any]] = {}

    def furnish(self, kind: str, database_url: str, keys: Path, make: Callable[[], T]) -> T:
        """Fill a fresh database, to which nobody is connected, as `make` does; what it told is told again."""
        server = urlsplit(database_url)._replace(path="/postgres").geturl()
        name = urlsplit(database_url).path[1:]
        if (kind, server) in self._kept:
            template, kept_keys, told = self._kept[kind, server]
            _execute(server, "DROP DATABASE {} WITH (FORCE)", name)
            _execute(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
            shutil.copytree(kept_keys, keys, dirs_exist_ok=True)
            return cast(T, told)
        told = make()
        template, kept_keys = f"plats_test_{kind}_{uuid4().hex}", Path(mkdtemp(prefix="plats-test-keys-"))
        _execute(server, "CREATE DATABASE {} TEMPLATE {}", template, name)
        shutil.copytree(keys, kept_keys, dirs_exist_ok=True)
        self._kept[kind, server] = template, kept_keys, told
        return told

    def clear(self) -> None:
        """Leave nothing behind."""
        for (_, server), (template, keys, _) in self._kept.items():
            _execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", template)
            shutil.rmtree(keys)
        self._kept.clear()


FURNISHINGS = Furnishings()
"""This process's."""


def _execute(server: str, statement: str, *names: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL(cast(Any, statement)).format(*map(Identifier, names)))
