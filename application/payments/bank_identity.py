"""Whether money that a file tells of is a payment that is here already, whichever file and format it came by.

Names decide where the bank gives them; else account, day and sum, with the reference or the payer. What agrees in day
and sum alone may be another payment, and is asked about: no true payment is passed over, and none is taken in twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from enum import IntEnum
from functools import cached_property

from application.payments.bank_entry import BankEntry
from application.payments.queries.bank_file import ArrivedTogether, KnownPayment
from domain.kernel.said_numbers import number_of

NEAR = timedelta(days=4)
"""So far apart one format's day of a payment may be from another's: a bank day, over a long weekend."""

COLUMNS = "csv"
"""The format of files of columns, in the names of their entries."""

_FIGURES = re.compile(r"\d+")
_LUMP = re.compile(r"giro|\bbg|\d{7,8}bm\b|\bbm\b|bgmax|insättning|lump", re.IGNORECASE)
_GENERAL = re.compile(
    r"\b(?:bankgiro|plusgiro|swish|bg|pg)?[ -]?(?:insättning|inbetalning|betalning|överföring|kontoinsättning)\b"
    r"|\b(?:bankgiro|plusgiro|swish|mottagen|from|från|ocr|ref|referens)\b",
    re.IGNORECASE,
)
"""What banks write of payments in general, which tells none from another."""

_FEWEST_LETTERS = 4
_FEWEST_FIGURES = 7
_SAME_BEGINNING = 4
_LONG_NAME = 8


class Likeness(IntEnum):
    """Whether two tellings are of the same payment."""

    OTHER = 0
    PERHAPS = 1
    SAME = 2


class Said:
    """What is said of a payment, in the forms in which two tellings of it are compared; each form is made once."""

    def __init__(self, references: Iterable[str], payer: str, text: str, whole: str, figures: str) -> None:
        self.references = _references(*references)
        self._payer, self._text, self._whole, self._figures = payer, text, whole, figures

    @classmethod
    def by(cls, entry: BankEntry) -> Said:
        """In a file."""
        told = (entry.reference, *(each.reference for each in entry.referred))
        return cls(told, entry.payer, entry.text, words_of(entry), f"{entry.reference} {entry.text} {entry.payer}")

    @classmethod
    def of(cls, known: KnownPayment) -> Said:
        """By what is kept of a payment."""
        told = known.payer or ""
        payer, _, text = told.partition(" · ")
        reference = "" if "/" in known.reference else known.reference
        return cls((reference,), payer, text, told, f"{known.reference} {told}")

    @cached_property
    def letters(self) -> str:
        """All of it, letters and figures alone."""
        return _letters(f"{self._payer} {self._text}")

    @cached_property
    def payer(self) -> str:
        """The payer's, letters and figures alone."""
        return _letters(self._payer)

    @cached_property
    def own_words(self) -> str:
        """All of it besides what banks say of every payment."""
        return _letters(_GENERAL.sub(" ", self._whole))

    @cached_property
    def own_text(self) -> str:
        """The same of the text alone."""
        return _letters(_GENERAL.sub(" ", self._text))

    @cached_property
    def numbers(self) -> set[str]:
        """Every number that stands in it."""
        return _numbers(self._figures)

    @cached_property
    def marks(self) -> set[object]:
        """What a row is found by among others: its words, and each number in it."""
        told: set[object] = {self._whole.casefold(), *self.numbers}
        return told - {""} or told

    @cached_property
    def ocrs(self) -> set[str]:
        """Those of them whose check digits are right."""
        return {each for each in self.numbers if number_of(each)}

    @property
    def has_text(self) -> bool:
        """Whether more is said than who paid."""
        return bool(self._text)


def likeness(entry: BankEntry, ours: Said, known: KnownPayment, theirs: Said) -> Likeness:
    """Of an entry and a payment with its sum that has another name, with what is said of each."""
    if entry.currency != known.currency or accounts_differ(entry.account, known.account):
        return Likeness.OTHER
    our_format, their_format = format_of(entry.source), format_of(known.source)
    if our_format == their_format == COLUMNS:
        return _of_columns(entry, ours, known, theirs)
    names = {entry.bank_reference, known.bank_reference} - {""}
    agree = _agree(ours, theirs)
    if agree is False or (our_format == their_format and len(names) > 1):
        return Likeness.OTHER
    return _as_they_agree(entry, known, is_said=bool(agree), is_other_format=our_format != their_format)


def _as_they_agree(entry: BankEntry, known: KnownPayment, *, is_said: bool, is_other_format: bool) -> Likeness:
    """Of two that nothing keeps apart: `is_said`, their references or payers agree."""
    if entry.arrived_on != known.arrived_on:
        is_near = abs(entry.arrived_on - known.arrived_on) <= NEAR
        return Likeness.PERHAPS if is_said and is_near and is_other_format else Likeness.OTHER
    if is_said:
        return Likeness.PERHAPS if entry.kind == known.kind == "notification" else Likeness.SAME
    return Likeness.PERHAPS if is_other_format else Likeness.OTHER


def is_same_sum(entry: BankEntry, together: ArrivedTogether) -> bool:
    """Whether an entry is what the payments of one entry of the account come to.

    Where it is one payment that the bank calls otherwise, the two are parts of an entry that is named alike.
    """
    if together.amount != entry.amount or together.arrived_on != entry.arrived_on:
        return False
    if accounts_differ(entry.account, together.account):
        return False
    names = {entry.bank_reference, together.bank_reference}
    is_one = together.payments == 1
    return not is_one or len(names) == 1 or any(each and together.entry.endswith(f"/{each}") for each in names)


def may_be_lump(known: KnownPayment) -> bool:
    """Whether a payment of another format may be the sum of several: nothing in it refers to one of them."""
    words = f"{known.reference} {known.payer or ''}"
    return bool(_LUMP.search(words)) or not _FIGURES.search(words.replace(known.source, ""))


def is_said_as_lump(entry: BankEntry) -> bool:
    """Whether an entry may be the sum of several payments: the bank says so, or says nothing of it."""
    words = f"{entry.reference} {entry.text} {entry.payer}"
    return not entry.referred and (bool(_LUMP.search(words)) or not words.strip())


def accounts_differ(one: str, other: str) -> bool:
    """Whether two numbers are of two accounts; an IBAN ends as the number does that people write."""
    first, second = ("".join(_FIGURES.findall(each)) for each in (one, other))
    if min(len(first), len(second)) < _FEWEST_FIGURES:
        return False
    return first[-_FEWEST_FIGURES:] != second[-_FEWEST_FIGURES:]


def words_of(entry: BankEntry) -> str:
    """What a bank says of an entry, as it is kept beside its payment."""
    return " · ".join(part for part in (entry.payer, entry.text) if part)[:300]


def format_of(source: str) -> str:
    """The format in whose words a payment was told first."""
    return source.partition("/")[0]


def _of_columns(entry: BankEntry, ours: Said, known: KnownPayment, theirs: Said) -> Likeness:
    """Rows are named as they are written, and a bank may write them otherwise in another export.

    The balance after them tells, where both have one; or else their words, and what agrees in part is asked about.
    """
    if entry.arrived_on != known.arrived_on:
        return Likeness.OTHER
    if entry.balance is not None and known.account_balance is not None:
        return Likeness.SAME if entry.balance == known.account_balance else Likeness.OTHER
    is_same = words_of(entry).casefold() == (known.payer or "").casefold()
    if is_same and entry.reference in (known.reference, ""):
        return Likeness.SAME
    return Likeness.PERHAPS if _agree(ours, theirs) else Likeness.OTHER


def _agree(ours: Said, theirs: Said) -> bool | None:
    """Whether references or payers say the same (True) or something else (False); None where nothing can be told."""
    if ours.references & theirs.references:
        return True
    if ours.references and theirs.references:
        return False
    if ours.references & theirs.numbers or theirs.references & ours.numbers:
        return True
    is_said = bool(ours.ocrs & theirs.ocrs) or _same_words(ours, theirs)
    return True if is_said else _same_payer(ours, theirs)


def _same_words(ours: Said, theirs: Said) -> bool:
    """Whether all that one of them says stands in the other, besides what banks say of every payment."""
    shorter, longer = sorted((ours.own_words, theirs.own_words), key=len)
    is_said = len(ours.own_text) >= _FEWEST_LETTERS and ours.own_text in theirs.own_words
    return is_said or (len(shorter) >= _FEWEST_LETTERS and shorter in longer)


def _same_payer(ours: Said, theirs: Said) -> bool | None:
    one, other = ours.payer, theirs.payer
    if one and (one in theirs.letters or (len(one) >= _LONG_NAME and one[:_LONG_NAME] in theirs.letters)):
        return True
    if len(other) >= _LONG_NAME and other[:_LONG_NAME] in ours.letters:
        return True
    is_named = bool(one and other and theirs.has_text)
    return False if is_named and one[:_SAME_BEGINNING] != other[:_SAME_BEGINNING] else None


def _references(*told: str) -> set[str]:
    figures = ("".join(each.split()) for each in told)
    return {each.lstrip("0") for each in figures if each.isdecimal() and each.strip("0")}


def _numbers(text: str) -> set[str]:
    runs = _FIGURES.findall(text)
    joined = "".join(text.split())
    return {each.lstrip("0") for each in [*runs, *([joined] if joined.isdecimal() else [])]} - {""}


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
