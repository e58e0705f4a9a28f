"""An order: goods asked for by somebody we do not know, bought once they have confirmed their address."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.booking.unconfirmed import Unconfirmed, UnconfirmedState
from domain.kernel.aggregate import Aggregate, event
from domain.kernel.documents import Line
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganiserId, PersonId, PurchaseId
from domain.kernel.personal import Encrypted


class OrderLapsed(RuleBroken):
    """The order was not confirmed in time (`until`); it may be made anew."""


class Order(Aggregate, Unconfirmed):
    """Goods, how many of them, and what they cost when they were shown."""

    class Placed(Aggregate.Created):
        organiser_id: OrganiserId
        goods_id: UUID
        quantity: int
        lines: tuple[Line, ...]
        typed: Encrypted
        email: Encrypted
        code: Encrypted
        digest: str
        placed_at: datetime
        until: datetime

    class Confirmed(Aggregate.Event):
        purchase_id: PurchaseId
        person_id: PersonId
        confirmed_at: datetime

        def apply(self, order: Order) -> None:
            order.state, order.purchase_id = UnconfirmedState.CONFIRMED, self.purchase_id

    @event(Placed)
    def __init__(
        self,
        id: UUID,
        organiser_id: OrganiserId,
        goods_id: UUID,
        quantity: int,
        lines: tuple[Line, ...],
        typed: Encrypted,
        email: Encrypted,
        code: Encrypted,
        digest: str,
        placed_at: datetime,
        until: datetime,
    ) -> None:
        self.organiser_id, self.goods_id, self.quantity, self.lines = organiser_id, goods_id, quantity, lines
        self.typed, self.email, self.code, self.digest = typed, email, code, digest
        self.placed_at, self.until = placed_at, until
        self.state = UnconfirmedState.HELD
        self.purchase_id: PurchaseId | None = None

    def confirm(self, purchase_id: PurchaseId, person_id: PersonId, now: datetime) -> None:
        """Whoever reads that mailbox has confirmed, and it is bought. Once; raises OrderLapsed."""
        self.must_wait(now)
        if self.purchase_id is None:
            self.record(Order.Confirmed(purchase_id=purchase_id, person_id=person_id, confirmed_at=now))

    def _too_late(self) -> RuleBroken:
        return OrderLapsed(until=self.until.isoformat())
