"""Goods and purchases: what an organiser sells beside seats."""

from __future__ import annotations

from uuid import UUID

from application.booking.purchase import CorrectAddress, DispatchPurchase, MakePurchase, PurchaseMade, PurchaseRef
from application.kernel.page import Page
from application.kernel.use_case import organiser_of
from application.programme.goods import CorrectGoods, GoodsRef, OfferGoods, OfferGoodsAgain, WithdrawGoods
from application.programme.queries.goods import GoodsRow, PurchaseRow
from domain.kernel.ids import PurchaseId
from domain.kernel.vat import VatRate
from web.api.kernel.call import Call, Written
from web.api.kernel.common_schema import PageQuery
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.programme.goods_schema import AddressBody, CorrectGoodsBody, DispatchBody, OfferGoodsBody, PurchaseBody

goods = ApiBlueprint("goods and purchases", "Goods, bought alone or beside a seat.")


@goods.read("/goods", Who.SIGNED_IN, tuple[GoodsRow, ...])
def list_goods(call: Call) -> tuple[GoodsRow, ...]:
    """What the token's organiser sells."""
    return call.services.goods_questions.goods(organiser_of(call.actor))


@goods.write("POST", "/goods", Who.ADMIN, GoodsRef, body=OfferGoodsBody, status=201)
def offer_goods(call: Call) -> Written:
    """Offer something to sell."""
    body = dict(call.body)
    rate = VatRate(body.pop("vat"), body.pop("vat_kind"))
    return call.execute(call.services.goods.offer, OfferGoods(vat=rate, **body), "/goods")


@goods.write("POST", "/goods/<uuid:goods_id>/withdraw", Who.ADMIN, GoodsRef)
def withdraw_goods(call: Call, goods_id: UUID) -> Written:
    """Sell it no longer; twice is once."""
    return call.execute(call.services.goods.withdraw, WithdrawGoods(goods_id))


@goods.write("POST", "/goods/<uuid:goods_id>/offer-again", Who.ADMIN, GoodsRef)
def offer_goods_again(call: Call, goods_id: UUID) -> Written:
    """Sell again what was withdrawn; what is on sale stays so."""
    return call.execute(call.services.goods.offer_again, OfferGoodsAgain(goods_id))


@goods.write("POST", "/goods/<uuid:goods_id>/correct", Who.ADMIN, GoodsRef, body=CorrectGoodsBody)
def correct_goods(call: Call, goods_id: UUID) -> Written:
    """Another title or price for purchases from now on."""
    body = dict(call.body)
    vat, kind = (body.pop("vat"), body.pop("vat_kind"))
    rate = None if vat is None else VatRate(vat, kind)
    return call.execute(call.services.goods.correct, CorrectGoods(goods_id, vat=rate, **body))


@goods.read("/purchases", Who.STAFF, Page[PurchaseRow], PageQuery)
def list_purchases(call: Call) -> Page[PurchaseRow]:
    """What has been bought, latest first."""
    return call.services.goods_questions.purchases(call.actor, **call.query)


@goods.read("/purchases/to-dispatch", Who.ADMIN, tuple[PurchaseRow, ...])
def list_to_dispatch(call: Call) -> tuple[PurchaseRow, ...]:
    """What has been bought and not yet sent, longest waiting first."""
    return call.services.goods_questions.to_dispatch(call.actor)


@goods.write("POST", "/purchases", Who.SIGNED_IN, PurchaseMade, body=PurchaseBody, status=201, is_keyed=True)
def make_purchase(call: Call) -> Written:
    """Buy goods; an organisation pays, or the person who buys."""
    return call.execute(call.services.purchases.make, MakePurchase(**call.body), "/purchases")


@goods.write("POST", "/purchases/<uuid:purchase_id>/dispatch", Who.ADMIN, PurchaseRef, body=DispatchBody)
def dispatch_purchase(call: Call, purchase_id: PurchaseId) -> Written:
    """Record that it was sent; twice is once."""
    return call.execute(call.services.purchases.dispatch, DispatchPurchase(purchase_id, **call.body))


@goods.write("PUT", "/purchases/<uuid:purchase_id>/address", Who.ADMIN, PurchaseRef, body=AddressBody)
def correct_purchase_address(call: Call, purchase_id: PurchaseId) -> Written:
    """Say where it goes, as long as it has not been sent."""
    return call.execute(call.services.purchases.correct_address, CorrectAddress(purchase_id, **call.body))
