"""Logos as they are kept: by what they are, once each, and never thrown away while a document may show them."""

from __future__ import annotations

from domain.people.logo import Logo
from infrastructure.store import Store

_KEEP = "insert into logo (digest, content) values (%s, %s) on conflict (digest) do nothing"
_FIND = "select content from logo where digest = %s"


class LogoShelf:
    """`application.people.logo.Logos` in the database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, logo: Logo) -> None:
        """Put a picture there; one that is there stays."""
        self._store.execute(_KEEP, [logo.digest, logo.content])

    def find(self, digest: str) -> bytes | None:
        """The picture of that name."""
        rows = self._store.query(_FIND, [digest])
        return bytes(rows[0][0]) if rows else None
