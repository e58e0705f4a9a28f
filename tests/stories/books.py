"""The books of a story: the ledger and the reconciliation by their projections' own functions, on tables in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from infrastructure.read_models.accounting.ledger import LEDGER
from infrastructure.read_models.accounting.ledger_tables import POSTING
from infrastructure.read_models.kernel.table import Change
from infrastructure.read_models.payments.matching import MATCHING, SUBJECT
from infrastructure.serialization.event_mapper import Entry
from tests.stories.in_memory import Said

Rows = dict[tuple[object, tuple[Any, ...]], Any]


class Books:
    """What has been taken in of the log so far."""

    def __init__(self) -> None:
        self._rows: Rows = {}
        self._until = 0

    def read(self, log: list[Said]) -> Books:
        """Take in what is new."""
        for said in log[self._until :]:
            entry = Entry(said.event, type(said.event).__qualname__, said.position, said.recorded_at, "", None)
            for projection in (LEDGER, MATCHING):
                self._apply(projection.changes(entry))
        self._until = len(log)
        return self

    def alarms(self) -> list[Any]:
        """What the reconciliation would show: agreed and not invoiced, or the other way."""
        rows = [row for (table, _), row in self._rows.items() if table is SUBJECT]
        return [row for row in rows if row["agreed"] != row["invoiced"] + row["waiting"]]

    def balances(self) -> dict[str, int]:
        """What each account comes to, where it comes to anything; VAT by its rate."""
        found: Counter[str] = Counter()
        for (table, _), row in self._rows.items():
            if table is POSTING:
                rate = f"_{row['basis_points']}" if row["account"] == "vat" else ""
                found[f"{row['account']}{rate}"] += row["amount"]
        return {account: amount for account, amount in found.items() if amount}

    def _apply(self, changes: Iterable[Change]) -> None:
        for change in changes:
            place = (change.table, change.key)
            self._rows[place] = row = change.become(self._rows.get(place))
            if change.then is not None and row is not None:
                self._apply(change.then(row))
