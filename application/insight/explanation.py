"""Why a document says what it says: the bookings behind its lines, and the rule behind what was given back (S74)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.billing.queries.invoice import DocumentView
from application.booking.queries.booking import BookingQuestions
from application.booking.queries.desk import DeskQuestions
from application.kernel.actor import SYSTEM
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


@dataclass(frozen=True)
class Explanation:
    """Bookings by the id that lines name, and the cancellation that a credit note answers."""

    bookings: Mapping[UUID, AgreedBooking]
    given_up: GivenUp | None


class Explanations:
    """Ask `InvoiceQuestions.one` first: whoever may see a document may see why it says so. No pleas, no names."""

    def __init__(self, bookings: BookingQuestions, cases: DeskQuestions) -> None:
        self._bookings, self._cases = bookings, cases

    def of(self, view: DocumentView) -> Explanation:
        """What stands behind a document."""
        subjects = {line.refers_to for line in view.lines if line.refers_to is not None}
        bookings = {each: booking for each in subjects if (booking := self._booking(each)) is not None}
        return Explanation(bookings, self._given_up(view.row.source_id))

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
