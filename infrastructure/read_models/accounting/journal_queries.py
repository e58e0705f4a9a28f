"""The journal as a file: written by PostgreSQL itself in large parts, so that nothing of it is held but one part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from application.accounting.queries.ledger_rows import PostingFilter
from infrastructure.read_models.kernel.query import Reader

PART = 20_000
"""Postings that are written at a time."""

HEADER = "day;voucher;position;row;number;account;basis_points;season;debit;subject_id;document_id\r\n"

_AMOUNT = """case when p.amount < 0 then '-' else '' end || abs(p.amount) / 100 || ',' ||
lpad(mod(abs(p.amount), 100)::text, 2, '0')"""

_TITLES = """select season_id,
    case when title ~ '[;"\\r\\n]' then '"' || replace(title, '"', '""') || '"' else title end as title
    from (select season_id, case when title ~ '^\\s*[=+@\\t\\r-]' then '''' || title else title end as title
        from season.season where organiser_id = %s) s"""

_PART = f"""
with titled as materialized ({_TITLES})
select string_agg(concat(p.day::text, ';', p.voucher, ';', p.position, ';', p.no, ';', p.number, ';', p.account, ';',
    p.basis_points, ';', s.title, ';', {_AMOUNT}, ';', p.subject_id, ';', p.document_id, e'\\r\\n'), ''
    order by p.day, p.position, p.no), count(*)
from (select p.day, p.position, p.no, p.voucher, p.account, p.basis_points, p.season_id, p.subject_id, p.document_id,
    p.number, p.amount from ledger.posting p where {{chosen}}
    and (p.day, p.position, p.no) > (%s, %s::bigint, %s::bigint) order by p.day, p.position, p.no limit {PART}) p
left join titled s on s.season_id = p.season_id"""  # noqa: S608  # made of the constants above


class JournalTables:
    """What is asked of the journal whole."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def journal(self, organiser_id: UUID, asked: PostingFilter) -> Iterator[bytes]:
        """All postings as lines of CSV, earliest day first, in parts."""
        chosen, given = _chosen(organiser_id, asked)
        statement = _PART.format(chosen=chosen)
        place: tuple[date, int, int] = (date.min, 0, 0)
        head = HEADER
        while True:
            [(lines, rows)] = self._reader.query(statement, [organiser_id, *given, *place])
            if head or rows:
                yield (head + (lines or "")).encode()
            if rows < PART:
                return
            place, head = _last(lines), ""


def _last(lines: str) -> tuple[date, int, int]:
    """Where the last of some lines stands."""
    day, _, position, no, _ = lines[lines.rindex("\n", 0, -1) + 1 :].split(";", 4)
    return date.fromisoformat(day), int(position), int(no)


def _chosen(organiser_id: UUID, asked: PostingFilter) -> tuple[str, list[Any]]:
    columns = {
        "p.organiser_id = %s": organiser_id,
        "p.day >= %s": asked.from_on,
        "p.day <= %s": asked.until_on,
        "p.season_id = %s": asked.season_id,
        "p.document_id = %s": asked.document_id,
    }
    found = {text: value for text, value in columns.items() if value is not None}
    return " and ".join(found), list(found.values())
