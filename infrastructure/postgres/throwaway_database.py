"""A database for one occasion, on the server that is there: made with Plats's shape, dropped afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from infrastructure.kernel.clock import new_id
from infrastructure.postgres.connections import connected
from infrastructure.postgres.database import DatabaseUnreachable
from infrastructure.postgres.migrations import migrate


@contextmanager
def throwaway_database(server_url: str) -> Iterator[str]:
    """The address of a fresh database beside the one that is named; whoever is connected at the end is cut off.

    Raises DatabaseUnreachable where the server does not answer or lets nobody make databases.
    """
    name = f"plats_throwaway_{new_id().hex}"
    try:
        _execute(server_url, SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(name)))
    except psycopg.Error as trouble:
        why = str(trouble).strip().splitlines()[0]
        raise DatabaseUnreachable(
            f"No database can be made on the server ({why}): see that it runs, and that its role may create databases."
        ) from trouble
    try:
        url = urlsplit(server_url)._replace(path=f"/{name}").geturl()
        migrate(url)
        yield url
    finally:
        _execute(server_url, SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def _execute(url: str, statement: Composed) -> None:
    with connected(url) as connection:
        connection.execute(statement)
