"""A credit note: takes back an invoice or part of it, has a number of its own and names the invoice it refers to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.documents import Buyer, Line, Seller, Sums, sums
from domain.kernel.ids import CreditNoteId, InvoiceId, OrganiserId
from domain.kernel.money import Money


class CreditNote(Aggregate):
    """Lines carry negative amounts. `reason` is a word: cancellation, waived, called_off, reinstated."""

    class Issued(Aggregate.Created):
        organiser_id: OrganiserId
        number: int
        invoice_id: InvoiceId
        invoice_number: int
        source_id: UUID
        reason: str
        seller: Seller
        buyer: Buyer
        issued_on: date
        lines: tuple[Line, ...]
        currency: str
        season_id: UUID | None = None
        rounding: int = 0

    @event(Issued)
    def __init__(
        self,
        id: UUID,
        organiser_id: OrganiserId,
        number: int,
        invoice_id: InvoiceId,
        invoice_number: int,
        source_id: UUID,
        reason: str,
        seller: Seller,
        buyer: Buyer,
        issued_on: date,
        lines: tuple[Line, ...],
        currency: str,
        season_id: UUID | None = None,
        rounding: int = 0,
    ) -> None:
        self.organiser_id, self.number, self.invoice_id, self.source_id = organiser_id, number, invoice_id, source_id
        self.invoice_number, self.reason, self.seller, self.buyer = invoice_number, reason, seller, buyer
        self.issued_on, self.lines, self.currency, self.season_id = issued_on, lines, currency, season_id
        self.rounding = rounding

    @property
    def credit_note_id(self) -> CreditNoteId:
        """Its id, typed."""
        return CreditNoteId(self.id)

    @property
    def sums(self) -> Sums:
        """What its lines add up to (negative)."""
        return sums(self.lines, self.currency)

    @property
    def payable(self) -> Money:
        """Its gross with the rounding to whole kronor (negative)."""
        return self.sums.gross + Money(self.rounding, self.currency)
