"""camt.053 and camt.054 of any version: elements are found by their local names, one entry for each transaction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from application.bank_file import BankEntry, NotABankFile

_DEEPEST = 30


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
    except (ValueError, InvalidOperation, IndexError) as error:
        raise NotABankFile(why="camt") from error


def _entries(account: etree._Element) -> Iterator[BankEntry]:
    number = _text(account, "Acct/Id/IBAN") or _text(account, "Acct/Id/Othr/Id")
    for place, entry in enumerate(_all(account, "Ntry")):
        status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
        if status not in ("BOOK", ""):
            continue
        named = _text(entry, "AcctSvcrRef") or _text(entry, "NtryRef")
        details = _all(entry, "NtryDtls/TxDtls") or [entry]
        for no, transaction in enumerate(details):
            yield _entry(number, entry, transaction, named or f"{_day(entry)}/{place}", no)


def _entry(account: str, entry: etree._Element, transaction: etree._Element, named: str, no: int) -> BankEntry:
    amounts = _all(transaction, "AmtDtls/TxAmt/Amt") or _all(transaction, "Amt")
    amount = amounts[0] if amounts else _all(entry, "Amt")[0]
    way = _text(transaction, "CdtDbtInd") or _text(entry, "CdtDbtInd")
    minor = int((Decimal(str(amount.text).strip()) * 100).to_integral_exact())
    refs = [_text(transaction, f"Refs/{name}") for name in ("AcctSvcrRef", "EndToEndId", "TxId")]
    own = next((each for each in refs if each not in ("", "NOTPROVIDED")), "")
    free = " ".join(str(each.text or "").strip() for each in _all(transaction, "RmtInf/Ustrd"))
    return BankEntry(
        source="/".join(part for part in ("camt", account, named, own, str(no)) if part),
        amount=-minor if way == "DBIT" else minor,
        currency=str(amount.get("Ccy") or "SEK"),
        reference=_text(transaction, "RmtInf/Strd/CdtrRefInf/Ref"),
        text=free,
        payer=_text(transaction, "RltdPties/Dbtr/Nm") or _text(transaction, "RltdPties/Dbtr/Pty/Nm"),
        arrived_on=date.fromisoformat(_day(entry)[:10]),
        is_reversal=_text(entry, "RvslInd") == "true",
    )


def _day(entry: etree._Element) -> str:
    return _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm") or _text(entry, "ValDt/Dt")


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
