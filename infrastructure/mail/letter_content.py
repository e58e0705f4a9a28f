"""What stands in a letter while it is kept: facts and attachments as one ciphertext, beside the sealed address."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from application.mail.letters import Agreed, Attachment, Invitation, Letter
from domain.kernel.personal import Encrypted
from infrastructure.keys.keyring import DataKey, Keyring, name_of


class Content(msgspec.Struct, frozen=True):
    """The two ciphertexts of a letter; one key opens both."""

    address: Encrypted
    inside: Encrypted


class Inside(msgspec.Struct, frozen=True):
    """What is told, in clear."""

    facts: dict[str, str]
    attachments: tuple[Attachment, ...] = ()
    invitation: Invitation | None = None
    agreed: Agreed | None = None


class Opened(msgspec.Struct, frozen=True):
    """A letter in clear: to which address, and what is told."""

    address: str
    facts: Mapping[str, str]
    attachments: tuple[Attachment, ...]
    invitation: Invitation | None = None
    agreed: Agreed | None = None


def sealed_content(letter: Letter, address: Encrypted, key: DataKey) -> bytes:
    """The content as it is kept."""
    told = Inside(dict(letter.facts), letter.attachments, letter.invitation, letter.agreed)
    inside = msgspec.json.encode(told).decode()
    return msgspec.json.encode(Content(address, key.encrypt(name_of(address), "letter", inside)))


def opened_content(content: bytes, keyring: Keyring) -> Opened | None:
    """The content in clear; None once its key has been destroyed."""
    kept = msgspec.json.decode(content, type=Content)
    address, told = keyring.decrypt_many([kept.address, kept.inside])
    if address is None or told is None:
        return None
    inside = msgspec.json.decode(told, type=Inside)
    return Opened(address, inside.facts, inside.attachments, inside.invitation, inside.agreed)
