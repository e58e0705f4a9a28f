"""What waits to be told to other systems: a row for each event and endpoint, in the order in which things happened."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg.rows import kwargs_row

from application.access.webhook import DeliveryLine, DeliveryState
from application.automation.outbound import Happening
from domain.access.webhook_kind import TEST
from domain.kernel.ids import OrganiserId
from infrastructure.event_store.store import Store
from infrastructure.kernel.clock import new_id

_WANTED = """
select distinct organiser_id from webhook.endpoint where stopped_for = '' and kinds @> to_jsonb(array[%s::text])"""
_POST = """
insert into webhook_delivery
    (id, webhook_id, organiser_id, event_id, kind, subject_id, body, made_at, since, due_at)
select gen_random_uuid(), webhook_id, organiser_id, %s, %s, %s, %s, %s, %s, least(%s, now()) from webhook.endpoint
where organiser_id = %s and stopped_for = '' and kinds @> to_jsonb(array[%s::text])
on conflict (webhook_id, event_id) do nothing"""
_TEST = """
insert into webhook_delivery (id, webhook_id, organiser_id, event_id, kind, subject_id, body, made_at, since, due_at)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
_LIST = """
select id as delivery_id, webhook_id, event_id, kind, subject_id, state, attempts, status, error, made_at, due_at,
delivered_at, body from webhook_delivery
where organiser_id = %s and (%s::uuid is null or webhook_id = %s) and (%s = '' or state = %s)
order by no desc limit %s"""
_AGAIN = """
update webhook_delivery set state = 'waiting', attempts = 0, error = '', since = %s, due_at = least(%s, now())
where id = %s and organiser_id = %s"""
_ANEW = """
with heard as (delete from webhook_hearing where webhook_id = %s)
update webhook_delivery set since = %s, due_at = %s where webhook_id = %s and state = 'waiting'"""
_FORGET = """
with heard as (delete from webhook_hearing where webhook_id = %s)
delete from webhook_delivery where webhook_id = %s and state = 'waiting'"""


def _posting(rows: Sequence[list[Any]]) -> Iterator[tuple[str, list[Any]]]:
    """In the order in which things happened."""
    yield from ((_POST, row) for row in rows)


class PostgresDeliveries:
    """`application.automation.outbound.OutboundMail` and `application.access.webhook.DeliveryBook`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def wanted(self, kind: str) -> Collection[OrganiserId]:
        """The organisers of which some endpoint is told of this kind now."""
        group = self._store.together.group
        return group.once((_WANTED, kind), lambda: self._wanted(kind)) if group is not None else self._wanted(kind)

    def _wanted(self, kind: str) -> Collection[OrganiserId]:
        return {OrganiserId(row[0]) for row in self._store.query(_WANTED, [kind])}

    def post(self, happening: Happening) -> None:
        """One for each endpoint that has chosen its kind; twice is once."""
        now, told = self._store.clock.now(), happening
        what = [told.event_id, told.kind, told.subject_id, body_of(told), now, now, now]
        row = [*what, told.organiser_id, told.kind]
        if (group := self._store.together.group) is not None:
            group.write(_posting, [row])
        else:
            self._store.execute(_POST, row)

    def test(self, organiser_id: OrganiserId, webhook_id: UUID) -> None:
        """Put a test on its way."""
        now, event_id = self._store.clock.now(), new_id()
        told = Happening(event_id, TEST, now, organiser_id, "webhook", webhook_id, 0, {})
        what = [new_id(), webhook_id, organiser_id, event_id, TEST, webhook_id, body_of(told), now, now, now]
        self._store.execute(_TEST, what)

    def list(
        self, organiser_id: OrganiserId, webhook_id: UUID | None, state: str, limit: int
    ) -> tuple[DeliveryLine, ...]:
        """An organiser's deliveries, latest first."""
        given = [organiser_id, webhook_id, webhook_id, state, state, limit]
        return tuple(self._store.query(_LIST, given, kwargs_row(_line)))

    def again(self, organiser_id: OrganiserId, delivery_id: UUID) -> bool:
        """Send one once more, under the same event id; False when it is none of theirs."""
        now = self._store.clock.now()
        return bool(self._store.execute(_AGAIN, [now, now, delivery_id, organiser_id]))

    def begin_anew(self, webhook_id: UUID) -> None:
        """The endpoint is told again: what waits is tried at once, and has three days from now."""
        now = self._store.clock.now()
        self._store.execute(_ANEW, [webhook_id, now, now, webhook_id])

    def forget(self, webhook_id: UUID) -> None:
        """The endpoint is removed: what waits for it is told to nobody."""
        self._store.execute(_FORGET, [webhook_id, webhook_id])


def body_of(told: Happening) -> str:
    """The JSON that is sent, the same bytes however often."""
    whole = {
        "event_id": told.event_id,
        "kind": told.kind,
        "occurred_at": told.occurred_at,
        "organiser_id": told.organiser_id,
        "subject": {"type": told.subject, "id": told.subject_id, "sequence": told.sequence},
        "data": told.data,
    }
    return msgspec.json.encode(whole).decode()


def _line(state: str, made_at: datetime, **facts: Any) -> DeliveryLine:
    return DeliveryLine(state=DeliveryState(state), made_at=made_at, **facts)
