"""Finding documents in one field: a number, an OCR reference, a sum, the buyer's reference, an address or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.queries import Queries, for_staff
from application.people.queries.people import OrganisationRow, PeopleQuestions
from domain.kernel.documents import ocr_of

MOST = 50
MOST_PAYERS = 20
_MOST_DIGITS = 15
_MOST_NUMBER = 10**12
_FEWEST_OF_ORG_NUMBER = 6
_NAMED = re.compile(r"(?:kreditfaktura|faktura|credit note|invoice|ocr|nr|no)[\s.:#]*(?=\d)", re.IGNORECASE)
"""What people write before a number."""


@dataclass(frozen=True)
class Meant:
    """What the words may mean: document numbers, sums in öre, the reference on the document or of a payment, payers."""

    numbers: tuple[int, ...] = ()
    sums: tuple[int, ...] = ()
    reference: str = ""
    people: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class FoundDocument:
    """A document that fits. Sums in minor units, a credit note's negative.

    `payable` is what it asks for or gives back, `balance` what is still owed.
    """

    document_id: UUID
    kind: str
    number: int
    buyer: str | None
    issued_on: date
    payable: int
    balance: int
    currency: str


@dataclass(frozen=True)
class Findings:
    """The documents that fit, latest first, and the organisations whose name or number does."""

    documents: tuple[FoundDocument, ...]
    organisations: tuple[OrganisationRow, ...]


class Finding(Queries, Protocol):
    """For finance and admins: from what is in one's hand to the document."""

    _people: PeopleQuestions

    @for_staff
    def find(self, actor: Actor, words: str) -> Findings:
        """What the words may mean, every meaning at once."""
        words = _NAMED.sub("", words.strip())
        numbers, sums = _numbers(words), _sums(words)
        people = () if numbers or sums else self._people.named(actor, words, MOST_PAYERS)
        documents = self._fitting(actor, Meant(numbers, sums, words, people))
        if sums and len(words.replace(" ", "")) < _FEWEST_OF_ORG_NUMBER:
            return Findings(documents, ())
        return Findings(documents, self._people.organisations(actor, words, None, MOST_PAYERS).items)

    @for_staff
    def _fitting(self, actor: Actor, meant: Meant) -> tuple[FoundDocument, ...]:
        """The organiser's documents that any of the meanings fits, latest first, `MOST` of them."""


def _numbers(words: str) -> tuple[int, ...]:
    """A document number, or the one inside an OCR reference."""
    digits = words.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        return ()
    body = digits[:-2]
    in_ocr = (int(body),) if body and ocr_of(int(body)) == digits else ()
    as_typed = (int(digits),) if int(digits) < _MOST_NUMBER and digits == words else ()
    return in_ocr + as_typed


def _sums(words: str) -> tuple[int, ...]:
    """An amount in kronor as people write it ("7 500", "7500,00", "7 500 kr"), in öre."""
    text = "".join(words.lower().lstrip("-\N{MINUS SIGN}").removesuffix("kr").removeprefix("sek").split())
    if text.count(",") + text.count(".") == 1 and len(text.replace(".", ",").partition(",")[2]) == 3:
        text = text.replace(",", "").replace(".", "")
    kronor, _, minor = text.replace(".", ",").partition(",")
    is_sum = kronor.isascii() and kronor.isdigit() and len(kronor) <= 12
    if not is_sum or len(minor) > 2 or not (minor or "0").isdigit() or not minor.isascii():
        return ()
    return (int(kronor) * 100 + int((minor or "0").ljust(2, "0")),)
