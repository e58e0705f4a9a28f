"""What the last comparison with the card company found, kept until the next one; and what was done on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from application.payments.card import CardDifference
from infrastructure.event_store.store import Store

_KEEP = """insert into card_difference (organiser_id, kind, reference, checkout_id, ours, theirs, day)
values (%s, %s, %s, %s, %s, %s, %s) on conflict (kind, reference) do nothing"""
_LAST = "select day from daily where name = %s and organiser_id = %s"
_DONE = """insert into daily (name, organiser_id, day) values (%s, %s, %s)
on conflict (name, organiser_id) do update set day = excluded.day"""


class KeptDifferences:
    """`application.automation.card_jobs.Differences` in the database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def replace(self, found: Sequence[CardDifference], owners: Mapping[UUID, UUID]) -> None:
        """Forget the last comparison and keep this one; `owners`: the organiser of each checkout."""
        with self._store.connections.borrow() as connection, connection.transaction():
            connection.execute("delete from card_difference")
            for each in found:
                owner = owners.get(each.checkout_id) if each.checkout_id else None
                given = [owner, each.kind, each.reference, each.checkout_id, each.ours, each.theirs, each.on]
                connection.execute(_KEEP, given)


class KeptDays:
    """`application.automation.daily_jobs.Days` in the database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def last(self, name: str, organiser_id: UUID) -> date | None:
        """The local day on which something was last done for an organiser."""
        row = self._store.first(_LAST, [name, organiser_id])
        return row[0] if row else None

    def done(self, name: str, organiser_id: UUID, day: date) -> None:
        """It has been done for that day."""
        self._store.execute(_DONE, [name, organiser_id, day])
