"""camt.053 and camt.054 of any version: elements are found by their local names, one entry for each transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from lxml import etree

from application.payments.bank_entry import BankEntry, NotABankFile
from infrastructure.bank.amounts import in_ore


def read_camt(content: bytes) -> tuple[BankEntry, ...]:
    """The booked entries of a file. Raises NotABankFile. Nothing outside the file is ever read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotABankFile(why="xml") from error
    if root.getroottree().docinfo.doctype:
        raise NotABankFile(why="doctype")
    accounts = [each for each in root.iter() if _name(each) in ("Stmt", "Ntfctn")]
    if not accounts:
        raise NotABankFile(why="camt")
    try:
        return tuple(entry for account in accounts for entry in _entries(account))
    except (ValueError, ArithmeticError, IndexError) as error:
        raise NotABankFile(why="camt") from error


def _entries(account: etree._Element) -> Iterator[BankEntry]:
    seen: Counter[str] = Counter()
    for place, entry in enumerate(_all(account, "Ntry")):
        status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
        if status not in ("BOOK", ""):
            continue
        for read in _read(account, entry, place):
            seen[read.source] += 1  # two alike in one statement are two
            yield replace(read, source=f"{read.source}/{seen[read.source]}")


def _read(account: etree._Element, entry: etree._Element, place: int) -> Iterator[BankEntry]:
    """One for each transaction where they say what makes up the entry; else what is on the account is taken as one."""
    details = _all(entry, "NtryDtls/TxDtls")
    whole, currency = _signed(entry, entry), _currency(entry)
    if whole is None:
        raise ValueError("an entry without an amount")
    parts = [_signed(each, entry) for each in details]
    same = all(_currency(each) in ("", currency) for each in details)
    if len(details) > 1 and same and None not in parts and sum(part or 0 for part in parts) == whole:
        for part, each in zip(parts, details, strict=True):
            yield _entry(account, entry, [each], part or 0, place)
    else:
        yield _entry(account, entry, details or [entry], whole, place)


def _entry(
    account: etree._Element, entry: etree._Element, details: list[etree._Element], amount: int, place: int
) -> BankEntry:
    references = [found for each in details if (found := _text(each, "RmtInf/Strd/CdtrRefInf/Ref"))]
    free = [str(each.text or "").strip() for detail in details for each in _all(detail, "RmtInf/Ustrd")]
    first = details[0]
    return BankEntry(
        source=_source(account, entry, details, amount, place),
        amount=amount,
        currency=_currency(entry) or "SEK",
        reference=references[0] if len(references) == 1 else "",
        text=" ".join(each for each in [*(references if len(references) > 1 else []), *free] if each),
        payer=_text(first, "RltdPties/Dbtr/Nm") or _text(first, "RltdPties/Dbtr/Pty/Nm"),
        arrived_on=date.fromisoformat(_day(entry)[:10]),
        is_reversal=_text(entry, "RvslInd") == "true",
    )


def _source(
    account: etree._Element, entry: etree._Element, details: list[etree._Element], amount: int, place: int
) -> str:
    """Only the bank's own reference names an entry wherever it is told; without it: this entry of this statement."""
    number = _text(account, "Acct/Id/IBAN") or _text(account, "Acct/Id/Othr/Id")
    own = [_text(details[0], f"Refs/{name}") for name in ("AcctSvcrRef", "EndToEndId", "TxId")]
    named = _text(entry, "AcctSvcrRef") or own[0]
    if not named:
        named = "/".join((_text(account, "Id"), _day(entry)[:10], _text(entry, "NtryRef"), str(place)))
    told = next((each for each in own if each not in ("", "NOTPROVIDED")), "")
    return "/".join(part for part in ("camt", number, named, told, str(amount)) if part)


def _signed(amounts_of: etree._Element, entry: etree._Element) -> int | None:
    """An amount in öre, below zero where it left the account; None where nothing is said."""
    amounts = _amounts(amounts_of)
    if not amounts:
        return None
    way = _text(amounts_of, "CdtDbtInd") or _text(entry, "CdtDbtInd")
    ore = in_ore(str(amounts[0].text).strip())
    return -ore if way == "DBIT" else ore


def _currency(amounts_of: etree._Element) -> str:
    amounts = _amounts(amounts_of)
    return str(amounts[0].get("Ccy") or "") if amounts else ""


def _amounts(element: etree._Element) -> list[etree._Element]:
    return _all(element, "Amt") or _all(element, "AmtDtls/TxAmt/Amt")


def _day(entry: etree._Element) -> str:
    told = (_text(entry, f"{which}/{form}") for which in ("BookgDt", "ValDt") for form in ("Dt", "DtTm"))
    return next(filter(None, told), "")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _all(element: etree._Element, path: str) -> list[etree._Element]:
    found = [element]
    for name in path.split("/"):
        found = [child for each in found for child in each if _name(child) == name]
    return found


def _text(element: etree._Element, path: str) -> str:
    found = _all(element, path)
    return str(found[0].text or "").strip() if found else ""
