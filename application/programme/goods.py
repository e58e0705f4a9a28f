"""Goods: offered and withdrawn by admins."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.ports import Committed, UnitOfWork
from application.kernel.use_case import UseCases, admin_of, load_for
from domain.kernel.money import Money
from domain.kernel.vat import VatRate
from domain.people.organiser import Organiser
from domain.programme.goods import Goods, offer


@dataclass(frozen=True)
class OfferGoods:
    """Something to sell, at a price including VAT, with postage once for a purchase."""

    title: str
    price: Money
    postage: Money
    vat: VatRate


@dataclass(frozen=True)
class WithdrawGoods:
    """Sell it no longer."""

    goods_id: UUID


@dataclass(frozen=True)
class OfferGoodsAgain:
    """Sell again what was withdrawn."""

    goods_id: UUID


@dataclass(frozen=True)
class CorrectGoods:
    """Another title or price for purchases from now on; None stays as it is."""

    goods_id: UUID
    title: str | None = None
    price: Money | None = None
    postage: Money | None = None
    vat: VatRate | None = None


@dataclass(frozen=True)
class GoodsRef:
    """Which goods it was about."""

    goods_id: UUID


class GoodsOnOffer(UseCases):
    """Offer, correct and withdraw."""

    def offer(self, actor: Actor, command: OfferGoods, key: str | None = None) -> Committed[GoodsRef]:
        """New goods. Raises OtherCurrency."""
        organiser = admin_of(actor)

        def decide(work: UnitOfWork) -> GoodsRef:
            for amount in (command.price, command.postage):
                work.load(Organiser, organiser).must_sell_in(amount.currency)
            goods = offer(work.new_id(), organiser, command.title, command.price, command.postage, command.vat)
            work.add(goods)
            return GoodsRef(goods.id)

        return self._record(actor, command, GoodsRef, decide, key)

    def correct(self, actor: Actor, command: CorrectGoods, key: str | None = None) -> Committed[GoodsRef]:
        """Only what differs is recorded. Raises OtherCurrency, BadValue."""
        organiser = admin_of(actor)

        def decide(work: UnitOfWork) -> GoodsRef:
            goods = load_for(work, Goods, command.goods_id)
            price, postage = command.price or goods.price, command.postage or goods.postage
            for amount in (price, postage):
                work.load(Organiser, organiser).must_sell_in(amount.currency)
            if command.title is not None:
                goods.retitle(command.title)
            goods.reprice(price, postage, command.vat or goods.vat)
            return GoodsRef(goods.id)

        return self._record(actor, command, GoodsRef, decide, key)

    def offer_again(self, actor: Actor, command: OfferGoodsAgain, key: str | None = None) -> Committed[GoodsRef]:
        """Put it back on the list."""
        admin_of(actor)

        def decide(work: UnitOfWork) -> GoodsRef:
            load_for(work, Goods, command.goods_id).offer_again()
            return GoodsRef(command.goods_id)

        return self._record(actor, command, GoodsRef, decide, key)

    def withdraw(self, actor: Actor, command: WithdrawGoods, key: str | None = None) -> Committed[GoodsRef]:
        """Take it off the list."""
        admin_of(actor)

        def decide(work: UnitOfWork) -> GoodsRef:
            load_for(work, Goods, command.goods_id).withdraw()
            return GoodsRef(command.goods_id)

        return self._record(actor, command, GoodsRef, decide, key)
