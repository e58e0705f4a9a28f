"""Sessions in the database: asked on every request, so that one that is ended anywhere is over everywhere at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.rows import kwargs_row

from application.access.session import SessionRow, Whose
from application.kernel.actor import Role
from domain.kernel.ids import OrganiserId, PersonId
from infrastructure.event_store.store import Store

_COLUMNS = "digest, organiser_id, person_id, method, browser, language, granted, made_at, seen_at, expires_at"
_KEEP = f"""insert into session (id, {_COLUMNS})
values (%(session_id)s, %(digest)s, %(organiser_id)s, %(person_id)s, %(method)s, %(browser)s, %(language)s,
%(granted)s, %(made_at)s, %(seen_at)s, %(expires_at)s)"""  # noqa: S608 # no input
_LIVING = f"select id as session_id, {_COLUMNS} from session where ended_at is null and expires_at > %s"  # noqa: S608 # no input
_FIND = f"{_LIVING} and digest = %s"
_OF = f"{_LIVING} and organiser_id = %s and person_id = %s order by seen_at desc, id"
_SEEN = "update session set seen_at = %s where id = %s and seen_at < %s"
_END = "update session set ended_at = %s where id = %s and ended_at is null"
_END_OF = """update session set ended_at = %s
where person_id = %s and ended_at is null and id is distinct from %s::uuid"""
_TIDY = "delete from session where least(expires_at, ended_at) < least(%s, now() - interval '30 days')"
_ORGANISERS = "select owner from claim where kind = 'organiser' limit 20"


FORGOTTEN = timedelta(days=30)
"""How long after its end a session is still kept: nobody needs to know for ever when somebody came."""


class PostgresSessionStore:
    """`application.access.session.SessionStore`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, row: SessionRow) -> None:
        """Keep a new session."""
        whose = vars(row.whose) if row.whose else {"organiser_id": None, "person_id": None}
        roles = sorted(role.value for role in row.granted)
        self._store.execute(_TIDY, [row.made_at - FORGOTTEN])
        self._store.execute(_KEEP, {**vars(row), **whose, "granted": roles})

    def find(self, digest: bytes, now: datetime) -> SessionRow | None:
        """The living session whose secret has this digest."""
        return self._store.first(_FIND, [now, digest], kwargs_row(_row))

    def seen(self, session_id: UUID, now: datetime) -> None:
        """Somebody has just come with it."""
        self._store.execute(_SEEN, [now, session_id, now])

    def of(self, whose: Whose, now: datetime) -> tuple[SessionRow, ...]:
        """A person's living sessions, the last used first."""
        return tuple(self._store.query(_OF, [now, whose.organiser_id, whose.person_id], kwargs_row(_row)))

    def end(self, session_id: UUID, now: datetime) -> None:
        """End one; twice is once."""
        self._store.execute(_END, [now, session_id])

    def end_of(self, person_id: PersonId, now: datetime, but: UUID | None = None) -> None:
        """End all of a person's sessions, but one where it is given."""
        self._store.execute(_END_OF, [now, person_id, but])

    def organisers(self) -> tuple[UUID, ...]:
        """The organisers there are, a few of them: enough to tell a new installation from one that is in use."""
        return tuple(row[0] for row in self._store.query(_ORGANISERS, []))


def _row(
    *, organiser_id: OrganiserId, person_id: PersonId | None, granted: Iterable[str], **columns: Any
) -> SessionRow:
    whose = Whose(organiser_id, person_id) if person_id else None
    return SessionRow(whose=whose, granted=frozenset(map(Role, granted)), **columns)
