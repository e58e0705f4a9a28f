"""Bank files: what is on the account finds its invoice, or waits in suspense; the same file twice changes nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from application.billing.queries.invoice import DocumentRow
from application.payments.account_entry import Part
from application.payments.bank_entry import BankDayUnlikely, NotABankFile, UnreadRow
from application.payments.bank_outcome import Elsewhere, TakenBack
from application.payments.payment import AllotPayment, RefundPayment
from application.payments.receivable import SetOff
from domain.kernel.errors import BadValue, NotAllowed
from domain.kernel.ids import BookingId, InvoiceId, OrganisationId
from domain.payments.payment import PaymentSpent
from tests.samples import Institute
from tests.scenarios.story import book, cancel, documents, stockholm

HEAD = '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:{version}"><X><Stmt>'
ACCOUNT = "<Acct><Id><IBAN>SE3550000000054910000003</IBAN></Id></Acct>"
VERSIONS = ["camt.053.001.02", "camt.053.001.08", "camt.053.001.13", "camt.054.001.02"]


def entry(name: str, amount: str, ocr: str = "", text: str = "", *, way: str = "CRDT", reversal: bool = False) -> str:
    reference = f"<Strd><CdtrRefInf><Ref>{ocr}</Ref></CdtrRefInf></Strd>" if ocr else f"<Ustrd>{text}</Ustrd>"
    return f"""<Ntry><Amt Ccy="SEK">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>
      {"<RvslInd>true</RvslInd>" if reversal else ""}<Sts>BOOK</Sts><BookgDt><Dt>2026-08-31</Dt></BookgDt>
      <AcctSvcrRef>{name}</AcctSvcrRef><NtryDtls><TxDtls><RmtInf>{reference}</RmtInf>
      <RltdPties><Dbtr><Nm>Bolt AB</Nm></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry>"""


def statement(*entries: str, version: str = VERSIONS[0]) -> bytes:
    return (HEAD.format(version=version) + ACCOUNT + "".join(entries) + "</Stmt></X></Document>").encode()


def invoiced(institute: Institute, *organisations: OrganisationId) -> list[DocumentRow]:
    """An invoice for a seat at the conference each: 15 000.00 for Bolt, 7 500.00 for Acme."""
    conference = institute.conference()
    for each in organisations:
        book(institute, conference, each, None)
    return documents(institute, "invoice")


def take_in(institute: Institute, file: bytes) -> tuple[int, int, int]:
    taken = institute.services.bank.import_file(institute.finance, file)
    institute.catch_up()
    return taken.new, taken.matched, taken.suspended


def balances(institute: Institute) -> list[int]:
    return [row.balance for row in documents(institute, "invoice")]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_payment_with_its_reference_finds_its_invoice(institute: Institute, version: str) -> None:
    """S54: with reference → matched, in every version of the format."""
    [row] = invoiced(institute, institute.acme)
    file = statement(entry("A1", "7500.00", row.ocr), version=version)

    [shown] = institute.services.bank.preview(institute.finance, file)
    assert (shown.outcome, [part.number for part in shown.parts]) == ("exact", [row.number])
    assert balances(institute) == [7_500_00]

    assert take_in(institute, file) == (1, 1, 0)
    assert balances(institute) == [0]


def test_less_than_is_owed_leaves_the_rest_open(institute: Institute) -> None:
    """S54: 7 400.00 for 7 500.00 → part-paid, 100.00 open."""
    [row] = invoiced(institute, institute.acme)
    file = statement(entry("A1", "7400.00", row.ocr))
    assert institute.services.bank.preview(institute.finance, file)[0].outcome == "part"
    take_in(institute, file)
    assert balances(institute) == [100_00]


def test_one_payment_for_two_invoices_is_suggested_and_confirmed(institute: Institute) -> None:
    """S54: 15 000.00 covering two invoices → split with confirmation."""
    rows = invoiced(institute, institute.acme, institute.acme)
    file = statement(entry("A1", "15000.00", rows[0].ocr))

    [shown] = institute.services.bank.preview(institute.finance, file)
    assert (shown.outcome, [part.amount for part in shown.parts]) == ("split", [7_500_00, 7_500_00])
    assert take_in(institute, file) == (1, 0, 1)
    assert balances(institute) == [7_500_00, 7_500_00]

    [waiting] = institute.services.payment_questions.suspense(institute.finance)
    row, suggested = institute.services.bank.suggest(institute.finance, waiting.payment_id)
    parts = tuple(Part(InvoiceId(each.invoice_id), each.amount) for each in suggested)
    command = AllotPayment(waiting.payment_id, parts)
    for _ in range(2):  # two clicks
        institute.services.payments.allot(institute.finance, command, "click")
    assert (row.left, balances(institute)) == (15_000_00, [0, 0])
    assert institute.services.payment_questions.suspense(institute.finance) == ()


def test_an_unknown_payment_waits_in_suspense(institute: Institute) -> None:
    """S54: unknown → suspense list, with what the bank says about it; finance gives it to an invoice, or back."""
    [row] = invoiced(institute, institute.bolt)
    assert take_in(institute, statement(entry("A1", "500.00", text="Tack för senast"))) == (1, 0, 1)
    [waiting] = institute.services.payment_questions.suspense(institute.finance)
    assert (waiting.left, waiting.payer) == (500_00, "Bolt AB · Tack för senast")

    part = Part(InvoiceId(row.document_id), 300_00)
    institute.services.payments.allot(institute.finance, AllotPayment(waiting.payment_id, (part,)))
    back = RefundPayment(waiting.payment_id, 200_00, "UT 1", date(2026, 9, 1))
    institute.services.payments.refund(institute.finance, back)
    assert balances(institute) == [14_700_00]
    assert institute.services.payment_questions.suspense(institute.finance) == ()
    with pytest.raises(PaymentSpent):
        again = RefundPayment(waiting.payment_id, 1, "UT 2", date(2026, 9, 1))
        institute.services.payments.refund(institute.finance, again)


def test_the_same_file_twice_changes_nothing(institute: Institute) -> None:
    """S54; also when another file repeats an entry, as a statement repeats a notification's day."""
    rows = invoiced(institute, institute.acme, institute.bolt)
    first, second = entry("A1", "7500.00", rows[0].ocr), entry("A2", "15000.00", rows[1].ocr)
    assert take_in(institute, statement(first)) == (1, 1, 0)
    assert take_in(institute, statement(first)) == (0, 0, 0)
    assert take_in(institute, statement(first, second)) == (1, 1, 0)
    assert balances(institute) == [0, 0]


def test_too_much_stays_the_payers(institute: Institute) -> None:
    """8 000.00 for 7 500.00: the invoice is paid, 500.00 wait to be used or given back."""
    [row] = invoiced(institute, institute.acme)
    file = statement(entry("A1", "8000.00", row.ocr))
    assert institute.services.bank.preview(institute.finance, file)[0].outcome == "over"
    take_in(institute, file)
    assert balances(institute) == [0]
    assert [each.left for each in institute.services.payment_questions.suspense(institute.finance)] == [500_00]


def test_a_payment_that_the_bank_takes_back_is_owed_again(institute: Institute) -> None:
    [row] = invoiced(institute, institute.acme)
    paid, back = entry("A1", "7500.00", row.ocr), entry("A2", "7500.00", row.ocr, way="DBIT", reversal=True)
    out = entry("A3", "99.00", text="Hyra", way="DBIT")
    take_in(institute, statement(paid))
    shown = institute.services.bank.preview(institute.finance, statement(paid, back, out))
    assert [each.outcome for each in shown] == ["known", "reversal", "outgoing"]
    for _ in range(2):
        take_in(institute, statement(paid, back, out))
    assert balances(institute) == [7_500_00]


def test_what_was_paid_too_much_pays_another_invoice(institute: Institute) -> None:
    """S27: the refund of a credited seat is set off, where the organisation chooses so; never against another's."""
    rows = invoiced(institute, institute.acme, institute.acme, institute.bolt)
    take_in(institute, statement(entry("A1", "7500.00", rows[0].ocr)))
    cancel(institute, institute.admin, BookingId(rows[0].source_id))
    institute.catch_up()
    [due] = institute.services.payment_questions.refunds_due(institute.finance)
    assert due.due == 7_500_00

    mine, acmes, bolts = (InvoiceId(row.document_id) for row in rows)
    with pytest.raises(BadValue):
        institute.services.receivables.set_off(institute.finance, SetOff(mine, bolts))
    institute.services.receivables.set_off(institute.finance, SetOff(mine, acmes))
    assert balances(institute) == [0, 0, 15_000_00]
    assert institute.services.payment_questions.refunds_due(institute.finance) == ()


def test_columns_are_read_by_their_headings(institute: Institute) -> None:
    """Swedish columns in the bank's own encoding; two alike on a day are two, the same file twice is once."""
    rows = invoiced(institute, institute.acme)
    text = f"Bokföringsdag;Belopp;OCR;Avsändare\r\n2026-08-31;7 500,00;{rows[0].ocr};Åkes Åkeri\r\n"
    file = (text + "2026-09-01;10,50;;Örjan\r\n2026-09-01;10,50;;Örjan\r\n").encode("cp1252")
    assert take_in(institute, file) == (3, 1, 2)
    assert take_in(institute, file) == (0, 0, 0)
    waiting = institute.services.payment_questions.suspense(institute.finance)
    assert (balances(institute), [(each.left, each.payer) for each in waiting]) == ([0], [(10_50, "Örjan")] * 2)


def test_the_day_is_read_as_banks_write_it(institute: Institute) -> None:
    """The day of value, with its time, where the day of booking is left out; and a CSV with slashes."""
    first, second = invoiced(institute, institute.acme, institute.bolt)
    timed = entry("A1", "7500.00", first.ocr).replace("<BookgDt><Dt>2026-08-31</Dt></BookgDt>", "")
    timed = timed.replace("<AcctSvcrRef>", "<ValDt><DtTm>2026-08-31T00:00:00</DtTm></ValDt><AcctSvcrRef>")
    assert take_in(institute, statement(timed)) == (1, 1, 0)
    slashed = f"Bokföringsdag;Belopp;OCR\n2026/09/01;15000,00;{second.ocr}\n".encode()
    [shown] = institute.services.bank.preview(institute.finance, slashed)
    assert shown.entry.arrived_on == date(2026, 9, 1)


def suspended(institute: Institute) -> list[int]:
    return sorted(each.left for each in institute.services.payment_questions.suspense(institute.finance))


def test_a_voucher_number_that_the_bank_repeats_names_no_entry(institute: Institute) -> None:
    """Some banks write the same number on every row: each row is money of its own, this month and the next."""
    head = "Bokföringsdag;Belopp;Text;Verifikationsnummer\n"
    august = f"{head}2026-08-31;100,00;Ett;5490990005\n2026-08-31;200,00;Två;5490990005\n".encode()
    september = f"{head}2026-09-01;100,00;Ett;5490990005\n".encode()
    assert take_in(institute, august) == (2, 0, 2)
    assert take_in(institute, september) == (1, 0, 1)
    assert take_in(institute, august) == (0, 0, 0)
    assert suspended(institute) == [100_00, 100_00, 200_00]


def numbered(statement_id: str, day: str, *entries: tuple[str, str]) -> bytes:
    """A statement whose entries have only numbers of their own, from 1 each day."""
    told = "".join(
        f"<Ntry><NtryRef>{no}</NtryRef><Amt Ccy='SEK'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
        f"<BookgDt><Dt>{day}</Dt></BookgDt></Ntry>"
        for no, amount in entries
    )
    return statement(f"<Id>{statement_id}</Id>{told}")


def test_the_first_entry_of_each_day_is_an_entry_of_its_own(institute: Institute) -> None:
    monday = numbered("S1", "2026-08-30", ("1", "100.00"), ("1", "100.00"))
    assert take_in(institute, monday) == (2, 0, 2)
    assert take_in(institute, numbered("S2", "2026-08-31", ("1", "100.00"))) == (1, 0, 1)
    assert take_in(institute, monday) == (0, 0, 0)
    assert suspended(institute) == [100_00] * 3


def bundled(*parts: str, amount: str = "300.00") -> bytes:
    """An entry of one sum that is made up of several transactions."""
    details = "".join(f"<TxDtls>{each}</TxDtls>" for each in parts)
    return statement(
        f"<Ntry><Amt Ccy='SEK'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-08-31</Dt>"
        f"</BookgDt><AcctSvcrRef>B1</AcctSvcrRef><NtryDtls>{details}</NtryDtls></Ntry>"
    )


def part(amount: str) -> str:
    return f"<AmtDtls><TxAmt><Amt Ccy='SEK'>{amount}</Amt></TxAmt></AmtDtls>"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("", ""), [300_00]),
        ((part("100.00"), ""), [300_00]),
        ((part("100.00"), part("100.00")), [300_00]),
        ((part("100.00"), part("200.00")), [100_00, 200_00]),
        ((part("100.00"),), [300_00]),
    ],
)
def test_an_entry_is_never_more_than_is_on_the_account(
    institute: Institute, parts: tuple[str, ...], expected: list[int]
) -> None:
    """Transactions stand for themselves only where they say what makes up the whole sum."""
    for _ in range(2):
        take_in(institute, bundled(*parts))
    assert suspended(institute) == expected


def test_who_pays_twice_with_the_same_reference_has_paid_both(institute: Institute) -> None:
    [row] = invoiced(institute, institute.acme)
    first, second = entry("A1", "5000.00", row.ocr), entry("A2", "2500.00", row.ocr)
    assert take_in(institute, statement(first, second)) == (2, 2, 0)
    assert balances(institute) == [0]


def test_what_is_allotted_later_counts_from_that_day(institute: Institute) -> None:
    """A month that may have been reported stays as it was: the money was on the account then, the invoice paid now."""
    [row] = invoiced(institute, institute.acme)
    take_in(institute, statement(entry("A1", "7500.00")))
    [waiting] = institute.services.payment_questions.suspense(institute.finance)
    institute.clock.instant = stockholm("2027-02-03 10:00")
    whole = Part(InvoiceId(row.document_id), 7_500_00)
    institute.services.payments.allot(institute.finance, AllotPayment(waiting.payment_id, (whole,)))
    institute.catch_up()
    shown = institute.services.invoice_questions.one(institute.finance, row.document_id)
    assert [each.received_on for each in shown.payments] == [date(2027, 2, 3)]


BOMB = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><Document><Stmt><Acct>&a;</Acct></Stmt></Document>'


AMOUNTS = [b"Datum;Belopp\n2026-08-31;%s\n" % each for each in (b"Infinity", b"nan", b"1e30", b"1e999999", b"0,001")]
LONG = b'Datum;Belopp;Text\n2026-08-31;1,00;"' + b"x" * 200_000 + b'"\n'


@pytest.mark.parametrize("content", [b"", b"<x>", b"<x/>", b"a;b\n1;2\n", b"\x00\x01", BOMB, LONG, *AMOUNTS])
def test_what_is_no_bank_file_is_refused(institute: Institute, content: bytes) -> None:
    with pytest.raises(NotABankFile):
        institute.services.bank.preview(institute.finance, content)


def test_only_finance_reads_bank_files(institute: Institute) -> None:
    with pytest.raises(NotAllowed):
        institute.services.bank.preview(institute.admin, b"")


def refunded(institute: Institute, file: bytes, *said: TakenBack) -> tuple[int, int]:
    taken = institute.services.bank.import_file(institute.finance, file, said)
    institute.catch_up()
    return taken.new, taken.unclear


def test_what_the_bank_takes_back_of_a_payment_in_suspense_is_matched_with_it(institute: Institute) -> None:
    """The same payer and the same sum: it is not here any longer. The same file again changes nothing."""
    take_in(institute, statement(entry("A1", "500.00", text="Tack")))
    back = statement(entry("A2", "500.00", text="Retur", way="DBIT", reversal=True))
    [shown] = institute.services.bank.preview(institute.finance, back)
    assert (shown.outcome, [each.left for each in shown.payments]) == ("returned", [500_00])
    assert refunded(institute, back) == (1, 0)
    assert suspended(institute) == []
    assert institute.services.ledger.balances(institute.finance) == ()
    [again] = institute.services.bank.preview(institute.finance, back)
    assert again.outcome == "known"
    assert refunded(institute, back) == (0, 0)


def test_finance_says_of_which_payment_the_bank_took_money_back(institute: Institute) -> None:
    """Two that it may be of: nothing is recorded before somebody has chosen, and then once."""
    take_in(institute, statement(entry("A1", "500.00", text="Ett"), entry("A2", "500.00", text="Två")))
    back = statement(entry("A3", "200.00", text="Retur", way="DBIT", reversal=True))
    [shown] = institute.services.bank.preview(institute.finance, back)
    assert (shown.outcome, len(shown.payments)) == ("unclear", 2)
    assert refunded(institute, back) == (0, 1)
    chosen = TakenBack(1, payment_id=shown.payments[1].payment_id)
    assert refunded(institute, back, chosen) == (1, 0)
    assert refunded(institute, back, chosen) == (0, 0)
    assert suspended(institute) == [300_00, 500_00]


def test_finance_says_of_which_invoice_the_bank_took_money_back(institute: Institute) -> None:
    [row] = invoiced(institute, institute.acme)
    take_in(institute, statement(entry("A1", "7500.00", row.ocr)))
    back = statement(entry("A2", "7500.00", text="Retur", way="DBIT", reversal=True))
    for expected in ((1, 0), (0, 0)):
        assert refunded(institute, back, TakenBack(1, invoice_id=row.document_id)) == expected
    assert balances(institute) == [7_500_00]
    with pytest.raises(BadValue):
        other = statement(entry("A3", "1.00", text="Retur", way="DBIT", reversal=True))
        refunded(institute, other, TakenBack(1, row.document_id, row.document_id))


def test_money_in_another_currency_is_shown_and_not_recorded(institute: Institute) -> None:
    file = b"Datum;Belopp;Valuta\n2026-08-31;100,00;EUR\n2026-08-31;50,00;SEK\n"
    assert [each.outcome for each in institute.services.bank.preview(institute.finance, file)] == [
        "other_currency",
        "unknown",
    ]
    assert refunded(institute, file) == (1, 1)
    assert suspended(institute) == [50_00]


@pytest.mark.parametrize("day", ["2026-09-02", "2126-08-31", "2016-08-01"])
def test_an_entry_whose_day_cannot_be_believed_is_left_out_and_shown_by_its_number(
    institute: Institute, day: str
) -> None:
    file = f"Datum;Belopp\n{day};50,00\n2026-09-01;100,00\n".encode()
    shown = institute.services.bank.overview(institute.finance, file)
    assert [(no, each.outcome) for no, each in shown.rows] == [(1, "unlikely_day"), (2, "unknown")]
    assert [each.statement.until_on for each in shown.statements] == [date(2026, 9, 1)]
    taken = institute.services.bank.import_file(institute.finance, file, elsewhere=(Elsewhere(1, "1630"),))
    assert (taken.new, taken.left_out, taken.elsewhere) == (1, 1, 0)


def test_what_was_left_out_is_taken_in_once_its_day_has_come_and_nothing_twice(institute: Institute) -> None:
    file = b"Datum;Belopp\n2026-09-02;50,00\n2026-09-01;100,00\n"
    assert take_in(institute, file) == (1, 0, 1)
    institute.clock.pass_by(timedelta(days=1))
    assert take_in(institute, file) == (1, 0, 1)
    assert take_in(institute, file) == (0, 0, 0)
    assert suspended(institute) == [50_00, 100_00]


def test_a_file_of_which_no_day_can_be_believed_is_refused(institute: Institute) -> None:
    file = b"Datum;Belopp\n2126-09-01;100,00\n2126-09-02;50,00\n"
    for use in (institute.services.bank.overview, institute.services.bank.import_file):
        with pytest.raises(BankDayUnlikely) as refused:
            use(institute.finance, file)
        assert refused.value.facts == {"entry": 1, "arrived_on": date(2126, 9, 1)}
    assert suspended(institute) == []


def test_a_row_that_cannot_be_read_is_left_out_and_taken_in_once_it_is_put_right(institute: Institute) -> None:
    file = "Datum;Belopp\n2026-08-29;100,00\n2026-08-30;{};\n2026-08-31;70,00\n"
    broken, right = file.format("#####").encode(), file.format("50,00").encode()
    assert institute.services.bank.unread(institute.finance, broken) == (UnreadRow(3, "amount", "12 500,00"),)
    taken = institute.services.bank.import_file(institute.finance, broken)
    assert (taken.new, taken.left_out) == (2, 1)
    institute.catch_up()
    assert take_in(institute, right) == (1, 0, 1)
    assert suspended(institute) == [50_00, 70_00, 100_00]


def test_an_entry_of_xml_that_cannot_be_read_is_left_out_and_the_balances_after_it_are_not_known(
    institute: Institute,
) -> None:
    opening = "<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt>100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>"
    file = statement(opening, entry("A1", "1.00"), entry("A2", "2.00", way=""), entry("A3", "3.00"))
    shown = institute.services.bank.overview(institute.finance, file)
    assert shown.unread == (UnreadRow(2, "way", "CRDT, DBIT", is_entry=True),)
    assert [each.entry.balance for _, each in shown.rows] == [101_00, None]
