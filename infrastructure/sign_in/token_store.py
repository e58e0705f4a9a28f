"""Tokens in the database, and for a few seconds in memory, so that a booking costs no question about who asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import psycopg

from application.access.token import MAKER, REVOKED, TokenRecord
from application.kernel.actor import Role
from domain.kernel.errors import PlatsError
from domain.kernel.ids import OrganiserId, PersonId
from infrastructure.store import Store

REMEMBERED = 5.0
"""Seconds that a process trusts what it has read: a token revoked by another process works at most that much longer."""

_MOST = 10_000

_SEEN_EVERY = timedelta(minutes=5)

_OWN = "id, secret_sha256, organiser_id, roles, person_id, is_system, name"
_COLUMNS = f"{_OWN}, made_by, made_with, created_at, expires_at, used_at, has_events"
_KEEP = f"""insert into token ({_OWN}, created_at, made_by, made_with, expires_at, has_events)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""  # noqa: S608 # no input
_FIND = f"select {_COLUMNS} from token where id = %s and revoked_at is null"  # noqa: S608 # no input
_LIST = f"""select {_COLUMNS} from token
where organiser_id is not distinct from %s and revoked_at is null and (expires_at is null or expires_at > %s)
order by created_at, id"""  # noqa: S608 # no input
_USED = """update token set used_at = %s, first_used_at = coalesce(first_used_at, %s)
where id = %s and (used_at is null or used_at < %s)"""
_WITH_WHAT_CAME_OF_THEM = """with recursive ended (id) as (
    select id from token where {which} union select t.id from token t join ended e on t.made_with = e.id
)
update token set revoked_at = %s, revoked_by = %s, why = %s
where revoked_at is null and id in (select id from ended) returning id"""
_REVOKE = _WITH_WHAT_CAME_OF_THEM.format(which="id = %s and revoked_at is null")
_REVOKE_OF = _WITH_WHAT_CAME_OF_THEM.format(
    which="(person_id = %s or made_by = %s) and revoked_at is null and (%s::text is null or %s = any(roles))"
)
_NAMED = "select 1 from token where person_id = %s and name = %s and revoked_at is null limit 1"
_REVOKE_NAMED = "update token set revoked_at = %s where person_id = %s and name = %s and revoked_at is null"
_UNTOLD = f"""select {_COLUMNS}, case when is_use_told then null else first_used_at end,
case when revoked_at is null or is_end_told then '' else why end from token where has_events
and (first_used_at is not null and not is_use_told or revoked_at is not null and not is_end_told)
and not id = any(%s::text[]) order by id limit 1"""  # noqa: S608 # no input
_TOLD = "update token set is_use_told = is_use_told or %s, is_end_told = is_end_told or %s where id = %s"


class PostgresTokenStore:
    """`application.access.token.TokenStore`. Only tokens that were found are remembered, a bounded number of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, tuple[TokenRecord, float]] = {}
        self._used: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def keep(self, record: TokenRecord) -> None:
        """Keep a new token."""
        roles = sorted(role.value for role in record.roles)
        owner = (record.organiser_id, roles, record.person_id, record.is_system, record.name)
        maker = (record.made_by, record.made_with, record.expires_at, record.has_events)
        self._store.execute(_KEEP, [record.id, record.digest, *owner, self._store.clock.now(), *maker])

    def find(self, token_id: str) -> TokenRecord | None:
        """The token of that id, unless it has been revoked or its time is over."""
        record = self._known_or_read(token_id)
        is_over = record is None or (record.expires_at is not None and record.expires_at <= self._store.clock.now())
        return None if is_over else record

    def used(self, record: TokenRecord) -> None:
        """It has just been shown: remembered at most every five minutes."""
        now = self._store.clock.now()
        last = self._used.get(record.id) or record.used_at
        if last is not None and now - last < _SEEN_EVERY:
            return
        with self._lock:
            while len(self._used) >= _MOST:
                del self._used[next(iter(self._used))]
            self._used[record.id] = now
        with suppress(PlatsError, psycopg.Error):
            self._store.execute(_USED, [now, now, record.id, now - _SEEN_EVERY])

    def revoke(self, token_id: str, by: PersonId | None = None) -> bool:
        """Make it worthless at once here, elsewhere within REMEMBERED seconds; False when there is none."""
        revoked = self._store.execute(_REVOKE, [token_id, self._store.clock.now(), by, REVOKED])
        self._forget()
        return revoked > 0

    def revoke_of(self, person_id: PersonId, role: Role | None) -> None:
        """Make a person's tokens worthless: here at once, elsewhere within REMEMBERED seconds."""
        self._store.execute(_REVOKE_OF, [person_id, person_id, role, role, self._store.clock.now(), None, MAKER])
        self._forget()

    def untold(self, but: Collection[str] = ()) -> tuple[TokenRecord, datetime | None, str] | None:
        """A token whose first use, or whose end, has not become an event yet."""
        rows = self._store.query(_UNTOLD, [list(but)])
        if not rows:
            return None
        *record, used_at, why = rows[0]
        return _record(tuple(record)), used_at, why

    def told(self, token_id: str, *, is_used: bool, is_ended: bool) -> None:
        """That has become an event."""
        self._store.execute(_TOLD, [is_used, is_ended, token_id])

    def revoke_named(self, person_id: PersonId, name: str) -> None:
        """Make a person's tokens of one name worthless: here at once, elsewhere within REMEMBERED seconds."""
        self._store.execute(_REVOKE_NAMED, [self._store.clock.now(), person_id, name])
        self._forget()

    def has_named(self, person_id: PersonId, name: str) -> bool:
        """Whether a person has a living token of a name."""
        return bool(self._store.query(_NAMED, [person_id, name]))

    def list(self, organiser_id: OrganiserId | None) -> tuple[TokenRecord, ...]:
        """All living tokens of an organiser (None: of the installation)."""
        return tuple(_record(row) for row in self._store.query(_LIST, [organiser_id, self._now()]))

    def _now(self) -> datetime:
        return self._store.clock.now()

    def _forget(self) -> None:
        with self._lock:
            self._known.clear()

    def _known_or_read(self, token_id: str) -> TokenRecord | None:
        known = self._known.get(token_id)
        if known is not None and known[1] > time.monotonic():
            return known[0]
        rows = self._store.query(_FIND, [token_id])
        with self._lock:
            self._known.pop(token_id, None)
            if not rows:
                return None
            while len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            record = _record(rows[0])
            self._known[token_id] = record, time.monotonic() + REMEMBERED
        return record


def _record(row: tuple[Any, ...]) -> TokenRecord:
    token_id, digest, organiser_id, roles, person_id, is_system, name, *more = row
    held = frozenset(Role(role) for role in roles)
    return TokenRecord(token_id, bytes(digest), organiser_id, held, person_id, is_system, name, *more)
