"""Passkeys in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import kwargs_row

from application.access.passkey import PasskeyRow
from application.access.session import Whose
from domain.kernel.ids import OrganiserId, PersonId
from infrastructure.event_store.store import Store

_COLUMNS = "id as passkey_id, credential_id, organiser_id, person_id, public_key, sign_count, name, made_at, used_at"
_KEEP = """insert into passkey
(id, credential_id, organiser_id, person_id, public_key, sign_count, name, made_at, used_at)
values (%(passkey_id)s, %(credential_id)s, %(organiser_id)s, %(person_id)s, %(public_key)s, %(sign_count)s, %(name)s,
%(made_at)s, %(used_at)s) on conflict (credential_id) do nothing"""
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
        self._store.execute(_KEEP, {**vars(row), **vars(row.whose)})

    def find(self, credential_id: bytes) -> PasskeyRow | None:
        """The passkey that calls itself so."""
        return self._store.first(_FIND, [credential_id], kwargs_row(_row))

    def of(self, person_id: PersonId) -> tuple[PasskeyRow, ...]:
        """A person's, oldest first."""
        return tuple(self._store.query(_OF, [person_id], kwargs_row(_row)))

    def used(self, passkey_id: UUID, sign_count: int, now: datetime) -> None:
        """It has just been used."""
        self._store.execute(_USED, [sign_count, now, passkey_id])

    def remove(self, passkey_id: UUID) -> None:
        """Forget one."""
        self._store.execute(_REMOVE, [passkey_id])

    def remove_of(self, person_id: PersonId) -> None:
        """Forget all of a person's."""
        self._store.execute(_REMOVE_OF, [person_id])


def _row(*, organiser_id: OrganiserId, person_id: PersonId, **columns: Any) -> PasskeyRow:
    return PasskeyRow(whose=Whose(organiser_id, person_id), **columns)
