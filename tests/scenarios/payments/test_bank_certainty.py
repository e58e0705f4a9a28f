"""What is certain of a bank's file is recorded, what is not is suggested, and the same money is taken in once (S54)."""

from __future__ import annotations

import pytest

from application.payments.bank_outcome import Certainty
from tests.samples import Institute
from tests.scenarios.payments.test_bank_file import balances, entry, invoiced, statement, suspended, take_in


def structured(*parts: tuple[str, str], credit: tuple[str, str] | None = None) -> str:
    told = ""
    for reference, amount in parts:
        own = f"<RfrdDocAmt><RmtdAmt Ccy='SEK'>{amount}</RmtdAmt></RfrdDocAmt>" if amount else ""
        told += f"<Strd>{own}<CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd>"
    if credit is not None:
        of_kind = "<Tp><CdOrPrtry><Cd>CREN</Cd></CdOrPrtry></Tp>"
        amount = f"<RfrdDocAmt><CdtNoteAmt Ccy='SEK'>{credit[1]}</CdtNoteAmt></RfrdDocAmt>"
        told += f"<Strd><RfrdDocInf>{of_kind}<Nb>{credit[0]}</Nb></RfrdDocInf>{amount}</Strd>"
    return told


BOOKED = "<BookgDt><Dt>2026-08-31</Dt></BookgDt>"


def paying(name: str, amount: str, remittance: str, beside: str = "", day: str = BOOKED) -> str:
    return (
        f"<Ntry><Amt Ccy='SEK'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>{day}"
        f"<AcctSvcrRef>{name}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Bolt AB</Nm></Dbtr></RltdPties>"
        f"<RmtInf>{remittance}</RmtInf>{beside}</TxDtls></NtryDtls></Ntry>"
    )


def shown(institute: Institute, file: bytes) -> list[tuple[str, str, list[int]]]:
    rows = institute.services.bank.preview(institute.finance, file)
    return [(each.outcome.value, each.why.value, [part.amount for part in each.parts]) for each in rows]


def test_each_reference_of_a_payment_has_its_own_sum(institute: Institute) -> None:
    """Two invoices of two payers, paid at once, one of them in part: as the payment says."""
    bolts, acmes = invoiced(institute, institute.bolt, institute.acme)
    file = statement(paying("A1", "19000.00", structured((bolts.ocr, "15000.00"), (acmes.ocr, "4000.00"))))
    assert shown(institute, file) == [("exact", Certainty.OWN_SUMS, [15_000_00, 4_000_00])]
    assert take_in(institute, file) == (1, 1, 0) and take_in(institute, file) == (0, 0, 0)
    assert sorted(balances(institute)) == [0, 3_500_00]


def test_references_without_sums_are_certain_where_the_invoices_come_to_the_payment(institute: Institute) -> None:
    rows = invoiced(institute, institute.bolt, institute.acme)
    parts = [(row.ocr, "") for row in rows]
    assert shown(institute, statement(paying("A1", "22500.00", structured(*parts)))) == [
        ("exact", Certainty.REFERENCES, [15_000_00, 7_500_00])
    ]
    assert shown(institute, statement(paying("A2", "20000.00", structured(*parts))))[0][0] == "split"


def test_a_credit_note_that_the_payer_sets_off_leaves_it_to_finance(institute: Institute) -> None:
    bolts, acmes = invoiced(institute, institute.bolt, institute.acme)
    told = structured((bolts.ocr, "15000.00"), (acmes.ocr, "7500.00"), credit=("17", "500.00"))
    assert shown(institute, statement(paying("A1", "22000.00", told)))[0][0] == "split"


def test_a_number_in_words_is_no_payment_of_it_unless_the_sum_agrees(institute: Institute) -> None:
    """A street's number may be an OCR by chance: at most a suggestion."""
    [row] = invoiced(institute, institute.acme)
    words = f"<Ustrd>Kursbok lokal {row.ocr}</Ustrd>"
    chance = statement(paying("A1", "1250.00", words))
    assert shown(institute, chance) == [("named", Certainty.UNSAID, [1_250_00])]
    assert take_in(institute, chance) == (1, 0, 1)
    assert balances(institute) == [7_500_00]
    assert shown(institute, statement(paying("A2", "7500.00", words))) == [
        ("exact", Certainty.WORDS_AND_SUM, [7_500_00])
    ]


@pytest.mark.parametrize(
    "remittance",
    ["<Strd><CdtrRefInf><Ref>{zeros}</Ref></CdtrRefInf></Strd>",
     "<Strd><CdtrRefInf><Ref>{spaced}</Ref></CdtrRefInf></Strd>",
     "<Ustrd>OCR {spaced}</Ustrd>", "<Ustrd>OCR {head}</Ustrd><Ustrd>{tail}</Ustrd>", "<Ustrd>Faktura {number}</Ustrd>",
     "<Strd><RfrdDocInf><Nb>{number}</Nb></RfrdDocInf></Strd>", "<Strd><AddtlRmtInf>{ocr}</AddtlRmtInf></Strd>"],
)  # fmt: skip
def test_an_invoice_is_found_however_its_number_is_written(institute: Institute, remittance: str) -> None:
    [row] = invoiced(institute, institute.acme)
    ocr = row.ocr
    facts = {"zeros": ocr.zfill(25), "spaced": f"{ocr[:1]} {ocr[1:]}", "head": ocr[:1], "tail": ocr[1:]}
    told = remittance.format(ocr=ocr, number=row.number, **facts)
    [(outcome, why, _)] = shown(institute, statement(paying("A1", "7500.00", told)))
    assert outcome == "exact" and why


@pytest.mark.parametrize(
    ("beside", "day"),
    [("<AddtlTxInf>OCR {ocr}</AddtlTxInf>", BOOKED),
     ("<AddtlTxInf>OCR {ocr}</AddtlTxInf>", "<ValDt><DtTm>2026-08-31T00:00:00</DtTm></ValDt>"),
     ("<AddtlTxInf>OCR {ocr}</AddtlTxInf>", "<BookgDt><DtTm>2026-08-30T23:30:00Z</DtTm></BookgDt>")],
)  # fmt: skip
def test_references_and_days_are_read_wherever_a_bank_puts_them(institute: Institute, beside: str, day: str) -> None:
    """An instant is the day that it was where the bank is: half past eleven UTC is the day after in Stockholm."""
    [row] = invoiced(institute, institute.acme)
    file = statement(paying("A1", "7500.00", "", beside.format(ocr=row.ocr), day))
    [read] = institute.services.bank.preview(institute.finance, file)
    assert (read.outcome, read.entry.arrived_on.isoformat()) == ("exact", "2026-08-31")


@pytest.mark.parametrize(
    "words", ["Inbetalt 2026-08-0{no}", "Ring 08-123 45 0{no}", "Kyrkogatan {no}", "{no} maj", "{no} st"]
)
def test_figures_of_something_else_are_no_invoice_even_with_its_sum(institute: Institute, words: str) -> None:
    """Many invoices have one sum, so that a day or a telephone number would pay a stranger's."""
    [row] = invoiced(institute, institute.acme)
    file = statement(paying("A1", "7500.00", f"<Ustrd>{words.format(no=row.number)}</Ustrd>"))
    assert shown(institute, file) == [("unknown", Certainty.UNSAID, [])]


def test_several_invoices_in_words_whose_sums_come_to_the_payment_are_suggested(institute: Institute) -> None:
    bolts, acmes = invoiced(institute, institute.bolt, institute.acme)
    words = f"<Ustrd>Fakturor {bolts.number} och {acmes.number}</Ustrd>"
    file = statement(paying("A1", "22500.00", words))
    assert shown(institute, file) == [("split", Certainty.UNSAID, [15_000_00, 7_500_00])]
    assert take_in(institute, file) == (1, 0, 1) and balances(institute) == [15_000_00, 7_500_00]


def test_a_number_in_a_column_of_references_pays_what_it_names_only_where_the_sum_agrees(institute: Institute) -> None:
    """The payer wrote it: it may be the number of a customer. An OCR is told by its check digits, whatever the sum."""
    [row] = invoiced(institute, institute.acme)

    def by_columns(reference: str, amount: str) -> list[tuple[str, str, list[int]]]:
        return shown(institute, f"Datum;Referens;Belopp\n2026-08-31;{reference};{amount}\n".encode())

    assert by_columns(str(row.number), "100,00") == [("unknown", Certainty.UNSAID, [])]
    assert by_columns(str(row.number), "7500,00") == [("exact", Certainty.WORDS_AND_SUM, [7_500_00])]
    assert by_columns(row.ocr, "100,00") == [("part", Certainty.REFERENCE, [100_00])]


def batch(*details: str) -> bytes:
    inside = "".join(f"<NtryDtls><TxDtls>{each}</TxDtls></NtryDtls>" for each in details)
    return statement(
        f"<Ntry><Amt Ccy='SEK'>22500.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>{BOOKED}"
        f"<AcctSvcrRef>BATCH</AcctSvcrRef>{inside}</Ntry>"
    )


def detail(name: str, amount: str, ocr: str) -> str:
    return (
        f"<Refs><AcctSvcrRef>{name}</AcctSvcrRef></Refs><AmtDtls><TxAmt><Amt Ccy='SEK'>{amount}</Amt></TxAmt></AmtDtls>"
        f"<RmtInf>{structured((ocr, ''))}</RmtInf>"
    )


@pytest.mark.parametrize("is_lump_first", [True, False])
def test_a_sum_and_what_it_is_made_of_are_the_same_money(institute: Institute, is_lump_first: bool) -> None:
    """The statement tells the sum, the notification its parts; whichever comes first, both invoices are paid, once."""
    bolts, acmes = invoiced(institute, institute.bolt, institute.acme)
    parts = batch(detail("T1", "15000.00", bolts.ocr), detail("T2", "7500.00", acmes.ocr))
    for file in (batch(), parts) if is_lump_first else (parts, batch()):
        take_in(institute, file)
    for file in (batch(), parts):
        assert take_in(institute, file)[0] == 0
    assert balances(institute) == [0, 0] and suspended(institute) == []


def test_two_payments_of_one_invoice_in_one_file_are_shown_as_they_will_be_recorded(institute: Institute) -> None:
    [row] = invoiced(institute, institute.acme)
    file = statement(entry("A1", "7500.00", row.ocr), entry("A2", "7500.00", row.ocr))
    assert [each[0] for each in shown(institute, file)] == ["exact", "unknown"]
    assert take_in(institute, file) == (2, 1, 1)
    assert balances(institute) == [0] and suspended(institute) == [7_500_00]


def test_an_export_of_columns_is_known_again_under_its_earlier_name(institute: Institute) -> None:
    """A file read before 2026-11, when each row was named by all that stands in it, is not taken in anew."""
    file = b"Datum;Belopp;Text\n2026-08-31;100,00;Tack\n"
    [read] = institute.services.bank.preview(institute.finance, file)
    assert read.entry.also != (read.entry.source,) and take_in(institute, file) == (1, 0, 1)
    assert take_in(institute, file.replace(b"Text\n", b"Text;Saldo\n").replace(b"Tack", b"Tack;")) == (0, 0, 0)
