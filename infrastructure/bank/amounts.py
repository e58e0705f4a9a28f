"""Amounts as banks write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

_MOST = Decimal(10) ** 12
"""No entry of an account is larger, in kronor: what is has been read wrongly."""

_SIGNS = str.maketrans(
    dict.fromkeys("\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}", "-")
    | dict.fromkeys("\N{RIGHT SINGLE QUOTATION MARK}\N{GRAVE ACCENT}\N{ACUTE ACCENT}", "'")
)
_WRITTEN = re.compile(r"-?(?:\d+|\d{1,3}(?P<mark>[.,' ])\d{3}(?:(?P=mark)\d{3})*)(?:[.,]\d+)?")
"""Figures in one run, or in threes with one mark between them, and then decimals."""
_THREE = re.compile(r"-?\d{1,3}[.,]\d{3}")


class Ambiguous(ValueError):
    """A mark with three figures behind it: thousands or öre, and nothing in the file tells which."""


def in_ore(text: str) -> int:
    """Kronor with at most two decimals, in öre. Raises ValueError or ArithmeticError for anything else."""
    amount = Decimal(text)
    if not amount.is_finite() or abs(amount) > _MOST:
        raise ValueError(text)
    exact = amount * 100
    if exact != int(exact):
        raise ValueError(text)
    return int(exact)


def bare(text: str) -> str:
    """An amount without its spaces and currency, its sign before it: "1 250,00- kr" is "-1250,00".

    A minus that was lost on its way through another charset stands as a question mark.
    """
    return _with_spaces(text).replace(" ", "").replace("'", "")


def _with_spaces(text: str) -> str:
    """The same with the spaces between its figures, and one sign at most."""
    kept = " ".join(text.casefold().replace("kr", "").replace("sek", "").split()).translate(_SIGNS)
    kept = kept.removesuffix(":-").rstrip()
    if kept.startswith("(") and kept.endswith(")"):
        kept = f"-{kept[1:-1]}"
    elif kept.endswith("-"):
        kept = f"-{kept[:-1]}"
    if not kept.startswith(("-", "+", "?")):
        return kept
    figures = kept[1:].strip()
    return figures.replace("-", "--") if kept[0] == "+" else f"-{figures}"


def written_in_ore(text: str, *, are_decimals: bool | None = None) -> int:
    """An amount as a bank writes it to people, in öre: the last of `.` and `,` begins the decimals.

    A single mark before just three figures begins thousands, or decimals where `are_decimals` is true.
    Raises Ambiguous where that is not known (None), ValueError for what is no amount.
    """
    if not _WRITTEN.fullmatch(_with_spaces(text)):
        raise ValueError(text)
    amount = bare(text)
    if _THREE.fullmatch(amount) and are_decimals is None:
        raise Ambiguous(text)
    whole, mark, decimals = _split(amount)
    is_single = bool(_THREE.fullmatch(amount))
    if (is_single and not are_decimals) or (len(decimals) == 3 and amount.count(mark) > 1):
        whole, decimals = whole + decimals, ""
    return in_ore(f"{whole}.{decimals or '0'}")


def _split(amount: str) -> tuple[str, str, str]:
    """What stands before the last mark without its own marks, the mark, and what stands after it."""
    place = max(amount.rfind("."), amount.rfind(","))
    if place < 0:
        return amount, "", ""
    return amount[:place].replace(".", "").replace(",", ""), amount[place], amount[place + 1 :]


def decimals_by_threes(rows: Sequence[tuple[str, str]]) -> bool | None:
    """Whether a single mark before three figures begins decimals in a file, told by its rows of amount and balance.

    One balance follows from the next by the amount, in whichever order the rows stand. Where no row tells, a figure
    that can only be read with three decimals does ("22500.000"). None: nothing tells.
    """
    if any(re.fullmatch(r"-?\d{4,}[.,]\d{3}", bare(each)) for row in rows for each in row):
        return True
    fitting = [each for each in (False, True) if _follow(list(_both(rows, are_decimals=each)))]
    return fitting[0] if len(fitting) == 1 else None


def balances_follow(rows: Sequence[tuple[str, str]]) -> bool:
    """Whether each balance follows from the one beside it by the amount, whatever a mark before three figures means."""
    return any(_follow(list(_both(rows, are_decimals=each))) for each in (False, True))


def _both(rows: Iterable[tuple[str, str]], *, are_decimals: bool) -> Iterable[tuple[int, int]]:
    for amount, balance in rows:
        try:
            yield (
                written_in_ore(amount, are_decimals=are_decimals),
                written_in_ore(balance, are_decimals=are_decimals),
            )
        except (ValueError, ArithmeticError):
            continue


def _follow(rows: Sequence[tuple[int, int]]) -> bool:
    pairs = list(pairwise(rows))
    if not pairs:
        return False
    newest_first = all(late[1] - late[0] == early[1] for late, early in pairs)
    return newest_first or all(early[1] + late[0] == late[1] for early, late in pairs)
