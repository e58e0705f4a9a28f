"""The name of a data key."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID


class KeyName(NamedTuple):
    """Which data key: of a person (no period), or of an organiser's bookkeeping year."""

    scope: str
    subject: UUID
    period: str
