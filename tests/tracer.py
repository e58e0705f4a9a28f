"""What a stranger reads who follows one way through the product: the functions that ran, by file, with their lines."""

from __future__ import annotations

import ast
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).parents[1]
LAYERS = "domain", "application", "web"
APART = (
    "domain/kernel/",
    "application/kernel/",
    "web/kernel/",
    "web/pages/kernel/",
    "web/api/kernel/",
    "web/words/",
    "web/app.py",
    "application/access/",
    "application/insight/rests_on/",
)
"""Kernel values, and the frame of every page and every call: who asks, what a form rests on, errors, the answer.

What each form rests on is named in one table (`web.kernel.rests_on`) and read by one function of
`application.insight.rests_on` (some five lines), for every form in the same way.
"""


@dataclass
class Way:
    """Which lines of function bodies belong to the functions that ran, by file of the product."""

    name: str
    lines: dict[str, set[int]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    """Files that have been met on the way before."""

    def beyond(self, frame: Way) -> Way:
        """Without the functions that run on another way, too: what every page, call or fact goes through."""
        rest = {path: mine - frame.lines.get(path, set()) for path, mine in self.lines.items()}
        return Way(self.name, {path: mine for path, mine in rest.items() if mine})

    def on_top_of(self, earlier: Way) -> Way:
        """What this way adds for whoever has read the earlier one: its lines, and files that are not known yet."""
        return replace(self.beyond(earlier), known=frozenset(earlier.lines))

    @property
    def read(self) -> dict[str, int]:
        """How many lines of each file, without what is apart."""
        return {path: len(mine) for path, mine in sorted(self.lines.items()) if not path.startswith(APART)}

    @property
    def size(self) -> tuple[int, int]:
        """Files and lines."""
        return len(self.read.keys() - self.known), sum(self.read.values())

    def told(self) -> str:
        """The way, file by file; then what stands apart."""
        rows = [f"{lines:5} {path}" for path, lines in self.read.items()]
        apart = {path: len(mine) for path, mine in sorted(self.lines.items()) if path.startswith(APART)}
        rows += [f"      apart: {lines:4} {path}" for path, lines in apart.items()]
        return "\n".join([f"{self.name}: {self.size[0]} files, {self.size[1]} lines", *rows])


@contextmanager
def traced(name: str, *without: str) -> Iterator[Way]:
    """Everything of the product that runs meanwhile in this thread, and in threads that begin meanwhile.

    `without`: folders or files; what they do and call is another way.
    """
    way, seen = Way(name), set[CodeType]()

    def note(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event != "call" or code in seen:
            return
        path = _path(code)
        if path.startswith(LAYERS) and path.endswith(".py"):
            if without and any(_path(each).startswith(without) for each in _callers(frame)):
                return
            way.lines.setdefault(path, set()).update(_body_of(path, code.co_firstlineno))
        seen.add(code)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield way
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def _path(code: CodeType) -> str:
    return code.co_filename.removeprefix(f"{ROOT}/")


def _callers(frame: FrameType | None) -> Iterator[CodeType]:
    """The function itself, who called it, and so on."""
    while frame is not None:
        yield frame.f_code
        frame = frame.f_back


def _body_of(path: str, line: int) -> set[int]:
    """The lines of the innermost function around a line: its body, without the docstring and empty lines."""
    return next((body for first, last, body in _functions(path) if first <= line <= last), set())


@cache
def _functions(path: str) -> list[tuple[int, int, set[int]]]:
    """First and last line and body of each function of a file, the innermost first; class bodies are none."""
    text = (ROOT / path).read_text()
    filled = {no for no, line in enumerate(text.splitlines(), start=1) if line.strip()}
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            inside = {no for part in body for no in range(part.lineno, (part.end_lineno or part.lineno) + 1)}
            found.append((first, node.end_lineno or first, inside & filled))
    return sorted(found, key=lambda each: each[1] - each[0])
