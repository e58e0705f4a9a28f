"""What is kept for a while in the database, forgotten in small portions that nobody has to wait for."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from application.kernel.health import CLOCKS_AGREE
from infrastructure.event_store.store import Store
from infrastructure.keys.keyring import ledger_key

PORTION = 500

_log = logging.getLogger(__name__)

_ANSWERS = """
with portion as materialized (
    select ctid, id, position, recorded_at from command where ctid > %s::tid limit %s
), gone as (
    delete from command c using portion s left join event e on e.position = s.position
    where c.id = s.id and s.recorded_at < %s
    and (e.actor is null or (e.actor <> 'system' and e.actor not like 'card:%%'))
)
select count(*), max(ctid)::text from portion"""
# in the order they lie in, so that however many stay, each is looked at once

_LETTERS = """
update letter set content = null where id in (
    select id from letter where content is not null and state <> 'waiting'
    and posted_at < %s and coalesce(sent_at, posted_at) < %s order by posted_at limit %s for update skip locked)"""

_SECRETS = (
    "delete from one_time where digest in (select digest from one_time where expires_at < %s limit %s)",
    "delete from asked_link where id in (select id from asked_link where asked_at < %s limit %s)",
    "delete from link_code where ctid in (select ctid from link_code where expires_at < %s limit %s)",
    """delete from booking_link where ctid in (
    select ctid from booking_link where made_at < %s::timestamptz - interval '3 years' limit %s)""",
    """delete from webhook_delivery where no in (
    select no from webhook_delivery where made_at < %s::timestamptz - interval '90 days' and state <> 'waiting'
    limit %s)""",
    "delete from attempts where (key, begins) in (select key, begins from attempts where begins < %s limit %s)",
)
_SESSIONS = """
delete from session where id in (select id from session where least(expires_at, ended_at) < %s limit %s)"""

_TRAIL = "delete from trail where id in (select id from trail where at < %s order by id limit %s)"

_LEDGER_YEARS = """
select period::int from data_key where scope = 'ledger' and subject = %s and period::int <= %s and wrapped is not null
order by period::int"""
_LEDGER_KEYS = """
update data_key set wrapped = null, epoch = null, destroyed_at = %s
where scope = 'ledger' and subject = %s and period::int = any(%s) and wrapped is not null"""


class KeptInDatabase:
    """`application.automation.retention.Kept`."""

    def __init__(self, store: Store) -> None:
        self._store, self._has_warned = store, False

    def agrees(self, now: datetime) -> bool:
        """Whether the database's clock says about the same; a machine years ahead would destroy what must be kept."""
        [(off,)] = self._store.query("select abs(extract(epoch from %s - now()))::float8", [now])
        if off > CLOCKS_AGREE and not self._has_warned:
            _log.warning("nothing is done by the clock: the one here and the database's differ by %d seconds", off)
        self._has_warned = off > CLOCKS_AGREE
        return not self._has_warned

    def forget_answers(self, place: str, before: datetime) -> str:
        """Answers to people's and programs' keys; where to go on."""
        [(number, last)] = self._store.query(_ANSWERS, [place, PORTION, before])
        return str(last) if number == PORTION else ""

    def forget_letters(self, before: datetime) -> int:
        """What stood in old letters; the rows stay."""
        return self._store.execute(_LETTERS, [before, before, PORTION])

    def forget_secrets(self, before: datetime) -> int:
        """Secrets, asked-for links and counted attempts whose time is long up."""
        return sum(self._store.execute(statement, [before, PORTION]) for statement in _SECRETS)

    def forget_sessions(self, before: datetime) -> int:
        """Sessions that are long over."""
        return self._store.execute(_SESSIONS, [before, PORTION])

    def forget_trail(self, before: datetime) -> int:
        """Old lines of the trail, which nothing else can take away."""
        with self._store.connections.borrow() as connection, connection.transaction():
            connection.execute("set local plats.forgets = 'trail'")
            return connection.execute(_TRAIL.encode(), [before, PORTION]).rowcount

    def ledger_years(self, organiser_id: UUID, last_year: int) -> tuple[int, ...]:
        """The bookkeeping years up to one of which there is a key."""
        return tuple(int(year) for (year,) in self._store.query(_LEDGER_YEARS, [organiser_id, last_year]))

    def destroy_ledger_keys(self, organiser_id: UUID, years: tuple[int, ...], now: datetime) -> None:
        """The keys of bookkeeping years; a row of each stays, so that it is never made again."""
        self._store.execute(_LEDGER_KEYS, [now, organiser_id, list(years)])
        self._store.keyring.forget(ledger_key(organiser_id, year) for year in years)
