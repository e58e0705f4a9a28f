"""SIE 4I, the Swedish format by which vouchers go into a bookkeeping program: CP437, CRLF, every voucher balanced.

Format: "SIE filformat" by Föreningen SIE-Gruppen, version 4B, the import file (4I).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.kernel.financial_year import FinancialYear

_LONGEST = 100
_ALIKE = {
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{EURO SIGN}": "EUR",
    "\N{NO-BREAK SPACE}": " ",
    "Ø": "O",
    "ø": "o",
    "Ð": "D",
    "ð": "d",
    "Þ": "Th",
    "þ": "th",
}


class VoucherUnbalanced(Exception):
    """A voucher's rows do not add up to nothing: the ledger is wrong, and nothing is written."""


@dataclass(frozen=True)
class Company:
    """Whose file it is; `year`: the financial year that it is about."""

    name: str
    org_number: str
    currency: str
    year: FinancialYear


@dataclass(frozen=True)
class Item:
    """An object of a dimension: a network or a season, with a code and a name."""

    dimension: int
    code: str
    name: str


@dataclass(frozen=True)
class Entry:
    """One row of a voucher: öre on an account, debit above zero, with the objects it is about."""

    account: int
    amount: int
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Voucher:
    """What happened on a day and was recorded on another; `no` names it in the ledger."""

    series: str
    no: int
    day: date
    recorded_on: date
    text: str
    entries: tuple[Entry, ...]


def write(
    company: Company,
    generated_on: date,
    dimensions: Mapping[int, str],
    accounts: Mapping[int, str],
    vouchers: Sequence[Voucher],
) -> bytes:
    """The file. Raises VoucherUnbalanced."""
    lines = [*_head(company, generated_on, dimensions, accounts), *_items(vouchers)]
    for voucher in vouchers:
        lines += _voucher(voucher)
    return ("\r\n".join(lines) + "\r\n").encode("cp437")


def _head(
    company: Company, generated_on: date, dimensions: Mapping[int, str], accounts: Mapping[int, str]
) -> Iterator[str]:
    yield "#FLAGGA 0"
    yield "#FORMAT PC8"
    yield "#SIETYP 4"
    yield '#PROGRAM "Plats" 1.0'
    yield f"#GEN {generated_on:%Y%m%d}"
    yield f"#FNAMN {_text(company.name)}"
    yield f"#ORGNR {_org_number(company.org_number)}"
    yield f"#RAR 0 {company.year.first:%Y%m%d} {company.year.last:%Y%m%d}"
    yield f"#VALUTA {company.currency}"
    for number in sorted(accounts):
        yield f"#KONTO {number} {_text(accounts[number])}"
    for dimension in sorted(dimensions):
        yield f"#DIM {dimension} {_text(dimensions[dimension])}"


def _items(vouchers: Sequence[Voucher]) -> Iterator[str]:
    used = {item for voucher in vouchers for entry in voucher.entries for item in entry.items}
    for item in sorted(used, key=lambda one: (one.dimension, one.code)):
        yield f"#OBJEKT {item.dimension} {_text(item.code)} {_text(item.name)}"


def _voucher(voucher: Voucher) -> Iterator[str]:
    if sum(entry.amount for entry in voucher.entries):
        raise VoucherUnbalanced(f"{voucher.series} {voucher.no}")
    name = f"{_text(voucher.series)} {_text(str(voucher.no))}"
    yield f"#VER {name} {voucher.day:%Y%m%d} {_text(voucher.text)} {voucher.recorded_on:%Y%m%d}"
    yield "{"
    for entry in voucher.entries:
        items = " ".join(f"{item.dimension} {_text(item.code)}" for item in entry.items)
        yield f"   #TRANS {entry.account} {{{items}}} {_amount(entry.amount)}"
    yield "}"


def _org_number(number: str) -> str:
    """A Swedish one with its hyphen; that of a seller in another country as its country writes it."""
    return f"{number[:6]}-{number[6:]}" if len(number) == len("5569990004") and number.isdigit() else _text(number)


def _amount(amount: int) -> str:
    """Öre as kronor with a point: "-1234.50"."""
    sign, whole = ("-" if amount < 0 else ""), abs(amount)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def _text(text: str) -> str:
    """Text in quotes, without control characters, in letters of CP437; others lose their accents or become "?"."""
    plain = re.sub(r"[\x00-\x1f\x7f]+", " ", "".join(_letter(one) for one in unicodedata.normalize("NFC", text)))
    escaped = plain[:_LONGEST].replace("\\", "/").replace('"', '\\"')
    return f'"{escaped}"'


def _letter(letter: str) -> str:
    alike = _ALIKE.get(letter, letter)
    try:
        alike.encode("cp437")
    except UnicodeEncodeError:
        without = "".join(one for one in unicodedata.normalize("NFKD", alike) if not unicodedata.combining(one))
        return without.encode("cp437", "replace").decode("cp437")
    return alike
