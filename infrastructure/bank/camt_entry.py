"""One entry of a camt file: what is on the account, or each of the transactions that make it up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from application.payments.bank_entry import BankEntry, PassedRow, UnreadRow
from infrastructure.bank.amounts import in_ore
from infrastructure.bank.camt_account import CamtAccount, local_day
from infrastructure.bank.camt_elements import CamtElement, all_of, text_of
from infrastructure.bank.remittance import referred_in, words_in

_TRUE = ("true", "1")
_WAYS = ("CRDT", "DBIT")
_UNSAID = ("", "NOTPROVIDED")


def entries_of(account: CamtAccount, entry: CamtElement) -> Iterator[BankEntry | PassedRow | UnreadRow]:
    """One for each transaction where they say what makes up the entry; else what is on the account is taken as one."""
    place = account.places
    account.places += 1
    status = text_of(entry, "Sts/Cd") or text_of(entry, "Sts/Prtry") or text_of(entry, "Sts")
    if status and not status.upper().startswith("BOOK"):  # what is pending or only said moves no money
        yield PassedRow(place + 1, "pending", f"{text_of(entry, 'Amt')} {text_of(entry, 'AddtlNtryInf')}".strip()[:200])
        return
    if (fault := _fault(account, entry)) is not None:
        account.leave_out()
        yield UnreadRow(place + 1, *fault, is_entry=True)
        return
    details = all_of(entry, "NtryDtls/TxDtls")
    whole, currency = _signed(entry, entry) or 0, _currency(entry)
    parts = [_signed(each, entry) for each in details]
    same = all(_currency(each) in ("", currency) for each in details)
    if len(details) > 1 and same and None not in parts and sum(part or 0 for part in parts) == whole:
        lump = f"{_source(_account_entry(account, entry, _own(entry), place), _own(entry), whole)}/1"
        for part, each in zip(parts, details, strict=True):
            yield _entry(account, entry, [each], part or 0, place, (lump, whole))
    else:
        yield _entry(account, entry, details or [entry], whole, place)


def _fault(account: CamtAccount, entry: CamtElement) -> tuple[str, str] | None:
    """Which of how much, which way and when it does not say, and what was expected; None where it says them all."""
    if text_of(entry, "CdtDbtInd").upper() not in _WAYS:
        return "way", "CRDT, DBIT"
    try:
        is_told = _signed(entry, entry) is not None
    except (ValueError, ArithmeticError):
        is_told = False
    if not is_told:
        return "amount", "12500.00"
    try:
        local_day(_day(account, entry))
    except ValueError:
        return "day", "2026-11-27"
    return None


def _entry(
    account: CamtAccount,
    entry: CamtElement,
    details: list[CamtElement],
    amount: int,
    place: int,
    lump: tuple[str, int] = ("", 0),
) -> BankEntry:
    referred = tuple(each for detail in details for each in referred_in(detail))
    references = list(dict.fromkeys(each.reference for each in referred if not each.is_credit))
    credited = [each.reference for each in referred if each.is_credit]
    free = [*(words for each in details for words in words_in(each)), text_of(entry, "AddtlNtryInf")]
    first, own = details[0], _own(details[0])
    is_reversal = text_of(entry, "RvslInd").lower() in _TRUE or (amount < 0 and bool(all_of(first, "RtrInf")))
    other = "Cdtr" if amount < 0 and not is_reversal else "Dbtr"
    currency, day = _currency(entry) or "SEK", local_day(_day(account, entry))
    account_entry = _account_entry(account, entry, own, place)
    source, balance = account.counted(_source(account_entry, own, amount), amount, currency, day)
    return BankEntry(
        source=source,
        amount=amount,
        currency=currency,
        reference=references[0] if len(references) == 1 else "",
        text=" ".join(each for each in [*(references if len(references) > 1 else []), *credited, *free] if each),
        payer=_party(first, other) or _party(first, f"Ultmt{other}"),
        arrived_on=day,
        is_reversal=is_reversal,
        referred=referred if len(referred) > 1 else (),
        account_entry=account_entry,
        lump=lump[0],
        lump_amount=lump[1],
        account=account.number,
        bank_reference=own[0] or text_of(entry, "AcctSvcrRef"),
        kind=account.kind,
        code=_code(first) or _code(entry),
        balance=balance,
    )


def _source(account_entry: str, own: list[str], amount: int) -> str:
    told = next((each for each in own if each not in _UNSAID), "")
    return "/".join(part for part in (account_entry, told, str(amount)) if part)


def _account_entry(account: CamtAccount, entry: CamtElement, own: list[str], place: int) -> str:
    """Only the bank's own reference names an entry wherever it is told; without it: this entry of this statement."""
    named = text_of(entry, "AcctSvcrRef") or own[0]
    if not named:
        named = "/".join((account.statement, _day(account, entry)[:10], text_of(entry, "NtryRef"), str(place)))
    return "/".join(part for part in ("camt", account.number, named) if part)


def _own(detail: CamtElement) -> list[str]:
    """What a transaction is called: by the bank, by its payer, on its way."""
    return [text_of(detail, f"Refs/{name}") for name in ("AcctSvcrRef", "EndToEndId", "TxId")]


def _code(element: CamtElement) -> str:
    """What kind of entry the bank says it is: "PMNT-RCDT-VCOM"; "" where it does not say."""
    told = [text_of(element, f"BkTxCd/Domn/{each}") for each in ("Cd", "Fmly/Cd", "Fmly/SubFmlyCd")]
    return "-".join(told) if told[0] else ""


def _signed(amounts_of: CamtElement, entry: CamtElement) -> int | None:
    """An amount in öre, below zero where it left the account; None where nothing is said. Raises ValueError.

    The way is told beside it: an amount with a sign of its own may be either, and is not guessed at.
    """
    amounts = _amounts(amounts_of)
    if not amounts:
        return None
    way = (text_of(amounts_of, "CdtDbtInd") or text_of(entry, "CdtDbtInd")).upper()
    ore = in_ore(amounts[0].text)
    if ore < 0:
        raise ValueError("an amount below zero")
    return -ore if way == "DBIT" else ore


def _currency(amounts_of: CamtElement) -> str:
    amounts = _amounts(amounts_of)
    return amounts[0].currency.upper() if amounts else ""


def _amounts(element: CamtElement) -> list[CamtElement]:
    """What was moved; of a transaction that does not say, what its payer ordered."""
    told = element.below.get("Amt") or all_of(element, "AmtDtls/TxAmt/Amt")
    return told or all_of(element, "AmtDtls/InstdAmt/Amt")


def _party(detail: CamtElement, name: str) -> str:
    return text_of(detail, f"RltdPties/{name}/Nm") or text_of(detail, f"RltdPties/{name}/Pty/Nm")


def _day(account: CamtAccount, entry: CamtElement) -> str:
    """When it was booked, or else counted, or else settled between banks, or told: all may be left out."""
    told = (text_of(entry, f"{which}/{form}") for which in ("BookgDt", "ValDt") for form in ("Dt", "DtTm"))
    settled = (text_of(entry, f"NtryDtls/TxDtls/RltdDts/{which}") for which in ("IntrBkSttlmDt", "AccptncDtTm"))
    return next(filter(None, chain(told, settled)), account.told_at)
