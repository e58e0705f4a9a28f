"""Files of material as they are kept: for each item by what they are, in the database, so that a backup has them."""

from __future__ import annotations

from uuid import UUID

from application.programme.material_file import FileShelf
from infrastructure.event_store.store import Store

_KEEP = """
insert into material_file (material_id, digest, content) values (%s, %s, %s)
on conflict (material_id, digest) do nothing"""


class KeptFiles(FileShelf):
    """A file that was kept for an item whose publishing was then refused is named by no event, and read by nobody."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, material_id: UUID, digest: str, content: bytes) -> None:
        """As it came."""
        self._store.execute(_KEEP, [material_id, digest, content])

    def find(self, material_id: UUID, digest: str) -> bytes | None:
        """By both: what was replaced is not found."""
        found = "select content from material_file where material_id = %s and digest = %s"
        rows = self._store.query(found, [material_id, digest])
        return bytes(rows[0][0]) if rows else None

    def drop(self, material_id: UUID, but: str = "") -> None:
        """All of it but that."""
        self._store.execute("delete from material_file where material_id = %s and digest <> %s", [material_id, but])
