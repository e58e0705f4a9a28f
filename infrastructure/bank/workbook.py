"""The rows of a workbook (XLSX) as text, within bounds: nothing outside it is read, and little of it unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any

from application.payments.bank_entry import BankWorkbookUnreadable
from infrastructure.bank.rows import Rows

_PACKED, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How workbooks begin: packed ones, and those of before 2007, as well as those with a password."""

_MOST_UNPACKED, _MOST_PARTS = 64 * 1024 * 1024, 500
_MOST_ROWS, _MOST_COLUMNS = 100_000, 64
"""A bank's export is far from these; a file that is made to fill a machine is not."""

_OF_AN_ORE = 1e-6


def is_workbook(content: bytes) -> bool:
    """Whether it is one, of whichever age."""
    return content.startswith((_PACKED, _OLD))


def sheets_of(content: bytes) -> list[Rows]:
    """The rows of each sheet that are not empty, with their numbers. Raises BankWorkbookUnreadable."""
    import openpyxl  # 20 MB, for whoever brings a workbook

    _must_be_small(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        with closing(book):
            return [list(_rows(sheet)) for sheet in book.worksheets]
    except Exception as error:  # whatever a workbook that is none may break in there
        raise BankWorkbookUnreadable from error


def _must_be_small(content: bytes) -> None:
    """What its parts say of their sizes is no less than what is unpacked of them; a doctype may tell of other files."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(each.file_size for each in parts) > _MOST_UNPACKED:
                raise BankWorkbookUnreadable
            if any(_has_doctype(packed, each) for each in parts if each.filename.endswith((".xml", ".rels"))):
                raise BankWorkbookUnreadable
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise BankWorkbookUnreadable from error


def _has_doctype(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with packed.open(part) as told:
        start = told.read(2000)
    return b"<!DOCTYPE" in start.replace(b"\0", b"")


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """A sheet may say that it is larger or smaller than it is, so that is not asked."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
    for no, row in enumerate(rows, 1):
        cells = _without_empty_end([_text(cell) for cell in row])
        if cells:
            yield no, cells


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _text(cell: object) -> str:
    """As a bank writes it to people: a day as 2026-11-27, a sum with a point and two decimals, the rest as it is."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return _number(cell)
    return str(cell)


def _number(told: float) -> str:
    if told.is_integer():
        return str(int(told))
    in_hundredths = told * 100
    return f"{told:.2f}" if abs(in_hundredths - round(in_hundredths)) < _OF_AN_ORE else repr(told)
