"""Collective invoices: on the first of a month, one invoice to each organisation that asked for it (S61)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date
from typing import Protocol
from uuid import UUID

from application.automation.daily_jobs import Days, OrganisersKnown
from application.billing.invoice import Invoices
from application.kernel.actor import SYSTEM
from application.kernel.aside import Aside
from application.kernel.ports import Clock
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganisationId, OrganiserId
from domain.kernel.terms import day_in

_NAME = "collective"
_log = logging.getLogger(__name__)


class CollectiveAccounts(Protocol):
    """Tells for whom something waits to be invoiced."""

    def due(self, organiser_id: UUID, before: date) -> Iterable[UUID]:
        """The organisations for which something waits from before a local day."""
        ...


class CollectiveInvoicing:
    """An errand of the leader, once a local day: what was bought in a month that has ended is invoiced."""

    def __init__(
        self, organisers: OrganisersKnown, tabs: CollectiveAccounts, invoices: Invoices, days: Days, clock: Clock
    ) -> None:
        self._organisers, self._tabs, self._invoices, self._days = organisers, tabs, invoices, days
        self._clock = clock
        self._done: dict[UUID, date] = {}
        self._aside = Aside(clock, "the collective invoicing")

    def turn(self) -> bool:
        """Invoice for one organiser; False when all has been done today."""
        now = self._clock.now()
        for row in self._organisers.organisers():
            today = day_in(now, row.zone)
            known = self._done.get(row.organiser_id) or self._days.last(_NAME, row.organiser_id)
            if not self._aside.holds(row.organiser_id) and (known is None or known < today):
                with self._aside.trying(row.organiser_id):
                    self.run(OrganiserId(row.organiser_id), today)
                    self._days.done(_NAME, row.organiser_id, today)
                    self._done[row.organiser_id] = today
                return True
        return False

    def run(self, organiser: OrganiserId, today: date) -> int:
        """Issue what is due on a local day; for how many organisations. The same day again issues nothing."""
        due = tuple(self._tabs.due(organiser, today.replace(day=1)))
        issued = 0
        for organisation_id in due:
            try:
                self._invoices.issue_collective(SYSTEM, organiser, OrganisationId(organisation_id), today)
            except RuleBroken:  # it waits on its tab until tomorrow; the others do not wait for it
                _log.exception("the collective invoice of %s could not be issued", organisation_id)
            else:
                issued += 1
        return issued
