"""Tabs: what organisations have bought that waits for their collective invoice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain.billing.collective_account import CollectiveAccount
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.query import Tables
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry

TAB = Table(
    "tab",
    "tab",
    {"tab_id": "uuid", "organiser_id": "uuid", "organisation_id": "uuid"},
    key=("tab_id",),
    indexes=("(organiser_id)",),
)
WAITING = Table(
    "tab",
    "waiting",
    {"source_id": "uuid", "tab_id": "uuid", "added_on": "date", "gross": "bigint"},
    key=("source_id",),
    indexes=("(tab_id, added_on)",),
)
TABS = Projection("tab", version=1, tables=(TAB, WAITING))

_DUE = """
select distinct t.organisation_id from tab.tab t join tab.waiting w on w.tab_id = t.tab_id
where t.organiser_id = %s and w.added_on < %s order by t.organisation_id"""


TABS.puts(CollectiveAccount.Opened, TAB)


@TABS.on(CollectiveAccount.Added)
def _added(event: CollectiveAccount.Added, _: Entry) -> Iterable[Change]:
    entry = event.entry
    gross = sum(line.gross.amount for line in entry.lines)
    yield WAITING.put(source_id=entry.source_id, tab_id=event.originator_id, added_on=entry.added_on, gross=gross)


@TABS.on(CollectiveAccount.Lowered)
def _lowered(event: CollectiveAccount.Lowered, _: Entry) -> Iterable[Change]:
    yield WAITING.add((event.source_id,), gross=-sum(line.gross.amount for line in event.lines))


@TABS.on(CollectiveAccount.Invoiced)
def _invoiced(event: CollectiveAccount.Invoiced, _: Entry) -> Iterable[Change]:
    for source_id in event.sources:
        yield WAITING.delete((source_id,))


class TabTables(Tables):
    """`application.automation.collective.CollectiveAccounts` on the read models' tables."""

    def due(self, organiser_id: UUID, before: date) -> tuple[UUID, ...]:
        return tuple(row[0] for row in self._reader.query(_DUE, [organiser_id, before]))
