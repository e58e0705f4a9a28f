"""A registration: seats held briefly for somebody we do not know, booked once they have confirmed their address."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import HoldLapsed, NotFound
from domain.kernel.ids import BookingId, OrganiserId, PersonId, SeasonId
from domain.kernel.personal import Encrypted
from domain.kernel.terms import Terms
from domain.programme.price import Quote


class Registration(Aggregate):
    """What was shown and agreed when the seats were held is what is booked. Nothing typed is kept in clear.

    `typed` is sealed under a key of the registration's own, which is destroyed when it is confirmed (the persons have
    keys of their own then) or forgotten. The seats are held in the seating, under the registration's id.
    """

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

    class Lapsed(Aggregate.Event):
        pass

    class Forgotten(Aggregate.Event):
        pass

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
        self.state = "held"
        self.booking_id: BookingId | None = None

    def must_be_shown(self, digest: str) -> None:
        """Raises NotFound unless the code (as its digest) is the one that was mailed: nobody else learns of it."""
        if digest != self.digest:
            raise NotFound(what="registration")

    def must_hold(self, now: datetime) -> None:
        """Raises HoldLapsed from the instant itself at which it is over."""
        if self.state in ("lapsed", "forgotten") or now >= self.until:
            raise HoldLapsed(held_until=self.until.isoformat())

    def confirm(self, booking_id: BookingId, person_id: PersonId, now: datetime) -> None:
        """Whoever reads that mailbox has confirmed, and it is booked. Once; raises HoldLapsed."""
        self.must_hold(now)
        if self.booking_id is None:
            self._confirm(booking_id=booking_id, person_id=person_id, confirmed_at=now)

    @event(Confirmed)
    def _confirm(self, booking_id: BookingId, person_id: PersonId, confirmed_at: datetime) -> None:
        self.state, self.booking_id = "confirmed", booking_id

    def lapse(self, now: datetime) -> None:
        """Its time has passed without an answer; before that, and twice, nothing happens."""
        if self.state == "held" and now >= self.until:
            self._lapse()

    @event(Lapsed)
    def _lapse(self) -> None:
        self.state = "lapsed"

    def forget(self) -> bool:
        """What was typed need not be kept for another try any longer; whether that is new."""
        if self.state != "lapsed":
            return False
        self._forget()
        return True

    @event(Forgotten)
    def _forget(self) -> None:
        self.state = "forgotten"
