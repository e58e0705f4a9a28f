"""The development over meetings, a picture for each column: what may be shown of each round, drawn as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from application.learning.queries.learning import LearningView
from application.learning.queries.round import RoundShown
from domain.learning.disclosure import Figure, Grade
from domain.learning.round import Column

HEIGHT, STEP, BAR = 112, 50, 34
"""Of a picture, of a round in it, and of its bar, in units of the drawing."""
_TOP, _LABELS = 8, 22
_HALVES = 2


@dataclass(frozen=True)
class Piece:
    """A part of a bar: how many percent answered so."""

    grade: Grade
    x: float
    y: float
    width: float
    height: float
    percent: int


@dataclass(frozen=True)
class Mark:
    """A line where the mean lies, of a round whose distribution is not told; of the reader's organisation, a dot."""

    x: float
    y: float


@dataclass(frozen=True)
class Step:
    """A round in the picture."""

    start_at: datetime | None
    x: float
    pieces: tuple[Piece, ...]
    mean: Mark | None
    own: Mark | None
    figure: Figure | None


@dataclass(frozen=True)
class Picture:
    """One column over the meetings."""

    column: Column
    width: int
    height: int
    baseline: int
    steps: tuple[Step, ...]


def pictures_of(view: LearningView) -> tuple[Picture, ...]:
    """A picture for each column of the rounds whose figures are fixed; none while there are none."""
    rounds = [each for each in view.rounds if each.is_fixed]
    return tuple(_picture(column, rounds) for column in Column) if rounds else ()


def _picture(column: Column, rounds: Sequence[RoundShown]) -> Picture:
    steps = []
    for no, one in enumerate(rounds):
        shown = next(each for each in one.columns if each.column is column)
        x = no * STEP + (STEP - BAR) / 2
        has_parts = shown.figure is not None and shown.figure.answers is not None
        mean = None if shown.figure is None or has_parts else Mark(x, _y(shown.figure.mean))
        own = None if shown.own is None else Mark(x + BAR / 2, _y(shown.own.mean))
        steps.append(Step(one.start_at, x, _pieces(shown.figure, x), mean, own, shown.figure))
    return Picture(column, len(rounds) * STEP, _TOP + HEIGHT + _LABELS, _TOP + HEIGHT, tuple(steps))


def _pieces(figure: Figure | None, x: float) -> tuple[Piece, ...]:
    if figure is None or figure.answers is None:
        return ()
    pieces, bottom = [], float(_TOP + HEIGHT)
    for grade, count in zip(Grade, (figure.poor or 0, figure.medium or 0, figure.good or 0), strict=True):
        height = HEIGHT * count / figure.answers
        bottom -= height
        if count:
            percent = (count * 200 + figure.answers) // (_HALVES * figure.answers)
            pieces.append(Piece(grade, x, round(bottom, 1), BAR, round(max(height - 1, 0.5), 1), percent))
    return tuple(pieces)


def _y(mean: int) -> float:
    """Where a mean of 1 to 3 (in hundredths) lies: 1 at the foot, 3 at the top."""
    return round(_TOP + HEIGHT * (300 - mean) / 200, 1)
