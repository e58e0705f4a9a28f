"""Letters that come back: the address that each is sent from, and what a notice about one says (RFC 3464)."""

from __future__ import annotations

import email
import hashlib
import hmac
import re
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from email.policy import compat32
from typing import cast
from uuid import UUID

from application.mail.bounces import Bounce, Returned
from domain.kernel.ids import PersonId
from infrastructure.event_store.store import Store
from infrastructure.keys.keyring import Keyring
from infrastructure.mail.letter_content import opened_content

MOST_BYTES = 2_000_000
_ADDRESS = re.compile(r"\bb\+([0-9a-f]{32})\.([0-9a-f]{20})@", re.IGNORECASE)
_ENVELOPE = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To")
"""Where a mail server says to which address it has really delivered, before what a forwarder may have written anew."""
_RETURNED = """
update letter set state = 'failed', error = %s where id = %s and state in ('sent', 'failed')
returning person_id, content"""


class ReturnAddresses:
    """An address for each letter, which nobody else can make: what comes there is about that letter."""

    def __init__(self, keyring: Keyring, domain: str) -> None:
        self._keyring, self._domain = keyring, domain

    def address_of(self, letter_id: UUID) -> str:
        """Where a letter comes back to; "" where nothing is taken in."""
        return f"b+{letter_id.hex}.{self._mac(letter_id.hex)}@{self._domain}" if self._domain else ""

    def letter_in(self, text: str) -> UUID | None:
        """Which letter an address is of; None for one that somebody else made."""
        for name, mac in _ADDRESS.findall(text):
            if hmac.compare_digest(self._mac(name.lower()), mac.lower()):
                return UUID(name)
        return None

    def bounce_in(self, raw: bytes) -> Bounce | None:
        """What a notice says; None for what is none, or about nothing of ours. It raises nothing, whatever it is."""
        with suppress(RecursionError):  # anybody may write there, also a mail in a mail a thousand times over
            return self._bounce_in(raw)
        return None

    def _bounce_in(self, raw: bytes) -> Bounce | None:
        if len(raw) > MOST_BYTES:
            return None
        message = email.message_from_bytes(raw, policy=compat32)
        said = (str(value) for name in _ENVELOPE for value in message.get_all(name, ()))
        letter_id = next((found for each in said if (found := self.letter_in(each)) is not None), None)
        if letter_id is None:
            return None
        return next((Bounce(letter_id, *each) for each in _told(message)), None)

    def _mac(self, name: str) -> str:
        key = hmac.new(self._keyring.link_key(), b"plats.bounces.v1", hashlib.sha256).digest()
        return hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:20]


def _told(message: Message) -> Iterator[tuple[str, str]]:
    """What was done and the status, of each recipient that a notice names."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
            continue
        for block in cast("list[Message]", part.get_payload()):
            action, status = str(block.get("Action", "")), str(block.get("Status", ""))
            if action and status:
                yield action.strip().lower()[:20], status.strip().split()[0][:20] if status.strip() else ""


class ReturnedInDatabase:
    """`application.mail.bounces.SentLetters`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def returned(self, letter_id: UUID, status: str) -> Returned | None:
        """It counts as one that failed."""
        with self._store.connections.borrow() as connection:
            rows = connection.execute(_RETURNED, [f"returned {status}", letter_id]).fetchall()
        for person_id, content in rows:
            opened = opened_content(bytes(content), self._store.keyring) if content is not None else None
            return Returned(PersonId(person_id) if person_id else None, opened.address if opened else None)
        return None
