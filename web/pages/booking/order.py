"""A stranger's order of goods after the mail has come: what is ordered, and the button that buys it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template

from application.booking.unconfirmed import MailedLink
from domain.booking.order import OrderLapsed
from domain.kernel.errors import NotFound, PlatsError
from web.kernel.errors import status_of
from web.pages.kernel.finding import goods_of
from web.pages.kernel.visit import Answer, after, refusal, services, visit_by_anyone

pages = Blueprint("order", __name__)


@pages.get("/<slug>/orders/<uuid:order_id>/<code>")
def page(order_id: UUID, code: str) -> Answer:
    """What is ordered and the button: mail scanners open links, only people press buttons."""
    return _show(MailedLink(order_id, code))


@pages.post("/<slug>/orders/<uuid:order_id>/<code>")
def confirm(order_id: UUID, code: str) -> Answer:
    """Buy it. Pressed again it is the same purchase; too late, what was typed is there to be sent again."""
    visit, link = visit_by_anyone(), MailedLink(order_id, code)
    try:
        recorded = services().orders.confirm(visit.stranger, link)
    except NotFound:
        raise
    except PlatsError as error:
        problem = "" if isinstance(error, OrderLapsed) else refusal(error)
        return _show(link, problem), status_of(error)
    return after(recorded, "order.page", order_id=order_id, code=code, done="order_confirmed")


@pages.get("/<slug>/goods/<uuid:goods_id>/ordered")
def ordered(goods_id: UUID) -> Answer:
    """What happens next, for somebody who ordered without signing in; the same for everyone."""
    return render_template("ordered.html", goods=goods_of(visit_by_anyone(), goods_id))


def _show(link: MailedLink, problem: str = "") -> str:
    found = services().orders.view(visit_by_anyone().stranger, link)
    return render_template("order.html", found=found, problem=problem)
