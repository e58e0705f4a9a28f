"""Letters on their way into the database: all of a transaction by one statement, with what they tell.

Each is due at once, by the database's clock too: posted by a machine that is years ahead it would wait for as long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from application.mail.letters import Letter
from infrastructure.kernel.clock import new_id
from infrastructure.keys.keyring import DataKey
from infrastructure.mail.addressee import Addressee
from infrastructure.mail.letter_content import sealed_content
from infrastructure.mail.told import TOLD, rows_told

_POST = f"""
with posted as (
    insert into letter (id, key, organiser_id, kind, person_id, language, content, state, posted_at, due_at, season_id)
    select id, key, organiser_id, kind, person_id, coalesce(nullif(spoken, ''),
        (select s.language from session s where s.person_id = g.person_id order by s.seen_at desc limit 1),
        nullif(otherwise, ''), 'sv'), content, 'waiting', posted_at, least(posted_at, now()), season_id
    from unnest(%b::uuid[], %b::text[], %b::uuid[], %b::text[], %b::uuid[], %b::text[], %b::text[], %b::bytea[],
        %b::timestamptz[], %b::uuid[]) with ordinality
        as g (id, key, organiser_id, kind, person_id, spoken, otherwise, content, posted_at, season_id, n) order by n
    on conflict (key) do nothing returning id)
{TOLD}"""  # noqa: S608 # no input


class PostedLetter(NamedTuple):
    """A letter on its way into the database: its columns in the order of the statement, and what it tells."""

    columns: tuple[Any, ...]
    told: list[dict[str, object]]


def row_of(letter: Letter, whom: Addressee, key: DataKey, now: datetime) -> PostedLetter:
    """A letter as it is written down."""
    letter_id, content = new_id(), sealed_content(letter, whom.address, key)
    what = letter_id, letter.key, letter.organiser_id, letter.kind, letter.person_id
    columns = (*what, letter.language or whom.language, letter.otherwise, content, now, letter.season_id)
    return PostedLetter(columns, [*rows_told(letter_id, letter)])


def posting(rows: Sequence[PostedLetter]) -> Iterator[tuple[str, Sequence[Any]]]:
    """One statement for all letters, and for what they tell."""
    if rows:
        columns = [list(column) for column in zip(*(each.columns for each in rows), strict=True)]
        told = msgspec.json.encode([each for row in rows for each in row.told]).decode()
        yield _POST, [*columns, rows[0].columns[8], told]
