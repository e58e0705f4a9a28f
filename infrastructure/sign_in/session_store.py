"""Sessions in the database: asked on every request, so that one that is ended anywhere is over everywhere at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from application.access.session import SessionRow, Whose
from application.kernel.actor import Role
from domain.kernel.ids import PersonId
from infrastructure.store import Store

_COLUMNS = "id, digest, organiser_id, person_id, method, browser, language, granted, made_at, seen_at, expires_at"
_KEEP = f"insert into session ({_COLUMNS}) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"  # noqa: S608 # no input
_LIVING = f"select {_COLUMNS} from session where ended_at is null and expires_at > %s"  # noqa: S608 # no input
_FIND = f"{_LIVING} and digest = %s"
_OF = f"{_LIVING} and organiser_id = %s and person_id = %s order by seen_at desc, id"
_SEEN = "update session set seen_at = %s where id = %s and seen_at < %s"
_END = "update session set ended_at = %s where id = %s and ended_at is null"
_END_OF = """update session set ended_at = %s
where person_id = %s and ended_at is null and id is distinct from %s::uuid"""
_TIDY = "delete from session where least(expires_at, ended_at) < %s"
_ORGANISERS = "select owner from claim where kind = 'organiser' limit 20"


FORGOTTEN = timedelta(days=30)
"""How long after its end a session is still kept: nobody needs to know for ever when somebody came."""


class PostgresSessionStore:
    """`application.access.session.SessionStore`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, row: SessionRow) -> None:
        """Keep a new session."""
        whose = [row.whose.organiser_id, row.whose.person_id] if row.whose else [None, None]
        told = [row.method, row.browser, row.language, sorted(role.value for role in row.granted)]
        self._store.execute(_TIDY, [row.made_at - FORGOTTEN])
        times = [row.made_at, row.seen_at, row.expires_at]
        self._store.execute(_KEEP, [row.session_id, row.digest, *whose, *told, *times])

    def find(self, digest: bytes, now: datetime) -> SessionRow | None:
        """The living session whose secret has this digest."""
        rows = self._store.query(_FIND, [now, digest])
        return _row(rows[0]) if rows else None

    def seen(self, session_id: UUID, now: datetime) -> None:
        """Somebody has just come with it."""
        self._store.execute(_SEEN, [now, session_id, now])

    def of(self, whose: Whose, now: datetime) -> tuple[SessionRow, ...]:
        """A person's living sessions, the last used first."""
        rows = self._store.query(_OF, [now, whose.organiser_id, whose.person_id])
        return tuple(_row(row) for row in rows)

    def end(self, session_id: UUID, now: datetime) -> None:
        """End one; twice is once."""
        self._store.execute(_END, [now, session_id])

    def end_of(self, person_id: PersonId, now: datetime, but: UUID | None = None) -> None:
        """End all of a person's sessions, but one where it is given."""
        self._store.execute(_END_OF, [now, person_id, but])

    def organisers(self) -> tuple[UUID, ...]:
        """The organisers there are, a few of them: enough to tell a new installation from one that is in use."""
        return tuple(row[0] for row in self._store.query(_ORGANISERS, []))


def _row(row: tuple[Any, ...]) -> SessionRow:
    session_id, digest, organiser_id, person_id, method, browser, language, granted, *times = row
    whose = Whose(organiser_id, person_id) if person_id else None
    roles = frozenset(Role(role) for role in granted)
    return SessionRow(session_id, bytes(digest), whose, method, browser, language, roles, *times)
