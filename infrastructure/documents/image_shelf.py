"""Pictures as they are kept: by what they are, once each. Those of people are encrypted, and gone when they are."""

from __future__ import annotations

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.kernel.image import ImageShelf, Made
from infrastructure.event_store.store import Store

_KEEP = """
insert into image (digest, width, media_type, content, owner) values (%s, %s, %s, %s, %s)
on conflict (digest, width) do nothing"""
_FIND = """
select content from image where digest = %s and (width = %s or %s) and (owner is not null) = %s
order by width desc limit 1"""
_DROP = "delete from image where owner = %s and digest <> %s"
_NONCE = 12


class KeptImages(ImageShelf):
    """In the database, so that a backup has them with what names them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, made: Made, owner: UUID | None = None, secret: str = "") -> None:
        """Each width by itself."""
        digest = made.image.digest
        for width, content in made.by_width.items():
            kept = _sealed(content, secret, digest) if secret else content
            self._store.execute(_KEEP, [digest, width, made.media_type, kept, owner])

    def find(self, digest: str, width: int | None = None, secret: str = "") -> bytes | None:
        """What is of a person is found with its secret only, what is not without."""
        rows = self._store.query(_FIND, [digest, width or 0, width is None, bool(secret)])
        content = bytes(rows[0][0]) if rows else None
        return content if content is None or not secret else _opened(content, secret, digest)

    def drop(self, owner: UUID, but: str = "") -> None:
        """All of it but that."""
        self._store.execute(_DROP, [owner, but])


def _sealed(content: bytes, secret: str, digest: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(bytes.fromhex(secret)).encrypt(nonce, content, digest.encode())


def _opened(content: bytes, secret: str, digest: str) -> bytes | None:
    try:
        return AESGCM(bytes.fromhex(secret)).decrypt(content[:_NONCE], content[_NONCE:], digest.encode())
    except InvalidTag:
        return None
