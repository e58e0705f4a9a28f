"""What the columns of banks' exports are called, as data: a heading line is found by its words, not by its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_BEFORE = 15
"""So many lines may stand before the headings: the company, the period, the account and its balance."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "day": (
        "bokföringsdag", "bokföringsdatum", "bokfdag", "bokförd", "booking date", "datum", "date", "reskontradatum",
        "reskontradag", "transaktionsdatum", "transaktionsdag", "transdag", "bokf. datum", "bokf.datum", "bokf. dag",
        "bokf.dag", "bokförd dag", "bokfört datum", "transaction date", "valutadag", "valutadatum", "value date",
    ),
    "amount": ("belopp", "insättning/uttag", "insättningar/uttag", "insatt/uttag", "summa", "amount"),
    "credit": ("insättningar", "insättning", "insatt", "kredit", "credit", "in"),
    "debit": ("uttag", "debet", "debit", "ut", "out"),
    "balance": ("saldo", "bokfört saldo", "balance"),
    "reference": ("ocr", "orderreferens", "referens", "reference"),
    "payer": ("betalare", "avsändarnamn", "namn", "payer", "name", "avsändare"),
    "currency": ("valuta", "currency"),
    "status": ("status",),
    "account": ("iban", "kontonr", "kontonummer", "mottagarnr"),
    "clearing": ("clnr", "clearingnummer"),
}  # fmt: skip
"""What a column is, by its possible headings in small letters, the surest first (Swedbank, SEB, Handelsbanken, Nordea,
Danske Bank, Länsförsäkringar, ICA Banken, Skandia and Swish, as exported 2019 to 2026)."""

WORDS = (
    "text", "text/mottagare", "meddelande", "message", "rubrik", "beskrivning", "ytterligare detaljer",
    "egna anteckningar", "transaktion", "referens swish", "avsändar-id swish",
)  # fmt: skip
"""Columns that say in words what an entry is for; all there are, in order."""

PENDING = ("reserverat", "väntar", "prel", "preliminär", "pending", "reserved")
"""Where such a word stands for the day or the status, nothing is booked yet: day, text and sum may still change."""


_CURRENCY = re.compile(r" ?(?:\((?:sek|kr)\)|i sek|i kr|sek|kr)$")
"""What a heading may say besides: "Belopp (SEK)"."""

_THREE_DECIMALS = frozenset(("bokföringsdatum", "valutadatum", "verifikationsnummer"))
"""By these headings SEB's statement is known, and sums with three decimals: "-120.500" is 120,50 below zero."""


@dataclass(frozen=True)
class Columns:
    """Which column is which: `places` by what is read, `words` those that say what for.

    `has_three_decimals`: the bank writes so; None where it is not known to.
    """

    places: Mapping[str, int]
    words: tuple[int, ...]
    has_three_decimals: bool | None = None

    def cell(self, row: Sequence[str], name: str) -> str:
        """What stands there; nothing where there is no such column."""
        place = self.places.get(name, len(row))
        return row[place].strip() if place < len(row) else ""

    def text(self, row: Sequence[str]) -> str:
        """All that is said in words."""
        return " ".join(row[place].strip() for place in self.words if place < len(row) and row[place].strip())


def columns_of(row: Sequence[str]) -> Columns | None:
    """What the columns are, if this row holds headings: a day, and a sum or two columns of sums."""
    told = [_CURRENCY.sub("", " ".join(cell.strip().casefold().split())) for cell in row]
    places = {
        name: next(told.index(each) for each in headings if each in told)
        for name, headings in HEADINGS.items()
        if any(each in told for each in headings)
    }
    if "day" not in places or ("amount" not in places and "credit" not in places):
        return None
    has_three = set(told) >= _THREE_DECIMALS
    return Columns(places, tuple(told.index(each) for each in WORDS if each in told), has_three or None)


_DATE, _SUM = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"-?[\d \u00a0]+[.,]\d\d")


def columns_without_headings(row: Sequence[str]) -> Columns | None:
    """The one layout that has none, of some savings banks: text, two days, sum and balance."""
    told = [cell.strip() for cell in row]
    is_it = len(told) == 5 and all(map(_DATE.fullmatch, told[1:3])) and all(map(_SUM.fullmatch, told[3:]))
    return Columns({"day": 1, "amount": 3, "balance": 4}, (0,)) if is_it else None
