"""What a payment says it is for: references with their amounts, and words."""

from __future__ import annotations

from collections.abc import Iterator

from application.payments.bank_entry import Referred
from infrastructure.bank.amounts import in_ore
from infrastructure.bank.camt_elements import CamtElement, all_of, text_of

_AMOUNTS = ("RmtdAmt", "CdtNoteAmt", "DuePyblAmt")
"""Where the amount of a reference stands, the surest first."""
_TYPED = ("RMTD", "", "CREN", "DUPA")
"""In versions 12 to 14 amounts stand side by side, each with its type, in the same order."""


def referred_in(detail: CamtElement) -> Iterator[Referred]:
    """The structured references of a transaction: creditor references (OCR) and numbers of invoices or credit notes."""
    for part in all_of(detail, "RmtInf/Strd"):
        told = [text_of(part, "CdtrRefInf/Ref")]
        if not told[0]:
            told = [each.text for each in all_of(part, "RfrdDocInf/Nb") if each.text]
        if not told and text_of(part, "AddtlRmtInf").isdigit():
            told = [text_of(part, "AddtlRmtInf")]
        amount, is_credit = _amount(part)
        for reference in told:
            yield Referred(reference, amount if len(told) == 1 else None, is_credit)


def words_in(detail: CamtElement) -> Iterator[str]:
    """What is written in words, line by line."""
    for path in ("RmtInf/Ustrd", "RmtInf/Strd/AddtlRmtInf", "AddtlTxInf"):
        yield from (each.text for each in all_of(detail, path))


def _amount(part: CamtElement) -> tuple[int | None, bool]:
    """In öre, and whether it is of a credit note: then below zero, whichever element says how much."""
    plain = ((each, text_of(part, f"RfrdDocAmt/{each}")) for each in _AMOUNTS)
    kind, told = next((each for each in plain if each[1]), ("", ""))
    if not told:
        kind, told = min(_typed(part), key=lambda each: _TYPED.index(each[0]), default=("", ""))
    is_credit = text_of(part, "RfrdDocInf/Tp/CdOrPrtry/Cd") == "CREN" or kind in ("CdtNoteAmt", "CREN")
    if not told:
        return None, is_credit
    return -in_ore(told) if is_credit else in_ore(told), is_credit


def _typed(part: CamtElement) -> Iterator[tuple[str, str]]:
    """The amounts with a type that says what is paid; discounts and taxes are none."""
    for each in all_of(part, "RfrdDocAmt/RmtAmtAndTp"):
        kind = text_of(each, "Tp/Cd")
        if kind in _TYPED:
            yield kind, text_of(each, "Amt")
