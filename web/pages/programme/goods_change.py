"""Goods put right: another title or price for purchases from now on, withdrawn, and offered again."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from application.programme.goods import CorrectGoods, OfferGoodsAgain, WithdrawGoods
from application.programme.queries.goods import GoodsRow
from domain.kernel.money import Money
from web.pages.kernel.finding import goods_of
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, Landed, after, services, visit_as_admin
from web.words.formats import figures

pages = Blueprint("goods_change", __name__)

FIELDS = {"title": "title", "price": "price"}


@pages.get("/<slug>/goods/<uuid:goods_id>/change")
def page(goods_id: UUID) -> Answer:
    """What is known of it, to be put right."""
    goods = goods_of(visit_as_admin(), goods_id)
    known = {"title": goods.title, "price": figures(goods.price, "sv"), "postage": figures(goods.postage, "sv")}
    return _show(goods, Form(Typed(known)))


@pages.post("/<slug>/goods/<uuid:goods_id>/change")
def change(goods_id: UUID) -> Answer:
    """What differs is recorded; or it is withdrawn, or offered again."""
    visit = visit_as_admin()
    goods, offers = goods_of(visit, goods_id), services().goods
    form = Form.sent(lambda form: _show(goods, form), FIELDS)
    if form.text("do") == "withdraw":
        return _done(offers.withdraw(visit.actor, WithdrawGoods(goods_id), form.key), goods_id, "goods_withdrawn")
    if form.text("do") == "again":
        again = offers.offer_again(visit.actor, OfferGoodsAgain(goods_id), form.key)
        return _done(again, goods_id, "goods_offered_again")
    title, *sums = form.required("title"), form.sum("price"), form.sum("postage")
    price, postage = (Money(form.needed(each), goods.currency) for each in sums)
    command = CorrectGoods(goods_id, title, price, postage)
    return _done(form.submit(offers.correct, visit.actor, command), goods_id, "goods_corrected")


def _done(recorded: Landed, goods_id: UUID, done: str) -> Answer:
    return after(recorded, "goods.page", goods_id=goods_id, done=done)


def _show(goods: GoodsRow, form: Form) -> str:
    return form.page("goods_change.html", goods=goods)
