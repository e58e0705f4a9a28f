"""The journal as a file: written by PostgreSQL itself in large parts, so that nothing of it is held but one part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from application.accounting.queries.ledger import PostingFilter
from application.kernel.actor import Actor
from domain.kernel.season_name import season_name
from infrastructure.read_models.kernel.query import Tables, where

PART = 20_000
"""Postings that are written at a time."""

HEADER = "day;voucher;position;row;number;account;basis_points;season;debit;subject_id;document_id\r\n"

_AMOUNT = """case when p.amount < 0 then '-' else '' end || abs(p.amount) / 100 || ',' ||
lpad(mod(abs(p.amount), 100)::text, 2, '0')"""

_TITLES = """select season_id,
    case when title ~ '[;"\\r\\n]' then '"' || replace(title, '"', '""') || '"' else title end as title
    from (select season_id, case when title ~ '^\\s*[=+@\uff1d\uff0b\uff0d\uff20\\t\\r-]'
        then '''' || title else title end as title
        from unnest(%s::uuid[], %s::text[]) named (season_id, title)) s"""

_SEASONS = """
select s.season_id, n.name, s.title from season.season s join programme.network n on n.network_id = s.network_id
where s.organiser_id = %s"""

_PART = f"""
with titled as materialized ({_TITLES})
select string_agg(concat(p.day::text, ';', p.voucher, ';', p.position, ';', p.no, ';', p.number, ';',
    case when p.account = 'vat_moved' then 'vat' else p.account end, ';',
    p.basis_points, ';', s.title, ';', {_AMOUNT}, ';', p.subject_id, ';', p.document_id, e'\\r\\n'), ''
    order by p.day, p.position, p.no), count(*)
from (select p.day, p.position, p.no, p.voucher, p.account, p.basis_points, p.season_id, p.subject_id, p.document_id,
    p.number, p.amount from ledger.posting p where {{chosen}}
    and (p.day, p.position, p.no) > (%s, %s::bigint, %s::bigint) order by p.day, p.position, p.no limit {PART}) p
left join titled s on s.season_id = p.season_id"""  # noqa: S608  # made of the constants above


class JournalTables(Tables):
    """What is asked of the journal whole."""

    def journal(self, actor: Actor, which: PostingFilter) -> Iterator[bytes]:
        chosen, values = where(
            {
                "p.organiser_id = %s": actor.organiser_id,
                "p.day >= %s": which.from_on,
                "p.day <= %s": which.until_on,
                "p.season_id = %s": which.season_id,
                "p.document_id = %s": which.document_id,
            }
        )
        seasons = self._reader.query(_SEASONS, [actor.organiser_id])
        ids, names = [one for one, *_ in seasons], [season_name(network, title) for _, network, title in seasons]
        return self._parts(_PART.format(chosen=chosen), [ids, names, *values])

    def _parts(self, statement: str, values: list[Any]) -> Iterator[bytes]:
        place: tuple[date, int, int] = (date.min, 0, 0)
        head = HEADER
        while True:
            [(lines, rows)] = self._reader.query(statement, [*values, *place])
            if head or rows:
                yield (head + (lines or "")).encode()
            if rows < PART:
                return
            place, head = _last(lines), ""


def _last(lines: str) -> tuple[date, int, int]:
    """Where the last of some lines stands."""
    day, _, position, no, _ = lines[lines.rindex("\n", 0, -1) + 1 :].split(";", 4)
    return date.fromisoformat(day), int(position), int(no)
