"""A new epoch: living data keys are wrapped anew and old epoch keys destroyed, so that old backups forget as well."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from infrastructure.keys.key_files import KeyFiles
from infrastructure.keys.key_name import KeyName
from infrastructure.keys.keyring import Keyring
from infrastructure.postgres.connections import Connection, Connections

GRACE = 30.0
"""Seconds for decisions that wrapped a key under the old epoch to end; longer than any statement may run."""

_BATCH = 1000
_OLD = """
select scope, subject, period, epoch, wrapped from data_key
where epoch < %b and wrapped is not null limit %b for update skip locked"""
_REWRAP = """
update data_key set epoch = n.e, wrapped = n.w
from unnest(%b::text[], %b::uuid[], %b::text[], %b::int4[], %b::bytea[]) as n (s, i, p, e, w)
where (scope, subject, period) = (n.s, n.i, n.p)"""
_LEFT = "select count(*) from data_key where epoch < %b and wrapped is not null"


Reseal = Callable[[Connection, int], None]


class RotationUnfinished(Exception):
    """Some keys could not be wrapped anew; the old epoch keys are kept. Rotate again."""


def rotate(
    connections: Connections,
    keyring: Keyring,
    files: KeyFiles,
    grace: float | None = None,
    reseal: Reseal = lambda _, __: None,
) -> int:
    """Begin an epoch, wrap every living key under it, destroy the old epoch keys; how many keys were wrapped anew.

    `reseal`: seals anew what is sealed under epochs themselves. What is in older backups, WAL archives and dead rows
    cannot be read afterwards: take a new backup first. Raises RotationUnfinished.
    """
    before = files.epochs()
    new = files.begin_epoch()
    with connections.borrow() as connection:
        rewrapped = _rewrap_all(connection, keyring, new)
    time.sleep(GRACE if grace is None else grace)
    with connections.borrow() as connection:
        rewrapped += _rewrap_all(connection, keyring, new)
        reseal(connection, new)
        [(left,)] = connection.execute(_LEFT, [new]).fetchall()
    if left:
        raise RotationUnfinished(f"{left} keys are still under an old epoch")
    for epoch in before:
        files.destroy(epoch)
    return rewrapped


def _rewrap_all(connection: Connection, keyring: Keyring, new: int) -> int:
    rewrapped = 0
    while count := _rewrap_some(connection, keyring, new):
        rewrapped += count
    return rewrapped


def _rewrap_some(connection: Connection, keyring: Keyring, new: int) -> int:
    with connection.transaction():
        rows = connection.execute(_OLD, [new, _BATCH]).fetchall()
        fresh = [_rewrapped(keyring, new, KeyName(*row[:3]), *row[3:]) for row in rows]
        if fresh:
            connection.execute(_REWRAP, [list(column) for column in zip(*fresh, strict=True)])
    return len(fresh)


def _rewrapped(keyring: Keyring, new: int, name: KeyName, epoch: int, wrapped: bytes) -> tuple[Any, ...]:
    secret = keyring.unwrap(name, epoch, bytes(wrapped))
    if secret is None:
        raise RotationUnfinished(f"the key of epoch {epoch} is missing from the keys folder")
    return *name, new, keyring.wrap(name, secret, new)
