"""Two columns of sums with one heading: the account's own is told by the file, or the file is refused."""

from __future__ import annotations

from datetime import date

import pytest

from application.payments.bank_entry import BankFile, BankHeadingTwice
from infrastructure.bank.files import BankFiles

TODAY = date(2026, 11, 30)


def read(text: str) -> BankFile:
    return BankFiles().read(text.encode(), TODAY)


@pytest.mark.parametrize(
    "text",
    ["Datum;Text;Belopp;Belopp;Saldo\n2026-11-05;a;10,00;113,50;313,50\n2026-11-04;b;20,00;200,00;200,00\n",
     "Datum;Belopp;Saldo;Belopp;Saldo\n2026-11-04;20,00;3,00;200,00;200,00\n2026-11-05;10,00;4,00;113,50;313,50\n",
     ("Datum;Insättningar;Uttag;Insättningar;Saldo\n2026-11-05;10,00;;113,50;313,50\n"
      "2026-11-04;20,00;;200,00;200,00\n")],
)  # fmt: skip
def test_the_sums_that_the_balances_follow_from_are_the_accounts(text: str) -> None:
    file = read(text)
    assert sorted(each.amount for each in file.entries) == [113_50, 200_00]
    assert [(each.opening, each.closing) for each in file.statements] == [(0, 313_50)]


@pytest.mark.parametrize(
    "text",
    ["Datum;Belopp;Valuta;Belopp;Valuta\n2026-11-05;10,00;EUR;113,50;SEK\n2026-11-04;20,00;USD;200,00;SEK\n",
     "Datum;Belopp;Valuta;Belopp;Valuta\n2026-11-05;10,00;EUR;113,50;SEK\n2026-11-04;20,00;EUR;200,00;SEK\n",
     "Datum;Belopp (EUR);Belopp\n2026-11-05;10,00;113,50\n2026-11-04;20,00;200,00\n",
     "Datum;Valuta;Originalbelopp;Belopp;Valuta\n2026-11-05;EUR;10,00;113,50;SEK\n2026-11-04;EUR;20,00;200,00;SEK\n"],
)  # fmt: skip
def test_without_balances_the_currency_tells(text: str) -> None:
    assert [(each.amount, each.currency) for each in read(text).entries] == [(113_50, "SEK"), (200_00, "SEK")]


def test_a_column_that_stands_twice_is_read_once() -> None:
    rows = "2026-11-05;10,00;a;10,00\n2026-11-04;20,00;b;20,00\n"
    assert [each.amount for each in read(f"Datum;Belopp;Text;Belopp\n{rows}").entries] == [10_00, 20_00]


def test_a_balance_of_two_that_nothing_follows_to_is_none() -> None:
    rows = "2026-11-05;10,00;1,00;2,00\n2026-11-04;20,00;5,00;9,00\n"
    assert [each.balance for each in read(f"Datum;Belopp;Saldo;Saldo\n{rows}").entries] == [None, None]


@pytest.mark.parametrize(
    "text",
    ["Datum;Text;Belopp;Belopp\n2026-11-05;a;10,00;113,50\n",
     "Datum;Belopp;Valuta;Belopp\n2026-11-05;10,00;SEK;113,50\n2026-11-04;20,00;SEK;200,00\n",
     "Datum;Belopp;Belopp;Saldo\n2026-11-05;10,00;113,50;500,00\n2026-11-04;20,00;200,00;100,00\n"],
)  # fmt: skip
def test_where_nothing_tells_nothing_is_guessed(text: str) -> None:
    with pytest.raises(BankHeadingTwice) as refused:
        read(text)
    assert refused.value.facts == {"heading": "Belopp"}
