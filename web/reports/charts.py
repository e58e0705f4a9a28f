"""Pictures as SVG without script: columns by month, rows by name, a whole in parts, steps over time.

Across in percent, so that text keeps its size. A bar may lead to what it is made of, and has a name then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

HEIGHT = 200
"""Pixels from the highest line of the scale to the lowest."""

_TOP, _BELOW = 18, 24
_LEFT = 10.0
_ROW = 44
_MOST_TICKS = 4
_MOST_LABELS = 12
_LEAST = 0.8
_ACROSS = 1000
"""How finely the line of steps is drawn from left to right; what is smaller is not seen."""
_FINE = 4
_NICE = (1, 2, 5)

Write = Callable[[int], str]
Leads = Sequence[Sequence[tuple[str, str]]]
"""Of every series, what each of its bars is called and where it leads."""


@dataclass(frozen=True)
class Bar:
    """A column: x and width in percent, y and height in pixels; `series` names which it belongs to."""

    series: str
    x: float
    y: float
    width: float
    height: float
    name: str = ""
    href: str = ""


@dataclass(frozen=True)
class Segment:
    """A straight line: x in percent, y in pixels."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Label:
    """Words at a place: x in percent, y in pixels. `is_between`: the next ones are enough where there is no room."""

    x: float
    y: float
    text: str
    is_between: bool = False


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

    @property
    def leads(self) -> bool:
        """Whether a bar leads somewhere."""
        return any(each.href for each in self.bars)

    @property
    def path(self) -> str:
        """The line of its steps, from the left edge (0) to the right (1000), as the path of an SVG."""
        return "".join(_turns(self.steps, self.left))


def columns(
    series: Sequence[tuple[str, Sequence[int]]], names: Sequence[str], write: Write, leads: Leads = ()
) -> Chart:
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
            lead = leads[place][no] if leads else ("", "")
            bars.append(Bar(name, _cut(x), _cut(top), _cut(width), _cut(bottom - top), *lead))
    every = max(1, -(-len(names) // _MOST_LABELS))
    shown = range(0, len(names), every)
    labels = tuple(
        Label(_cut(_LEFT + (no + 0.5) * step), scale.below, names[no], (shown[-1] - no) // every % 2 == 1)
        for no in shown
    )
    return Chart(scale.ticks(write), labels, tuple(bars), zero=_cut(scale.y(0)))


def rows(series: Sequence[tuple[str, Sequence[int]]], names: Sequence[str], write: Write, leads: Leads = ()) -> Chart:
    """A bar under each name, its values one after the other, and their sum at the end: names may be long."""
    totals = [sum(values) for values in zip(*(each for _, each in series), strict=True)]
    most = max([1, *(sum(map(abs, values)) for values in zip(*(each for _, each in series), strict=True))])
    bars, labels = [], []
    for no, (name, total) in enumerate(zip(names, totals, strict=True)):
        top, x = no * _ROW, 0.0
        labels += [Label(0, top + 14, name), Label(100, top + 14, write(total))]
        for place, (kind, amounts) in enumerate(series):
            width = 100 * abs(amounts[no]) / most
            if width:
                lead = leads[place][no] if leads else ("", "")
                bars.append(Bar(kind, _cut(x), top + 20, _cut(width), _ROW - 30, *lead))
            x += width
    return Chart((), tuple(labels), tuple(bars), zero=None, height=len(names) * _ROW, left=0)


def parts(amounts: Sequence[tuple[str, int]], leads: Sequence[tuple[str, str]], height: int = 26) -> Chart:
    """A whole in parts after each other, each of a kind of its own: a bar as wide as the page. Nothing is below zero.

    `leads`: what each part is called and where it leads. However small, a part is seen.
    """
    whole = sum(max(amount, 0) for _, amount in amounts)
    bars, x = [], 0.0
    for (kind, amount), lead in zip(amounts, leads, strict=True):
        if amount > 0:
            width = max(100 * amount / whole, _LEAST)
            bars.append(Bar(kind, x, 1, width, height - 2, *lead))
            x += width
    fitted = tuple(replace(each, x=_cut(each.x * 100 / x), width=_cut(each.width * 100 / x)) for each in bars)
    return Chart((), (), fitted, zero=None, height=height, left=0)


def steps(points: Sequence[tuple[date, int]], last: date, limit: int, name: Callable[[date], str]) -> Chart:
    """A number that changes on days, from the first of them to `last`, under a limit."""
    first = points[0][0]
    scale = _Scale(0, max([limit, 1, *(value for _, value in points)]))
    drawn = tuple(_level(points, (first, last), _LEFT, scale.y))
    ends = (Label(_LEFT, scale.below, name(first)), Label(100, scale.below, name(max(last, first))))
    return Chart(scale.ticks(str), ends, steps=drawn, limit=_cut(scale.y(limit)), zero=_cut(scale.y(0)))


def small_steps(points: Sequence[tuple[date, int]], first: date, last: date, limit: int, height: int = 48) -> Chart:
    """As `steps`, but small, from a day of one's own and without a scale: to be seen beside others of its kind."""
    most = max([limit, 1, *(value for _, value in points)])

    def down(value: int) -> float:
        return 3 + (height - 5) * (most - value) / most

    drawn = tuple(_level(points, (min([first, *(day for day, _ in points)]), last), 0, down))
    return Chart((), (), steps=drawn, limit=_cut(down(limit)), zero=_cut(down(0)), height=height, left=0)


def _level(
    points: Sequence[tuple[date, int]], time: tuple[date, date], left: float, down: Callable[[int], float]
) -> Iterator[Segment]:
    """Up or down on each day, level until the next, from `left` to the right edge."""
    first, last = time[0], max(time[1], time[0] + time[0].resolution)
    days = max((last - first).days, 1)

    def across(day: date) -> float:
        return _cut(left + (100 - left) * min((day - first).days / days, 1))

    x, y = left, _cut(down(0))
    for day, value in [*points, (last, points[-1][1] if points else 0)]:
        if across(day) > x:
            yield Segment(x, y, across(day), y)
        x, y, was = across(day), _cut(down(value)), y
        if y != was:
            yield Segment(x, was, x, y)


def _turns(segments: Sequence[Segment], left: float) -> Iterator[str]:
    """The moves of a line that goes across and down: as fine as can be seen."""
    x, y = 0, segments[0].y1 if segments else 0.0
    if segments:
        yield f"M0 {y:g}"
    for each in segments:
        across = round((each.x2 - left) * _ACROSS / (100 - left) / _FINE) * _FINE
        if across != x:
            yield f"V{y:g}H{across}"
        x, y = across, each.y2
    if segments:
        yield f"V{y:g}"


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
