"""`Notices` of the application: the card company's notices in the database, kept before anything is done about them.

What they say about payers is not kept: the company is asked anew how the thing stands (`Cards.told`).
"""

from __future__ import annotations

import hashlib

from psycopg.rows import class_row

from application.payments.card import Notice
from infrastructure.event_store.store import Store

_KEEP = """insert into card_notice (notice_id, kind, object_id, digest, received_at) values (%s, %s, %s, %s, %s)
on conflict (notice_id) do nothing"""
_WAITING = """select notice_id, kind, object_id, received_at from card_notice
where done_at is null and try_after <= %s order by received_at, notice_id limit %s"""
_DONE = "update card_notice set done_at = %s, outcome = %s where notice_id = %s"
_LATER = """update card_notice set attempts = attempts + 1, outcome = %s,
try_after = %s + least(interval '1 hour', interval '1 second' * power(2, least(attempts, 12)))
where notice_id = %s"""


class KeptNotices:
    """A notice is known by the card company's id of it, so that the same one again is nothing new."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, notice: Notice, body: bytes) -> bool:
        """Keep one; False when it is known already."""
        digest, now = hashlib.sha256(body).digest(), self._store.clock.now()
        return self._store.execute(_KEEP, [notice.notice_id, notice.kind, notice.object_id, digest, now]) > 0

    def waiting(self, limit: int) -> tuple[Notice, ...]:
        """Those that nothing has been done about and whose turn it is, oldest first."""
        return tuple(self._store.query(_WAITING, [self._store.clock.now(), limit], class_row(Notice)))

    def done(self, notice_id: str, outcome: str) -> None:
        """It has had its effect, or has none."""
        self._store.execute(_DONE, [self._store.clock.now(), outcome, notice_id])

    def later(self, notice_id: str, why: str) -> None:
        """It could not be dealt with now: again after a second, two, four …, an hour at most."""
        self._store.execute(_LATER, [why[:300], self._store.clock.now(), notice_id])
