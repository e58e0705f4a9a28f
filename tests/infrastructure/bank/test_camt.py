"""A bank's XML is read in pieces, whatever it calls its charset, and nothing of it is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from application.payments.bank_entry import NotABankFile
from infrastructure.bank.camt_elements import elements_of
from infrastructure.bank.files import BankFiles

TODAY = date(2026, 11, 30)
ACCOUNTS = frozenset({"Stmt"})


def statement(entries: str, declared: str = "UTF-8") -> bytes:
    xml = (
        f'<?xml version="1.0" encoding="{declared}"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053">'
        f"<BkToCstmrStmt><Stmt><Id>S1</Id>{entries}</Stmt></BkToCstmrStmt></Document>"
    )
    return xml.encode("cp1252" if "1252" in declared else "utf-8")


def entry(no: int, amount: str = "1.00", way: str = "CRDT", text: str = "Årsavgift") -> str:
    return (
        f'<Ntry><Amt Ccy="SEK">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
        f"<BookgDt><Dt>2026-11-27</Dt></BookgDt><AcctSvcrRef>B{no}</AcctSvcrRef><AddtlNtryInf>{text}</AddtlNtryInf></Ntry>"
    )


@pytest.mark.parametrize("declared", ["UTF-8", "utf8", "UTF8", "windows-1252"])
def test_a_charset_is_known_by_each_of_its_names(declared: str) -> None:
    [read] = BankFiles().read(statement(entry(1), declared), TODAY).entries
    assert (read.amount, read.text) == (100, "Årsavgift")


@pytest.mark.parametrize("declared", ["klingon", "shift_jis", "rot13"])
def test_a_charset_that_cannot_be_read_is_refused(declared: str) -> None:
    with pytest.raises(NotABankFile):
        BankFiles().read(statement(entry(1), declared), TODAY)


def test_what_stands_on_both_sides_of_a_piece_is_whole() -> None:
    text = "Å" * 299
    read = BankFiles().read(statement("".join(entry(no, text=text) for no in range(40))), TODAY).entries
    assert [(each.bank_reference, each.text) for each in read] == [(f"B{no}", text) for no in range(40)]


def test_an_entry_is_forgotten_once_it_has_been_told() -> None:
    told = elements_of(statement("".join(map(entry, range(3)))), ACCOUNTS, ACCOUNTS | {"Ntry"})
    ended = [element for is_beginning, element, _ in told if not is_beginning]
    assert [each.name for each in ended] == ["Ntry"] * 3 + ["Stmt"] and list(ended[-1].below) == ["Id"]


@pytest.mark.parametrize("way", ["CRDT", "DBIT"])
def test_an_amount_with_a_sign_beside_its_way_is_refused_and_not_guessed_at(way: str) -> None:
    with pytest.raises(NotABankFile):
        BankFiles().read(statement(entry(1, amount="-5.00", way=way)), TODAY)
