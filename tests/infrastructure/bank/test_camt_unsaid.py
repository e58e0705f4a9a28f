"""What a bank's XML leaves out, writes otherwise or says beside: never guessed at where money could be misread."""

from __future__ import annotations

from datetime import date

import pytest

from application.payments.bank_entry import BankCellUnreadable, BankEntry, Referred
from infrastructure.bank.files import BankFiles

TODAY = date(2026, 11, 30)
DAY = date(2026, 11, 5)
BOOKED = "<BookgDt><Dt>2026-11-05</Dt></BookgDt>"


def entry(
    inside: str = "", *, amount: str = "300.00", way: str = "CRDT", status: str = "BOOK", day: str = BOOKED
) -> str:
    direction = f"<CdtDbtInd>{way}</CdtDbtInd>" if way else ""
    return (
        f'<Ntry><Amt Ccy="SEK">{amount}</Amt>{direction}<Sts>{status}</Sts>{day}<AcctSvcrRef>R1</AcctSvcrRef>'
        f"<NtryDtls>{inside}</NtryDtls></Ntry>"
    )


def read(*entries: str, made: str = "") -> tuple[BankEntry, ...]:
    xml = f'<Document xmlns="x"><B><Stmt><Id>S</Id>{made}{"".join(entries)}</Stmt></B></Document>\n\0\x1a'
    return BankFiles().read(xml.encode(), TODAY).entries


def paying(remittance: str) -> str:
    return f"<TxDtls><RmtInf>{remittance}</RmtInf></TxDtls>"


@pytest.mark.parametrize("way", ["", "XXXX", "D"])
def test_money_whose_way_is_not_told_is_refused_and_never_taken_for_income(way: str) -> None:
    with pytest.raises(BankCellUnreadable) as refused:
        read(entry(), entry(way=way))
    assert refused.value.facts == {"entry": 2, "column": "way", "expected": "CRDT, DBIT"}


@pytest.mark.parametrize(
    ("one", "column"),
    [(entry(amount="1,50"), "amount"), (entry(amount=""), "amount"), (entry(amount="1.00125"), "amount"),
     (entry(day="<BookgDt><Dt>2026-02-29</Dt></BookgDt>"), "day"), (entry(day=""), "day")],
)  # fmt: skip
def test_an_entry_that_cannot_be_read_is_named_by_its_number(one: str, column: str) -> None:
    with pytest.raises(BankCellUnreadable) as refused:
        read(entry(), one)
    assert (refused.value.facts["entry"], refused.value.facts["column"]) == (2, column)


def test_small_letters_say_the_same() -> None:
    [one] = read(entry(way="dbit", status="Book").replace("SEK", "sek"))
    assert (one.amount, one.currency) == (-300_00, "SEK")


@pytest.mark.parametrize("status", ["<Cd>PDNG</Cd>", "<Prtry>PENDING</Prtry>", "INFO", "<Cd>FUTR</Cd>"])
def test_what_is_not_booked_moves_no_money_whoever_named_its_state(status: str) -> None:
    assert [each.amount for each in read(entry(status=status), entry(status="<Prtry>BOOKED</Prtry>"))] == [300_00]


def test_a_day_that_an_entry_does_not_tell_is_that_of_its_settlement_or_of_the_statement() -> None:
    settled = "<TxDtls><RltdDts><IntrBkSttlmDt>2026-11-05</IntrBkSttlmDt></RltdDts></TxDtls>"
    made = "<CreDtTm>2026-11-05T22:10:00+01:00</CreDtTm>"
    assert [each.arrived_on for each in (*read(entry(settled, day="")), *read(entry(day=""), made=made))] == [DAY, DAY]


def test_several_invoices_in_one_structured_part_are_all_read() -> None:
    several = "<Strd><RfrdDocInf><Nb>31</Nb></RfrdDocInf><RfrdDocInf><Nb>32</Nb></RfrdDocInf></Strd>"
    [one] = read(entry(paying(several)))
    assert (one.reference, one.referred) == ("", (Referred("31"), Referred("32")))


@pytest.mark.parametrize(
    "amounts",
    ["<DuePyblAmt>150.00</DuePyblAmt><CdtNoteAmt>50.00</CdtNoteAmt><RmtdAmt>100.00</RmtdAmt>",
     ("<RmtAmtAndTp><Tp><Cd>DUPA</Cd></Tp><Amt>150.00</Amt></RmtAmtAndTp>"
     "<RmtAmtAndTp><Tp><Cd>CREN</Cd></Tp><Amt>50.00</Amt></RmtAmtAndTp>"
     "<RmtAmtAndTp><Tp><Cd>RMTD</Cd></Tp><Amt>100.00</Amt></RmtAmtAndTp>")],
)  # fmt: skip
def test_what_is_paid_of_an_invoice_is_told_from_what_is_due_and_what_is_credited(amounts: str) -> None:
    first = f"<Strd><RfrdDocInf><Nb>31</Nb></RfrdDocInf><RfrdDocAmt>{amounts}</RfrdDocAmt></Strd>"
    second = "<Strd><RfrdDocInf><Nb>32</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt>200.00</RmtdAmt></RfrdDocAmt></Strd>"
    [one] = read(entry(paying(first + second)))
    assert one.referred == (Referred("31", 100_00), Referred("32", 200_00))


def test_a_lump_is_told_apart_also_by_what_its_payers_ordered() -> None:
    ordered = [
        f'<TxDtls><AmtDtls><InstdAmt><Amt Ccy="SEK">{sum_}</Amt></InstdAmt></AmtDtls></TxDtls>'
        for sum_ in ("100.00", "200.00")
    ]
    assert [each.amount for each in read(entry("".join(ordered)))] == [100_00, 200_00]


def test_whoever_somebody_else_paid_for_is_named_where_nobody_else_is() -> None:
    named = "<TxDtls><RltdPties><UltmtDbtr><Nm>Bolt AB</Nm></UltmtDbtr></RltdPties></TxDtls>"
    assert [each.payer for each in read(entry(named))] == ["Bolt AB"]
