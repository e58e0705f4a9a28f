"""Somebody we do not know asks to stand in line: it counts once they have confirmed their address."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.booking.unconfirmed import Unconfirmed, UnconfirmedState
from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganiserId, PersonId, SeasonId
from domain.kernel.personal import Encrypted


class QueueRequestOver(RuleBroken):
    """The link to stand in line was not used in time (`until`); ask once more."""


class QueueRequest(Aggregate, Unconfirmed):
    """For how many seats together. No seat is held for it, and no place in line either."""

    class Asked(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        seats: int
        typed: Encrypted
        email: Encrypted
        code: Encrypted
        digest: str
        asked_at: datetime
        until: datetime

    class Confirmed(Aggregate.Event):
        place_id: UUID
        person_id: PersonId
        confirmed_at: datetime

        def apply(self, request: QueueRequest) -> None:
            request.state, request.place_id = UnconfirmedState.CONFIRMED, self.place_id

    @event(Asked)
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
        asked_at: datetime,
        until: datetime,
    ) -> None:
        self.organiser_id, self.season_id, self.seats = organiser_id, season_id, seats
        self.typed, self.email, self.code, self.digest = typed, email, code, digest
        self.asked_at, self.until, self.state = asked_at, until, UnconfirmedState.HELD
        self.place_id: UUID | None = None

    def confirm(self, place_id: UUID, person_id: PersonId, now: datetime) -> None:
        """Whoever reads that mailbox has confirmed, and stands in line. Once; raises QueueRequestOver."""
        self.must_wait(now)
        if self.place_id is None:
            self.record(QueueRequest.Confirmed(place_id=place_id, person_id=person_id, confirmed_at=now))

    def _too_late(self) -> RuleBroken:
        return QueueRequestOver(until=self.until.isoformat())
