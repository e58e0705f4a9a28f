"""Tokens in the database, and for a few seconds in memory, so that a booking costs no question about who asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import psycopg
from psycopg.rows import kwargs_row

from application.access.token import MAKER, REVOKED, TokenRecord
from application.kernel.actor import Role
from domain.kernel.errors import PlatsError
from domain.kernel.ids import OrganiserId, PersonId
from infrastructure.event_store.store import Store

REMEMBERED = 5.0
"""Seconds that a process trusts what it has read: a token revoked by another process works at most that much longer."""

_MOST = 10_000

_SEEN_EVERY = timedelta(minutes=5)

_COLUMNS = """id, secret_sha256 as digest, organiser_id, roles, person_id, is_system, name, made_by, made_with,
created_at as made_at, expires_at, used_at, has_events"""
_KEEP = """insert into token (id, secret_sha256, organiser_id, roles, person_id, is_system, name, created_at,
made_by, made_with, expires_at, has_events)
values (%(id)s, %(digest)s, %(organiser_id)s, %(roles)s, %(person_id)s, %(is_system)s, %(name)s, %(made_at)s,
%(made_by)s, %(made_with)s, %(expires_at)s, %(has_events)s)"""
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
_UNTOLD = f"""select {_COLUMNS}, case when is_use_told then null else first_used_at end as first_use,
case when revoked_at is null or is_end_told then '' else why end as end_reason from token where has_events
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
        self._store.execute(_KEEP, {**vars(record), "roles": roles, "made_at": self._store.clock.now()})

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
        return self._store.first(_UNTOLD, [list(but)], kwargs_row(_untold))

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
        return tuple(self._store.query(_LIST, [organiser_id, self._store.clock.now()], kwargs_row(_record)))

    def _forget(self) -> None:
        with self._lock:
            self._known.clear()

    def _known_or_read(self, token_id: str) -> TokenRecord | None:
        known = self._known.get(token_id)
        if known is not None and known[1] > time.monotonic():
            return known[0]
        record: TokenRecord | None = self._store.first(_FIND, [token_id], kwargs_row(_record))
        with self._lock:
            self._known.pop(token_id, None)
            if record is None:
                return None
            while len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            self._known[token_id] = record, time.monotonic() + REMEMBERED
        return record


def _record(*, roles: Iterable[str], **columns: Any) -> TokenRecord:
    return TokenRecord(roles=frozenset(map(Role, roles)), **columns)


def _untold(*, first_use: datetime | None, end_reason: str, **columns: Any) -> tuple[TokenRecord, datetime | None, str]:
    return _record(**columns), first_use, end_reason
