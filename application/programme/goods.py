"""Goods: offered and withdrawn by admins."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.kernel.command import admin, command
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of
from domain.kernel.ids import OrganiserId
from domain.kernel.money import Money
from domain.kernel.terms import day_in
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

    @command(by=admin)
    def offer(self, work: UnitOfWork, command: OfferGoods) -> GoodsRef:
        """New goods. Raises OtherCurrency, NoVatNumber, BadValue."""
        organiser = organiser_of(work.actor)
        _must_sell(work, organiser, (command.price, command.postage), command.vat)
        goods = offer(work.new_id(), organiser, command.title, command.price, command.postage, command.vat)
        work.add(goods)
        return GoodsRef(goods.id)

    @command(by=admin)
    def correct(self, work: UnitOfWork, command: CorrectGoods) -> GoodsRef:
        """Only what differs is recorded. Raises OtherCurrency, NoVatNumber, BadValue."""
        organiser = organiser_of(work.actor)
        goods = load_for(work, Goods, command.goods_id)
        price, postage = command.price or goods.price, command.postage or goods.postage
        _must_sell(work, organiser, (price, postage), command.vat or goods.vat)
        if command.title is not None:
            goods.retitle(command.title)
        goods.reprice(price, postage, command.vat or goods.vat)
        return GoodsRef(goods.id)

    @command(by=admin)
    def offer_again(self, work: UnitOfWork, command: OfferGoodsAgain) -> GoodsRef:
        """Put it back on the list."""
        load_for(work, Goods, command.goods_id).offer_again()
        return GoodsRef(command.goods_id)

    @command(by=admin)
    def withdraw(self, work: UnitOfWork, command: WithdrawGoods) -> GoodsRef:
        """Take it off the list."""
        load_for(work, Goods, command.goods_id).withdraw()
        return GoodsRef(command.goods_id)


def _must_sell(work: UnitOfWork, organiser_id: OrganiserId, amounts: tuple[Money, ...], vat: VatRate) -> None:
    """In the organiser's currency and at a rate it may charge. Raises OtherCurrency, NoVatNumber, BadValue."""
    organiser = work.load(Organiser, organiser_id)
    for amount in amounts:
        organiser.must_sell_in(amount.currency)
    if any(amount.amount for amount in amounts):
        organiser.must_charge((vat,), day_in(work.now, organiser.zone))
