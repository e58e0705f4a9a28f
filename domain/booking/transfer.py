"""A transfer: a seat goes to another person; at once within the organisation, otherwise by an admin with a reason."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.documents import Line
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import BookingId, OrganisationId, OrganiserId, PersonId, SeasonId, TransferId
from domain.kernel.personal import Encrypted


class TransferStatus(StrEnum):
    """What has become of a proposal; only one that is proposed can still be answered."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OVERTAKEN = "overtaken"


class TransferNotAllowed(RuleBroken):
    """The rule lets a seat go only to another participant of the same organisation; an admin may decide otherwise."""


class SeatUsed(RuleBroken):
    """Whoever sits in the seat has been at the event, so it is handed over no longer (`seat`)."""


class TransferSettled(RuleBroken):
    """The transfer has been settled already (`status`)."""


class Transfer(Aggregate):
    """From whom to whom, and what it costs. Nothing is charged before it is accepted (S36).

    `renews`: the one whose difference had been given back, and is charged anew.
    """

    class Proposed(Aggregate.Created):
        organiser_id: OrganiserId
        booking_id: BookingId
        season_id: SeasonId
        seat: int
        from_person_id: PersonId | None
        to_person_id: PersonId
        to_organisation_id: OrganisationId | None
        payer_organisation_id: OrganisationId | None
        difference: tuple[Line, ...]
        reason: Encrypted | None
        proposed_by: str
        reference: str = ""
        turn: int | None = None
        price: Line | None = None
        renews: TransferId | None = None

    class Accepted(Aggregate.Event):
        accepted_at: datetime
        accepted_by: str
        reference: str = ""

        def apply(self, transfer: Transfer) -> None:
            transfer.status, transfer.reference = TransferStatus.ACCEPTED, self.reference or transfer.reference

    class Overtaken(Aggregate.Event):
        why: str

        def apply(self, transfer: Transfer) -> None:
            transfer.status = TransferStatus.OVERTAKEN

    class Declined(Aggregate.Event):
        reason: Encrypted
        declined_by: str

        def apply(self, transfer: Transfer) -> None:
            transfer.status = TransferStatus.DECLINED

    @event(Proposed)
    def __init__(
        self,
        id: UUID,
        organiser_id: OrganiserId,
        booking_id: BookingId,
        season_id: SeasonId,
        seat: int,
        from_person_id: PersonId | None,
        to_person_id: PersonId,
        to_organisation_id: OrganisationId | None,
        payer_organisation_id: OrganisationId | None,
        difference: tuple[Line, ...],
        reason: Encrypted | None,
        proposed_by: str,
        reference: str = "",
        turn: int | None = None,
        price: Line | None = None,
        renews: TransferId | None = None,
    ) -> None:
        self.organiser_id, self.booking_id, self.season_id, self.seat = organiser_id, booking_id, season_id, seat
        self.from_person_id, self.to_person_id = from_person_id, to_person_id
        self.to_organisation_id, self.payer_organisation_id = to_organisation_id, payer_organisation_id
        self.difference, self.reference, self.turn, self.price = difference, reference, turn, price
        self.renews = renews
        self.status = TransferStatus.PROPOSED

    @property
    def transfer_id(self) -> TransferId:
        """Its id, typed."""
        return TransferId(self.id)

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return self.status is TransferStatus.PROPOSED

    def accept(
        self,
        held_by: PersonId | None,
        accepted_at: datetime,
        accepted_by: str,
        reference: str = "",
        turn: int | None = None,
    ) -> None:
        """The one who will pay (or an admin for them) says yes; the seat changes hands now.

        `held_by`: who sits in it now; `turn`: how often it has changed (`Booking.turns_of`), so that what was agreed
        about it as it was is never charged for it as it is. `reference`: what the payer wants on the invoice (S50),
        where it was not said when it was proposed, or another now. Raises TransferSettled, also when it is overtaken.
        """
        self._must_be_open()
        if held_by != self.from_person_id or (turn is not None and self.turn not in (None, turn)):
            raise TransferSettled(status=TransferStatus.OVERTAKEN.value)
        self.record(Transfer.Accepted(accepted_at=accepted_at, accepted_by=accepted_by, reference=reference))

    def overtake(self, why: str) -> None:
        """The seat has changed hands or is gone (`seat`), the season is called off, or who was to have it is erased."""
        if self.is_open:
            self.record(Transfer.Overtaken(why=why))

    def decline(self, reason: Encrypted, declined_by: str) -> None:
        """It does not come about; the seat stays as it was."""
        self._must_be_open()
        self.record(Transfer.Declined(reason=reason, declined_by=declined_by))

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise TransferSettled(status=self.status.value)
