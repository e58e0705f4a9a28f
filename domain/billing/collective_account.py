"""A tab: what an organisation has bought that waits for its collective invoice of the month (S61)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.billing.crediting import without
from domain.kernel.aggregate import Aggregate, event
from domain.kernel.documents import Line, Supply
from domain.kernel.ids import CreditNoteId, InvoiceId, OrganisationId, OrganiserId, derived


@dataclass(frozen=True)
class Entry:
    """One purchase on a tab: lines that name it (`source_id`), when it is supplied, and the buyer's own references."""

    source_id: UUID
    lines: tuple[Line, ...]
    supply: tuple[Supply, ...]
    reference: str
    order_number: str
    added_on: date


class CollectiveAccount(Aggregate):
    """Entries are added, lowered by cancellations, and taken off when they are invoiced."""

    STORED_AS = "Tab"

    class Opened(Aggregate.Created):
        organiser_id: OrganiserId
        organisation_id: OrganisationId

    class Added(Aggregate.Event):
        entry: Entry

        def apply(self, collective_account: CollectiveAccount) -> None:
            collective_account.entries[self.entry.source_id] = self.entry

    class Lowered(Aggregate.Event):
        source_id: UUID
        lines: tuple[Line, ...]
        instead_of: UUID | None = None

        def apply(self, collective_account: CollectiveAccount) -> None:
            entry = collective_account.entries[self.source_id]
            collective_account.entries[self.source_id] = replace(entry, lines=without(entry.lines, self.lines))
            if self.instead_of is None:
                collective_account.lowered_by.append(self.lines)
            else:
                collective_account.lowered.add(self.instead_of)

    class Invoiced(Aggregate.Event):
        invoice_id: InvoiceId | None
        sources: tuple[UUID, ...]

        def apply(self, collective_account: CollectiveAccount) -> None:
            for source_id in self.sources:
                del collective_account.entries[source_id]

    @staticmethod
    def create_id(organiser_id: OrganiserId, organisation_id: OrganisationId) -> UUID:
        """One tab for each organisation of an organiser."""
        return derived(organiser_id, organisation_id, "tab")

    @event(Opened)
    def __init__(self, organiser_id: OrganiserId, organisation_id: OrganisationId) -> None:
        self.organiser_id, self.organisation_id = organiser_id, organisation_id
        self.entries: dict[UUID, Entry] = {}
        self.lowered: set[UUID] = set()
        self.lowered_by: list[tuple[Line, ...]] = []

    def add(self, entry: Entry) -> None:
        """A purchase waits for the invoice; twice is once."""
        if entry.source_id not in self.entries:
            self.record(CollectiveAccount.Added(entry=entry))

    def lower(self, source_id: UUID, lines: tuple[Line, ...], instead_of: CreditNoteId) -> None:
        """What is given back before anything was invoiced is simply not invoiced: no such credit note is issued."""
        self.record(CollectiveAccount.Lowered(source_id=source_id, lines=lines, instead_of=instead_of))

    def has_lowered(self, credit_note_id: CreditNoteId, lines: tuple[Line, ...]) -> bool:
        """Whether what this credit note would give back was taken off here; earlier records name its lines alone."""
        return credit_note_id in self.lowered or lines in self.lowered_by

    def due(self, before: date) -> tuple[Entry, ...]:
        """What was added before a local day, in order."""
        return tuple(entry for entry in self.entries.values() if entry.added_on < before)

    def invoice(self, invoice_id: InvoiceId | None, sources: tuple[UUID, ...]) -> None:
        """These are invoiced now (no invoice: nothing was left of them)."""
        self.record(CollectiveAccount.Invoiced(invoice_id=invoice_id, sources=sources))
