"""Numbers of documents in what people and banks write: an OCR, or the number itself, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from domain.kernel.documents import ocr_of

_DIGITS = re.compile(r"\d{1,25}")
_SPLIT = re.compile(r"(?<!\d)\d{1,12}(?:[ \u00a0]\d{1,12}){1,2}(?!\d)")
_MOST_FIGURES = 9

_MONTH = (
    r"(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|mars?|march|apr(?:il)?|ma[jy]|jun[ie]?|jul[iy]?|aug(?:usti?)?"
    r"|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![^\W\d_])"
)
_OTHER_FIGURES = re.compile(
    r"(?=[\d+])(?<!\d)(?:"
    + "|".join(
        (
            r"\d+[.,]\d+e[+-]?\d+",  # what a spreadsheet has left of a long number
            r"\d{4}-\d\d(?:-\d\d)?(?!\d)",  # a day, a month
            rf"\d{{1,2}}\.? {_MONTH}(?: \d{{4}}(?!\d))?",
            r"\d{1,2}[./]\d{1,2}(?:[./](?:\d{4}|\d\d))?(?![\d/])",
            r"\d{1,2}:\d\d(?!\d)",
            r"\d{6,8}[-+]\d{4}|\d{3,4}-\d{4}|\d{5,6}-\d(?!\d)",  # of an organisation, a bankgiro, a plusgiro
            r"(?:\+|00)\d[\d ()-]{5,}\d|0\d{1,3}(?:-| ?/ ?| )\d[\d ]{4,}\d",  # of a telephone
            r"\d{1,3}(?:[ .\u00a0]\d{3})*,\d\d(?!\d)|\d{1,3}(?:[ ,\u00a0]\d{3})*\.\d\d(?!\d)",  # sums
            r"\d+(?:[ .,\u00a0]\d{3})* ?(?:kr|sek|eur|€|:-|%|st)(?!\w)",
            r"\d{3} \d\d (?=[a-zåäö])",  # a postal code before its town
        )
    )
    + ")"
)
_BEFORE_OTHER = re.compile(
    rf"(?:{_MONTH}|.*(?:gatan?|väg(?:en)?|gränd|torg(?:et)?|allén?|stigen|plan|plats)|lokal|rum|sal|box"
    r"|bord|v|vecka|(?:kund|medlems?|customer|member|order|projekt)(?:nr|nummer|number|no)?)",
    re.IGNORECASE,
)
_AFTER_WORD = re.compile(r"\b([^\W\d_]+)(?: ?(?:nr|nummer|no))?[.: ]{1,2}\d+")
"""Figures that are the number of something else, told by how they stand or by the word before them."""


def number_of(ocr: str) -> int:
    """The document's number in an OCR, which may be filled up with zeros; 0 where the check digits are wrong."""
    digits = ocr.lstrip("0")
    body = digits[:-2]
    return int(body) if body and len(body) <= 12 and ocr_of(int(body)) == digits else 0


def numbers_referred(reference: str, *, is_checked: bool = False) -> tuple[int, ...]:
    """The numbers that a reference may stand for: that of an OCR, and itself as it stands on an invoice.

    Both, where check digits are right by chance: 133 is an invoice's number, and the OCR of invoice 1. `is_checked`:
    nothing without the check digits of an OCR, which tell it from most other numbers.
    """
    figures = "".join(reference.split())
    if not (figures.isascii() and figures.isdigit()):
        return ()
    of_ocr = number_of(figures)
    is_number = len(figures.lstrip("0")) <= _MOST_FIGURES and (of_ocr or not is_checked)
    told = of_ocr, int(figures) if is_number else 0
    return tuple(dict.fromkeys(each for each in told if each))


def ocrs_in(text: str) -> tuple[int, ...]:
    """The documents whose OCR stands in words, also where a bank has broken it in two or three."""
    return tuple(sorted({number for each in _runs(text) if (number := number_of(each))}))


@lru_cache(maxsize=1_000)
def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers in words that may be a document's own; those of days, sums, telephones, streets are not."""
    told = _DIGITS.findall(_AFTER_WORD.sub(_kept, _OTHER_FIGURES.sub(" ", text.casefold())))
    return tuple(sorted({int(each) for each in told if 1 <= len(each.lstrip("0")) <= _MOST_FIGURES}))


def _runs(text: str) -> Iterator[str]:
    yield from _DIGITS.findall(text)
    yield from ("".join(each.split()) for each in _SPLIT.findall(text))


def _kept(found: re.Match[str]) -> str:
    return found[1] if _BEFORE_OTHER.fullmatch(found[1]) else found[0]
