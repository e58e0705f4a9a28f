"""What is agreed while seats are held for a card payment: booked as it stands when the money comes in time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.kernel.documents import Line, Sums, sums
from domain.kernel.ids import OrganisationId
from domain.kernel.payer import Payer
from domain.kernel.personal import Encrypted
from domain.kernel.terms import Terms
from domain.programme.price import Quote


@dataclass(frozen=True)
class GoodsToBuy:
    """Goods that are bought with the seats once the money has come: how many, and sent where (sealed for the payer)."""

    goods_id: UUID
    quantity: int
    address: Encrypted
    with_postage: bool


@dataclass(frozen=True)
class Agreed:
    """What was agreed when seats began to be held, and is booked when the money comes in time.

    `employers`: where each participant worked, seat by seat; `beside`: what the goods beside the seats cost.
    """

    payer: Payer
    employers: tuple[OrganisationId | None, ...]
    quote: Quote
    terms: Terms | None
    beside: tuple[Line, ...] = ()

    @property
    def sums(self) -> Sums:
        """What it all comes to."""
        return sums((*self.quote.lines, *self.beside), self.quote.price.amount.currency)
