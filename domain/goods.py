"""Goods: something an organiser sells beside seats, such as a book, with its postage."""

from __future__ import annotations

from uuid import UUID

from domain.aggregate import Aggregate, event
from domain.documents import Line, LineKind, line
from domain.errors import BadValue, RuleBroken
from domain.ids import OrganiserId
from domain.money import Money
from domain.text import clean_line
from domain.vat import VatRate


class GoodsWithdrawn(RuleBroken):
    """The goods are not sold any longer."""


class Goods(Aggregate):
    """Prices include VAT, as consumers are told them. Postage is charged once for a purchase."""

    class Offered(Aggregate.Created):
        organiser_id: OrganiserId
        title: str
        price: Money
        postage: Money
        vat: VatRate

    class Withdrawn(Aggregate.Event):
        pass

    @event(Offered)
    def __init__(
        self, id: UUID, organiser_id: OrganiserId, title: str, price: Money, postage: Money, vat: VatRate
    ) -> None:
        self.organiser_id, self.title, self.price, self.postage, self.vat = organiser_id, title, price, postage, vat
        self.is_withdrawn = False

    def withdraw(self) -> None:
        """Sell it no longer; twice is once."""
        if not self.is_withdrawn:
            self._withdraw()

    @event(Withdrawn)
    def _withdraw(self) -> None:
        self.is_withdrawn = True

    def lines_for(self, quantity: int, *, with_postage: bool) -> tuple[Line, ...]:
        """What a purchase costs, line by line; VAT is worked out on each whole line (S07). Raises GoodsWithdrawn."""
        if self.is_withdrawn:
            raise GoodsWithdrawn(title=self.title)
        if not 1 <= quantity <= 1000:
            raise BadValue(field="quantity", why="1 to 1000 copies")
        lines = [line(LineKind.GOODS, self.title, quantity, self.price, self.vat, unit_includes_vat=True)]
        if with_postage and self.postage.amount:
            lines.append(line(LineKind.POSTAGE, self.title, 1, self.postage, self.vat, unit_includes_vat=True))
        return tuple(lines)


def offer(id: UUID, organiser_id: OrganiserId, title: str, price: Money, postage: Money, vat: VatRate) -> Goods:
    """New goods. Raises BadValue for a price below zero."""
    if price.amount < 0 or postage.amount < 0:
        raise BadValue(field="price", why="a price is not negative")
    return Goods(
        id=id, organiser_id=organiser_id, title=clean_line("title", title, 300), price=price, postage=postage, vat=vat
    )
