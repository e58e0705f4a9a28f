"""One-time secrets, asked-for links and counted attempts in the database: each a statement, safe for many at once.

What is over is thrown away once it is so by the database's clock as well: one machine's may be years ahead.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from application.access.sign_in import Asked
from infrastructure.event_store.store import Store
from infrastructure.kernel.clock import new_id

_KEEP = "insert into one_time (digest, purpose, facts, expires_at) values (%s, %s, %s, %s)"
_TIDY = "delete from one_time where expires_at < least(%s, now())"
_LOOK = "select facts from one_time where digest = %s and purpose = %s and expires_at > %s"
_TAKE = "delete from one_time where digest = %s and purpose = %s and expires_at > %s returning facts"
_DISCARD = "delete from one_time where purpose = %s"
_PUT = "insert into asked_link values (%s, %s, %s, %s, %s, %s, %s)"
_NEXT = """select id, organisers, digests, going_to, language from asked_link
where purpose = %s order by asked_at, id limit 1 for update skip locked"""
_DONE = "delete from asked_link where id = %s"
_COUNT = """insert into attempts values (%s, date_bin(%s::interval, %s, '2000-01-01'), %s)
on conflict (key, begins) do update set number = attempts.number + excluded.number returning number"""
_OLD = "delete from attempts where begins < least(%s, now() - interval '1 day')"


class PostgresOneTimeStore:
    """`application.kernel.one_time_token.OneTimeStore`, `Limits` and `application.access.sign_in.AskedStore`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, digest: bytes, purpose: str, facts: Mapping[str, str], expires_at: datetime) -> None:
        """Keep one; those whose time is up are thrown away meanwhile."""
        self._store.execute(_TIDY, [self._store.clock.now()])
        self._store.execute(_KEEP, [digest, purpose, json.dumps(dict(facts)), expires_at])

    def look(self, digest: bytes, purpose: str, now: datetime) -> dict[str, str] | None:
        """Its facts while it lives; nothing is used up."""
        return self._facts(_LOOK, digest, purpose, now)

    def take(self, digest: bytes, purpose: str, now: datetime) -> dict[str, str] | None:
        """Its facts, once: whoever comes second gets nothing."""
        return self._facts(_TAKE, digest, purpose, now)

    def discard(self, purpose: str) -> None:
        """Make all of a purpose worthless."""
        self._store.execute(_DISCARD, [purpose])

    def put(self, asked: Asked) -> None:
        """Keep a link that was asked for, for the worker."""
        told = [list(asked.organisers), list(asked.digests), asked.going_to, asked.language]
        self._store.execute(_PUT, [new_id(), *told, self._store.clock.now(), asked.purpose])

    def next(self, handle: Callable[[UUID, Asked], None], purpose: str = "sign_in") -> bool:
        """Hand the oldest of a purpose over and forget it when that went well; False when there is none."""
        with self._store.connections.borrow() as connection, connection.transaction():
            rows = connection.execute(_NEXT, [purpose]).fetchall()
            for asked_id, organisers, digests, going_to, language in rows:
                handle(asked_id, Asked(tuple(organisers), tuple(digests), going_to, language, purpose))
                connection.execute(_DONE, [asked_id])
        return bool(rows)

    def count(self, key: str, within: timedelta, by: int = 1) -> int:
        """Count one attempt, or as many as it is for; how many that makes in this stretch of time.

        What was tried with is kept as a keyed digest: of network addresses there are so few that all could be tried.
        """
        kept, now = self._store.keyring.fingerprint(key).hex(), self._store.clock.now()
        [(number,)] = self._store.query(_COUNT, [kept, within, now, by])
        if number == by > 0:
            self._store.execute(_OLD, [now - timedelta(days=1)])
        return int(number)

    def _facts(self, statement: str, *which: object) -> dict[str, str] | None:
        row = self._store.first(statement, which)
        return json.loads(row[0]) if row else None
