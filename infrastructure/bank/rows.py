"""The rows of an export, whichever mark stands between its columns, and the headings that they stand below."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Literal

from application.payments.bank_entry import NotABankFile
from infrastructure.bank.layouts import MOST_BEFORE, Columns, columns_of, columns_without_headings

Rows = list[tuple[int, list[str]]]
"""Rows with the number of the line they end at, from 1."""

Section = tuple[Columns, Rows]

_MARKS = ";\t,|"
_END, _FEWEST_MARKS = "\x1e", 2
"""After the last row, so that it shows whether that row ends; as many marks as a row of entries has at least."""

_FIGURE = re.compile(r"\d")


def sections_of(text: str) -> list[Section]:
    """What stands below each line of headings; nothing where there are none. Raises NotABankFile for an empty file."""
    told, _, rest = text.partition("\n")
    if told.strip().casefold().startswith("sep="):
        text = rest
    lines = text.split("\n")[:MOST_BEFORE]
    for mark in sorted(_MARKS, key=lambda each: -max(line.count(each) for line in lines)):
        rows = _rows(text, mark)
        if not rows:
            raise NotABankFile(why="empty")
        if found := list(_sections(rows)):
            return found
    return []


def sections_of_sheets(sheets: Iterable[Rows]) -> list[Section]:
    """The same of the sheets of a workbook."""
    return [section for rows in sheets if rows for section in _sections(rows)]


def _rows(text: str, mark: str) -> Rows:
    rows = _split(text, mark, csv.QUOTE_MINIMAL)
    if _has_stray_quote(rows, mark):
        rows = [(no, [_unquoted(cell) for cell in row]) for no, row in _split(text, mark, csv.QUOTE_NONE)]
    return [(no, row) for no, row in rows[:-1] if any(cell.strip() for cell in row)]


def _split(text: str, mark: str, quoting: Literal[0, 3]) -> Rows:
    """All rows, and one at the end that holds nothing but `_END`."""
    reader = csv.reader(io.StringIO(f"{text}\n{_END}"), delimiter=mark, quoting=quoting)
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise NotABankFile(why="columns") from error


def _unquoted(cell: str) -> str:
    is_quoted = len(cell) > 1 and cell.startswith('"') and cell.endswith('"')
    return cell[1:-1].replace('""', '"') if is_quoted else cell


def _has_stray_quote(rows: Rows, mark: str) -> bool:
    """Whether a quotation mark in a text, which nothing ends in its row, has made one cell of rows that follow."""
    is_open = rows[-1][1] != [_END]
    lines = (line for _, row in rows for cell in row if "\n" in cell for line in cell.split("\n")[1:])
    return is_open or any(line.count(mark) >= _FEWEST_MARKS for line in lines)


def _sections(rows: Rows) -> Iterator[Section]:
    """One for each line of headings: they stand again above another account, or on another page."""
    places = [
        (place, columns)
        for place, (_, row) in enumerate(rows)
        if (place < MOST_BEFORE or not _FIGURE.search("".join(row))) and (columns := columns_of(row)) is not None
    ]
    for no, (place, columns) in enumerate(places, 1):
        end = places[no][0] if no < len(places) else len(rows)
        yield columns, rows[place + 1 : end]
    if not places and (bare := columns_without_headings(rows[0][1])) is not None:
        yield bare, rows
