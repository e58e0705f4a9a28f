"""A season's poster: what stands on the picture by which a link to it is shown elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Shape(StrEnum):
    """How a meeting is drawn: half a disc for half a day, a whole one for a day, an outline where there is no day."""

    HALF = "half"
    WHOLE = "whole"
    MONTH = "month"
    POSTPONED = "postponed"
    TO_COME = "to_come"


@dataclass(frozen=True)
class Disc:
    """A meeting on the poster: its day where it has one, and the word under it."""

    shape: Shape
    day: str
    month: str


@dataclass(frozen=True)
class Poster:
    """All that stands on it, in words of one language; an empty `day` is one to come. Colours as "#rrggbb"."""

    network: str
    title: str
    day: str
    month: str
    weekday: str
    place: str
    organiser: str
    language: str
    accent: str
    on_accent: str
    paper: str
    discs: tuple[Disc, ...] = ()


class PosterPress(Protocol):
    """Draws posters."""

    def draw(self, poster: Poster) -> bytes:
        """The picture, PNG of 1200 × 630; the same poster gives the same bytes."""

    def mark_of(self, poster: Poster) -> str:
        """A short name that changes with whatever stands on it, or how it is drawn."""
