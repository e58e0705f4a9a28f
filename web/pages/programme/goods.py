"""Goods beside the seats, such as a book: ordered by anyone, member or not."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, url_for

from application.booking.purchase import MakePurchase
from application.people.queries.people import OrganisationRow
from application.programme.queries.goods import GoodsRow
from domain.kernel.ids import OrganisationId
from web.pages.kernel.finding import goods_of
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, Visit, after, place_of_reader, say, services, today, visit_by_anyone

pages = Blueprint("goods", __name__)

FIELDS = {
    "name": "name",
    "email": "email",
    "address": "address",
    "quantity": "quantity",
    "reference": "reference",
    "country": "country",
    "ReferenceRequired": "reference",
    "GoodsNotSentThere": "country",
}


@pages.get("/<slug>/goods/<uuid:goods_id>")
def page(goods_id: UUID) -> Answer:
    """What it is, what it costs with postage, and the form to order it."""
    visit = visit_by_anyone()
    return _show(visit, goods_of(visit, goods_id), Form(Typed({"quantity": "1", "payer": "me"})))


@pages.post("/<slug>/goods/<uuid:goods_id>")
def order(goods_id: UUID) -> Answer:
    """Order it."""
    visit = visit_by_anyone()
    goods = goods_of(visit, goods_id)
    form = Form.sent(lambda form: _show(visit, goods, form), FIELDS)
    quantity = form.whole("quantity")
    if form.text("do") == "sum":
        return _show(visit, goods, form)
    command = _command(visit, goods, form, quantity or 0)
    if visit.is_signed_in:
        recorded = form.submit(services().purchases.make, visit.actor, command)
        return after(recorded, "goods.page", goods_id=goods_id, done="ordered")
    with form.attempt():
        services().orders.place(visit.stranger, command, form.key, place_of_reader(), say().language)
    return redirect(url_for("order.ordered", goods_id=goods_id, done="order_placed"), 303)


def _command(visit: Visit, goods: GoodsRow, form: Form, quantity: int) -> MakePurchase:
    is_known = visit.actor.person_id is not None
    chosen = form.choice("payer") if is_known and form.text("payer") != "me" else None
    name = "" if is_known else form.required("name", "booking_form.fill_name")
    email = "" if is_known else form.required("email", "booking_form.fill_email")
    return MakePurchase(
        goods.goods_id,
        quantity,
        form.required("address", "goods.fill_address"),
        name=name,
        email=email,
        organisation_id=OrganisationId(chosen) if chosen else None,
        reference=form.text("reference"),
        order_number=form.text("order_number"),
        country=form.text("country").upper(),
    )


def _show(visit: Visit, goods: GoodsRow, form: Form) -> str:
    me = visit.actor.person_id
    mine: tuple[OrganisationRow, ...] = services().people_questions.my_organisations(visit.actor, today(visit.zone))
    return form.page(
        "goods.html",
        goods=goods,
        organisations=[each for each in mine if any(contact.person_id == me for contact in each.contacts)],
        total=_total(goods, form),
    )


def _total(goods: GoodsRow, form: Form) -> int:
    """The sum beside the button; the use case reckons anew."""
    typed = form.text("quantity")
    quantity = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 1
    return goods.price * quantity + goods.postage
