"""Where a program's CPU goes: looked at as it has used a millisecond more, or as often as the system's clock allows.

Python lets us look where a function begins or a loop turns, so whose code it is and within what is told, and no lines.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType

_EACH = 0.001
_ROOT = Path(__file__).parents[1]
_PACKAGES = "/site-packages/"
_ALIKE = {"werkzeug": "flask", "flask_smorest": "flask", "jinja2": "flask", "psycopg_pool": "psycopg"}
"""What comes with a library counts as the library."""
_ROOMS = "infrastructure"
_LAYERS = tuple(f"{_ROOT}/{layer}/" for layer in ("domain", "application", _ROOMS, "web"))
_MEASURING = f"{_ROOT}/bench/"
"""Who measures, and whoever that runs for, is not looked at."""


class Samples:
    """How often whose code was at work, and within which functions of ours."""

    def __init__(self) -> None:
        self.taken = 0
        self._parts: Counter[str] = Counter()
        self._within: Counter[CodeType] = Counter()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Look while the block lasts; only the main thread can, and is looked at."""
        before = signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, _EACH, _EACH)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def parts(self) -> Mapping[str, float]:
        """The share of each layer, room of infrastructure and library; Python's own library counts as its caller."""
        return self._shares(self._parts, 0.005)

    def within(self, least: float = 0.08) -> Mapping[str, float]:
        """Functions of ours with all that they call, from this share upwards; those within others are told as well."""
        return self._shares({_name(code): taken for code, taken in self._within.items()}, least)

    def _look(self, _: int, frame: FrameType | None) -> None:
        if frame is None:
            return
        self.taken += 1
        part, seen = "", set[CodeType]()
        while frame is not None and not frame.f_code.co_filename.startswith(_MEASURING):
            code, frame = frame.f_code, frame.f_back
            part = part or _part(code.co_filename)
            if _is_ours(code.co_filename):
                seen.add(code)
        self._parts[part or "python"] += 1
        self._within.update(seen)

    def _shares(self, counted: Mapping[str, int], least: float) -> Mapping[str, float]:
        shares = {name: round(number / self.taken, 3) for name, number in counted.items()} if self.taken else {}
        return dict(sorted(((name, each) for name, each in shares.items() if each >= least), key=lambda one: -one[1]))


def _part(file: str) -> str:
    """Whose code it is; empty where it is Python's."""
    if _PACKAGES in file:
        package = file.rpartition(_PACKAGES)[2].partition("/")[0].removesuffix(".py")
        return _ALIKE.get(package, package)
    if not _is_ours(file):
        return ""
    layer, *rooms = Path(file).relative_to(_ROOT).parts
    return f"{layer}/{rooms[0]}" if layer == _ROOMS else layer


def _is_ours(file: str) -> bool:
    return file.startswith(_LAYERS)


def _name(code: CodeType) -> str:
    return f"{Path(code.co_filename).relative_to(_ROOT)}: {code.co_qualname}"
