"""Invoices and credit notes as finance and payers read them: documents, lines, balance, sums per season."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from application.billing.queries.season_sums import SeasonName, SeasonSums
from application.kernel.actor import Actor, Role
from application.kernel.page import MOST, Page, found
from application.kernel.queries import Queries, every, for_oneself, for_staff
from application.kernel.use_case import organiser_of
from domain.kernel.documents import LateTerms, Line, Seller, Supply
from domain.kernel.errors import NotFound
from domain.kernel.ids import OrganisationId, OrganiserId, PersonId, invoice_of


@dataclass(frozen=True)
class DocumentFilter:
    """What to list: `kind` invoice or credit_note, `status` open, paid, credited, overdue or written_off; empty: all.

    `on`: as things stood on a local day (None: now). `known_at`: as far as had been recorded by that instant.
    """

    kind: str = ""
    status: str = ""
    organisation_id: UUID | None = None
    season_id: UUID | None = None
    issued_from: date | None = None
    issued_until: date | None = None
    number: int | None = None
    network_id: UUID | None = None
    on: date | None = None
    known_at: datetime | None = None


@dataclass(frozen=True)
class DocumentTotals:
    """What a list adds up to in öre, however many pages it has: a credit note's sums are negative."""

    documents: int
    net: int
    vat: int
    gross: int
    balance: int
    payable: int


@dataclass(frozen=True)
class DocumentRow:
    """A document in a list. Sums in minor units, a credit note's negative. `balance` is what is still owed.

    `payable` is the figure of the document wherever it is shown: what it asks for or gives back, in whole kronor where
    it is rounded; `gross` is net and VAT of its lines.

    `status`: open, paid, written_off, credited (nothing left to pay because of credit notes, as is every credit note).
    """

    document_id: UUID
    kind: str
    organiser_id: OrganiserId
    number: int
    source_id: UUID
    season_id: UUID | None
    season: str | None
    network: str | None
    organisation_id: OrganisationId | None
    person_id: PersonId | None
    buyer: str | None
    reference: str
    issued_on: date
    due_on: date | None
    net: int
    vat: int
    gross: int
    credited: int
    paid: int
    balance: int
    currency: str
    ocr: str
    status: str
    refers_to_id: UUID | None
    refers_to_number: int | None
    reason: str
    payable: int


@dataclass(frozen=True)
class PaymentRow:
    """Money received on a local day (below zero: paid back), by bank, by card or offset."""

    amount: int
    reference: str
    received_on: date
    means: str = "bank"


@dataclass(frozen=True)
class RateSum:
    """The VAT summary of one rate (basis points), in minor units."""

    basis_points: int
    kind: str
    net: int
    vat: int


@dataclass(frozen=True)
class BuyerTerms:
    """How the buyer wants a document: their order's number, their country, their Peppol id, the language on paper."""

    order_number: str
    country: str
    peppol_id: str
    language: str


@dataclass(frozen=True)
class DocumentView:
    """A document whole, as it is printed (S49). `rounding` is added to its gross to make it whole kronor.

    `set_off`: what its payer had to their credit when it was issued; the document does not ask for that.
    `refers_to_on`: when the invoice was issued that a credit note refers to. `late`: what it says of paying it late.
    """

    row: DocumentRow
    seller: Seller
    buyer_address: str | None
    buyer_org_number: str
    buyer_vat_number: str
    supply: tuple[Supply, ...]
    lines: tuple[Line, ...]
    rates: tuple[RateSum, ...]
    payments: tuple[PaymentRow, ...]
    credit_notes: tuple[DocumentRow, ...]
    rounding: int
    set_off: int
    terms: BuyerTerms
    refers_to_on: date | None
    late: LateTerms

    @property
    def payable(self) -> int:
        """What the document asks for, in minor units (negative: gives back)."""
        return self.row.payable

    @property
    def to_pay(self) -> int:
        """What the document asks to be paid: nothing that was set off when it was issued."""
        return self.payable - self.set_off


class InvoiceQuestions(Queries, Protocol):
    """Finance and admins see the organiser's; a payer and an organisation's contact see their own."""

    def list(self, actor: Actor, which: DocumentFilter, after: str | None = None, limit: int = 50) -> Page[DocumentRow]:
        """Documents, latest issued first; for members their own, whatever they filter by. Raises BadValue."""
        if actor.has(organiser_of(actor), Role.FINANCE, Role.ADMIN):
            return self._documents(actor, which, after, limit)
        return self._own(actor, after, limit)

    @for_staff
    def totals(self, actor: Actor, which: DocumentFilter) -> DocumentTotals:
        """What the documents of a list add up to."""

    def every(self, actor: Actor, which: DocumentFilter) -> Iterator[DocumentRow]:
        """All documents of a list, however many, a page at a time."""
        return every(lambda after: self.list(actor, which, after, MOST))

    def one(self, actor: Actor, document_id: UUID) -> DocumentView:
        """One document the actor may see. Raises NotFound."""
        view = found(self._document(document_id), "document")
        row = view.row
        if actor.booking_id is not None and actor.booking_id not in self._sources_of(row):
            raise NotFound(what="document")
        if not self.reads(actor, row.organiser_id, row.organisation_id, row.person_id):
            raise NotFound(what="document")
        return view

    def reads(self, actor: Actor, organiser_id: UUID, organisation_id: UUID | None, payer_id: UUID | None) -> bool:
        """Whether the actor reads what is invoiced to them: not whoever only booked for an organisation."""
        if actor.has(organiser_id, Role.FINANCE, Role.ADMIN):
            return True
        me = actor.person_id
        if me is None or actor.organiser_id != organiser_id:
            return False
        return actor.is_person(payer_id) or (organisation_id is not None and self._is_contact(organisation_id, me))

    def of_source(self, actor: Actor, source_id: UUID) -> tuple[DocumentView, ...]:
        """The invoices of a booking, a purchase or a transfer that the actor may see: its own, or collective ones."""
        views = []
        for document_id in (invoice_of(source_id), *self._invoiced_with(source_id)):
            try:
                views.append(self.one(actor, document_id))
            except NotFound:
                continue
        return tuple(views)

    def waits(self, source_id: UUID) -> bool:
        """Whether a booking that the reader may see waits for the collective invoice of the month."""

    @for_staff
    def sums(self, actor: Actor) -> tuple[SeasonSums, ...]:
        """What each season has been invoiced."""

    @for_staff
    def sums_of(self, actor: Actor, season_id: UUID) -> SeasonSums | None:
        """What one season has been invoiced; None for one that is not the organiser's."""

    @for_staff
    def seasons(self, actor: Actor) -> tuple[SeasonName, ...]:
        """All that a list of documents may be narrowed to, in the order of their first days."""

    @for_oneself(Page(()))
    def about(self, actor: Actor, after: str | None = None, limit: int = 50) -> Page[DocumentRow]:
        """Documents that the actor is the buyer of, and no organisation; latest issued first. Raises BadValue."""

    @for_staff
    def _documents(self, actor: Actor, which: DocumentFilter, after: str | None, limit: int) -> Page[DocumentRow]: ...

    @for_oneself(Page(()))
    def _own(self, actor: Actor, after: str | None, limit: int) -> Page[DocumentRow]:
        """Documents somebody pays, or of the organisations they are a contact of."""

    def _sources_of(self, row: DocumentRow) -> tuple[UUID, ...]:
        """What a document is about; a credit note, as what its invoice is about."""
        corrected = self._document(row.refers_to_id) if row.refers_to_id is not None else None
        return (row.source_id, *((corrected.row.source_id,) if corrected is not None else ()))

    def _document(self, document_id: UUID) -> DocumentView | None: ...

    def _invoiced_with(self, source_id: UUID) -> tuple[UUID, ...]:
        """The invoices on which something stands together with other things."""

    def _is_contact(self, organisation_id: UUID, person_id: UUID) -> bool: ...
