"""Days as banks write them to people."""

from __future__ import annotations

import re
from datetime import date

_YEAR_FIRST = re.compile(r"(\d{4})([-./ ]?)(\d{1,2})\2(\d{1,2})(?:[t ].*)?")
_SHORT = re.compile(r"(\d\d)(-?)(\d\d)\2(\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})(?: .*)?")
_NAMED = re.compile(r"(\d{1,2})\.? ([a-z]{3})[a-z]*\.? (\d{4})")
_MONTHS = {name: no for no, names in enumerate(
    ("jan", "feb", "mar", "apr", "maj may", "jun", "jul", "aug", "sep", "okt oct", "nov", "dec"), 1
) for name in names.split()}  # fmt: skip


def day_written(text: str) -> date:
    """2026-11-27, 20261127, 2026/11/27, 27.11.2026, 27/11/2026, 261127, 27 nov 2026. Raises ValueError.

    A day before a month: so it is written in Europe; what can only be the other way is refused.
    """
    told = " ".join(text.casefold().split())
    if (found := _YEAR_FIRST.fullmatch(told)) and (found[2] or len(found[3] + found[4]) == len("1127")):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := _SHORT.fullmatch(told):
        return date(2000 + int(found[1]), int(found[3]), int(found[4]))
    if found := _DAY_FIRST.fullmatch(told):
        return date(int(found[4]), int(found[3]), int(found[1]))
    if (found := _NAMED.fullmatch(told)) and found[2] in _MONTHS:
        return date(int(found[3]), _MONTHS[found[2]], int(found[1]))
    raise ValueError(text)
