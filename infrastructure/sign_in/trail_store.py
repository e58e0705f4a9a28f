"""The trail in the database: noted in memory, written in batches beside the requests, alike ones together."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from application.insight.trail import Noted, TrailFilter, TrailKind, TrailRow
from application.kernel.page import Page
from domain.kernel.errors import PlatsError
from infrastructure.event_store.store import Store
from infrastructure.postgres.per_process import PerProcess
from infrastructure.read_models.kernel.query import bounded, page_by, place_in

PAUSE = 0.5
"""Seconds between two batches: how much of the trail a crash may take."""

MOST_WAITING = 10_000
"""Kinds of lines that wait for a database that is away; what comes beyond them is counted and said in the log."""

_COLUMNS = "kind, organiser_id, what, why, actor, roles, person_id, about, place"
_WRITE = f"""insert into trail (at, {_COLUMNS}, number)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""  # noqa: S608 # no input
_ROWS = """select id as trail_id, at, kind, what, why, actor, roles, person_id, about, place, number from trail
where organiser_id = %(organiser_id)s and (%(kind)s::text = '' or kind = %(kind)s)
and (%(person_id)s::uuid is null or person_id = %(person_id)s)
and (%(since)s::timestamptz is null or at >= %(since)s) and (%(until)s::timestamptz is null or at < %(until)s)
and id < %(before)s order by id desc limit %(limit)s"""
_LATEST = "select coalesce(max(id), 0) from trail"
_COUNTS = "select organiser_id, sum(number) from trail where at >= %s and kind = any(%s) group by organiser_id"
_FIRST = 2**62

_log = logging.getLogger(__name__)


class PostgresTrail:
    """`application.insight.trail.Trail` and `TrailModel`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting = PerProcess(lambda: _Waiting(self._write))

    def note(self, noted: Noted) -> None:
        """Note it; it is written within a second."""
        self._waiting.get().add(noted, self._store.clock.now())

    def flush(self) -> None:
        """Write what this process has noted."""
        waiting = self._waiting.made()
        if waiting is not None:
            waiting.flush()

    def rows(self, organiser_id: UUID, which: TrailFilter, after: str | None, limit: int) -> Page[TrailRow]:
        """An organiser's lines, latest first. Raises BadValue."""
        self.flush()
        place = place_in(after, int)
        before = _FIRST if place is None else place
        arguments = {**vars(which), "organiser_id": organiser_id, "before": before, "limit": bounded(limit) + 1}
        rows = self._store.query(_ROWS, arguments, dict_row)
        return page_by(rows, limit, lambda shown: [_row(**columns) for columns in shown], "trail_id")

    def latest(self) -> int:
        """The id of the last line."""
        self.flush()
        return int(self._store.query(_LATEST, [])[0][0])

    def counts(self, since: datetime, kinds: tuple[TrailKind, ...]) -> tuple[tuple[UUID | None, int], ...]:
        """How many of these kinds there were since an instant, of each organiser."""
        rows = self._store.query(_COUNTS, [since, [kind.value for kind in kinds]])
        return tuple((organiser, int(number)) for organiser, number in rows)

    def _write(self, lines: list[tuple[Noted, datetime, int]]) -> None:
        values = [_values(one, at, number) for one, at, number in lines]
        with self._store.connections.borrow() as connection, connection.transaction(), connection.cursor() as cursor:
            cursor.executemany(_WRITE.encode(), values)


class _Waiting:
    """What one process has noted and not written yet."""

    def __init__(self, write: Any) -> None:
        self._write_lines = write
        self._lines: dict[Noted, datetime] = {}
        self._numbers: Counter[Noted] = Counter()
        self._left_out = 0
        self._lock, self._turn, self._wake = threading.Lock(), threading.Lock(), threading.Event()
        threading.Thread(target=self._run, name="trail", daemon=True).start()

    def add(self, noted: Noted, at: datetime) -> None:
        with self._lock:
            if noted not in self._lines and len(self._lines) >= MOST_WAITING:
                self._left_out += 1
                return
            self._lines.setdefault(noted, at)
            self._numbers[noted] += 1
        self._wake.set()

    def flush(self) -> None:
        """Write what waits; where that fails it goes on waiting."""
        with self._turn:
            with self._lock:
                lines = [(one, at, self._numbers[one]) for one, at in self._lines.items()]
                self._lines, self._numbers = {}, Counter()
                left_out, self._left_out = self._left_out, 0
            if left_out:
                _log.error("%d lines of the trail were left out: the database was away for too long", left_out)
            if not lines:
                return
            try:
                self._write_lines(lines)
            except (PlatsError, psycopg.Error) as error:
                _log.warning("the trail waits for the database: %s", type(error).__name__)
                with self._lock:
                    for one, at, number in lines:
                        self._lines[one] = min(at, self._lines.get(one, at))
                        self._numbers[one] += number

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            self.flush()
            threading.Event().wait(PAUSE)


def _values(one: Noted, at: datetime, number: int) -> list[Any]:
    who = [one.actor, list(one.roles), one.person_id]
    return [at, one.kind.value, one.organiser_id, one.what[:300], one.why, *who, one.about, one.place, number]


def _row(*, kind: str, roles: list[str], **columns: Any) -> TrailRow:
    return TrailRow(kind=TrailKind(kind), roles=tuple(roles), **columns)
