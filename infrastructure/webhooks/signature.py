"""How what is told is signed: HMAC-SHA256 over the instant and the body, by every secret that is live."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from infrastructure.keys.keyring import Keyring

PREFIX = "whsec_"


class Secrets:
    """Secrets follow from a key outside the database, the endpoint and their number there: none is kept anywhere."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def of(self, webhook_id: UUID, no: int) -> str:
        """A secret in the clear."""
        made = hmac.new(self._keyring.webhook_key(), f"{webhook_id}/{no}".encode(), hashlib.sha256).digest()
        return PREFIX + urlsafe_b64encode(made).decode().rstrip("=")

    def live(self, webhook_id: UUID, no: int, both_until: datetime | None, now: datetime) -> tuple[str, ...]:
        """The newest, and after a rotation for a while the one before."""
        numbers = (no, no - 1) if both_until is not None and now < both_until and no > 1 else (no,)
        return tuple(self.of(webhook_id, each) for each in numbers)


def signed(body: bytes, secrets: Iterable[str], now: datetime) -> str:
    """The header: `t` is the instant in seconds, each `v1` the HMAC of "t.body" by one secret, in hexadecimal."""
    instant = str(int(now.timestamp()))
    told = instant.encode() + b"." + body
    marks = [hmac.new(secret.encode(), told, hashlib.sha256).hexdigest() for secret in secrets]
    return ",".join([f"t={instant}", *(f"v1={mark}" for mark in marks)])
