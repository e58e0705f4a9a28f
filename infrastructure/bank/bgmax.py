"""BgMax, Bankgirot's file of payments until November 2026: 80 positions a line, the kind of record in the first two.

As in Bankgirot's manual of November 2019. A file that says how much it holds and holds something else is refused whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from application.payments.bank_entry import (
    BankEntry,
    BankFileCutShort,
    BankFileOfTests,
    BankFileSumsDisagree,
    NotABankFile,
    Referred,
)

_CORRECT = ("2", "4")
"""The codes of references that Bankgirot has checked."""

_COUNTED = {"20": slice(2, 10), "21": slice(10, 18), "extra": slice(18, 26), "15": slice(26, 34)}


def is_bgmax(text: str) -> bool:
    """Whether it begins as such a file does."""
    return text.lstrip().startswith("01BGMAX")


def read_bgmax(text: str) -> Iterator[BankEntry]:
    """Its payments and deductions. Raises NotABankFile, BankFileOfTests, BankFileCutShort, BankFileSumsDisagree."""
    lines = [line.rstrip("\r").expandtabs().ljust(80) for line in text.lstrip().split("\n") if line.strip()]
    if lines[0][44] == "T":
        raise BankFileOfTests
    _must_be_whole(lines)
    try:
        yield from _numbered(entry for section in _sections(lines) for entry in section.entries())
    except (ValueError, ArithmeticError) as error:
        raise NotABankFile(why="bgmax") from error


def _must_be_whole(lines: Sequence[str]) -> None:
    last = lines[-1]
    kinds = Counter("extra" if line[:2] in ("22", "23") else line[:2] for line in lines)
    told = {kind: last[where].strip() or "0" for kind, where in _COUNTED.items()}
    if last[:2] != "70" or any(not each.isdecimal() or int(each) != kinds[kind] for kind, each in told.items()):
        raise BankFileCutShort


def _numbered(entries: Iterator[BankEntry]) -> Iterator[BankEntry]:
    """A serial may stand twice: two alike are two."""
    seen: Counter[str] = Counter()
    for each in entries:
        seen[each.source] += 1
        yield replace(each, source=f"{each.source}/{seen[each.source]}")


@dataclass
class _Payment:
    """A record 20 or 21 and what follows it."""

    line: str
    extra: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    payer: str = ""

    @property
    def amount(self) -> int:
        """In öre; below zero for a deduction."""
        ore = int(self.line[37:55])
        return -ore if self.line[:2] == "21" else ore

    @property
    def is_checked(self) -> bool:
        """Whether its reference has been found right."""
        return self.line[55] in _CORRECT

    def entry(self, account: str, day: date) -> BankEntry:
        """As it stands on the account."""
        told = self.line[12:37].strip()
        others = [each[12:37].strip() for each in self.extra if each[12:37].strip()]
        references = [told, *others] if told and self.is_checked else others
        said = " ".join([*([] if self.is_checked else [told]), *self.words])
        return BankEntry(
            source=f"bgmax/{account}/{day}/{self.line[57:69]}/{self.line[:2]}/{self.amount}/{told}",
            amount=self.amount,
            currency="SEK",
            reference=references[0] if len(references) == 1 else "",
            text=" ".join(said.split()),
            payer=self.payer,
            arrived_on=day,
            is_reversal=self.amount < 0,
            referred=tuple(_referred(each, self.extra) for each in references),
            bank_reference=self.line[57:69].strip(),
            kind="bgmax",
        )


def _referred(reference: str, extra: Sequence[str]) -> Referred:
    """With its own part, where an extra reference says one; below zero it is a credit note that was deducted."""
    line = next((each for each in extra if each[12:37].strip() == reference), "")
    ore = int(line[37:55]) if line else 0
    is_credit = line[:2] == "23"
    return Referred(reference, (-ore if is_credit else ore) or None, is_credit)


@dataclass
class _Section:
    """What came to one bankgiro on one day."""

    account: str
    currency: str = "SEK"
    payments: list[_Payment] = field(default_factory=list)
    day: date | None = None
    serial: str = ""

    def entries(self) -> Iterator[BankEntry]:
        """Its payments. Raises ValueError where it was not closed."""
        if self.day is None:
            raise ValueError("a section without its deposit")
        for each in self.payments:
            yield replace(
                each.entry(self.account, self.day),
                currency=self.currency,
                account_entry=f"bgmax/{self.account}/{self.day}/{self.serial}",
            )


def _sections(lines: Sequence[str]) -> Iterator[_Section]:
    """Each with the deposit that closes it. Raises BankFileCutShort where one is missing."""
    section = _Section("")
    for line in lines:
        kind = line[:2]
        if kind in ("05", "70") and section.payments and section.day is None:
            raise BankFileCutShort
        if kind == "05":
            section = _Section(line[2:12].lstrip("0"), line[22:25].strip() or "SEK")
        elif kind in ("20", "21"):
            section.payments.append(_Payment(line))
        elif kind == "15":
            section.day, section.serial = _closed(section, line), line[45:50].strip()
            yield section
        elif section.payments:
            _say(section.payments, kind, line)


def _say(payments: list[_Payment], kind: str, line: str) -> None:
    payment = payments[-1]
    if kind in ("22", "23"):
        of = next((each for each in reversed(payments) if each.line[57:69] == line[57:69]), payment)
        of.extra.append(line)
    elif kind == "25":
        payment.words.append(line[2:52].strip())
    elif kind == "26":
        payment.payer = " ".join(line[2:72].split())


def _closed(section: _Section, line: str) -> date:
    """The day of the deposit, which must be what its payments come to. Raises BankFileSumsDisagree."""
    if sum(each.amount for each in section.payments) != int(line[50:68]):
        raise BankFileSumsDisagree
    return datetime.strptime(line[37:45], "%Y%m%d").date()  # noqa: DTZ007  # a day has no zone
