"""Invoices and credit notes as finance and payers read them: documents, lines, balance, sums per season."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from application.actor import Actor, Role
from application.reading.page import Page, found
from application.use_case import organiser_of
from domain.documents import Line, Seller, Supply
from domain.errors import NotFound
from domain.ids import OrganisationId, OrganiserId, PersonId


@dataclass(frozen=True)
class DocumentFilter:
    """What to list: `kind` invoice or credit_note, `status` open, paid, credited or overdue; empty is all."""

    kind: str = ""
    status: str = ""
    organisation_id: UUID | None = None
    season_id: UUID | None = None
    issued_from: date | None = None
    issued_until: date | None = None
    number: int | None = None


@dataclass(frozen=True)
class DocumentRow:
    """A document in a list. Sums in minor units, a credit note's negative. `balance` is what is still owed.

    `status`: open, paid, credited (nothing left to pay because of credit notes); a credit note is always credited.
    """

    document_id: UUID
    kind: str
    organiser_id: OrganiserId
    number: int
    source_id: UUID
    season_id: UUID | None
    season: str | None
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


@dataclass(frozen=True)
class PaymentRow:
    """Money received on a local day."""

    amount: int
    reference: str
    received_on: date


@dataclass(frozen=True)
class RateSum:
    """The VAT summary of one rate (basis points), in minor units."""

    basis_points: int
    kind: str
    net: int
    vat: int


@dataclass(frozen=True)
class DocumentView:
    """A document whole, as it is printed (S49)."""

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


@dataclass(frozen=True)
class SeasonSums:
    """What a season's documents add up to, credit notes taken off (S04); seats taken beside it."""

    season_id: UUID
    season: str
    network: str
    documents: int
    net: int
    vat: int
    gross: int
    credited: int
    paid: int
    seats_taken: int


class InvoiceModel(Protocol):
    """The read model behind documents."""

    def documents(self, organiser_id: UUID, asked: DocumentFilter, after: str | None, limit: int) -> Page[DocumentRow]:
        """An organiser's documents, latest issued first."""
        ...

    def of_person(self, organiser_id: UUID, person_id: UUID, after: str | None, limit: int) -> Page[DocumentRow]:
        """Documents somebody pays, or of the organisations they are a contact of."""
        ...

    def document(self, document_id: UUID) -> DocumentView | None:
        """One document whole."""
        ...

    def sums(self, organiser_id: UUID) -> tuple[SeasonSums, ...]:
        """The sums of each season."""
        ...

    def is_contact(self, organisation_id: UUID, person_id: UUID) -> bool:
        """Whether a person is a contact of an organisation."""
        ...


class InvoiceQuestions:
    """Finance and admins see the organiser's; a payer and an organisation's contact see their own."""

    def __init__(self, model: InvoiceModel) -> None:
        self._model = model

    def list(self, actor: Actor, asked: DocumentFilter, after: str | None = None, limit: int = 50) -> Page[DocumentRow]:
        """Documents; for members their own, whatever they filter by."""
        organiser = organiser_of(actor)
        if actor.has(organiser, Role.FINANCE, Role.ADMIN):
            return self._model.documents(organiser, asked, after, limit)
        if actor.person_id is None:
            return Page(())
        return self._model.of_person(organiser, actor.person_id, after, limit)

    def one(self, actor: Actor, document_id: UUID) -> DocumentView:
        """One document the actor may see. Raises NotFound."""
        view = found(self._model.document(document_id), "document")
        row = view.row
        if actor.has(row.organiser_id, Role.FINANCE, Role.ADMIN):
            return view
        me = actor.person_id
        if me is not None and actor.organiser_id == row.organiser_id:
            is_theirs = row.organisation_id is not None and self._model.is_contact(row.organisation_id, me)
            if me == row.person_id or is_theirs:
                return view
        raise NotFound(what="document")

    def sums(self, actor: Actor) -> tuple[SeasonSums, ...]:
        """What each season has been invoiced. Raises NotAllowed unless staff."""
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.FINANCE, Role.ADMIN)
        return self._model.sums(organiser)
