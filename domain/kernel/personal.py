"""Personal data as the domain sees it: ciphertext that it carries and never reads (GDPR art. 17 by destroyed keys)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID


@dataclass(frozen=True)
class Encrypted:
    """One personal value, encrypted under the key of its subject.

    `scope` "person": the key is destroyed when the person is erased. `scope` "ledger": the key of an organiser's
    bookkeeping year (`period`), destroyed by the calendar only (bokföringslagen 7:2). `field` is part of what is
    authenticated, so a value moved to another field or person cannot be opened.
    """

    scope: Literal["person", "ledger"]
    subject: UUID
    period: str
    field: str
    blob: bytes

    def __repr__(self) -> str:
        return f"<sealed {self.field}>"
