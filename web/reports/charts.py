"""Pictures as SVG without script: columns by month, rows by name, steps over time.

Across in percent, so that text keeps its size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

HEIGHT = 200
"""Pixels from the highest line of the scale to the lowest."""

_TOP, _BELOW = 18, 24
_LEFT = 10.0
_ROW = 44
_MOST_TICKS = 4
_MOST_LABELS = 12
_NICE = (1, 2, 5)

Write = Callable[[int], str]


@dataclass(frozen=True)
class Bar:
    """A column: x and width in percent, y and height in pixels; `series` names which it belongs to."""

    series: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Segment:
    """A straight line: x in percent, y in pixels."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Label:
    """Words at a place: x in percent, y in pixels."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """A picture worked out: what to draw, and how high it is with its labels. `limit`: a line not to be passed."""

    ticks: tuple[Label, ...]
    labels: tuple[Label, ...]
    bars: tuple[Bar, ...] = ()
    steps: tuple[Segment, ...] = ()
    limit: float | None = None
    zero: float | None = _TOP + HEIGHT
    height: int = _TOP + HEIGHT + _BELOW
    left: float = _LEFT


def columns(series: Sequence[tuple[str, Sequence[int]]], names: Sequence[str], write: Write) -> Chart:
    """Columns side by side for each name: of every series a value; below zero they hang."""
    values = [value for _, each in series for value in each]
    scale = _Scale(min([0, *values]), max([0, *values]))
    step = (100 - _LEFT) / max(len(names), 1)
    width = step * 0.72 / max(len(series), 1)
    bars = []
    for place, (name, amounts) in enumerate(series):
        for no, value in enumerate(amounts):
            top, bottom = scale.y(max(value, 0)), scale.y(min(value, 0))
            x = _LEFT + no * step + step * 0.14 + place * width
            bars.append(Bar(name, _cut(x), _cut(top), _cut(width), _cut(bottom - top)))
    every = -(-len(names) // _MOST_LABELS)
    shown = range(0, len(names), every)
    labels = tuple(Label(_cut(_LEFT + (no + 0.5) * step), scale.below, names[no]) for no in shown)
    return Chart(scale.ticks(write), labels, tuple(bars), zero=_cut(scale.y(0)))


def rows(series: Sequence[tuple[str, Sequence[int]]], names: Sequence[str], write: Write) -> Chart:
    """A bar under each name, its values one after the other, and their sum at the end: names may be long."""
    totals = [sum(values) for values in zip(*(each for _, each in series), strict=True)]
    most = max([1, *(sum(map(abs, values)) for values in zip(*(each for _, each in series), strict=True))])
    bars, labels = [], []
    for no, (name, total) in enumerate(zip(names, totals, strict=True)):
        top, x = no * _ROW, 0.0
        labels += [Label(0, top + 14, name), Label(100, top + 14, write(total))]
        for kind, amounts in series:
            width = 100 * abs(amounts[no]) / most
            if width:
                bars.append(Bar(kind, _cut(x), top + 20, _cut(width), _ROW - 30))
            x += width
    return Chart((), tuple(labels), tuple(bars), zero=None, height=len(names) * _ROW, left=0)


def steps(points: Sequence[tuple[date, int]], last: date, limit: int, name: Callable[[date], str]) -> Chart:
    """A number that changes on days, from the first of them to `last`, under a limit."""
    first = points[0][0]
    days = max((last - first).days, 1)
    scale = _Scale(0, max([limit, 1, *(value for _, value in points)]))

    def across(day: date) -> float:
        return _cut(_LEFT + (100 - _LEFT) * min((day - first).days / days, 1))

    drawn, y = [], scale.y(0)
    for no, (day, value) in enumerate(points):
        until = points[no + 1][0] if no + 1 < len(points) else max(last, day)
        drawn.append(Segment(across(day), _cut(y), across(day), _cut(scale.y(value))))
        y = scale.y(value)
        drawn.append(Segment(across(day), _cut(y), across(until), _cut(y)))
    ends = (Label(_LEFT, scale.below, name(first)), Label(100, scale.below, name(max(last, first))))
    return Chart(scale.ticks(str), ends, steps=tuple(drawn), limit=_cut(scale.y(limit)), zero=_cut(scale.y(0)))


class _Scale:
    """From amounts to pixels, between round numbers."""

    below = _TOP + HEIGHT + 17

    def __init__(self, lowest: int, highest: int) -> None:
        self._step = _nice((highest - lowest) / _MOST_TICKS)
        self._low = lowest // self._step * self._step
        self._high = max(-(-highest // self._step) * self._step, self._low + self._step)

    def y(self, value: int) -> float:
        """How far down a value stands."""
        return _TOP + HEIGHT * (self._high - value) / (self._high - self._low)

    def ticks(self, write: Write) -> tuple[Label, ...]:
        """The lines of the scale with what they stand for."""
        values = range(self._low, self._high + 1, self._step)
        return tuple(Label(_LEFT, _cut(self.y(value)), write(value)) for value in values)


def _nice(least: float) -> int:
    """The smallest round number (1, 2 or 5 and noughts) that is at least so much."""
    power = 1
    while True:
        for digit in _NICE:
            if digit * power >= least:
                return digit * power
        power *= 10


def _cut(number: float) -> float:
    return round(number, 2)
