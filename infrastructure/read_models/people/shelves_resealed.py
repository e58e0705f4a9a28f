"""The shelves of names under a new epoch of keys, so that the old one can be destroyed and older backups forget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from infrastructure.keys.keyring import Keyring
from infrastructure.postgres.connections import Connection
from infrastructure.read_models.people.people import PEOPLE
from infrastructure.read_models.people.shelf import AT_ONCE, Shelves

_ARE_THERE = "select to_regclass('people.shelf') is not null and to_regclass('people.shelf_list') is not null"
_ALONE = "select 1 from tracking where split_part(name, '#', 1) = %s order by name for update"
_OF = "select organiser_id from people.shelf_list union select organiser_id from people.shelf"
_OLD = "select shelf_id from people.shelf where organiser_id = %s and epoch < %s limit %s"
_OLD_LIST = "select 1 from people.shelf_list where organiser_id = %s and epoch < %s"
_PUT = "update people.shelf set epoch = %b, people = %b where organiser_id = %b and shelf_id = %b"
_PUT_LIST = "update people.shelf_list set epoch = %b, shelves = %b where organiser_id = %b"


def resealing(keyring: Keyring) -> Callable[[Connection, int], None]:
    """What a rotation of keys does to the shelves; the projector waits while it does."""
    return partial(_reseal, keyring)


def _reseal(keyring: Keyring, connection: Connection, epoch: int) -> None:
    [(are_there,)] = connection.execute(_ARE_THERE).fetchall()
    organisers = [row[0] for row in connection.execute(_OF).fetchall()] if are_there else []

    def ask(statement: str, arguments: Sequence[Any]) -> list[tuple[Any, ...]]:
        return connection.cursor(binary=True).execute(statement.encode(), arguments).fetchall()

    for organiser_id in organisers:
        shelves = Shelves(ask, keyring, organiser_id)
        while _some(connection, shelves, organiser_id, epoch):
            pass
        _list(connection, shelves, organiser_id, epoch)


def _some(connection: Connection, shelves: Shelves, organiser_id: UUID, epoch: int) -> int:
    with connection.transaction():
        connection.execute(_ALONE, [PEOPLE.tracked])
        shelves.listed()
        old = [row[0] for row in connection.execute(_OLD, [organiser_id, epoch, AT_ONCE]).fetchall()]
        for shelf_id, content in (shelves.contents(old) or {}).items() if old else ():
            connection.execute(_PUT, [epoch, shelves.seal(epoch, shelf_id, content), organiser_id, shelf_id])
    return len(old)


def _list(connection: Connection, shelves: Shelves, organiser_id: UUID, epoch: int) -> None:
    with connection.transaction():
        connection.execute(_ALONE, [PEOPLE.tracked])
        if connection.execute(_OLD_LIST, [organiser_id, epoch]).fetchall():
            connection.execute(_PUT_LIST, [epoch, shelves.seal_list(epoch, shelves.listed()), organiser_id])
