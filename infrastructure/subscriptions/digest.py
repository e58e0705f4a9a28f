"""The digest of a table: every row in the order of its key, to the byte, however many there are."""

from __future__ import annotations

import hashlib

from infrastructure.postgres.connections import Connection
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Table


def digest(connection: Connection, table: Table, beside: str = "") -> str:
    """SHA-256 over all rows; equal for tables with equal rows. The connection speaks UTC, as all of ours do."""
    seen = hashlib.sha256()
    place, names = f"{table.schema}{beside}.{table.name}", ", ".join(table.columns)
    rows = f"copy (select {names} from {place} order by {', '.join(table.key)}) to stdout"  # noqa: S608  # names in code
    with connection.cursor() as cursor, cursor.copy(rows.encode()) as lines:
        for line in lines:
            seen.update(line)
    return seen.hexdigest()


def digests(connection: Connection, projection: Projection, beside: str = "") -> dict[str, str]:
    """The digest of each table of a projection, by name."""
    return {str(table): digest(connection, table, beside) for table in projection.tables}
