"""Encryption of personal data: a data key for each person and bookkeeping year, destroyed to forget them."""

from __future__ import annotations

import hashlib
import hmac
import os
import threading
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.kernel.errors import RuleBroken
from domain.kernel.personal import Encrypted
from infrastructure.keys.key_files import KeyFiles
from infrastructure.keys.key_name import KeyName
from infrastructure.postgres.columns import columns_of

TTL = 30.0
"""Seconds that a process remembers a key: the longest that a destroyed key lives on."""

MOST_KEPT = 4_000
"""How many keys a process remembers: so many people are on its pages within that time, and a key takes a kilobyte."""

_NONCE = 12
_KEYS = """
select scope, subject, period, epoch, wrapped from data_key
where (scope, subject, period) in (select * from unnest(%b::text[], %b::uuid[], %b::text[]))"""

Query = Callable[[str, Sequence[Any]], list[Any]]


class KeyDestroyed(RuleBroken):
    """The person (or year) has been erased; nothing can be encrypted for them again (`subject`)."""


class DataKey:
    """A data key in the clear, for as long as a process may remember it."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret
        self._cipher = AESGCM(secret)

    def encrypt(self, name: KeyName, field: str, value: str) -> Encrypted:
        """Encrypt a value for this field of this subject."""
        nonce = os.urandom(_NONCE)
        blob = nonce + self._cipher.encrypt(nonce, value.encode(), _bound_to(name, field))
        return Encrypted("ledger" if name.scope == "ledger" else "person", name.subject, name.period, field, blob)

    def decrypt(self, value: Encrypted) -> str:
        """The value in clear. Raises InvalidTag for a value of another field, subject or key."""
        bound_to = _bound_to(name_of(value), value.field)
        return self._cipher.decrypt(value.blob[:_NONCE], value.blob[_NONCE:], bound_to).decode()


class Keyring:
    """Finds, makes, wraps and forgets data keys. Reads through the query it is given; writes only in `rotate`."""

    def __init__(self, files: KeyFiles, query: Query) -> None:
        self._files = files
        self._query = query
        self._known: dict[KeyName, tuple[DataKey, float]] = {}
        self._lock = threading.Lock()

    def find(self, names: Iterable[KeyName], query: Query | None = None) -> dict[KeyName, DataKey | None]:
        """The keys that exist, None for the destroyed; names that never had a key are missing."""
        wanted, now = set(names), time.monotonic()
        known = ((name, self._known.get(name)) for name in wanted)
        keys: dict[KeyName, DataKey | None] = {name: kept[0] for name, kept in known if kept and kept[1] > now}
        unknown = wanted - keys.keys()
        if unknown:
            rows = (query or self._query)(_KEYS, columns_of(unknown))
            found = {(name := KeyName(*row[:3])): self._unwrap(name, *row[3:]) for row in rows}
            self.remember({name: key for name, key in found.items() if key is not None})
            keys |= found
        return keys

    def mint(self, name: KeyName) -> tuple[DataKey, int, bytes]:
        """A new key, with its epoch and wrapping; it exists once what uses it has been recorded."""
        key, epoch = DataKey(AESGCM.generate_key(256)), self._files.current()
        wrapped = self.wrap(name, key.secret, epoch)
        return key, epoch, wrapped

    def wrap(self, name: KeyName, secret: bytes, epoch: int) -> bytes:
        """The key as the database may hold it."""
        epoch_key = self._files.epoch_key(epoch)
        if epoch_key is None:
            raise KeyDestroyed(epoch=epoch)
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(epoch_key).encrypt(nonce, secret, _bound_to(name, str(epoch)))

    def unwrap(self, name: KeyName, epoch: int | None, wrapped: bytes | None) -> bytes | None:
        """The secret, or None when it, or its epoch's key, has been destroyed."""
        epoch_key = None if epoch is None else self._files.epoch_key(epoch)
        if epoch_key is None or wrapped is None:
            return None
        try:
            return AESGCM(epoch_key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _bound_to(name, str(epoch)))
        except InvalidTag:
            return None

    def remember(self, keys: dict[KeyName, DataKey]) -> None:
        """Keys whose making has been recorded."""
        with self._lock:
            until = time.monotonic() + TTL
            self._known |= {name: (key, until) for name, key in keys.items()}
            if len(self._known) > MOST_KEPT:
                self._known = dict(list(self._known.items())[-MOST_KEPT // 2 :])

    def forget(self, names: Iterable[KeyName]) -> None:
        """Keys that have been destroyed."""
        with self._lock:
            for name in names:
                self._known.pop(name, None)

    def decrypt(self, value: Encrypted) -> str | None:
        """The value in clear; None when its key has been destroyed."""
        return self.decrypt_many([value])[0]

    def decrypt_many(self, values: Sequence[Encrypted | None], query: Query | None = None) -> list[str | None]:
        """Many values at once, in order, by one question to the database at most."""
        names = [None if value is None else name_of(value) for value in values]
        keys = self.find({name for name in names if name is not None}, query)

        def decrypted(value: Encrypted | None, name: KeyName | None) -> str | None:
            key = None if name is None else keys.get(name)
            return None if value is None or key is None else key.decrypt(value)

        return [decrypted(value, name) for value, name in zip(values, names, strict=True)]

    def blind_index(self, text: str) -> str:
        """A keyed digest, equal for values that differ only in case, width or space around them."""
        plain = unicodedata.normalize("NFKC", text).strip().casefold()
        return hmac.new(self._files.pepper(), plain.encode(), hashlib.sha256).hexdigest()

    def fingerprint(self, content: str) -> bytes:
        """What is kept of a command to know it again: nobody without the pepper can tell what was in it."""
        return hmac.new(self._files.pepper(), content.encode(), hashlib.sha256).digest()

    def chain_key(self) -> bytes:
        """Under which the log is chained: whoever has the database alone cannot make the chain anew."""
        return hmac.new(self._files.pepper(), b"the log, chained", hashlib.sha256).digest()

    def link_key(self) -> bytes:
        """Under which links are signed that say something by themselves, and are kept nowhere."""
        return hmac.new(self._files.pepper(), b"links, signed", hashlib.sha256).digest()

    def names_key(self, organiser: UUID, epoch: int) -> bytes | None:
        """64 bytes under which an organiser's people stand in order; another in each epoch, destroyed with it."""
        epoch_key = self._files.epoch_key(epoch)
        if epoch_key is None:
            return None
        return hmac.new(epoch_key, b"names, in order" + organiser.bytes, hashlib.sha512).digest()

    def epoch(self) -> int:
        """The newest epoch of keys."""
        return self._files.current()

    def webhook_key(self) -> bytes:
        """Of which the secrets of webhooks are made: whoever has the database alone cannot sign for anybody."""
        return hmac.new(self._files.pepper(), b"webhooks, signed", hashlib.sha256).digest()

    def _unwrap(self, name: KeyName, epoch: int | None, wrapped: bytes | None) -> DataKey | None:
        secret = self.unwrap(name, epoch, wrapped)
        return None if secret is None else DataKey(secret)


def person_key(person: UUID) -> KeyName:
    """The name of a person's key."""
    return KeyName("person", person, "")


def ledger_key(organiser: UUID, year: int) -> KeyName:
    """The name of the key of an organiser's calendar year."""
    return KeyName("ledger", organiser, str(year))


def name_of(value: Encrypted) -> KeyName:
    """The key that decrypts it."""
    return KeyName(value.scope, value.subject, value.period)


def _bound_to(name: KeyName, what: str) -> bytes:
    return f"{name.scope}|{name.subject}|{name.period}|{what}".encode()
