"""The journal of erasures, beside the keys: whoever has been erased is erased again when an older backup is put back.

It holds names of keys, which are ids, and instants; nothing that is anybody's.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from infrastructure.keys.key_name import KeyName

NAME = "erased"


class Erasure(NamedTuple):
    """Which key was destroyed, and when (UTC, ISO 8601)."""

    key: KeyName
    at: str


class ErasureJournal:
    """A file of the key folder that only grows, a line for each destroyed key."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def read(self) -> list[Erasure]:
        """All of them, in the order they were written; a line that a crash has cut off is none."""
        try:
            return list(read_lines(self.path.read_bytes()))
        except FileNotFoundError:
            return []

    def add(self, erasures: Iterable[Erasure]) -> None:
        """Write these at the end, for good."""
        lines = "".join(f"{json.dumps([*map(str, each.key), each.at])}\n" for each in erasures)
        if not lines:
            return
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "ab") as file:
            file.write(f"\n{lines}".encode() if file.tell() else lines.encode())
            file.flush()
            os.fsync(file.fileno())


def read_lines(content: bytes) -> Iterator[Erasure]:
    """The erasures that a journal's bytes tell of."""
    for line in content.splitlines():
        try:
            scope, subject, period, at = json.loads(line)
            yield Erasure(KeyName(scope, UUID(subject), period), at)
        except ValueError:
            continue
