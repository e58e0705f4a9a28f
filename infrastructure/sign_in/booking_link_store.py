"""Links to bookings, and the codes that are asked for beside them, in the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import kwargs_row

from application.booking.booking_link import LinkRow
from application.booking.link_code import CodeRow
from infrastructure.event_store.store import Store

_COLUMNS = "id as link_id, digest, organiser_id, booking_id, person_id, address, made_at, stopped_at"
_KEEP = """insert into booking_link (id, digest, organiser_id, booking_id, person_id, address, made_at)
values (%(link_id)s, %(digest)s, %(organiser_id)s, %(booking_id)s, %(person_id)s, %(address)s, %(made_at)s)"""
_FIND = f"select {_COLUMNS} from booking_link where digest = %s"  # noqa: S608 # no input
_STOP = """update booking_link set stopped_at = %s
where booking_id = %s and (%s::uuid is null or person_id = %s) and stopped_at is null"""
_FORGET = ("delete from booking_link where person_id = %s", "delete from link_code where person_id = %s")
_ASK = """insert into link_code (booking_id, person_id, act, digest, expires_at, tries)
values (%(booking_id)s, %(person_id)s, %(act)s, %(digest)s, %(expires_at)s, 0) on conflict (booking_id, person_id, act)
do update set digest = excluded.digest, expires_at = excluded.expires_at, tries = 0"""
_TRY = """update link_code set tries = tries + 1
where booking_id = %s and person_id = %s and act = %s and expires_at > %s and tries < %s returning digest"""
_USE = "delete from link_code where booking_id = %s and person_id = %s and act = %s and digest = %s"


def _keeping(rows: Sequence[LinkRow]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from ((_KEEP, vars(row)) for row in rows)


class PostgresBookingLinkStore:
    """`application.booking.booking_link.LinkStore` and `application.booking.link_code.CodeStore`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, row: LinkRow) -> None:
        """Keep a new one."""
        if (group := self._store.together.group) is not None:
            group.write(_keeping, [row])
        else:
            self._store.execute(_KEEP, vars(row))

    def find(self, digest: bytes) -> LinkRow | None:
        """The link whose secret has this digest, also one that has been stopped."""
        return self._store.first(_FIND, [digest], kwargs_row(LinkRow))

    def stop(self, booking_id: UUID, person_id: UUID | None, now: datetime) -> int:
        """Stop those of a booking, or one person's of them; how many."""
        return self._store.execute(_STOP, [now, booking_id, person_id, person_id])

    def forget(self, person_id: UUID) -> None:
        """Forget all of a person's, and the codes that they have asked for."""
        for statement in _FORGET:
            self._store.execute(statement, [person_id])

    def ask(self, row: CodeRow) -> None:
        """Keep a code; the one before it for the same is worthless."""
        self._store.execute(_ASK, vars(row))

    def attempt(self, booking_id: UUID, person_id: UUID, act: str, now: datetime, most: int) -> bytes | None:
        """Count an attempt; the digest of the code it is measured against, None where there is none (any longer)."""
        row = self._store.first(_TRY, [booking_id, person_id, act, now, most])
        return bytes(row[0]) if row is not None else None

    def use(self, row: CodeRow) -> bool:
        """Use a code up; False where somebody else has."""
        return self._store.execute(_USE, [row.booking_id, row.person_id, row.act, row.digest]) > 0

    def fingerprint(self, text: str) -> bytes:
        """A keyed digest: of six figures there are so few that all could be tried."""
        return self._store.keyring.fingerprint(text)
