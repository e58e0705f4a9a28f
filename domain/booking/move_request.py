"""Whoever sits in a seat asks whoever answers for it to move it where it costs more: theirs to do, or to leave."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.ids import BookingId, OrganiserId, PersonId, SeasonId, derived


class MoveRequest(Aggregate):
    """One for a seat as it is (`turn`), to one season: asked again, nothing more happens. `more`: öre incl. VAT."""

    class Made(Aggregate.Created):
        organiser_id: OrganiserId
        booking_id: BookingId
        seat: int
        turn: int
        to: SeasonId
        asked_by: PersonId
        more: int
        currency: str
        asked_at: datetime

    @staticmethod
    def create_id(booking_id: BookingId, seat: int, turn: int, to: SeasonId) -> UUID:
        """One for each seat as it is and each season."""
        return move_request_of(booking_id, seat, turn, to)

    @event(Made)
    def __init__(
        self,
        organiser_id: OrganiserId,
        booking_id: BookingId,
        seat: int,
        turn: int,
        to: SeasonId,
        asked_by: PersonId,
        more: int,
        currency: str,
        asked_at: datetime,
    ) -> None:
        self.organiser_id, self.booking_id, self.seat, self.turn, self.to = organiser_id, booking_id, seat, turn, to
        self.asked_by, self.more, self.currency, self.asked_at = asked_by, more, currency, asked_at


def move_request_of(booking_id: BookingId, seat: int, turn: int, to: SeasonId) -> UUID:
    """Under which id it is kept that somebody has asked."""
    return derived(booking_id, seat, turn, to, "move request")
