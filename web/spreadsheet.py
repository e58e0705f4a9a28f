"""Lists as files that a Swedish spreadsheet opens as it should: semicolons, decimal comma, and no hidden formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def kronor_cell(amount: int) -> str:
    """An amount in öre as a cell that can be added up: "-1234,50"."""
    sign, whole = ("-" if amount < 0 else ""), abs(amount)
    return f"{sign}{whole // 100},{whole % 100:02d}"


def text_cell(text: str) -> str:
    """What somebody has written, as a cell that is never taken for a formula."""
    return f"'{text}" if text.lstrip().startswith(_STARTS_A_FORMULA) else text


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """A file to download, UTF-8 with the mark by which Excel knows it."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    answer = Response("\ufeff" + lines.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
