"""A registration: seats held briefly for somebody we do not know, booked once they have confirmed their address."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.booking.unconfirmed import Unconfirmed, UnconfirmedState
from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import HoldLapsed, RuleBroken
from domain.kernel.ids import BookingId, OrganiserId, PersonId, SeasonId
from domain.kernel.personal import Encrypted
from domain.kernel.terms import Terms
from domain.programme.price import Quote


class Registration(Aggregate, Unconfirmed):
    """Seats at a price and on terms. They are held in the seating, under the registration's id."""

    class Held(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        seats: int
        typed: Encrypted
        email: Encrypted
        code: Encrypted
        digest: str
        quote: Quote
        terms: Terms | None
        held_at: datetime
        until: datetime

    class Confirmed(Aggregate.Event):
        booking_id: BookingId
        person_id: PersonId
        confirmed_at: datetime

        def apply(self, registration: Registration) -> None:
            registration.state, registration.booking_id = UnconfirmedState.CONFIRMED, self.booking_id

    @event(Held)
    def __init__(
        self,
        id: UUID,
        organiser_id: OrganiserId,
        season_id: SeasonId,
        seats: int,
        typed: Encrypted,
        email: Encrypted,
        code: Encrypted,
        digest: str,
        quote: Quote,
        terms: Terms | None,
        held_at: datetime,
        until: datetime,
    ) -> None:
        self.organiser_id, self.season_id, self.seats = organiser_id, season_id, seats
        self.typed, self.email, self.code, self.digest = typed, email, code, digest
        self.quote, self.terms, self.held_at, self.until = quote, terms, held_at, until
        self.state = UnconfirmedState.HELD
        self.booking_id: BookingId | None = None

    def confirm(self, booking_id: BookingId, person_id: PersonId, now: datetime) -> None:
        """Whoever reads that mailbox has confirmed, and it is booked. Once; raises HoldLapsed."""
        self.must_wait(now)
        if self.booking_id is None:
            self.record(Registration.Confirmed(booking_id=booking_id, person_id=person_id, confirmed_at=now))

    def _too_late(self) -> RuleBroken:
        return HoldLapsed(held_until=self.until.isoformat())
