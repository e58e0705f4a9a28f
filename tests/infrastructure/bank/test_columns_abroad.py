"""Exports in other languages and with other columns: read rightly, passed by and said, or refused."""

from __future__ import annotations

from datetime import date

import pytest

from application.payments.bank_entry import BankCellAmbiguous, BankCellUnreadable, BankFile
from infrastructure.bank.files import BankFiles

TODAY = date(2026, 11, 30)
DAY = date(2026, 11, 5)
LAYOUTS = {
    "Lunar": 'Datum,Tid,Titel,Belopp,Valuta,Saldo\n2026-11-05,10:11,Bolt AB 3244,"22500,00",SEK,"99000,00"\n',
    "Qonto": (
        "Status;Value date (UTC);Operation date (UTC);Counterparty name;Total amount (incl. VAT);Currency;Reference\n"
        "executed;05-11-2026 10:00:00;05-11-2026;Bolt AB;22500.00;SEK;3244\n"
        "declined;05-11-2026 10:00:00;05-11-2026;Bolt AB;22500.00;SEK;3244\n"
    ),
    "Wise": (
        "TransferWise ID,Date,Amount,Currency,Description,Payment Reference,Running Balance,Payer Name\n"
        "TRANSFER-1,05-11-2026,22500.00,SEK,Received money from Bolt AB,3244,99000.00,Bolt AB\n"
    ),
    "Revolut": (
        "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
        "TRANSFER,Current,2026-11-04 10:00:00,2026-11-05 10:00:01,Bolt AB 3244,22500.00,0.00,SEK,COMPLETED,99000.00\n"
        "CARD_PAYMENT,Current,2026-11-05 11:00:00,,Cafe,-50.00,0.00,SEK,REVERTED,\n"
    ),
    "SEB, in English": (
        "Booked;Value date;Text;Type;Deposits;Withdrawals;Booked balance\n"
        "2026-11-05;2026-11-05;3244;BG;22500.00;;99000.00\n"
    ),
    "Swedbank, in English": (
        "* Transactions\nRow number,Clearing number,Account number,Currency,Booking date,Reference,Description,Amount,"
        "Booked balance\n1,81234,123456789,SEK,2026-11-05,3244,Bolt,22500.00,99000.00\n"
    ),
    "DNB": "Dato;Forklaring;Rentedato;Ut av konto;Inn på konto\n05.11.2026;Bolt AB 3244;06.11.2026;;22500,00\n",
    "Nordea, Norway": "Bokføringsdato;Beløp;Avsender;Navn;Tittel;Valuta\n05.11.2026;22500,00;;Bolt AB;3244;SEK\n",
    "Danske, Denmark": (
        "Dato;Tekst;Beløb;Saldo;Status;Afstemt\n05.11.2026;3244;22.500,00;99.000,00;Udført;Nej\n"
        "06.11.2026;Kort;-10,00;;Venter;Nej\n"
    ),
    "Nordea, Finland": (
        "Kirjauspäivä;Määrä;Maksaja;Nimi;Viitenumero;Valuutta\n2026/11/05;22500,00;;Bolt;3244;SEK\n"
    ),
    "sums in two currencies": "Datum;Text;Belopp;Valuta;Belopp i SEK\n2026-11-05;3244;2000,00;EUR;22500,00\n",
    "sums without their way": "Datum;Text;Belopp;D/K\n2026-11-05;3244;22500,00;K\n",
    "nothing as 0,00": "Datum;Text;Debet;Kredit\n2026-11-05;3244;0,00;22500,00\n",
    "nothing as a dash": "Datum;Text;Debet;Kredit\n2026-11-05;3244;\N{EN DASH};22500,00\n",
    "commas above semicolons": "Vi AB, Lund, Sverige, org, nr, x\nDatum;Text;Belopp\n2026-11-05;3244;22500,00\n",
    "much above the headings": "Rad\n" * 30 + "Datum:;Text:;Belopp, kr:\n2026-11-05;3244;22500,00\n",
    "two marks of Unicode": "\ufeff\ufeffDatum;Text;Belopp\n2026-11-05;3244;22500,00\n",
}  # fmt: skip


def read(text: str) -> BankFile:
    return BankFiles().read(text.encode(), TODAY)


@pytest.mark.parametrize("bank", LAYOUTS)
def test_the_same_payment_is_read_of_each(bank: str) -> None:
    [entry] = read(LAYOUTS[bank]).entries
    assert (entry.arrived_on, entry.amount, entry.currency) == (DAY, 22_500_00, "SEK")
    assert "3244" in f"{entry.reference} {entry.text}"


@pytest.mark.parametrize(
    ("text", "sums"),
    [("Datum;Text;Debet;Kredit\n2026-11-05;a;100,00;0,00\n", [-100_00]),
     ("Datum;Text;Belopp;Debet/Kredit\n2026-11-05;a;100,00;Debet\n2026-11-05;b;5,00;Kredit\n", [-100_00, 5_00]),
     ("Date;Text;Amount;CdtDbtInd\n2026-11-05;a;100.00;DBIT\n2026-11-05;b;-5.00;DBIT\n", [-100_00, -5_00])],
)  # fmt: skip
def test_money_that_went_out_is_below_zero_however_that_is_said(text: str, sums: list[int]) -> None:
    assert [each.amount for each in read(text).entries] == sums


@pytest.mark.parametrize("heading", ["Belopp (EUR)", "Belopp i EUR", "Määrä EUROA", "Amount in EUR"])
def test_the_currency_of_a_heading_is_that_of_its_sums(heading: str) -> None:
    [entry] = read(f"Datum;Text;{heading}\n2026-11-05;3244;10,00\n").entries
    assert (entry.amount, entry.currency) == (10_00, "EUR")


@pytest.mark.parametrize(
    "row",
    ["2026-11-01;Ingående saldo;5000,00", "2026-11-30;Utgående balans 2026-11-30;5000,00", "2026-11-30;Saldo;5000,00",
     "2026-11-01;Opening balance;5000.00", "2026-11-30;Utg. saldo per den 2026-11-30;5000,00"],
)  # fmt: skip
def test_a_balance_among_the_sums_is_no_payment_though_it_has_a_day(row: str) -> None:
    file = read(f"Datum;Text;Belopp\n2026-11-05;Balans AB 3244;100,00\n{row}\n")
    assert [each.amount for each in file.entries] == [100_00]
    assert [(each.row, each.why) for each in file.passed] == [(3, "balance")]


@pytest.mark.parametrize(
    "row", ["Summa insättningar;;100,00", ";Summa insättningar;100,00", "Total:;;100.00", ";Netto;100,00",
            "Antal transaktioner;1;"],
)  # fmt: skip
def test_sums_at_the_end_are_passed_by_in_whatever_column_they_are_named(row: str) -> None:
    file = read(f"Datum;Text;Belopp\n2026-11-05;3244;100,00\n{row}\n")
    assert [each.amount for each in file.entries] == [100_00] and [each.why for each in file.passed] == ["other"]


@pytest.mark.parametrize(
    "status", ["Kommande", "Ej bokförd", "Avvisad", "Misslyckad", "Pending", "Declined", "Under behandling"]
)
def test_what_is_not_booked_or_never_will_be_is_no_payment(status: str) -> None:
    file = read(f"Datum;Text;Belopp;Status\n2026-11-05;3244;100,00;Bokförd\n2026-11-06;a;5,00;{status}\n")
    assert [each.amount for each in file.entries] == [100_00] and [each.why for each in file.passed] == ["pending"]


def test_each_account_of_a_file_has_its_own_balances() -> None:
    head = "Kontonr;Bokföringsdag;Text;Belopp;Saldo\n"
    rows = "111111111;2026-11-05;3244;100,00;100,00\n222222222;2026-11-05;3245;100,00;500,00\n"
    told = [(each.account, each.opening, each.closing) for each in read(head + rows).statements]
    assert told == [("111111111", 0, 100_00), ("222222222", 400_00, 500_00)]


def test_headings_that_stand_again_are_read_anew() -> None:
    first, second = (
        "Datum;Text;Belopp;Saldo\n2026-11-05;3244;1,00;1,00\n",
        "Datum;Text;Saldo;Belopp\n2026-11-05;3245;9,00;2,00\n",
    )
    file = read(f"Konto 1\n{first}\nKonto 2\n{second}")
    assert [each.amount for each in file.entries] == [1_00, 2_00]
    assert [(each.opening, each.closing) for each in file.statements] == [(0, 1_00), (7_00, 9_00)]


@pytest.mark.parametrize(
    "written",
    ["5 nov. 2026", "5-nov-26", "05-Nov-2026", "torsdag 5 november 2026", "to 2026-11-05", "5. november 2026",
     "5 marraskuuta 2026", "05.11.26", "5/11 2026", "20261105103000", "2026.11.05.", "2026-11-05T00:00:00+01:00"],
)  # fmt: skip
def test_days_as_others_write_them(written: str) -> None:
    assert [each.arrived_on for each in read(f"Datum;Text;Belopp\n{written};3244;100,00\n").entries] == [DAY]


def test_a_day_that_may_be_two_is_told_by_the_others_of_its_file_or_refused() -> None:
    head = "Datum;Text;Belopp\n"
    for others in ("27/11/2026;a;1,00\n", "01/11/2026;a;1,00\n12/11/2026;a;1,00\n"):
        assert read(f"{head}05/11/2026;3244;100,00\n{others}").entries[0].arrived_on == DAY
    for others in ("", "11/27/2026;a;1,00\n", "11/01/2026;a;1,00\n", "05/11/26;a;1,00\n"):
        with pytest.raises(BankCellAmbiguous) as refused:
            read(f"{head}11/05/2026;3244;100,00\n{others}")
        assert refused.value.facts == {"row": 2, "either_day": "11/05/2026"}
    assert read(f"{head}11/11/2026;3244;100,00\n").entries[0].arrived_on == date(2026, 11, 11)


def test_a_day_that_can_only_have_come_in_one_reading_is_read_so() -> None:
    assert read("Datum;Text;Belopp\n12/11/2026;3244;100,00\n").entries[0].arrived_on == date(2026, 11, 12)


@pytest.mark.parametrize(
    ("written", "day"),
    [("17-11-26", date(2026, 11, 17)), ("171126", date(2026, 11, 17)), ("26-11-17", date(2026, 11, 17)),
     ("25-12-26", date(2025, 12, 26)), ("26-11-30", date(2026, 11, 30)), ("30-11-26", date(2026, 11, 30))],
)  # fmt: skip
def test_a_lone_day_with_two_figures_for_its_year_is_the_one_that_was_lately(written: str, day: date) -> None:
    assert [each.arrived_on for each in read(f"Datum;Text;Belopp\n{written};a;1,00\n").entries] == [day]


def test_a_row_that_is_dated_wrongly_changes_no_other_days() -> None:
    rows = "05-11-26;a;1,00\n17-11-26;b;1,00\n18-11-27;c;1,00\n32-11-26;d;1,00\n"
    file = read(f"Datum;Text;Belopp\n{rows}")
    assert [each.arrived_on for each in file.entries] == [DAY, date(2026, 11, 17), date(2027, 11, 18)]
    assert [each.row for each in file.unread] == [5]


def test_a_lone_day_of_years_ago_that_may_be_two_is_refused() -> None:
    with pytest.raises(BankCellAmbiguous) as refused:
        read("Datum;Text;Belopp\n17-11-19;a;1,00\n")
    assert refused.value.facts == {"row": 2, "either_day": "17-11-19"}
    old = read("Datum;Text;Belopp\n17-11-19;a;1,00\n17-11-20;b;1,00\n").entries
    assert [each.arrived_on for each in old] == [date(2017, 11, 19), date(2017, 11, 20)]


def test_two_figures_are_the_day_before_the_year_where_the_file_says_so() -> None:
    head = "Datum;Text;Belopp\n"
    assert [each.arrived_on for each in read(f"{head}05-11-26;a;1,00\n17-11-26;b;1,00\n").entries] == [
        DAY,
        date(2026, 11, 17),
    ]
    assert [each.arrived_on for each in read(f"{head}26-11-05;a;1,00\n26-11-17;b;1,00\n").entries] == [
        DAY,
        date(2026, 11, 17),
    ]


@pytest.mark.parametrize("written", ["1 25,50", "12 50", "1.2.3,50", "1,25,000.50", "+-100,00", "1250 000"])
def test_figures_that_do_not_stand_in_threes_are_no_sum(written: str) -> None:
    with pytest.raises(BankCellUnreadable):
        read(f"Datum;Text;Belopp\n2026-11-05;3244;{written}\n")


@pytest.mark.parametrize("minus", ["\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}", "\N{EM DASH}", "- "])
def test_a_minus_is_one_however_it_is_set(minus: str) -> None:
    assert read(f"Datum;Text;Belopp\n2026-11-05;3244;{minus}22 500,00\n").entries[0].amount == -22_500_00


@pytest.mark.parametrize(
    ("text", "facts"),
    [("Datum;Text;Debet;Kredit\n2026-11-05;a;50,00;100,00\n", {"column": "amount", "expected": "12 500,00"}),
     ("Datum;Text;Belopp;D/K\n2026-11-05;a;50,00;?\n", {"column": "way", "expected": "D"}),
     ("Datum,Text,Belopp\n2026-11-05,3244,100,50\n", {"headings": 3}),
     ("Datum;Text;Belopp\n2026-11-05;Bolt; AB;100,00\n", {"headings": 3})],
)  # fmt: skip
def test_what_may_be_read_wrongly_is_refused_with_its_row(text: str, facts: dict[str, object]) -> None:
    with pytest.raises(BankCellUnreadable) as refused:
        read(text)
    assert refused.value.facts == {"row": 2, **facts}


@pytest.mark.parametrize("written", ["3244,00", "3244.0", "'3244", '"=""3244"""', "3244"])
def test_a_reference_that_a_spreadsheet_has_kept_is_as_it_was(written: str) -> None:
    assert read(f"Datum;OCR;Belopp\n2026-11-05;{written};100,00\n").entries[0].reference == "3244"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_spoilt_byte_spoils_neither_headings_nor_other_rows(mark: bytes) -> None:
    head, row = "Bokföringsdag;Text;Belopp;Valutadag\n", "2026-11-05;Åkeriet 3244;100,00;2026-11-06\n"
    [one, other] = (
        BankFiles().read(mark + f"{head}{row}".encode() + b"2026-11-05;\xff;1,00;2026-11-06\n", TODAY).entries
    )
    assert (one.arrived_on, one.text, other.amount) == (DAY, "Åkeriet 3244", 1_00)


def test_balances_follow_in_whatever_order_rows_stand() -> None:
    rows = [
        "2026-11-04;b;100,00;200,00",
        "2026-11-04;a;50,00;100,00",
        "2026-11-05;d;1,00;251,00",
        "2026-11-05;c;50,00;250,00",
    ]
    for order in (rows, rows[::-1], [rows[1], rows[0], rows[3], rows[2]]):
        [told] = read("Datum;Text;Belopp;Saldo\n" + "\n".join(order)).statements
        assert (told.opening, told.closing, told.difference) == (50_00, 251_00, 0)


def test_days_from_and_until_are_no_day() -> None:
    with pytest.raises(BankCellUnreadable):
        read("Datum;Text;Belopp\n2026-11-05 - 2026-11-06;3244;100,00\n")
