"""The sender: tells other systems, from any number of processes, what waits for them, until it has been taken.

A delivery is taken for a while (its next try lies behind that), so that nothing is locked while somebody is spoken to;
killed in the middle, it is sent once more, under the same event id. Of one endpoint and subject only the first that
waits is sent, so that they arrive in order; what waits for one subject holds up no other.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from psycopg.rows import class_row

from domain.access.webhook import Stop
from infrastructure.event_store.store import Store
from infrastructure.webhooks.post import Answer, Poster
from infrastructure.webhooks.signature import Secrets, signed

GIVEN_UP = timedelta(hours=72)
LEASE, REST = timedelta(minutes=1), timedelta(seconds=30)
FIRST, LONGEST = timedelta(seconds=30), timedelta(hours=1)
GONE, GONE_FOR_GOOD = 410, 3
SIGNATURE, EVENT_ID, KIND = "Plats-Signature", "Plats-Event-Id", "Plats-Event-Kind"

_TAKE = """
update webhook_delivery d set attempts = d.attempts + 1, due_at = %(lease)s from webhook.endpoint e
where e.webhook_id = d.webhook_id and d.no = (
    select w.no from webhook_delivery w join webhook.endpoint on endpoint.webhook_id = w.webhook_id
    left join webhook_hearing h on h.webhook_id = w.webhook_id
    where w.state = 'waiting' and w.due_at <= %(now)s and endpoint.stopped_for = ''
    and (h.rests_till is null or h.rests_till <= %(now)s)
    and not exists (select 1 from webhook_delivery before where before.state = 'waiting'
        and before.webhook_id = w.webhook_id and before.subject_id = w.subject_id and before.no < w.no)
    order by w.due_at, w.no limit 1 for update of w skip locked)
returning d.no, d.webhook_id, d.event_id, d.kind, d.body, d.attempts, d.since, e.address, e.secret_no, e.both_until"""
_TAKEN = """
with heard as (
    insert into webhook_hearing (webhook_id, heard_at) values (%(webhook_id)s, %(now)s)
    on conflict (webhook_id) do update set heard_at = excluded.heard_at, gone = 0, rests_till = null)
update webhook_delivery set state = 'delivered', delivered_at = %(now)s, status = %(status)s, error = ''
where no = %(no)s and state = 'waiting'"""
_NOT_TAKEN = """
update webhook_delivery set state = %(state)s, due_at = %(due)s, status = %(status)s, error = %(error)s
where no = %(no)s and state = 'waiting'"""
_HEARD = """
insert into webhook_hearing as h (webhook_id, gone, rests_till) values (%(webhook_id)s, %(gone)s, %(rests)s)
on conflict (webhook_id) do update
set gone = case when excluded.gone = 0 then 0 else h.gone + 1 end, rests_till = excluded.rests_till
returning gone, heard_at"""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Due:
    """A delivery that is to be sent now, and where."""

    no: int
    webhook_id: UUID
    event_id: UUID
    kind: str
    body: str
    attempts: int
    since: datetime
    address: str
    secret_no: int
    both_until: datetime | None


class Stopping(Protocol):
    """Stops an endpoint that nobody answers at any longer."""

    def __call__(self, webhook_id: UUID, why: Stop) -> object:
        """Record it, which is told to the organiser's admins."""


class WebhookSender:
    """Tells other systems, one delivery at a time; several may run beside each other."""

    anywhere = True

    def __init__(self, store: Store, poster: Poster, stop: Stopping) -> None:
        self._store, self._poster, self._stop = store, poster, stop
        self._secrets = Secrets(store.keyring)

    def turn(self) -> bool:
        """Send one that is due; False when there is none."""
        now = self._store.clock.now()
        given = {"now": now, "lease": now + LEASE}
        with self._store.connections.borrow() as connection, connection.cursor(row_factory=class_row(_Due)) as cursor:
            due = cursor.execute(_TAKE, given).fetchone()
        if due is not None:
            self._note(due, self._send(due, now), now)
        return due is not None

    def _send(self, due: _Due, now: datetime) -> Answer:
        secrets = self._secrets.live(due.webhook_id, due.secret_no, due.both_until, now)
        body = due.body.encode()
        headers = {
            SIGNATURE: signed(body, secrets, now),
            EVENT_ID: str(due.event_id),
            KIND: due.kind,
            "User-Agent": "Plats-Webhooks/1",
        }
        return self._poster.post(due.address, body, headers)

    def _note(self, due: _Due, answer: Answer, now: datetime) -> None:
        facts = {"no": due.no, "webhook_id": due.webhook_id, "now": now, "status": answer.status}
        if answer.is_taken:
            self._store.execute(_TAKEN, facts)
            return
        is_over = now - due.since >= GIVEN_UP
        again = min(now + min(LONGEST, FIRST * 2 ** min(due.attempts - 1, 20)), max(now, due.since + GIVEN_UP))
        state = "put_aside" if is_over else "waiting"
        self._store.execute(_NOT_TAKEN, {**facts, "state": state, "due": again, "error": answer.error[:200]})
        rests = now + REST if answer.status == 0 else None
        heard = {"webhook_id": due.webhook_id, "gone": int(answer.status == GONE), "rests": rests}
        [(gone, heard_at)] = self._store.query(_HEARD, heard)
        if gone >= GONE_FOR_GOOD:
            self._give_up(due, Stop.GONE)
        elif is_over and (heard_at is None or now - heard_at >= GIVEN_UP):
            self._give_up(due, Stop.SILENT)

    def _give_up(self, due: _Due, why: Stop) -> None:
        _log.warning("the webhook %s is told nothing any longer: %s", due.webhook_id, why.value)
        self._stop(due.webhook_id, why)
