"""Rows of an export that are no entries of the account: nothing booked yet, a balance, sums and lines at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from infrastructure.bank.layouts import Columns

_UNBOOKED = (
    "reserv", "vänta", "venter", "prel", "pend", "kommande", "upcoming", "scheduled", "planer", "planned", "bevak",
    "under behandling", "behandlas", "processing", "in progress", "ej ", "inte ", "ikke ", "not ", "avvis", "avslag",
    "avbr", "reject", "declin", "misslyck", "mislyk", "fail", "makul", "cancel", "annul", "revert", "expired",
    "odottaa", "peru", "varaus", "unbooked", "obokförd",
)  # fmt: skip
"""Where such a word begins the day or the status, nothing is booked: day, text and sum may still change, or nothing
will come of it."""

_WORDS = re.compile(r"[^\W\d_]+")
_BALANCE = re.compile(
    r"(?:(?:ing|utg|ingående|utgående|inngående|indgående|opening|closing|starting|ending|bokfört|booked|aktuellt"
    r"|disponibelt|available) )?(?:saldo|balans|balance)"
    r"(?: (?:sek|kr|per|den|at|on|as of|(?:brought|carried) forward))*"
)
_SUMMED = re.compile(r"\b(?:summa|delsumma|totalt?|subtotal|sum|antal|netto|net|i alt|yhteensä)\b")
"""At the end of some exports, without a day."""


def why_passed(columns: Columns, row: Sequence[str], amount: str) -> str:
    """pending, balance or other; "" for an entry. `amount`: what is written as its sum."""
    day, status = (columns.cell(row, name).casefold() for name in ("day", "status"))
    words = columns.text(row).casefold()
    if day.startswith(_UNBOOKED) or status.startswith(_UNBOOKED) or words.startswith("prel "):
        return "pending"
    if not amount:
        return "balance" if columns.cell(row, "balance") else "other"
    if _is_balance(columns, row, words):
        return "balance"
    if any(map(str.isdecimal, day)) and not _SUMMED.match(day):
        return ""
    said = " ".join((words, columns.cell(row, "reference").casefold(), *(cell.casefold() for cell in row)))
    return "balance" if "saldo" in said else "other" if _SUMMED.search(said) else ""


def _is_balance(columns: Columns, row: Sequence[str], words: str) -> bool:
    """Whether nothing is said but that it is a balance: its sum is no entry, though it has a day."""
    told = words or columns.cell(row, "reference").casefold()
    is_named = bool(columns.cell(row, "payer"))
    return not is_named and bool(_BALANCE.fullmatch(" ".join(_WORDS.findall(told))))
