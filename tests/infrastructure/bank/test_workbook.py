"""A bank's workbook is read as its columns are; one that cannot be read, or is made to do harm, is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from application.payments.bank_entry import BankWorkbookUnreadable, NotABankFile
from infrastructure.bank.files import BankFiles

TODAY = date(2026, 11, 30)
HEADINGS = ("Bokföringsdatum", "Valutadatum", "Verifikationsnummer", "Text", "Belopp", "Saldo")
ROWS = (
    (datetime(2026, 11, 27), "2026-11-27", "9900002100", "3244", 22_500, 99_000.5),  # noqa: DTZ001  # a local day
    ("2026-11-26", "2026-11-26", "9900002100", "KORT", -199.9, 76_500.5),
)


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for no, rows in enumerate(sheets):
        sheet = book.active if no == 0 else book.create_sheet()
        assert sheet is not None
        for row in rows:
            sheet.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def repacked(content: bytes, name: str, part: bytes) -> bytes:
    """The same with another part."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, part if each == name else old.read(each))
    return made.getvalue()


def test_days_and_sums_are_read_as_cells_hold_them_below_the_headings() -> None:
    above = [("Företagsnamn:", "Vi AB"), (), ("Saldo", 99_000.5), ()]
    file = BankFiles().read(workbook([*above, HEADINGS, *ROWS]), TODAY)
    first, second = file.entries
    assert (first.arrived_on, first.amount, first.text, first.balance) == (
        date(2026, 11, 27),
        22_500_00,
        "3244",
        99_000_50,
    )
    assert (second.arrived_on, second.amount) == (date(2026, 11, 26), -199_90)


def test_each_sheet_has_headings_of_its_own() -> None:
    file = BankFiles().read(
        workbook([("Om filen",)], [HEADINGS, ROWS[0]], [("Datum", "Belopp"), ("2026-11-25", 5)]), TODAY
    )
    assert [each.amount for each in file.entries] == [22_500_00, 5_00]


def test_a_row_that_cannot_be_read_is_named_by_its_number_in_the_sheet() -> None:
    file = BankFiles().read(workbook([(), HEADINGS, *ROWS, ("i går", "", "", "a", 1, 1)]), TODAY)
    assert [(each.row, each.column) for each in file.unread] == [(5, "day")]


def test_a_workbook_without_headings_is_refused() -> None:
    with pytest.raises(NotABankFile):
        BankFiles().read(workbook([("3244", 5)]), TODAY)


def test_what_is_no_workbook_or_has_a_password_or_is_of_before_2007_is_refused() -> None:
    for content in (b"PK\x03\x04hej", b"\xd0\xcf\x11\xe0" + b"\0" * 600, workbook([HEADINGS])[:-40]):
        with pytest.raises(BankWorkbookUnreadable):
            BankFiles().read(content, TODAY)


def test_a_workbook_that_unpacks_to_more_than_a_banks_export_is_refused_unread() -> None:
    bomb = repacked(workbook([HEADINGS, *ROWS]), "xl/worksheets/sheet1.xml", b" " * (65 * 1024 * 1024))
    assert len(bomb) < 200_000
    with pytest.raises(BankWorkbookUnreadable):
        BankFiles().read(bomb, TODAY)


def test_a_workbook_that_would_read_other_files_is_refused() -> None:
    told = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>'
    with pytest.raises(BankWorkbookUnreadable):
        BankFiles().read(repacked(workbook([HEADINGS, *ROWS]), "xl/worksheets/sheet1.xml", told), TODAY)


def test_a_cell_at_the_far_end_of_a_sheet_makes_no_rows_of_it() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADINGS, *ROWS):
        sheet.append(list(row))
    sheet["XFD1048576"] = "x"
    made = io.BytesIO()
    book.save(made)
    assert len(BankFiles().read(made.getvalue(), TODAY).entries) == len(ROWS)
