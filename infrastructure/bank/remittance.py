"""What a payment says it is for: references with their amounts, and words."""

from __future__ import annotations

from collections.abc import Iterator

from application.payments.bank_entry import Referred
from infrastructure.bank.amounts import in_ore
from infrastructure.bank.camt_elements import CamtElement, all_of, text_of

_AMOUNTS = ("RmtdAmt", "RmtAmtAndTp/Amt", "CdtNoteAmt", "DuePyblAmt")
"""Where the amount of a reference stands, the surest first; the second in versions 12 to 14."""


def referred_in(detail: CamtElement) -> Iterator[Referred]:
    """The structured references of a transaction: creditor references (OCR) and numbers of invoices or credit notes."""
    for part in all_of(detail, "RmtInf/Strd"):
        reference = text_of(part, "CdtrRefInf/Ref") or text_of(part, "RfrdDocInf/Nb")
        if not reference and text_of(part, "AddtlRmtInf").isdigit():
            reference = text_of(part, "AddtlRmtInf")
        if reference:
            yield Referred(reference, _amount(part))


def words_in(detail: CamtElement) -> Iterator[str]:
    """What is written in words, line by line."""
    for path in ("RmtInf/Ustrd", "RmtInf/Strd/AddtlRmtInf", "AddtlTxInf"):
        yield from (each.text for each in all_of(detail, path))


def _amount(part: CamtElement) -> int | None:
    """In öre; below zero for a credit note, whichever element says how much."""
    told = next((found for each in _AMOUNTS if (found := text_of(part, f"RfrdDocAmt/{each}"))), "")
    if not told:
        return None
    is_credit = text_of(part, "RfrdDocInf/Tp/CdOrPrtry/Cd") == "CREN" or bool(all_of(part, "RfrdDocAmt/CdtNoteAmt"))
    return -in_ore(told) if is_credit else in_ore(told)
