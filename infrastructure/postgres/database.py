"""Which PostgreSQL this installation remembers in: the one that was named, or Plats's own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import psycopg

from domain.kernel.errors import PlatsError
from infrastructure.postgres.migrations import migrate
from infrastructure.settings import Settings

if TYPE_CHECKING:
    from infrastructure.postgres.embedded_postgres import EmbeddedPostgres


class DatabaseUnreachable(PlatsError):
    """There is no database where it should be."""


def own_server(settings: Settings) -> EmbeddedPostgres:
    """The server that Plats runs itself when none was named.

    Raises DatabaseUnreachable on a system that it cannot run on.
    """
    if sys.platform == "win32":
        raise DatabaseUnreachable("Plats brings no PostgreSQL to Windows: set DATABASE_URL to a server's address.")
    from infrastructure.postgres.embedded_postgres import EmbeddedPostgres

    return EmbeddedPostgres(settings.home)


def database_url(settings: Settings) -> str:
    """Answer with the database's address, starting Plats's own server if none was named.

    Raises DatabaseUnreachable or EmbeddedPostgresUnavailable, saying what to do.
    """
    return settings.database_url or own_server(settings).ensure()


def is_empty(url: str) -> bool:
    """Whether no organiser has been founded in this database."""
    with psycopg.connect(url) as connection:
        return not connection.execute("select 1 from claim where kind = 'organiser' limit 1").fetchall()


def prepare(settings: Settings) -> str:
    """Answer with the address of a database that has the shape this version wants.

    Raises what database_url and migrate raise, and DatabaseUnreachable if a named server does not answer.
    """
    url = database_url(settings)
    try:
        migrate(url)
    except psycopg.OperationalError as trouble:
        raise DatabaseUnreachable(
            f"PostgreSQL cannot be used ({str(trouble).strip().splitlines()[0]}): see that the server runs and that "
            "DATABASE_URL is right."
        ) from trouble
    return url
