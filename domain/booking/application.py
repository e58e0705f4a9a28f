"""An application: somebody whom the rule of a season does not let in asks the organiser to decide (S14).

Who has not signed in confirms by a mailed link first. A seat may be held while it waits, for so many hours at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.booking.unconfirmed import Unconfirmed, UnconfirmedState
from domain.kernel.aggregate import Aggregate, event
from domain.kernel.eligibility import Ground
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import BookingId, OrganiserId, PersonId, SeasonId
from domain.kernel.payer import Payer
from domain.kernel.personal import Encrypted
from domain.kernel.terms import Terms
from domain.people.admission import JobRole
from domain.programme.price import PriceList


class ApplicationStatus(StrEnum):
    """What has become of it: it waits for its link, for the organiser, or has been answered."""

    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ApplicationSettled(RuleBroken):
    """The application has been answered or withdrawn already (`status`)."""


class ApplicationLapsed(RuleBroken):
    """The link of the application was not followed in time (`until`)."""


class ApplicationNotNeeded(RuleBroken):
    """Whoever applies may book at once; there is nothing to decide."""


class AlreadyApplied(RuleBroken):
    """They have applied for this season already, and the organiser has not answered yet."""


@dataclass(frozen=True)
class Told:
    """Who applies, where they work and as what, which ground they claim, and what else they say."""

    person_id: PersonId
    employer: Encrypted
    note: Encrypted | None
    role: JobRole
    ground: Ground | None


class Application(Aggregate, Unconfirmed):
    """From what is typed to the answer. Once it is made, all that is told stands under the person's key."""

    class Asked(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        typed: Encrypted
        email: Encrypted
        code: Encrypted
        digest: str
        asked_at: datetime
        until: datetime

    class Made(Aggregate.Event):
        organiser_id: OrganiserId
        season_id: SeasonId
        person_id: PersonId
        employer: Encrypted
        note: Encrypted | None
        role: JobRole
        ground: Ground | None
        payer: Payer
        made_at: datetime
        held_until: datetime | None
        prices: PriceList | None = None
        terms: Terms | None = None

        def apply(self, application: Application) -> None:
            application.state, application.status = UnconfirmedState.CONFIRMED, ApplicationStatus.WAITING
            application.person_id, application.payer, application.ground = self.person_id, self.payer, self.ground
            application.made_at, application.held_until = self.made_at, self.held_until
            application.prices, application.terms = self.prices, self.terms

    class HoldLapsed(Aggregate.Event):
        person_id: PersonId

        def apply(self, application: Application) -> None:
            application.held_until = None

    class Approved(Aggregate.Event):
        person_id: PersonId
        booking_id: BookingId | None
        decided_by: str
        decided_at: datetime

        def apply(self, application: Application) -> None:
            application.status, application.booking_id = ApplicationStatus.APPROVED, self.booking_id

    class Rejected(Aggregate.Event):
        person_id: PersonId
        reason: Encrypted
        decided_by: str
        decided_at: datetime

        def apply(self, application: Application) -> None:
            application.status = ApplicationStatus.REJECTED

    class Withdrawn(Aggregate.Event):
        person_id: PersonId

        def apply(self, application: Application) -> None:
            application.status = ApplicationStatus.WITHDRAWN

    @event(Asked)
    def __init__(
        self,
        id: UUID,
        organiser_id: OrganiserId,
        season_id: SeasonId,
        typed: Encrypted,
        email: Encrypted,
        code: Encrypted,
        digest: str,
        asked_at: datetime,
        until: datetime,
    ) -> None:
        self.organiser_id, self.season_id = organiser_id, season_id
        self.typed, self.email, self.code, self.digest = typed, email, code, digest
        self.asked_at, self.until = asked_at, until
        self.state, self.status = UnconfirmedState.HELD, ApplicationStatus.UNCONFIRMED
        self.person_id: PersonId | None = None
        self.payer: Payer | None = None
        self.ground: Ground | None = None
        self.made_at = asked_at
        self.held_until: datetime | None = None
        self.prices: PriceList | None = None
        self.terms: Terms | None = None
        self.booking_id: BookingId | None = None

    def make(
        self,
        told: Told,
        payer: Payer,
        made_at: datetime,
        held_until: datetime | None,
        prices: PriceList | None,
        terms: Terms | None,
    ) -> None:
        """It is known who applies, and the organiser decides. `prices`, `terms`: those that they have read.

        Raises ApplicationLapsed.
        """
        self.must_wait(made_at)
        self.record(
            Application.Made(
                organiser_id=self.organiser_id,
                season_id=self.season_id,
                **vars(told),
                payer=payer,
                made_at=made_at,
                held_until=held_until,
                prices=prices,
                terms=terms,
            )
        )

    def lapse_hold(self, now: datetime) -> bool:
        """The seat is held no longer; the application still waits. Says whether that is new."""
        if self.status is not ApplicationStatus.WAITING or self.held_until is None or now < self.held_until:
            return False
        self.record(Application.HoldLapsed(person_id=self.applicant))
        return True

    def approve(self, booking_id: BookingId | None, decided_by: str, now: datetime) -> None:
        """Yes. `booking_id`: what they have now; None where they wait for a seat. Raises ApplicationSettled."""
        who = self.must_be_waiting()
        self.record(Application.Approved(person_id=who, booking_id=booking_id, decided_by=decided_by, decided_at=now))

    def reject(self, reason: Encrypted, decided_by: str, now: datetime) -> None:
        """No, with the reason. Raises ApplicationSettled."""
        who = self.must_be_waiting()
        self.record(Application.Rejected(person_id=who, reason=reason, decided_by=decided_by, decided_at=now))

    def withdraw(self) -> None:
        """They want it no longer. Raises ApplicationSettled."""
        self.record(Application.Withdrawn(person_id=self.must_be_waiting()))

    @property
    def applicant(self) -> PersonId:
        """Who applies. Raises ApplicationSettled before the link is followed."""
        if self.person_id is None:
            raise ApplicationSettled(status=self.status.value)
        return self.person_id

    def must_be_waiting(self) -> PersonId:
        """Who applies, while the organiser has not answered. Raises ApplicationSettled."""
        if self.status is not ApplicationStatus.WAITING:
            raise ApplicationSettled(status=self.status.value)
        return self.applicant

    def _too_late(self) -> RuleBroken:
        return ApplicationLapsed(until=self.until.isoformat())
