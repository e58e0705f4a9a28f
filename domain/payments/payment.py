"""A payment: money that has arrived and may not yet belong anywhere; what is not allotted stands in suspense."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import InvoiceId, OrganiserId, derived
from domain.kernel.money import Money
from domain.kernel.personal import Encrypted


class PaymentSpent(RuleBroken):
    """No more can be allotted or returned than is left of the payment (`left`, öre)."""


class Payment(Aggregate):
    """Its allotted and returned parts never exceed it; the rest is the payer's balance until somebody decides."""

    class Arrived(Aggregate.Created):
        organiser_id: OrganiserId
        means: str
        amount: Money
        reference: str
        arrived_on: date
        payer: Encrypted | None
        source: str

    class Allotted(Aggregate.Event):
        invoice_id: InvoiceId
        amount: Money
        on: date

    class Returned(Aggregate.Event):
        amount: Money
        reference: str
        on: date
        means: str = ""

    class CameBack(Aggregate.Event):
        amount: Money
        reference: str
        on: date

    @staticmethod
    def create_id(organiser_id: OrganiserId, source: str) -> UUID:
        """One payment for each entry of a bank's account or each card payment, however often it is told."""
        return derived(organiser_id, "payment", source)

    @event(Arrived)
    def __init__(
        self,
        organiser_id: OrganiserId,
        means: str,
        amount: Money,
        reference: str,
        arrived_on: date,
        payer: Encrypted | None,
        source: str,
    ) -> None:
        self.organiser_id, self.means, self.amount, self.reference = organiser_id, means, amount, reference
        self.arrived_on, self.payer, self.source = arrived_on, payer, source
        self.allotted: dict[InvoiceId, Money] = {}
        self.left = amount
        self.returns: set[str] = set()

    def allot(self, invoice_id: InvoiceId, amount: Money, on: date, under_way: int = 0) -> None:
        """A part pays an invoice; not what is on its way back (`under_way`, öre). Raises PaymentSpent, BadValue."""
        self._spend(amount, under_way)
        self._allot(invoice_id=invoice_id, amount=amount, on=on)

    @event(Allotted)
    def _allot(self, invoice_id: InvoiceId, amount: Money, on: date) -> None:
        self.allotted[invoice_id] = self.allotted.get(invoice_id, Money(0, amount.currency)) + amount
        self.left -= amount

    def give_back(self, amount: Money, reference: str, on: date, means: str = "", under_way: int = 0) -> None:
        """A part that belongs nowhere went back to the payer; the same reference again changes nothing.

        `means` where it did not go the way it came. Raises PaymentSpent also for what is on its way already.
        """
        if reference in self.returns:
            return
        self._spend(amount, under_way)
        self._give_back(amount=amount, reference=reference, on=on, means=means or self.means)

    @event(Returned)
    def _give_back(self, amount: Money, reference: str, on: date, means: str = "") -> None:
        self.left -= amount
        self.returns.add(reference)

    def take_back(self, amount: Money, reference: str, on: date) -> None:
        """What went back did not reach the payer: it belongs nowhere again. The same reference changes nothing."""
        named = f"back {reference}"
        if reference in self.returns and named not in self.returns:
            self._take_back(amount=amount, reference=reference, on=on)

    @event(CameBack)
    def _take_back(self, amount: Money, reference: str, on: date) -> None:
        self.left += amount
        self.returns.add(f"back {reference}")

    def _spend(self, amount: Money, under_way: int) -> None:
        if amount.amount <= 0:
            raise BadValue(field="amount", why="more than nothing")
        if amount.amount > self.left.amount - under_way:
            raise PaymentSpent(left=max(0, self.left.amount - under_way))


CARD = "card"
