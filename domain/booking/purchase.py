"""A purchase: goods bought by a person or an organisation, sent to an address, invoiced like a booking."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.documents import Line
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import BookingId, OrganiserId, PersonId, PurchaseId
from domain.kernel.payer import Payer
from domain.kernel.personal import Encrypted


class AlreadyDispatched(RuleBroken):
    """The purchase has been sent (`dispatched_on`)."""


class Purchase(Aggregate):
    """What was bought, by whom, and where it goes; with a booking it stands on the booking's invoice (S08)."""

    class Made(Aggregate.Created):
        organiser_id: OrganiserId
        goods_id: UUID
        quantity: int
        bought_by: PersonId
        payer: Payer
        address: Encrypted
        lines: tuple[Line, ...]
        made_at: datetime
        booking_id: BookingId | None = None

    class AddressCorrected(Change):
        address: Encrypted
        was: Encrypted

    class Dispatched(Change):
        dispatched_on: date

    @event(Made)
    def __init__(
        self,
        id: UUID,
        organiser_id: OrganiserId,
        goods_id: UUID,
        quantity: int,
        bought_by: PersonId,
        payer: Payer,
        address: Encrypted,
        lines: tuple[Line, ...],
        made_at: datetime,
        booking_id: BookingId | None = None,
    ) -> None:
        self.organiser_id, self.goods_id, self.quantity, self.bought_by = organiser_id, goods_id, quantity, bought_by
        self.payer, self.address, self.lines, self.made_at = payer, address, lines, made_at
        self.booking_id = booking_id
        self.dispatched_on: date | None = None

    @property
    def purchase_id(self) -> PurchaseId:
        """Its id, typed."""
        return PurchaseId(self.id)

    def correct_address(self, address: Encrypted) -> None:
        """Where it goes, as long as it has not been sent. Raises AlreadyDispatched."""
        if self.dispatched_on is not None:
            raise AlreadyDispatched(dispatched_on=self.dispatched_on.isoformat())
        self.record(Purchase.AddressCorrected(address=address, was=self.address))

    def dispatch(self, dispatched_on: date) -> None:
        """It has been sent; twice is once."""
        if self.dispatched_on is None:
            self.record(Purchase.Dispatched(dispatched_on=dispatched_on))
