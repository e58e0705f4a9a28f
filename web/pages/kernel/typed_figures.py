"""Figures as people type them in a form: a whole number, and a sum in kronor."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"-?[0-9]{1,9}")
_SUM = re.compile(r"([0-9]{1,12}|[0-9]{1,3}(?: [0-9]{3}){1,3}|[0-9]{1,3}(?:\.[0-9]{3}){1,3}(?=,))(?:[.,]([0-9]{0,2}))?")


def whole_of(text: str) -> int | None:
    """A whole number of nine figures at most; None for anything else."""
    told = text.replace("\N{MINUS SIGN}", "-")
    return int(told) if _WHOLE.fullmatch(told) and len(told) <= len("123456789") else None


def sum_of(text: str) -> int | None:
    """An amount in öre: "7 500,50", "7500.5", "7.500,50"; None for anything else.

    Figures stand in one run or in threes: "12 50" may be twelve and a half or a slip, and is asked about.
    """
    found = _SUM.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    return int(re.sub(r"[ .]", "", found[1])) * 100 + int((found[2] or "0").ljust(2, "0"))
