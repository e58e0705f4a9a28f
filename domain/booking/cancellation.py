"""A cancellation: a participant gives up seats; assessed by the terms of the booking, granted, waived or declined."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.billing.crediting import GivenBack, without
from domain.billing.crediting.document import is_fee
from domain.billing.crediting.lines import fees_in
from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.documents import Line
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import BookingId, CancellationId, OrganiserId, PersonId, SeasonId
from domain.kernel.personal import Encrypted
from domain.kernel.terms import Assessment


class CancellationStatus(StrEnum):
    """What has become of a request; only one that is requested can still be decided."""

    REQUESTED = "requested"
    GRANTED = "granted"
    WAIVED = "waived"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"
    UNDONE = "undone"


_GIVEN_UP = CancellationStatus.GRANTED, CancellationStatus.WAIVED


class CancellationSettled(RuleBroken):
    """The request has been settled already (`status`)."""


class Cancellation(Aggregate):
    """A request with a life of its own. `received_at` is when it arrived, which may be before it was recorded."""

    class Requested(Aggregate.Created):
        organiser_id: OrganiserId
        booking_id: BookingId
        season_id: SeasonId
        seats: tuple[int, ...]
        received_at: datetime
        plea: Encrypted | None
        asked_by: PersonId | None = None
        turns: tuple[int, ...] | None = None
        moved_to: SeasonId | None = None

    class Assessed(Change):
        assessment: Assessment
        credit: tuple[Line, ...]
        price: tuple[Line, ...]
        rounding: int = 0

    class Granted(Aggregate.Event):
        organiser_id: OrganiserId
        credit: tuple[Line, ...]
        decided_by: str

        def apply(self, cancellation: Cancellation) -> None:
            cancellation.status = CancellationStatus.GRANTED
            cancellation.given_back.append(GivenBack(cancellation.id, "granted", self.credit))

    class Waived(Aggregate.Event):
        organiser_id: OrganiserId
        credit: tuple[Line, ...]
        reason: Encrypted
        decided_by: str

        def apply(self, cancellation: Cancellation) -> None:
            cancellation.status = CancellationStatus.WAIVED
            cancellation.given_back.append(GivenBack(cancellation.id, "waived", self.credit))

    class Declined(Aggregate.Event):
        reason: Encrypted
        decided_by: str

        def apply(self, cancellation: Cancellation) -> None:
            cancellation.status = CancellationStatus.DECLINED

    class Withdrawn(Aggregate.Event):
        def apply(self, cancellation: Cancellation) -> None:
            cancellation.status = CancellationStatus.WITHDRAWN

    class Overtaken(Aggregate.Event):
        organiser_id: OrganiserId
        asked_by: PersonId | None
        why: str

        def apply(self, cancellation: Cancellation) -> None:
            cancellation.status = CancellationStatus.OVERTAKEN

    class Undone(Aggregate.Event):
        decided_by: str

        def apply(self, cancellation: Cancellation) -> None:
            cancellation.status = CancellationStatus.UNDONE

    @event(Requested)
    def __init__(
        self,
        id: UUID,
        organiser_id: OrganiserId,
        booking_id: BookingId,
        season_id: SeasonId,
        seats: tuple[int, ...],
        received_at: datetime,
        plea: Encrypted | None,
        asked_by: PersonId | None = None,
        turns: tuple[int, ...] | None = None,
        moved_to: SeasonId | None = None,
    ) -> None:
        self.organiser_id, self.booking_id, self.season_id = organiser_id, booking_id, season_id
        self.asked_by, self.turns, self.moved_to = asked_by, turns, moved_to
        self.seats, self.received_at, self.plea = seats, received_at, plea
        self.status = CancellationStatus.REQUESTED
        self.assessment: Assessment | None = None
        self.credit: tuple[Line, ...] = ()
        self.price: tuple[Line, ...] = ()
        self.rounding = 0
        self.given_back: list[GivenBack] = []

    @property
    def cancellation_id(self) -> CancellationId:
        """Its id, typed."""
        return CancellationId(self.id)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to decide."""
        return self.status is not CancellationStatus.REQUESTED

    @property
    def credited(self) -> tuple[Line, ...]:
        """All that it has given back, at once and when it was waived."""
        return tuple(line for each in self.given_back for line in each.lines)

    def assess(
        self, assessment: Assessment, credit: tuple[Line, ...], price: tuple[Line, ...], rounding: int = 0
    ) -> None:
        """What the terms say on the instant the request arrived, what would be credited, and what the seats cost.

        `rounding`: what is added (öre) to the credit where it is paid in whole kronor.
        """
        self._must_be_open()
        self.record(Cancellation.Assessed(assessment=assessment, credit=credit, price=price, rounding=rounding))

    def grant(self, decided_by: str) -> None:
        """Settle it as the terms say; the seats are given up, the assessed lines are credited."""
        self._must_be_open()
        self.record(Cancellation.Granted(organiser_id=self.organiser_id, credit=self.credit, decided_by=decided_by))

    @property
    def kept(self) -> tuple[Line, ...]:
        """What of the price has not been given back, and the fees that were charged: what waiving gives back.

        Raises CancellationSettled when there is nothing to waive.
        """
        if self.is_settled and self.status is not CancellationStatus.GRANTED:
            raise CancellationSettled(status=self.status.value)
        back = (each for each in self.credited if not is_fee(each))
        return (*without(self.price, back), *fees_in(self.credited))

    def waive(self, reason: Encrypted, decided_by: str, credit: tuple[Line, ...] | None = None) -> None:
        """Settle it more kindly than the terms say: what was kept is given back, or what is left of it (`credit`)."""
        kept = self.kept
        back = kept if credit is None else credit
        self.record(
            Cancellation.Waived(organiser_id=self.organiser_id, credit=back, reason=reason, decided_by=decided_by)
        )

    def undo(self, decided_by: str) -> None:
        """It was a mistake: the seats are held again (S34). Raises CancellationSettled when nothing was given up."""
        if self.status not in _GIVEN_UP:
            raise CancellationSettled(status=self.status.value)
        self.record(Cancellation.Undone(decided_by=decided_by))

    def decline(self, reason: Encrypted, decided_by: str) -> None:
        """The seats stay booked, with the reason."""
        self._must_be_open()
        self.record(Cancellation.Declined(reason=reason, decided_by=decided_by))

    def withdraw(self) -> None:
        """Whoever asked has thought better of it; the seats stay booked."""
        self._must_be_open()
        self.record(Cancellation.Withdrawn())

    def must_stand(self, turns: tuple[int, ...]) -> None:
        """A plea is about whoever had the seats when it was made (`turns`: as `Booking.turns_of` counts them now).

        Raises CancellationSettled where one of them has changed hands since.
        """
        if not self.is_settled and self.turns not in (None, turns):
            raise CancellationSettled(status=CancellationStatus.OVERTAKEN.value)

    def overtake(self, why: str) -> None:
        """What it asks for can no longer be: a seat has changed hands or is gone (`seat`), or all are (`season`)."""
        if not self.is_settled:
            self.record(Cancellation.Overtaken(organiser_id=self.organiser_id, asked_by=self.asked_by, why=why))

    def _must_be_open(self) -> None:
        if self.is_settled:
            raise CancellationSettled(status=self.status.value)
