"""The desk: cancellations and transfers as cases, oldest first, each with its rule and its effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.actor import Actor, Role
from application.reading.page import Page, found
from application.use_case import organiser_of
from domain.errors import NotFound
from domain.ids import BookingId, OrganisationId, OrganiserId, PersonId, SeasonId
from domain.terms import Assessment


@dataclass(frozen=True)
class CaseRow:
    """One case. `kind` cancellation or transfer. Sums in öre incl. VAT: `price` of the seats, `credit` by the terms
    (or as settled), `difference` a transfer costs more. `needs_decision`: it waits for a person.
    """

    case_id: UUID
    kind: str
    organiser_id: OrganiserId
    status: str
    needs_decision: bool
    booking_id: BookingId
    season_id: SeasonId
    season: str
    seats: tuple[int, ...]
    person_id: PersonId | None
    name: str | None
    to_person_id: PersonId | None
    to_name: str | None
    organisation_id: OrganisationId | None
    organisation: str
    requested_at: datetime
    received_at: datetime
    plea: str | None
    assessment: Assessment | None
    price: int
    credit: int
    difference: int
    decided_by: str
    decided_at: datetime | None
    reason: str | None


class DeskModel(Protocol):
    """The read model behind the desk."""

    def cases(
        self, organiser_id: UUID, kind: str, status: str, booking_id: UUID | None, after: str | None, limit: int
    ) -> Page[CaseRow]:
        """An organiser's cases, those that need a decision first, then the latest."""
        ...

    def case(self, case_id: UUID) -> CaseRow | None:
        """One case."""
        ...


class DeskQuestions:
    """Admins see all; a member sees a case of a booking of theirs through the booking."""

    def __init__(self, model: DeskModel) -> None:
        self._model = model

    def list(
        self,
        actor: Actor,
        kind: str = "",
        status: str = "",
        booking_id: UUID | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[CaseRow]:
        """The organiser's cases. Raises NotAllowed unless admin."""
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.ADMIN)
        return self._model.cases(organiser, kind, status, booking_id, after, limit)

    def one(self, actor: Actor, case_id: UUID) -> CaseRow:
        """One case. Raises NotFound for another organiser's, NotAllowed unless admin."""
        row = found(self._model.case(case_id), "case")
        if actor.organiser_id != row.organiser_id and not actor.is_system:
            raise NotFound(what="case")
        actor.must_be(row.organiser_id, Role.ADMIN)
        return row
