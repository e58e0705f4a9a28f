"""A collective account comes due: one invoice of all that an organisation bought before this month (S61)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.billing.charges import Charge
from application.billing.invoicing import INVOICED, ON_TAB, InvoiceRef, Spare, issue
from application.kernel.ports import UnitOfWork
from domain.billing.collective_account import CollectiveAccount, Entry
from domain.kernel.documents import sums
from domain.kernel.ids import OrganisationId, OrganiserId, derived, invoice_of
from domain.kernel.payer import Payer


def issue_collective(
    work: UnitOfWork, organiser_id: OrganiserId, organisation_id: OrganisationId, today: date, spare: Spare
) -> InvoiceRef:
    """One invoice of all that an organisation bought before this month and that still costs something."""
    tab = work.find(CollectiveAccount, CollectiveAccount.create_id(organiser_id, organisation_id))
    due = tab.due(today.replace(day=1)) if tab is not None else ()
    if tab is None or not due:
        return InvoiceRef(None, None)
    sources = tuple(entry.source_id for entry in due)
    owed = [entry for entry in due if sums(entry.lines).gross.amount]
    for source in sources:
        work.release_unique_key(ON_TAB, str(source))
    if not owed:
        tab.invoice(None, sources)
        return InvoiceRef(None, None)
    what = _together(derived(tab.id, today), organisation_id, owed)
    issued = issue(work, organiser_id, what, spare)
    for entry in owed:
        work.take_unique_key(INVOICED, str(entry.source_id), invoice_of(what.source_id))
    tab.invoice(issued.invoice_id, sources)
    return issued


def _together(source_id: UUID, organisation_id: OrganisationId, entries: list[Entry]) -> Charge:
    lines = tuple(each for entry in entries for each in entry.lines)
    seasons = {each.season_id for each in lines}
    payer = Payer(
        organisation_id=organisation_id,
        reference=_all_of([entry.reference for entry in entries]),
        order_number=_all_of([entry.order_number for entry in entries]),
    )
    supply = dict.fromkeys(each for entry in entries for each in entry.supply)
    return Charge(source_id, payer, lines, tuple(supply), seasons.pop() if len(seasons) == 1 else None)


def _all_of(texts: list[str]) -> str:
    return ", ".join(dict.fromkeys(text for text in texts if text))
