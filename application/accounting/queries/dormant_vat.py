"""VAT that is not owed yet, as finance reads it: the invoices sent ahead of which some rests on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from application.accounting.queries.ageing import NOW, AsOf
from application.kernel.actor import Actor
from application.kernel.queries import Queries, for_staff


@dataclass(frozen=True)
class DormantRow:
    """What rests of an invoice's VAT on seats of a season at one rate, and the sales that it is the tax on (öre)."""

    document_id: UUID
    number: int
    buyer: str | None
    issued_on: date
    season_id: UUID
    season: str
    basis_points: int
    net: int
    vat: int


class DormantQuestions(Queries, Protocol):
    """For finance and admins of an organiser."""

    @for_staff
    def dormant_vat(self, actor: Actor, as_of: AsOf = NOW) -> tuple[DormantRow, ...]:
        """What rests at the end of a day (today), invoice by invoice, as it is known now."""
