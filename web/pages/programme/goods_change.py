"""Goods put right: another title or price for purchases from now on, withdrawn, and offered again."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from application.programme.goods import CorrectGoods, OfferGoodsAgain, WithdrawGoods
from application.programme.queries.goods import GoodsRow
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.money import Money
from web.kernel.errors import status_of
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, Landed, Visit, after, say, services, visit_as_admin
from web.words.formats import figures

pages = Blueprint("goods_change", __name__)

FIELDS = {"title": "title", "price": "price"}


@pages.get("/<slug>/goods/<uuid:goods_id>/change")
def page(goods_id: UUID) -> Answer:
    """What is known of it, to be put right."""
    _, goods = _reach(goods_id)
    known = {"title": goods.title, "price": figures(goods.price, "sv"), "postage": figures(goods.postage, "sv")}
    return _show(goods, Form(MultiDict(known), Problems(say())))


@pages.post("/<slug>/goods/<uuid:goods_id>/change")
def change(goods_id: UUID) -> Answer:
    """What differs is recorded; or it is withdrawn, or offered again."""
    visit, goods = _reach(goods_id)
    form = Form(request.form, Problems(say()))
    key, offers = form.text("key") or None, services().goods
    if form.text("do") == "withdraw":
        return _done(offers.withdraw(visit.actor, WithdrawGoods(goods_id), key), goods_id, "goods_withdrawn")
    if form.text("do") == "again":
        again = offers.offer_again(visit.actor, OfferGoodsAgain(goods_id), key)
        return _done(again, goods_id, "goods_offered_again")
    title, price, postage = form.required("title"), form.sum("price"), form.sum("postage")
    if price is None or postage is None or form.problems:
        return _show(goods, form), 422
    sums = (Money(price, goods.currency), Money(postage, goods.currency))
    try:
        recorded = offers.correct(visit.actor, CorrectGoods(goods_id, title, *sums), key)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(goods, form), status_of(error)
    return _done(recorded, goods_id, "goods_corrected")


def _reach(goods_id: UUID) -> tuple[Visit, GoodsRow]:
    """The goods, for an admin of their organiser. Raises NotAllowed, NotFound."""
    visit = visit_as_admin()
    known = services().goods_questions.goods(visit.organiser.organiser_id)
    found = next((each for each in known if each.goods_id == goods_id), None)
    if found is None:
        raise NotFound(what="goods")
    return visit, found


def _done(recorded: Landed, goods_id: UUID, done: str) -> Answer:
    return after(recorded, "goods.page", goods_id=goods_id, done=done)


def _show(goods: GoodsRow, form: Form) -> str:
    return render_template("goods_change.html", goods=goods, form=form, problems=form.problems.by_field)
