"""Somebody we do not know asks to be told when booking opens: it counts once they have confirmed their address."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.booking.unconfirmed import Unconfirmed, UnconfirmedState
from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import NetworkId, OrganiserId, PersonId, SeasonId
from domain.kernel.personal import Encrypted


class OpeningRequestOver(RuleBroken):
    """The link by which one asks to be told was not used in time (`until`); ask once more."""


class OpeningRequest(Aggregate, Unconfirmed):
    """Of a season that has not opened, or (`season_id` None) of a network's next. Its link also takes it back."""

    class Asked(Aggregate.Created):
        organiser_id: OrganiserId
        network_id: NetworkId
        season_id: SeasonId | None
        typed: Encrypted
        email: Encrypted
        code: Encrypted
        digest: str
        asked_at: datetime
        until: datetime

    class Confirmed(Aggregate.Event):
        list_id: UUID
        person_id: PersonId
        confirmed_at: datetime

        def apply(self, request: OpeningRequest) -> None:
            request.state, request.list_id, request.person_id = (
                UnconfirmedState.CONFIRMED,
                self.list_id,
                self.person_id,
            )

    @event(Asked)
    def __init__(
        self,
        id: UUID,
        organiser_id: OrganiserId,
        network_id: NetworkId,
        season_id: SeasonId | None,
        typed: Encrypted,
        email: Encrypted,
        code: Encrypted,
        digest: str,
        asked_at: datetime,
        until: datetime,
    ) -> None:
        self.organiser_id, self.network_id, self.season_id = organiser_id, network_id, season_id
        self.typed, self.email, self.code, self.digest = typed, email, code, digest
        self.asked_at, self.until, self.state = asked_at, until, UnconfirmedState.HELD
        self.list_id: UUID | None = None
        self.person_id: PersonId | None = None

    def confirm(self, list_id: UUID, person_id: PersonId, now: datetime) -> None:
        """Whoever reads that mailbox has confirmed. Once; raises OpeningRequestOver."""
        self.must_wait(now)
        if self.person_id is None:
            self.record(OpeningRequest.Confirmed(list_id=list_id, person_id=person_id, confirmed_at=now))

    def _too_late(self) -> RuleBroken:
        return OpeningRequestOver(until=self.until.isoformat())
