"""Exports that are none of those known by name: other days, sums, headings, charsets; read rightly or refused."""

from __future__ import annotations

from datetime import date

import pytest

from application.payments.bank_entry import NotABankFile
from infrastructure.bank.files import BankFiles

TODAY = date(2026, 11, 30)
DAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    "written",
    ["2026-11-27", "20261127", "2026/11/27", "2026.11.27", "27.11.2026", "27/11/2026", "27-11-2026", "261127",
     "26-11-27", "2026-11-27 10:22", "2026-11-27T10:22:00", "27 nov 2026", "27 november 2026"],
)  # fmt: skip
def test_days_as_people_write_them(written: str) -> None:
    [entry] = BankFiles().read(f"Datum;Text;Belopp\n{written};3244;100,00\n".encode(), TODAY).entries
    assert entry.arrived_on == DAY


@pytest.mark.parametrize("written", ["11/27/2026", "2026-13-01", "2611", "i går", "20261", "27 hej 2026"])
def test_what_is_no_day_is_never_taken_for_another(written: str) -> None:
    with pytest.raises(NotABankFile):
        BankFiles().read(f"Datum;Text;Belopp\n{written};3244;100,00\n".encode(), TODAY)


@pytest.mark.parametrize(("written", "ore"), [("1 250:-", 1_250_00), ("(99,50)", -99_50), ("1'250.00", 1_250_00)])
def test_sums_as_people_write_them(written: str, ore: int) -> None:
    [entry] = BankFiles().read(f"Datum;Text;Belopp\n2026-11-27;3244;{written}\n".encode(), TODAY).entries
    assert entry.amount == ore


@pytest.mark.parametrize(
    "text",
    ["Datum;Text;Belopp (SEK);Saldo (SEK)\n2026-11-27;3244;22500,00;99000,00\n",
     "Bokf. datum;Text;Belopp i SEK;Saldo\n2026-11-27;3244;22500,00;99000,00\n",
     "Datum;Text;Debet;Kredit;Saldo\n2026-11-27;3244;;22500,00;99000,00\n",
     "Bokföringsdag;Beskrivning;In;Ut;Saldo\n2026-11-27;3244;22500,00;;99000,00\n",
     "Booking date;Value date;Text;Credit;Debit;Balance\n2026-11-27;2026-11-27;3244;22500.00;;99000.00\n",
     "Valutadag|Text|Belopp|Saldo\r2026-11-27|3244|22500,00|99000,00\r",
     "3244;2026-11-27;2026-11-27;22500,00;99000,00\n"],
)  # fmt: skip
def test_headings_and_marks_of_other_banks(text: str) -> None:
    [entry] = BankFiles().read(text.encode(), TODAY).entries
    assert (entry.amount, entry.arrived_on, entry.text, entry.balance) == (22_500_00, DAY, "3244", 99_000_00)


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be", "mac-roman", "cp850"])
def test_charsets_without_a_mark(charset: str) -> None:
    text = "Bokföringsdag;Text;Belopp\n2026-11-27;Åkeriet;22500,00\n"
    [entry] = BankFiles().read(text.encode(charset), TODAY).entries
    assert entry.text == "Åkeriet"


def test_sums_at_the_end_and_rows_of_nothing_are_passed_by_and_said() -> None:
    rows = ["Datum;Text;Belopp", "2026-11-27;3244;22 500,00", "2026-11-27;Info;0,00", "Summa;;22 500,00", ";Totalt;1"]
    file = BankFiles().read("\n".join(rows).encode(), TODAY)
    assert [each.amount for each in file.entries] == [22_500_00]
    assert [(each.row, each.why) for each in file.passed] == [(3, "other"), (4, "other"), (5, "other")]
