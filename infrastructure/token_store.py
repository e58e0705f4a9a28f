"""Tokens in the database, and for a few seconds in memory, so that a booking costs no question about who asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

from application.actor import Role
from application.token import TokenRecord
from domain.ids import OrganiserId, PersonId
from infrastructure.store import Store

REMEMBERED = 5.0
"""Seconds that a process trusts what it has read: a token revoked by another process works at most that much longer."""

_MOST = 10_000

_COLUMNS = "id, secret_sha256, organiser_id, roles, person_id, is_system, name"
_KEEP = f"insert into token ({_COLUMNS}, created_at) values (%s, %s, %s, %s, %s, %s, %s, %s)"  # noqa: S608 # no input
_FIND = f"select {_COLUMNS} from token where id = %s and revoked_at is null"  # noqa: S608 # no input
_LIST = f"select {_COLUMNS} from token where organiser_id is not distinct from %s and revoked_at is null order by created_at, id"  # noqa: S608, E501 # no input
_REVOKE_OF = """update token set revoked_at = %s
where person_id = %s and revoked_at is null and (%s::text is null or %s = any(roles))"""
_NAMED = "select 1 from token where person_id = %s and name = %s and revoked_at is null limit 1"
_REVOKE_NAMED = "update token set revoked_at = %s where person_id = %s and name = %s and revoked_at is null"
_REVOKE = "update token set revoked_at = %s where id = %s and revoked_at is null returning id"


class PostgresTokenStore:
    """`application.token.TokenStore`. Only tokens that were found are remembered, a bounded number of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, tuple[TokenRecord, float]] = {}
        self._lock = threading.Lock()

    def keep(self, record: TokenRecord) -> None:
        """Keep a new token."""
        roles = sorted(role.value for role in record.roles)
        owner = (record.organiser_id, roles, record.person_id, record.is_system, record.name)
        self._write(_KEEP, [record.id, record.digest, *owner, self._store.clock.now()])

    def find(self, token_id: str) -> TokenRecord | None:
        """The token of that id, unless it has been revoked."""
        known = self._known.get(token_id)
        if known is not None and known[1] > time.monotonic():
            return known[0]
        rows = self._store.recorder.query(_FIND, [token_id])
        with self._lock:
            self._known.pop(token_id, None)
            if not rows:
                return None
            while len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            record = _record(rows[0])
            self._known[token_id] = record, time.monotonic() + REMEMBERED
        return record

    def revoke(self, token_id: str) -> bool:
        """Make it worthless at once here, elsewhere within REMEMBERED seconds; False when there is none."""
        revoked = self._write(_REVOKE, [self._store.clock.now(), token_id])
        with self._lock:
            self._known.pop(token_id, None)
        return revoked > 0

    def revoke_of(self, person_id: PersonId, role: Role | None) -> None:
        """Make a person's tokens worthless: here at once, elsewhere within REMEMBERED seconds."""
        self._write(_REVOKE_OF, [self._store.clock.now(), person_id, role, role])
        with self._lock:
            self._known.clear()

    def revoke_named(self, person_id: PersonId, name: str) -> None:
        """Make a person's tokens of one name worthless: here at once, elsewhere within REMEMBERED seconds."""
        self._write(_REVOKE_NAMED, [self._store.clock.now(), person_id, name])
        with self._lock:
            self._known.clear()

    def has_named(self, person_id: PersonId, name: str) -> bool:
        """Whether a person has a living token of a name."""
        return bool(self._store.recorder.query(_NAMED, [person_id, name]))

    def list(self, organiser_id: OrganiserId | None) -> tuple[TokenRecord, ...]:
        """All living tokens of an organiser (None: of the installation)."""
        return tuple(_record(row) for row in self._store.recorder.query(_LIST, [organiser_id]))

    def _write(self, statement: str, arguments: Sequence[Any]) -> int:
        with self._store.connections.borrow() as connection:
            return connection.execute(statement.encode(), arguments).rowcount


def _record(row: tuple[Any, ...]) -> TokenRecord:
    token_id, digest, organiser_id, roles, person_id, is_system, name = row
    return TokenRecord(
        token_id, bytes(digest), organiser_id, frozenset(Role(role) for role in roles), person_id, is_system, name
    )
