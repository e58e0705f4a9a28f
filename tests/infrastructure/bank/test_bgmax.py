"""BgMax: payments, deductions and extra references by their positions; a file that is not whole is refused."""

from __future__ import annotations

from datetime import date

import pytest

from application.payments.bank_entry import BankFile, BankFileCutShort, BankFileOfTests, BankFileSumsDisagree, Referred
from infrastructure.bank.files import BankFiles

TODAY = date(2026, 11, 30)
FILE = """\
01BGMAX               0120260915173000000000P
050009912346          SEK
200005123450                  1042514000000000001250000223149848000170
210005123450KREDIT 1019              0000000000002500003231498480002500
2000000000001042522 1042530          000000000000400000313149848000330
220000000000                  1042522000000000000000000213149848000330
25Fakturor 1042522 och 1042530
26Exempelköpare AB
27Provgatan 1                        12345
28Provstad
29005566778899
200000000000                         000000000000700000033149848000411
220000000000                  1042548000000000000800000233149848000411
2300000000001020                     000000000000100000433149848000411
15000000000000000000081050090420000012026091500371000000000002100000SEK00000004
7000000003000000010000000300000001
"""


def read(text: str) -> BankFile:
    return BankFiles().read(text.encode("latin-1"), TODAY)


def test_payments_and_deductions_are_read_with_what_they_refer_to() -> None:
    checked, deduction, in_words, several = read(FILE).entries
    assert [each.amount for each in (checked, deduction, in_words, several)] == [
        12_500_00,
        -2_500_00,
        4_000_00,
        7_000_00,
    ]
    assert {each.arrived_on for each in read(FILE).entries} == {date(2026, 9, 15)}
    assert checked.reference == "1042514" and deduction.is_reversal
    assert in_words.payer == "Exempelköpare AB" and "1042522 och 1042530" in in_words.text
    assert several.referred == (Referred("1042548", 8_000_00), Referred("1020", -1_000_00, is_credit=True))


def test_lines_may_be_cut_and_end_either_way() -> None:
    assert read(FILE.replace("\n", "\r\n")).entries == read(FILE).entries
    assert len({each.source for each in read(FILE).entries}) == 4


def test_a_test_file_a_cut_file_and_one_whose_sums_disagree_are_refused() -> None:
    with pytest.raises(BankFileOfTests):
        read(FILE.replace("000000000P", "000000000T"))
    for cut in (FILE[: FILE.index("70000")], FILE.replace("7000000003", "7000000004")):
        with pytest.raises(BankFileCutShort):
            read(cut)
    with pytest.raises(BankFileSumsDisagree):
        read(FILE.replace("000000000002100000SEK", "000000000002100001SEK"))


def test_a_deposit_in_euro_is_in_euro() -> None:
    assert {each.currency for each in read(FILE.replace("SEK", "EUR")).entries} == {"EUR"}


def test_payments_without_their_deposit_are_a_cut_file_and_not_left_out() -> None:
    lone = "050009912346          SEK\n200005123450                  1042514000000000001250000223149848000990\n"
    for file in (
        FILE.replace("7000000003", f"{lone}7000000004"),
        FILE.replace("050009912346", f"{lone}050009912346", 1),
    ):
        with pytest.raises(BankFileCutShort):
            read(file.replace("7000000003", "7000000004"))
