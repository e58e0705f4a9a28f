"""Banks' exports of columns: each layout is read, what is no entry is passed by, what cannot be read is named."""

from __future__ import annotations

from datetime import date

import pytest

from application.payments.bank_entry import BankCellAmbiguous, BankCellUnreadable, BankEntry, NotABankFile
from infrastructure.bank.files import BankFiles

TODAY = date(2026, 11, 30)
DAY = date(2026, 11, 27)
LAYOUTS = {
    "Swedbank, company": (
        "* Transaktionsrapport Period 2026-11-01 \N{EN DASH} 2026-11-27\r\n"
        "Radnr,Clnr,Kontonr,Produkt,Valuta,Bokfdag,Transdag,Valutadag,Referens,Text,Belopp,Saldo\r\n"
        '1,81234,123456789,"Företagskonto",SEK,2026-11-27,2026-11-27,2026-11-27,"3244","Insättning",22500.00,99000.00\r\n'
    ),
    "Swish report": (
        "* Swish-rapport Avser 2026-11-27\r\n"
        "Radnr,Clnr,Kontonr,Bokfdag,Transdag,Valutadag,Mottagarnr,Mottagarnamn,Avsändarnr,Avsändarnamn,Meddelande,Tid,"
        "Belopp,Orderreferens\r\n"
        '1,81234,1234,2026-11-27,2026-11-27,2026-11-27,1231234567,"Vi","0701234567","STIFTELSEN SAMKLANG","3244",10:01,'
        '22500.00,""\r\n'
    ),
    "SEB, statement": (
        "Bokföringsdatum;Valutadatum;Verifikationsnummer;Text;Belopp;Saldo\r\n"
        "2026-11-27;2026-11-27;5490990004;3244;22500.000;99000.000\r\n"
    ),
    "SEB, two columns": (
        "Bokförd;Valutadatum;Text;Typ;Insättningar;Uttag;Bokfört saldo\n"
        "2026-11-27;2026-11-27;3244;Bankgiro;22500.00;;99000.00\n"
    ),
    "SEB, commas": (
        "Företagsnamn:,Vi AB\nDatum:,2026-11-27\n\n"
        "Bokförd,Valutadatum,Text,Typ,Insättningar/uttag,Bokfört saldo\n"
        "2026-11-27,2026-11-27,3244,Bankgiro,22500.00,99000.00\n"
    ),
    "Handelsbanken, company": (
        "sep=;\nKontohavare;Kontonr;IBAN;BIC;Kontoform;Valuta;Kontoförande kontor;Datum intervall;Kontor;Bokföringsdag;"
        "Reskontradag;Valutadag;Referens;Insättning/Uttag;Bokfört saldo;Aktuellt saldo;Valutadagssaldo;"
        "Referens Swish;Avsändar-id Swish;\n"
        "Vi AB;123;SE35;HANDSESS;Konto;SEK;Lund;x;Lund;;;;;;76500,00;76500,00;76500,00;;;\n"
        "Vi AB;123;SE35;HANDSESS;Konto;SEK;Lund;x;Lund;2026-11-27;2026-11-27;2026-11-27;3244;22500,00;99000,00;"
        "99000,00;99000,00;;;\n"
    ),
    "Handelsbanken, short": (
        "Bokföringsdatum;Referens;Belopp;Saldo\n;Ingående saldo;;76500,00\n2026-11-27;3244;22 500,00;99 000,00\n"
    ),
    "Nordea": (
        "Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta\r\n"
        "2026/11/27;22500,00;;1111 22-3333;STIFTELSEN SAMKLANG;Insättning 3244;99000,00;SEK\r\n"
        "Reserverat;-199,00;1111 22-3333;;;Reservation Kortköp;;SEK\r\n"
    ),
    "Nordea, from 2024": (
        "Datum;Belopp;Avsändare;Mottagare;Namn;Ytterligare detaljer;Meddelande;Egna anteckningar;Saldo;Valuta;\r\n"
        "2026-11-27;22500,00;;1111 22-3333;STIFTELSEN SAMKLANG;Insättning;3244;;;SEK;\r\n"
    ),
    "Danske Bank": (
        "Datum;Kategori;Underkategori;Text;Belopp;Saldo;Status;Avstämt\n"
        "2026-11-27;;;3244;22\N{NO-BREAK SPACE}500,00;99\N{NO-BREAK SPACE}000,00;Utförd;Nej\n"
        "2026-11-28;;;Kortköp;-199,00;;Väntar;Nej\n"
    ),
    "Länsförsäkringar": (
        '"Kontonummer";"Kontonamn";"";"Saldo";"Tillgängligt belopp"\n'
        '"1234567";"Företagskonto";"";"99000,00";"99000,00"\n\n'
        '"Bokföringsdatum";"Transaktionsdatum";"Transaktionstyp";"Meddelande";"Belopp"\n'
        '"2026-11-27";"2026-11-27";"Insättning";"3244";"22 500,00"\n'
    ),
    "ICA Banken": (
        "Datum;Text;Typ;Budgetgrupp;Belopp;Saldo\n2026-11-27;3244;Insättning;Övrigt;22 500,00 kr;99 000,00 kr\n"
    ),
    "points for thousands": "Datum;Belopp;Text\n2026-11-27;22.500,00;3244\n",
}


def read(text: str, charset: str = "utf-8") -> tuple[BankEntry, ...]:
    return BankFiles().read(text.encode(charset), TODAY).entries


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("bank", LAYOUTS)
def test_the_same_payment_is_read_of_every_bank(bank: str, charset: str) -> None:
    [entry] = read(LAYOUTS[bank], charset)
    assert (entry.arrived_on, entry.amount, entry.currency) == (DAY, 22_500_00, "SEK")
    assert "3244" in f"{entry.reference} {entry.text}"


@pytest.mark.parametrize(("bank", "why"), [("Handelsbanken, short", "balance"), ("Handelsbanken, company", "balance"),
                                           ("Nordea", "pending"), ("Danske Bank", "pending")])  # fmt: skip
def test_what_is_no_entry_is_passed_by_and_said(bank: str, why: str) -> None:
    [passed] = BankFiles().read(LAYOUTS[bank].encode(), TODAY).passed
    assert passed.why == why and passed.row > 1


def test_rows_that_are_numbered_anew_are_the_same_entries() -> None:
    head = "Radnr,Kontonr,Valuta,Bokfdag,Referens,Text,Belopp,Saldo\n"
    first = read(head + "1,1,SEK,2026-11-26,2741,Bankgiro,24000.00,99000.00\n")
    later = read(
        head + "1,1,SEK,2026-11-27,Swish,In,100.00,99100.00\n2,1,SEK,2026-11-26,2741,Bankgiro,24000.00,99000.00\n"
    )
    assert first[0].source == later[1].source != later[0].source


def test_two_alike_are_two_and_stay_two() -> None:
    rows = "Datum;Belopp;Text\n" + "2026-11-27;100,00;Tack\n" * 2
    assert len({each.source for each in read(rows)}) == 2
    assert [each.source for each in read(rows)] == [each.source for each in read(rows)]


@pytest.mark.parametrize(
    ("written", "ore"),
    [("22 500,00", 22_500_00), ("22.500,00", 22_500_00), ("22,500.00", 22_500_00), ("1 250", 1_250_00),
     ("-99,5", -99_50),
     ("\N{MINUS SIGN}99,50", -99_50), ("99,50-", -99_50), ("?99,50", -99_50), ("+10", 10_00), ("200 kr", 200_00),
     ("1.250.000", 1_250_000_00), ("1\N{NARROW NO-BREAK SPACE}250,00 SEK", 1_250_00)],
)  # fmt: skip
def test_amounts_as_people_write_them(written: str, ore: int) -> None:
    assert read(f"Datum;Belopp;Text\n2026-11-27;{written};x\n")[0].amount == ore


def test_three_figures_are_decimals_or_thousands_as_the_balances_tell() -> None:
    head = "Bokföringsdatum;Text;Belopp;Saldo\n"
    decimals = head + "2026-11-27;a;-120.500;99.5\n2026-11-26;b;20;220\n"
    thousands = head + "2026-11-27;a;120.500;320500\n2026-11-26;b;20.500;200.000\n"
    assert [each.amount for each in read(decimals)] == [-120_50, 20_00]
    assert [each.amount for each in read(thousands)] == [120_500_00, 20_500_00]
    with pytest.raises(BankCellAmbiguous):
        read(head + "2026-11-27;a;-120.500;100.000\n2026-11-26;b;20.500;220.500\n")


def test_a_bank_that_writes_three_decimals_is_known_by_its_headings() -> None:
    head = "Bokföringsdatum;Valutadatum;Verifikationsnummer;Text;Belopp;Saldo\n"
    assert [each.amount for each in read(head + "2026-11-27;2026-11-27;1;a;-120.500;100.000\n")] == [-120_50]


@pytest.mark.parametrize(
    ("row", "column"),
    [("2026-13-27;1,00;SEK", "day"), ("i går;1,00;SEK", "day"), ("2026-11-27;ett;SEK", "amount"),
     ("2026-11-27;1,00;kronor", "currency"), ("2026-11-27;1e5;SEK", "amount"), ("2026-11-27;0,001;SEK", "")],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_named_by_its_row_and_column(row: str, column: str) -> None:
    with pytest.raises((BankCellUnreadable, BankCellAmbiguous)) as refused:
        read(f"Datum;Belopp;Valuta\n2026-11-26;5,00;SEK\n{row}\n")
    assert refused.value.facts["row"] == 3 and refused.value.facts.get("column", "") == column


def test_a_file_without_headings_is_refused() -> None:
    with pytest.raises(NotABankFile):
        read("3244;2026-11-27;22500,00\n")


@pytest.mark.parametrize("text", ['"Bolt AB', '3" rör', '"Bolt" AB', '"Bolt ""AB"'])
def test_a_quotation_mark_in_a_text_swallows_no_rows(text: str) -> None:
    rows = f"Datum;Text;Belopp\n2026-11-26;{text};1,00\n2026-11-27;Tack;2,00\n2026-11-28;{text};3,00\n"
    read = BankFiles().read(rows.encode(), TODAY)
    assert [each.amount for each in read.entries] == [100, 200, 300] and not read.passed


def test_headings_in_quotation_marks_are_known_where_a_stray_one_stands_below() -> None:
    rows = '"Datum";"Text";"Belopp"\n2026-11-26;"Bolt;1,00\n2026-11-27;Tack;2,00\n'
    assert [each.amount for each in BankFiles().read(rows.encode(), TODAY).entries] == [100, 200]
