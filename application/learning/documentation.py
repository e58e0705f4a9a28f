"""A season's insights on paper: the same as the group reads, in the words of one language, to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Chapter:
    """A heading, paragraphs, and texts that were written by participants, without names."""

    title: str
    paragraphs: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Documentation:
    """All that stands on it. Figures are as they may be shown; nothing else is handed over."""

    title: str
    subtitle: str
    note: str
    language: str
    chapters: tuple[Chapter, ...]


class InsightsPress(Protocol):
    """Sets it."""

    def set(self, documentation: Documentation) -> bytes:
        """A PDF."""
