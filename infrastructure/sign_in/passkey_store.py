"""Passkeys in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from application.access.passkey import PasskeyRow
from application.access.session import Whose
from domain.kernel.ids import PersonId
from infrastructure.store import Store

_COLUMNS = "id, credential_id, organiser_id, person_id, public_key, sign_count, name, made_at, used_at"
_KEEP = f"""insert into passkey ({_COLUMNS}) values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
on conflict (credential_id) do nothing"""  # noqa: S608 # no input
_FIND = f"select {_COLUMNS} from passkey where credential_id = %s"  # noqa: S608 # no input
_OF = f"select {_COLUMNS} from passkey where person_id = %s order by made_at, id"  # noqa: S608 # no input
_USED = "update passkey set sign_count = %s, used_at = %s where id = %s"
_REMOVE = "delete from passkey where id = %s"
_REMOVE_OF = "delete from passkey where person_id = %s"


class PostgresPasskeyStore:
    """`application.access.passkey.PasskeyStore`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, row: PasskeyRow) -> None:
        """Keep a new one; one that is known already changes nothing."""
        whose = [row.whose.organiser_id, row.whose.person_id]
        told = [row.public_key, row.sign_count, row.name, row.made_at, row.used_at]
        self._store.execute(_KEEP, [row.passkey_id, row.credential_id, *whose, *told])

    def find(self, credential_id: bytes) -> PasskeyRow | None:
        """The passkey that calls itself so."""
        rows = self._store.query(_FIND, [credential_id])
        return _row(rows[0]) if rows else None

    def of(self, person_id: PersonId) -> tuple[PasskeyRow, ...]:
        """A person's, oldest first."""
        return tuple(_row(row) for row in self._store.query(_OF, [person_id]))

    def used(self, passkey_id: UUID, sign_count: int, now: datetime) -> None:
        """It has just been used."""
        self._store.execute(_USED, [sign_count, now, passkey_id])

    def remove(self, passkey_id: UUID) -> None:
        """Forget one."""
        self._store.execute(_REMOVE, [passkey_id])

    def remove_of(self, person_id: PersonId) -> None:
        """Forget all of a person's."""
        self._store.execute(_REMOVE_OF, [person_id])


def _row(row: tuple[Any, ...]) -> PasskeyRow:
    passkey_id, credential_id, organiser_id, person_id, public_key, sign_count, name, made_at, used_at = row
    whose = Whose(organiser_id, person_id)
    key = bytes(public_key)
    return PasskeyRow(passkey_id, bytes(credential_id), whose, key, sign_count, name, made_at, used_at)
