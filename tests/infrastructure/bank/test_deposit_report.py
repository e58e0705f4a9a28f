"""Bankgirot's report of deposits: each payment with the day above it, and parts of one sum on the account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from application.payments.bank_entry import BankFileSumsDisagree, NotABankFile
from infrastructure.bank.files import BankFiles
from tests.infrastructure.bank.test_workbook import workbook
from tests.samples import Institute
from tests.scenarios.payments.test_bank_file import suspended, take_in

TODAY = date(2026, 11, 30)
ABOVE: Sequence[Sequence[object]] = (
    ("Insättningsuppgift",),
    ("Datum", "Bankkontonummer", "Bankgironummer", "Mottagare"),
    ("2026-08-31", "5001-123456", "991-2346", "Vi AB"),
    ("2\N{NO-BREAK SPACE}000,00", "TOTALT", "2"),
    ("Insättningar",),
    ("Avsändare", "", "Referens", "Bankgironummer", "Belopp", "", "", "Meddelande"),
)
ROWS: Sequence[Sequence[object]] = (
    ("Bolt AB", "", "1042514", "500-5123", "1\N{NO-BREAK SPACE}250,00", "", "", ""),
    ("Acme AB", "", "Kurs i höst", "", 750, "", "", "Anna"),
    ("\N{COPYRIGHT SIGN} Bankgirot", "", "", "", "", "", "", ""),
)
LUMP = b"Datum;Text;Belopp\n2026-08-31;Bankgiro inbetalning 991-2346;2000,00\n"


def test_its_payments_are_read_with_the_day_that_stands_above_them() -> None:
    first, second = BankFiles().read(workbook([*ABOVE, *ROWS]), TODAY).entries
    assert (first.arrived_on, first.amount, first.reference, first.payer) == (
        date(2026, 8, 31),
        1_250_00,
        "1042514",
        "Bolt AB",
    )
    assert (second.amount, second.reference, second.text) == (750_00, "", "Kurs i höst Anna")


def test_two_alike_are_two_and_named_the_same_each_time() -> None:
    rows = [*ABOVE[:3], *ABOVE[4:], ROWS[1], ROWS[1]]
    once, again = (BankFiles().read(workbook(rows), TODAY).entries for _ in range(2))
    assert len({each.source for each in once}) == 2
    assert [each.source for each in once] == [each.source for each in again]


def test_a_report_that_does_not_come_to_its_total_or_tells_of_several_days_is_refused() -> None:
    with pytest.raises(BankFileSumsDisagree):
        BankFiles().read(workbook([*ABOVE, ROWS[0]]), TODAY)
    with pytest.raises(NotABankFile):
        BankFiles().read(workbook([*ABOVE, *ROWS, *ABOVE, *ROWS]), TODAY)


@pytest.mark.parametrize("is_lump_first", [True, False])
def test_the_sum_on_the_account_and_its_parts_are_the_same_money_in_either_order(
    institute: Institute, is_lump_first: bool
) -> None:
    files = [LUMP, workbook([*ABOVE, *ROWS])]
    for each in files if is_lump_first else files[::-1]:
        take_in(institute, each)
    assert sum(suspended(institute)) == 2_000_00
