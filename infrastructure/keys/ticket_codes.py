"""Codes of tickets: the ticket's own id, enciphered under a key of this house. Nothing is kept to know one again."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from domain.attendance.ticket import read, written
from domain.kernel.ids import TicketId
from infrastructure.keys.keyring import Keyring


class TicketCodes:
    """`application.attendance.ticket.Codes`: one block of AES is a permutation of ids, and each id is written once."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def code_of(self, ticket_id: TicketId) -> str:
        """The code that is printed, mailed and shown."""
        block = self._cipher().encryptor().update(ticket_id.bytes)
        return written(block)

    def ticket_in(self, code: str) -> TicketId | None:
        """Which ticket a code that was read or typed would be; None where it is no code."""
        block = read(code)
        return None if block is None else TicketId(UUID(bytes=self._cipher().decryptor().update(block)))

    def _cipher(self) -> Cipher[modes.ECB]:
        key = hmac.new(self._keyring.link_key(), b"plats.tickets.v1", hashlib.sha256).digest()
        return Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 # one block each, and no two tickets are alike
