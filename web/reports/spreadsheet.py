"""Lists as files that a Swedish spreadsheet opens as it should: semicolons, decimal comma, and no hidden formulas."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import TypeAlias

from flask import Response, stream_with_context

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MARK = "\ufeff".encode()
_BATCH = 1000
_WIDE_ENOUGH_FOR_A_DAY = 14
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The wide ones are taken for the narrow by some."""


def kronor_cell(amount: int) -> str:
    """An amount in öre as a cell that can be added up: "-1234,50"."""
    sign, whole = ("-" if amount < 0 else ""), abs(amount)
    return f"{sign}{whole // 100},{whole % 100:02d}"


def text_cell(text: str) -> str:
    """What somebody has written, as a cell that is never taken for a formula."""
    return f"'{text}" if text.lstrip().startswith(_STARTS_A_FORMULA) else text


Plain: TypeAlias = str | int | date
"""What a cell holds: text, a count, an amount (`Kronor`) or a local day."""


class Kronor(int):
    """A cell that is an amount in öre: in CSV with a decimal comma, in a workbook a number of kronor."""


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """A file to download, UTF-8 with the mark by which Excel knows it; sent as it is made, however many rows.

    The first rows are made at once, so that whoever may not have them is refused before anything is sent.
    """
    return streamed(name, _csv_lines(header, rows))


def streamed(name: str, parts: Iterator[bytes]) -> Response:
    """A CSV file to download whose lines come from elsewhere, in UTF-8; the first part is made at once."""
    first = next(parts, b"")
    sent = stream_with_context(chain([_MARK, first], parts))
    answer = Response(sent, content_type=f"{CSV}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _csv_lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    every = chain([header], rows)
    while batch := list(islice(every, _BATCH)):
        lines = io.StringIO()
        csv.writer(lines, delimiter=";", lineterminator="\r\n").writerows(batch)
        yield lines.getvalue().encode()


def xlsx_file(name: str, header: Sequence[str], rows: Iterable[Sequence[Plain]]) -> Response:
    """The same as a workbook: text stays text, numbers are numbers, days are days; written row by row, however many."""
    import xlsxwriter  # 13 MB, for whoever asks for a workbook

    with tempfile.TemporaryFile() as file:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(file, options) as book:
            sheet = book.add_worksheet()
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(header) - 1, _WIDE_ENOUGH_FOR_A_DAY)
            bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            for column, title in enumerate(header):
                sheet.write_string(0, column, title, bold)
            for no, row in enumerate(rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, Kronor):
                        sheet.write_number(no, column, cell / 100, money)
                    elif isinstance(cell, int):
                        sheet.write_number(no, column, cell)
                    elif isinstance(cell, date):
                        sheet.write_datetime(no, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001  # a local day
                    else:
                        sheet.write_string(no, column, cell)
        file.seek(0)
        answer = Response(file.read(), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def list_file(kind: str, name: str, header: Sequence[str], rows: Iterable[Sequence[Plain]]) -> Response:
    """A list as "csv" or "xlsx". Text is given as it was written; here it is kept from being taken for a formula."""
    if kind == "xlsx":
        return xlsx_file(name, header, rows)
    return csv_file(name, header, ([_csv_cell(cell) for cell in row] for row in rows))


def _csv_cell(cell: Plain) -> str:
    if isinstance(cell, Kronor):
        return kronor_cell(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int) else text_cell(cell)
