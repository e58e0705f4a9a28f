"""First refusal: a seat in the season to come, kept until a day for somebody who sits in the season before (S45)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import BookingId, OrganisationId, OrganiserId, PersonId, SeasonId, first_refusal_of


class FirstRefusalStatus(StrEnum):
    """What has become of a first refusal; the seat is kept while it is offered."""

    OFFERED = "offered"
    USED = "used"
    DECLINED = "declined"
    LAPSED = "lapsed"
    FREED = "freed"


class FirstRefusalSettled(RuleBroken):
    """The seat is not kept any longer: it was booked, declined, or its day has passed (`status`)."""


class FirstRefusal(Aggregate):
    """Offered once for each season and person; then used, declined, freed by another seat, or over with its day."""

    class Offered(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        earlier_season_id: SeasonId
        person_id: PersonId
        organisation_id: OrganisationId | None
        until_on: date
        until: datetime

    class Used(Aggregate.Event):
        booking_id: BookingId

        def apply(self, first_refusal: FirstRefusal) -> None:
            first_refusal.status = FirstRefusalStatus.USED

    class Declined(Aggregate.Event):
        def apply(self, first_refusal: FirstRefusal) -> None:
            first_refusal.status = FirstRefusalStatus.DECLINED

    class Lapsed(Aggregate.Event):
        def apply(self, first_refusal: FirstRefusal) -> None:
            first_refusal.status = FirstRefusalStatus.LAPSED

    class Freed(Aggregate.Event):
        booking_id: BookingId

        def apply(self, first_refusal: FirstRefusal) -> None:
            first_refusal.status = FirstRefusalStatus.FREED

    @staticmethod
    def create_id(season_id: SeasonId, person_id: PersonId) -> UUID:
        """One for each season and person."""
        return first_refusal_of(season_id, person_id)

    @event(Offered)
    def __init__(
        self,
        organiser_id: OrganiserId,
        season_id: SeasonId,
        earlier_season_id: SeasonId,
        person_id: PersonId,
        organisation_id: OrganisationId | None,
        until_on: date,
        until: datetime,
    ) -> None:
        self.organiser_id, self.season_id, self.person_id = organiser_id, season_id, person_id
        self.earlier_season_id, self.organisation_id = earlier_season_id, organisation_id
        self.until_on, self.until, self.status = until_on, until, FirstRefusalStatus.OFFERED

    @property
    def is_open(self) -> bool:
        """Whether the seat is kept still."""
        return self.status is FirstRefusalStatus.OFFERED

    def use(self, booking_id: BookingId) -> None:
        """The person has booked the seat. Raises FirstRefusalSettled."""
        self._must_be_open()
        self.record(FirstRefusal.Used(booking_id=booking_id))

    def decline(self) -> None:
        """The person does not want the seat. Raises FirstRefusalSettled."""
        self._must_be_open()
        self.record(FirstRefusal.Declined())

    def free(self, booking_id: BookingId) -> None:
        """The person has got another seat of the season, in that booking. Raises FirstRefusalSettled."""
        self._must_be_open()
        self.record(FirstRefusal.Freed(booking_id=booking_id))

    def lapse(self, now: datetime) -> None:
        """Its day has passed without an answer; before that, and twice, nothing happens."""
        if self.is_open and now >= self.until:
            self.record(FirstRefusal.Lapsed())

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise FirstRefusalSettled(status=self.status.value)
