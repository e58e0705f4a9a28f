"""The same payment by several files and formats is one, and two true payments that look alike stay two (S54)."""

from __future__ import annotations

import pytest

from tests.samples import Institute
from tests.scenarios.payments.test_bank_certainty import BOOKED, batch, detail, paying, structured
from tests.scenarios.payments.test_bank_file import ACCOUNT, balances, entry, invoiced, statement, suspended, take_in

HEAD = "Radnr,Clnr,Kontonr,Produkt,Valuta,Bokfdag,Transdag,Valutadag,Referens,Text,Belopp,Saldo\n"


def columns(*rows: tuple[str, str, str, str], day: str = "2026-08-31") -> bytes:
    """Of the same account as `statement`: reference, text, amount, balance."""
    told = [
        f"{no},5491,0000003,Konto,SEK,{day},{day},{day},{reference},{text},{amount},{balance}"
        for no, (reference, text, amount, balance) in enumerate(rows, 1)
    ]
    return (HEAD + "\n".join(told) + "\n").encode()


def bgmax(*payments: tuple[str, str, int]) -> bytes:
    """One section of payments with checked references: serial, reference, öre."""
    lines = ["01BGMAX               0120260831173000000000P", "050009912346          SEK"]
    lines += [f"20{'0' * 10}{ref:>25}{ore:018d}21{serial:>12}0" for serial, ref, ore in payments]
    total = sum(ore for *_, ore in payments)
    lines += [f"15{'0' * 35}2026083100028{total:018d}SEK{len(payments):08d}"]
    lines += [f"70{len(payments):08d}{0:08d}{0:08d}{1:08d}"]
    return "\r\n".join(line.ljust(80) for line in lines).encode("latin-1")


def outcomes(institute: Institute, file: bytes) -> list[str]:
    return [each.outcome.value for each in institute.services.bank.preview(institute.finance, file)]


@pytest.mark.parametrize("is_columns_first", [True, False])
@pytest.mark.parametrize("words", [("{ocr}", "Bankgirobetalning"), ("", "{ocr}"), ("", "BOLT AB")])
def test_a_payment_by_columns_and_by_camt_is_one(
    institute: Institute, is_columns_first: bool, words: tuple[str, str]
) -> None:
    [row] = invoiced(institute, institute.acme)
    reference, text = (each.format(ocr=row.ocr) for each in words)
    files = [columns((reference, text, "7500.00", "99000.00")), statement(entry("A1", "7500.00", row.ocr))]
    first, second = files if is_columns_first else reversed(files)
    assert take_in(institute, first)[0] == 1
    assert outcomes(institute, second) == ["known"] and take_in(institute, second) == (0, 0, 0)
    assert sum(balances(institute)) == sum(suspended(institute))


def test_two_equal_payments_stay_two_in_whichever_format_and_order(institute: Institute) -> None:
    """Twice the same sum with the same reference on one day: two rows, two entries, two payments."""
    twice = statement(entry("A1", "500.00", "", "Tack 17"), entry("A2", "500.00", "", "Tack 17"))
    rows = columns(("", "Tack 17", "500.00", "2000.00"), ("", "Tack 17", "500.00", "1500.00"))
    one = columns(("", "Tack 17", "500.00", "1500.00"))
    assert take_in(institute, one)[0] == 1
    assert outcomes(institute, twice) == ["known", "unknown"] and take_in(institute, twice)[0] == 1
    assert outcomes(institute, rows) == ["known", "known"] and take_in(institute, rows)[0] == 0
    assert suspended(institute) == [500_00, 500_00]


def test_an_equal_payment_that_the_bank_calls_otherwise_is_another(institute: Institute) -> None:
    """Two notifications of one day, each with its own reference of the bank."""
    [row] = invoiced(institute, institute.acme)
    take_in(institute, statement(entry("A1", "500.00", row.ocr), version="camt.054.001.08"))
    assert take_in(institute, statement(entry("A2", "500.00", row.ocr), version="camt.054.001.08")) == (1, 1, 0)
    assert balances(institute) == [6_500_00]


def test_what_agrees_in_day_and_sum_alone_is_asked_about(institute: Institute) -> None:
    """Neither counted twice nor passed over: recorded once finance has said that it is another payment."""
    [row] = invoiced(institute, institute.acme)
    take_in(institute, columns(("", "Insättning", "7500.00", "99000.00")))
    file = statement(entry("A1", "7500.00", row.ocr))
    [shown] = institute.services.bank.preview(institute.finance, file)
    assert shown.outcome == "perhaps_known" and shown.came is not None
    assert take_in(institute, file) == (0, 0, 0)
    taken = institute.services.bank.import_file(institute.finance, file, new=(1,))
    institute.catch_up()
    assert (taken.new, taken.unclear) == (1, 0) and suspended(institute) == [7_500_00, 7_500_00]
    assert outcomes(institute, file) == ["known"]


@pytest.mark.parametrize("other", ["camt.053.001.08", "camt.052.001.02"])
def test_the_report_of_the_day_and_the_statement_are_the_same_money(institute: Institute, other: str) -> None:
    """Also where the bank gives no reference of its own, and counts entries anew in each file."""
    nameless = paying("", "500.00", "<Ustrd>Tack 17</Ustrd>").replace("<AcctSvcrRef></AcctSvcrRef>", "")
    before = paying("", "90.00", "<Ustrd>Annat 18</Ustrd>").replace("<AcctSvcrRef></AcctSvcrRef>", "")
    day = statement(nameless, version="camt.052.001.08").replace(b"Stmt>", b"Rpt>")
    final = statement(before, nameless, version=other).replace(b"<Acct>", b"<Id>ST2</Id><Acct>")
    if other.startswith("camt.052"):
        final = final.replace(b"Stmt>", b"Rpt>")
    assert take_in(institute, day)[0] == 1
    assert outcomes(institute, final) == ["unknown", "known"]
    take_in(institute, final)
    assert sorted(suspended(institute)) == [90_00, 500_00]


@pytest.mark.parametrize("is_row_first", [True, False])
def test_a_bankgiro_sum_in_columns_and_its_payments_are_the_same_money(
    institute: Institute, is_row_first: bool
) -> None:
    bolts, acmes = invoiced(institute, institute.bolt, institute.acme)
    row = columns(("9912346BM 00028", "Bankgiro inbetalning", "22500.00", "99000.00"))
    parts = batch(detail("T1", "15000.00", bolts.ocr), detail("T2", "7500.00", acmes.ocr))
    for file in (row, parts) if is_row_first else (parts, row):
        take_in(institute, file)
    for file in (row, parts):
        assert take_in(institute, file)[0] == 0
    assert balances(institute) == [0, 0] and suspended(institute) == []


def test_bgmax_and_camt_tell_of_the_same_payments(institute: Institute) -> None:
    bolts, acmes = invoiced(institute, institute.bolt, institute.acme)
    take_in(institute, bgmax(("149848000170", bolts.ocr, 15_000_00), ("149848000171", acmes.ocr, 7_500_00)))
    assert balances(institute) == [0, 0]
    parts = batch(detail("T1", "15000.00", bolts.ocr), detail("T2", "7500.00", acmes.ocr))
    assert outcomes(institute, parts) == ["known", "known"]
    assert outcomes(institute, batch()) == ["known"]


def test_one_payment_that_the_statement_tells_whole_and_the_notification_in_detail_is_one(institute: Institute) -> None:
    [row] = invoiced(institute, institute.acme)
    inside = f"<NtryDtls><TxDtls>{detail('T1', '7500.00', row.ocr)}</TxDtls></NtryDtls>"
    whole = f"<Ntry><Amt Ccy='SEK'>7500.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>{BOOKED}"
    named = "<AcctSvcrRef>E1</AcctSvcrRef>"
    statement_of, notified = statement(f"{whole}{named}</Ntry>"), statement(f"{whole}{named}{inside}</Ntry>")
    take_in(institute, notified)
    assert outcomes(institute, statement_of) == ["known"]


def test_another_account_s_payment_is_another(institute: Institute) -> None:
    take_in(institute, statement(entry("A1", "500.00", text="Tack 17")))
    other = columns(("", "Tack 17", "500.00", "1500.00")).replace(b"5491,0000003", b"5491,0000004")
    assert ACCOUNT and outcomes(institute, other) == ["unknown"]


def test_where_a_known_payment_came_from_is_said(institute: Institute) -> None:
    file = statement(entry("A1", "500.00", text="Tack 17"))
    institute.services.bank.import_file(institute.finance, file, name="utdrag december.xml")
    institute.catch_up()
    [shown] = institute.services.bank.preview(institute.finance, columns(("", "Tack 17", "500.00", "1500.00")))
    assert shown.came is not None and (shown.outcome, shown.came.file) == ("known", "utdrag december.xml")
    assert shown.came.taken_on == institute.clock.instant.date()


def test_references_of_two_payments_keep_them_apart(institute: Institute) -> None:
    rows = invoiced(institute, institute.acme, institute.acme)
    take_in(institute, columns((rows[0].ocr, "Bankgiro", "7500.00", "99000.00")))
    assert take_in(institute, statement(paying("A1", "7500.00", structured((rows[1].ocr, ""))))) == (1, 1, 0)
    assert balances(institute) == [0, 0]


LAYOUTS = {
    "a point": "Bokförd;Text;Belopp;Bokfört saldo\n2026-08-31;{ocr};7500.00;99000.00\n",
    "a comma": "Bokföringsdatum;Referens;Belopp;Saldo\n2026-08-31;BOLT AB {ocr};7 500,00;99 000,00\n",
    "no balance": "Bokföringsdag;Belopp;Namn;Rubrik;Saldo\n2026/08/31;7500,00;Bolt AB;{ocr};\n",
    "no payer": '"Bokföringsdatum";"Meddelande";"Belopp"\n"2026-08-31";"Inbetalning {ocr}";"7 500,00"\n',
}


@pytest.mark.parametrize("second", LAYOUTS)
@pytest.mark.parametrize("first", LAYOUTS)
def test_a_row_that_the_bank_writes_otherwise_in_another_export_is_not_taken_in_twice(
    institute: Institute, first: str, second: str
) -> None:
    """The balance after it tells; without one what agrees is known, or asked about."""
    [row] = invoiced(institute, institute.acme)
    assert take_in(institute, LAYOUTS[first].format(ocr=row.ocr).encode())[0] == 1
    again = LAYOUTS[second].format(ocr=row.ocr).encode()
    assert outcomes(institute, again) in (["known"], ["perhaps_known"]) and take_in(institute, again)[0] == 0
    assert balances(institute) == [0] and not suspended(institute)


def test_a_sum_that_comes_goes_and_comes_again_on_one_day_is_two_payments(institute: Institute) -> None:
    rows = [
        ("", "Tack 17", "500.00", "1500.00"),
        ("", "Ut", "-500.00", "1000.00"),
        ("", "Tack 17", "500.00", "1500.00"),
    ]
    assert take_in(institute, columns(rows[0]))[0] == 1
    assert outcomes(institute, columns(*rows)) == ["known", "outgoing", "unknown"]
