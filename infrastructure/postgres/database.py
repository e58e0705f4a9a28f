"""Which PostgreSQL this installation remembers in: the one that was named, or Plats's own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from domain.kernel.errors import PlatsError
from infrastructure.kernel.settings import Settings

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

    Our own server is used from now on until this process ends, also where the process that started us has named it.
    Raises DatabaseUnreachable or EmbeddedPostgresUnavailable, saying what to do.
    """
    if settings.database_url is None:
        return own_server(settings).use()
    if sys.platform != "win32" and settings.database_url == own_server(settings).dsn:
        own_server(settings).use()
    return settings.database_url
