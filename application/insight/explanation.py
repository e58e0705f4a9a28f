"""Why a document says what it says: what made each of its lines, and the rule behind what was given back (S74)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from application.billing.queries.invoice import DocumentView
from application.billing.refunding import booking_reinstated
from application.booking.queries.booking import BookingQuestions
from application.booking.queries.desk import DeskQuestions
from application.kernel.actor import SYSTEM
from application.kernel.ports import Decisions, UnitOfWork
from domain.booking.purchase import Purchase
from domain.booking.transfer import Transfer
from domain.kernel.errors import NotFound
from domain.kernel.terms import Assessment
from domain.programme.price import Quote


@dataclass(frozen=True)
class AgreedBooking:
    """What a booking agreed on: `made_at`, for how many seats, at which price and why. `zone`: of its terms.

    `payer` is None where a person pays for themselves.
    """

    booking_id: UUID
    season_id: UUID
    made_at: datetime
    seats: int
    quote: Quote
    payer: str | None
    zone: str | None


@dataclass(frozen=True)
class GivenUp:
    """When a cancellation arrived, and what its booking's terms said of that instant."""

    received_at: datetime
    assessment: Assessment


class MadeBy(StrEnum):
    """What makes a line where a booking alone does not."""

    PURCHASE = "purchase"
    TRANSFER = "transfer"
    REINSTATEMENT = "reinstatement"


@dataclass(frozen=True)
class Origin:
    """What made a line, the booking that it belongs to, and when it happened where that is told."""

    made_by: MadeBy
    booking_id: UUID | None
    at: datetime | None = None


@dataclass(frozen=True)
class Explanation:
    """Bookings and other origins by the id that lines name, and the cancellation that a credit note answers."""

    bookings: Mapping[UUID, AgreedBooking]
    origins: Mapping[UUID, Origin]
    given_up: GivenUp | None


class Explanations:
    """Ask `InvoiceQuestions.one` first: whoever may see a document may see why it says so. No pleas, no names."""

    def __init__(self, decisions: Decisions, bookings: BookingQuestions, cases: DeskQuestions) -> None:
        self._decisions, self._bookings, self._cases = decisions, bookings, cases

    def of(self, view: DocumentView) -> Explanation:
        """What stands behind a document."""
        subjects = {line.refers_to for line in view.lines if line.refers_to is not None}
        bookings = {each: booking for each in subjects if (booking := self._booking(each)) is not None}
        others = subjects - bookings.keys()
        origins = self._decisions.dry_run(SYSTEM, lambda work: _origins(work, others)) if others else {}
        return Explanation(bookings, origins, self._given_up(view.row.source_id))

    def _booking(self, booking_id: UUID) -> AgreedBooking | None:
        try:
            row = self._bookings.one(SYSTEM, booking_id)
        except NotFound:
            return None
        payer = row.payer if row.organisation_id is not None else None
        zone = row.terms.zone if row.terms else None
        return AgreedBooking(booking_id, row.season_id, row.made_at, len(row.seats), row.quote, payer, zone)

    def _given_up(self, source_id: UUID) -> GivenUp | None:
        try:
            case = self._cases.one(SYSTEM, source_id)
        except NotFound:
            return None
        return GivenUp(case.received_at, case.assessment) if case.assessment is not None else None


def _origins(work: UnitOfWork, things: Iterable[UUID]) -> dict[UUID, Origin]:
    return {each: origin for each in things if (origin := _origin(work, each)) is not None}


def _origin(work: UnitOfWork, thing: UUID) -> Origin | None:
    purchase = work.find(Purchase, thing)
    if purchase is not None:
        return Origin(MadeBy.PURCHASE, purchase.booking_id, purchase.made_at)
    transfer = work.find(Transfer, thing)
    if transfer is not None:
        return Origin(MadeBy.TRANSFER, transfer.booking_id)
    booking = booking_reinstated(work, thing)
    return Origin(MadeBy.REINSTATEMENT, booking.id) if booking is not None else None
