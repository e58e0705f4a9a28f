"""What the columns of banks' exports are called, as data: a heading line is found by its words, not by its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MOST_BEFORE = 40
"""So many lines may stand before the headings: the company, the period, the account and its balance."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "day": (
        "bokföringsdag", "bokföringsdatum", "bokfdag", "bokförd", "booking date", "bokføringsdag", "bokføringsdato",
        "bogføringsdag", "bogføringsdato", "bogført", "bokført", "kirjauspäivä", "booked", "posting date",
        "completed date", "date completed", "operation date", "settlement date", "datum", "date", "dato", "päivä",
        "päivämäärä", "pvm", "reskontradatum", "reskontradag", "transaktionsdatum", "transaktionsdag", "transdag",
        "bokf. datum", "bokf.datum", "bokf. dag", "bokf.dag", "bokförd dag", "bokfört datum", "transaction date",
        "valutadag", "valutadatum", "value date", "rentedato", "valørdato", "valørdag", "arvopäivä",
    ),
    "amount": (
        "belopp", "insättning/uttag", "insättningar/uttag", "insatt/uttag", "summa", "amount", "beløp", "beløb",
        "määrä", "deposits/withdrawals", "transaction amount", "total amount (incl. vat)",
    ),
    "credit": (
        "insättningar", "insättning", "insatt", "kredit", "credit", "in", "inn", "ind", "inn på konto", "in på konto",
        "deposits", "deposit", "paid in", "money in", "indsat",
    ),
    "debit": (
        "uttag", "debet", "debit", "ut", "out", "ud", "ut av konto", "ut fra konto", "ut från konto", "withdrawals",
        "withdrawal", "paid out", "money out", "hævet",
    ),
    "way": (
        "debet/kredit", "kredit/debet", "debit/kredit", "kredit/debit", "debit/credit", "credit/debit", "d/k", "k/d",
        "d/c", "c/d", "dr/cr", "cr/dr", "cdtdbtind", "debit or credit", "credit or debit", "tecken", "+/-",
    ),
    "balance": (
        "saldo", "bokfört saldo", "balance", "booked balance", "running balance", "bokført saldo", "bogført saldo",
    ),
    "reference": (
        "ocr", "orderreferens", "referens", "reference", "payment reference", "kid", "viite", "viitenumero",
        "ocr-nummer", "ocr-nr", "ocr/referens", "order reference", "fakturanummer", "fakturanr",
    ),
    "payer": (
        "betalare", "avsändarnamn", "namn", "payer", "name", "avsändare", "payer name", "sender name",
        "counterparty name", "counterparty", "sender", "navn", "avsender", "betaler", "nimi", "maksaja",
    ),
    "currency": ("valuta", "currency", "payment currency", "valuutta"),
    "status": ("status", "state", "tila"),
    "account": ("iban", "kontonr", "kontonummer", "mottagarnr", "account number", "recipient number"),
    "clearing": ("clnr", "clearingnummer", "clearing number"),
}  # fmt: skip
"""What a column is, by its possible headings in small letters, the surest first (Swedbank, SEB, Handelsbanken, Nordea,
Danske Bank, Länsförsäkringar, ICA Banken, Skandia, Swish, DNB, Lunar, Qonto, Wise, Revolut; exported 2019 to 2026, in
Swedish, English, Norwegian, Danish and Finnish)."""

WORDS = (
    "text", "text/mottagare", "meddelande", "message", "rubrik", "beskrivning", "ytterligare detaljer",
    "egna anteckningar", "transaktion", "referens swish", "avsändar-id swish", "titel", "title", "description",
    "narrative", "tekst", "forklaring", "tittel", "melding", "meddelelse", "selitys", "otsikko", "viesti",
)  # fmt: skip
"""Columns that say in words what an entry is for; all there are, in order."""

_SAID_BESIDES = re.compile(
    r",? ?(?:\((sek|kr|eur|euro|usd|gbp|nok|dkk|utc)\)|(?:\b(?:i|in) )?\b(sek|kr|eur|euroa?|usd|gbp|nok|dkk))$"
)
"""What a heading may say besides: "Belopp (SEK)", "Belopp i EUR", "Booked (UTC)"."""

_CURRENCIES = frozenset(("sek", "eur", "usd", "gbp", "nok", "dkk"))

_THREE_DECIMALS = (
    frozenset(("bokföringsdatum", "valutadatum", "verifikationsnummer")),
    frozenset(("booking date", "value date", "voucher number")),
)
"""By these headings SEB's statement is known, and sums with three decimals: "-120.500" is 120,50 below zero."""


@dataclass(frozen=True)
class Columns:
    """Which column is which: `places` by what is read, `words` those that say what for; `headings` as they are written.

    `has_three_decimals`: the bank writes so; None where it is not known to. `currencies`: what each heading says of
    them. `either`: where a heading stands twice, all columns that have it; which is meant `twice.settled` tells.
    """

    places: Mapping[str, int]
    words: tuple[int, ...]
    headings: tuple[str, ...]
    has_three_decimals: bool | None = None
    currencies: tuple[str, ...] = ()
    either: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def currency(self) -> str:
        """Of the sums, where their heading says it."""
        place = self.places.get("amount", self.places.get("credit", 0))
        return self.currencies[place] if place < len(self.currencies) else ""

    def amount(self, row: Sequence[str]) -> str:
        """What came in, or went out below zero, as it is written; of two sums in one row both, which is no sum."""
        if "amount" in self.places:
            return self.cell(row, "amount")
        came, went = (_unless_nothing(self.cell(row, name)) for name in ("credit", "debit"))
        if went and not went.startswith(("-", "\N{MINUS SIGN}")):
            went = f"-{went}"
        return f"{came} {went}".strip() or self.cell(row, "credit") or self.cell(row, "debit")

    def cell(self, row: Sequence[str], name: str) -> str:
        """What stands there; nothing where there is no such column."""
        place = self.places.get(name, len(row))
        return row[place].strip() if place < len(row) else ""

    def text(self, row: Sequence[str]) -> str:
        """All that is said in words."""
        return " ".join(row[place].strip() for place in self.words if place < len(row) and row[place].strip())


def columns_of(row: Sequence[str]) -> Columns | None:
    """What the columns are, if this row holds headings: a day, and a sum or two columns of sums."""
    told = [_named(cell) for cell in row]
    names = [name for name, _ in told]
    either = {name: _places(told, headings) for name, headings in HEADINGS.items() if not {*headings}.isdisjoint(names)}
    places = {name: those[0] for name, those in either.items()}
    if "day" not in places or ("amount" not in places and "credit" not in places):
        return None
    has_three = any(each <= {*names} for each in _THREE_DECIMALS)
    words = tuple(names.index(each) for each in WORDS if each in names)
    twice = {name: those for name, those in either.items() if len(those) > 1}
    return Columns(places, words, tuple(row), has_three or None, tuple(said for _, said in told), twice)


def _named(cell: str) -> tuple[str, str]:
    """A heading in small letters without what it says besides, and the currency where it says one."""
    name = " ".join(cell.casefold().split()).strip(" :*")
    found = _SAID_BESIDES.search(name)
    if found is None or not found.start():
        return name, ""
    said = (found[1] or found[2]).removesuffix("a").removesuffix("o")
    return name[: found.start()], said.upper() if said in _CURRENCIES else ""


def _places(told: Sequence[tuple[str, str]], headings: Sequence[str]) -> tuple[int, ...]:
    """Of the surest heading; where two columns have it, that in kronor."""
    name = next(each for each in headings if any(each == one for one, _ in told))
    places = tuple(place for place, (each, _) in enumerate(told) if each == name)
    return tuple(place for place in places if told[place][1] == "SEK")[:1] or places


def _unless_nothing(cell: str) -> str:
    """A cell with a sum: of two columns the other one may stand empty, or hold 0,00 or a dash."""
    return cell if any(mark.isalnum() and mark != "0" for mark in cell) else ""


_DATE, _SUM = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"-?[\d \u00a0]+[.,]\d\d")


def columns_without_headings(row: Sequence[str]) -> Columns | None:
    """The one layout that has none, of some savings banks: text, two days, sum and balance."""
    told = [cell.strip() for cell in row]
    is_it = len(told) == 5 and all(map(_DATE.fullmatch, told[1:3])) and all(map(_SUM.fullmatch, told[3:]))
    return Columns({"day": 1, "amount": 3, "balance": 4}, (0,), ("",) * len(told)) if is_it else None
