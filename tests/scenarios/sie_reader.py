"""A strict reader of SIE 4I, for tests: refuses whatever the format does not allow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_WORD = re.compile(r'\s*(?:\{([^}]*)\}|"((?:\\"|[^"])*)"|(\S+))')
_AMOUNT = re.compile(r"-?\d+\.\d\d")
LONGEST_TEXT = 50
"""What common programs take."""
HEAD = ["#FLAGGA", "#FORMAT", "#SIETYP", "#PROGRAM", "#GEN", "#FNAMN", "#ORGNR", "#RAR", "#VALUTA"]


@dataclass
class Voucher:
    """Öre by account, and the text and objects beside."""

    series: str
    no: int
    day: str
    text: str
    rows: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def amounts(self) -> dict[int, int]:
        """Öre by account."""
        accounts = dict.fromkeys(account for account, _, _ in self.rows)
        return {each: sum(amount for account, amount, _ in self.rows if account == each) for each in accounts}


@dataclass
class Read:
    """What a file says."""

    head: dict[str, list[str]]
    accounts: dict[int, str]
    dimensions: dict[str, str]
    objects: dict[tuple[str, str], str]
    vouchers: list[Voucher]


def read(content: bytes) -> Read:
    """The file; fails on anything that is not as the format says."""
    text = content.decode("cp437")
    assert text.endswith("\r\n")
    lines = text[:-2].split("\r\n")
    assert not any("\n" in line or "\r" in line for line in lines)
    found = Read({}, {}, {}, {}, [])
    is_open = False
    for line in lines:
        words = _words(line)
        if words[0] in ("{", "}"):
            assert is_open == (words[0] == "}")
            assert not is_open or sum(amount for _, amount, _ in found.vouchers[-1].rows) == 0
            is_open = not is_open
        elif is_open:
            found.vouchers[-1].rows.append(_row(found, words))
        else:
            _about(found, words)
    assert not is_open
    assert list(found.head) == HEAD
    return found


def _row(found: Read, words: list[str]) -> tuple[int, int, str]:
    label, account, objects, amount = words
    assert label == "#TRANS"
    assert _AMOUNT.fullmatch(amount)
    assert int(account) in found.accounts
    return int(account), int(amount.replace(".", "")), objects


def _about(found: Read, words: list[str]) -> None:
    match words:
        case ["#VER", series, number, day, text, recorded_on]:
            first, last = found.head["#RAR"][1:]
            assert first <= day <= last
            assert number.isdigit()
            numbers = [each.no for each in found.vouchers if each.series == series]
            assert not numbers or int(number) == numbers[-1] + 1
            assert len(text) <= LONGEST_TEXT
            assert len(recorded_on) == len("20260901")
            found.vouchers.append(Voucher(series, int(number), day, text))
        case ["#KONTO", number, name]:
            found.accounts[int(number)] = name
        case ["#DIM", number, name]:
            found.dimensions[number] = name
        case ["#OBJEKT", dimension, code, name]:
            assert dimension in found.dimensions
            assert re.fullmatch(r"[A-Z0-9]{1,6}", code)
            found.objects[dimension, code] = name
        case [label, *rest]:
            assert label in HEAD
            assert not found.vouchers
            found.head[label] = rest
        case _:
            raise AssertionError("an empty line")


def _words(line: str) -> list[str]:
    if line.strip() in ("{", "}"):
        return [line.strip()]
    found = []
    for match in _WORD.finditer(line):
        in_braces, quoted, plain = match.groups()
        found.append(next(each for each in (in_braces, quoted, plain) if each is not None).replace('\\"', '"'))
    return found
