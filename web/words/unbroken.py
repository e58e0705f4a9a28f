"""Times of day on pages: "09.00–12.00" stays on one line, also where the line is short."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ParamSpec

from markupsafe import Markup, escape

P = ParamSpec("P")

_CLOCK = r"\d\d[.:]\d\d(?: \([^)]+\))?"
_FROM_TO = re.compile(rf"{_CLOCK}–{_CLOCK}")


def unbroken(words: Callable[P, str]) -> Callable[P, Markup]:
    """The same words for a page, where no line ends within a pair of times."""

    def held_together(*given: P.args, **named: P.kwargs) -> Markup:
        safe = str(escape(words(*given, **named)))
        return Markup(_FROM_TO.sub(r'<span class="short">\g<0></span>', safe))  # noqa: S704 - escaped just above

    return held_together
