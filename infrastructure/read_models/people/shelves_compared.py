"""The shelves of names as they were and as the log makes them, compared where somebody has been erased in between.

A key is destroyed at once, and the shelves follow the event a moment later: who is made again meanwhile has no name any
longer, and stands elsewhere. All others, and who they are at all, must be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag

from infrastructure.keys.keyring import Keyring
from infrastructure.postgres.connections import Connection
from infrastructure.read_models.people.shelf import Ask, Entry, Shelves, ShelvesUnreadable

SEEN = "pg_temp"
"""The schema of the copy: the connection's own, gone with it."""

_PREPARE = """
drop table if exists pg_temp.shelf, pg_temp.shelf_list;
create temp table shelf (like people.shelf); create temp table shelf_list (like people.shelf_list)"""
_COPY = """
insert into pg_temp.shelf select * from people.shelf; insert into pg_temp.shelf_list select * from people.shelf_list"""
_ARE_THERE = "select to_regclass('people.shelf') is not null and to_regclass('people.shelf_list') is not null"
_GONE = """
select p.organiser_id, p.person_id from {schema}.person p
join data_key k on k.scope = 'person' and k.subject = p.person_id and k.wrapped is null
where not p.is_erased and p.merged_into is null"""
_ORGANISERS = "select organiser_id from {seen}.shelf union select organiser_id from {schema}.shelf"
_COUNT = "select count(*) from {schema}.shelf where organiser_id = %s"


def make_room(connection: Connection) -> bool:
    """Prepare for a copy; False where there are no shelves yet."""
    [(are_there,)] = connection.execute(_ARE_THERE).fetchall()
    if are_there:
        connection.execute(_PREPARE)
    return bool(are_there)


def copy_shelves(connection: Connection) -> None:
    """Copy the live ones as the transaction sees them."""
    connection.execute(_COPY)


def erased_meanwhile(connection: Connection, keyring: Keyring, schema: str) -> int | None:
    """How many people had their key destroyed before their erasure was taken in; None if others differ, or none had.

    Compares the copy with the tables in `schema`, which have taken in what the copy had.
    """
    gone: dict[UUID, set[UUID]] = {}
    for organiser, person in connection.execute(_GONE.format(schema=schema).encode()).fetchall():
        gone.setdefault(organiser, set()).add(person)
    organisers = connection.execute(_ORGANISERS.format(seen=SEEN, schema=schema).encode()).fetchall()

    def ask(statement: str, arguments: Sequence[Any]) -> list[tuple[Any, ...]]:
        return connection.cursor(binary=True).execute(statement.encode(), arguments).fetchall()

    try:
        for (organiser,) in organisers:
            was, now = (
                _standing(ask, keyring, organiser, where, gone.get(organiser, set())) for where in (SEEN, schema)
            )
            if any(one != other for one, other in zip_longest(was, now)):
                return None
    except (InvalidTag, ShelvesUnreadable):
        return None
    return sum(map(len, gone.values())) or None


def _standing(ask: Ask, keyring: Keyring, organiser: UUID, schema: str, gone: set[UUID]) -> Iterator[Entry | UUID]:
    """Everybody in order but who is gone, then those who are by id."""
    shelves, left_out = Shelves(ask, keyring, organiser, schema), set[UUID]()
    listed = shelves.listed()
    [(rows,)] = ask(_COUNT.format(schema=schema), [organiser])
    if rows != len(listed):
        raise ShelvesUnreadable
    for content in shelves.walk(listed):
        for entry in content.entries():
            person_id = entry.place[2]
            if person_id in gone:
                left_out.add(person_id)
            else:
                yield entry
    yield from sorted(left_out)
