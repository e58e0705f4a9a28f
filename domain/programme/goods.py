"""Goods: something an organiser sells beside seats, such as a book, with its postage."""

from __future__ import annotations

from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.documents import Line, LineKind, line
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import OrganiserId
from domain.kernel.money import Money
from domain.kernel.text import title_of
from domain.kernel.vat import VatRate


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
        def apply(self, goods: Goods) -> None:
            goods.is_withdrawn = True

    class OfferedAgain(Aggregate.Event):
        def apply(self, goods: Goods) -> None:
            goods.is_withdrawn = False

    class Retitled(Change):
        title: str
        was: str

    class Repriced(Change):
        price: Money
        postage: Money
        vat: VatRate
        was_price: Money
        was_postage: Money
        was_vat: VatRate

    @event(Offered)
    def __init__(
        self, id: UUID, organiser_id: OrganiserId, title: str, price: Money, postage: Money, vat: VatRate
    ) -> None:
        self.organiser_id, self.title, self.price, self.postage, self.vat = organiser_id, title, price, postage, vat
        self.is_withdrawn = False

    def withdraw(self) -> None:
        """Sell it no longer; twice is once."""
        if not self.is_withdrawn:
            self.record(Goods.Withdrawn())

    def offer_again(self) -> None:
        """Sell it again; what is on sale stays so."""
        if self.is_withdrawn:
            self.record(Goods.OfferedAgain())

    def retitle(self, title: str) -> None:
        """The title spelt right, or another; purchases already made keep theirs. Raises BadValue."""
        self.record_change(Goods.Retitled(title=title_of("title", title), was=self.title))

    def reprice(self, price: Money, postage: Money, vat: VatRate) -> None:
        """What later purchases cost; the same again changes nothing. Raises BadValue for a price below zero."""
        _must_be_prices(price, postage)
        if (price, postage, vat) != (self.price, self.postage, self.vat):
            self.record(
                Goods.Repriced(
                    price=price,
                    postage=postage,
                    vat=vat,
                    was_price=self.price,
                    was_postage=self.postage,
                    was_vat=self.vat,
                )
            )

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
    _must_be_prices(price, postage)
    return Goods(
        id=id, organiser_id=organiser_id, title=title_of("title", title), price=price, postage=postage, vat=vat
    )


def _must_be_prices(price: Money, postage: Money) -> None:
    if price.amount < 0 or postage.amount < 0:
        raise BadValue(field="price", why="a price is not negative")
