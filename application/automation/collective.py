"""Collective invoices: on the first of a month, one invoice to each organisation that asked for it (S61)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date
from typing import Protocol
from uuid import UUID

from application.billing.invoice import Invoices
from application.kernel.actor import SYSTEM
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganisationId, OrganiserId

COLLECTIVE = "collective"
_log = logging.getLogger(__name__)


class CollectiveAccounts(Protocol):
    """Tells for whom something waits to be invoiced."""

    def due(self, organiser_id: UUID, before: date) -> Iterable[UUID]:
        """The organisations for which something waits from before a local day."""


class CollectiveInvoicing:
    """What was bought in a month that has ended is invoiced; a job for each day."""

    def __init__(self, tabs: CollectiveAccounts, invoices: Invoices) -> None:
        self._tabs, self._invoices = tabs, invoices

    def run(self, organiser: OrganiserId, today: date) -> int:
        """Issue what is due on a local day; for how many organisations. The same day again issues nothing."""
        issued = 0
        for organisation_id in tuple(self._tabs.due(organiser, today.replace(day=1))):
            try:
                self._invoices.issue_collective(SYSTEM, organiser, OrganisationId(organisation_id), today)
            except RuleBroken:  # it waits on its tab until tomorrow; the others do not wait for it
                _log.exception("the collective invoice of %s could not be issued", organisation_id)
            else:
                issued += 1
        return issued
