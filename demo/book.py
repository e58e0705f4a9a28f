"""A7: a book for 125 kronor including VAT, plus postage; ordered by anyone, member or not."""

from __future__ import annotations

from uuid import UUID

from application.booking.purchase import DispatchPurchase, MakePurchase, PurchaseMade
from application.kernel.actor import Actor
from application.programme.goods import OfferGoods
from demo.desk import Desk
from demo.leadership_institute import Circle
from demo.people import in_address
from domain.kernel.money import Money
from domain.kernel.vat import VAT_6

TITLE = "Boken om arbetet"


def load(desk: Desk, circle: Circle) -> None:
    """The book, and some who have ordered it."""
    offer = OfferGoods(TITLE, Money(125_00), Money(49_00), VAT_6)
    book = desk.services.goods.offer(desk.admin, offer, desk.key("goods", TITLE)).answer.goods_id
    member = circle.members[0]
    contact = desk.person_as_actor(member.people[0])
    for_work = MakePurchase(book, 10, "Turbinvägen 8, 972 31 Luleå", organisation_id=member.organisation_id)
    sent = _buy(desk, contact, for_work)
    dispatch = DispatchPurchase(sent.purchase_id, desk.today)
    desk.services.purchases.dispatch(desk.admin, dispatch, desk.key("dispatch", sent.purchase_id))
    desk.to_pay.append((sent.purchase_id, sent.gross))
    _buy(desk, desk.person_as_actor(circle.alumni[2]), MakePurchase(book, 1, "Norra vägen 3, 903 20 Umeå"))
    for quantity in (1, 2):
        _buy_as_stranger(desk, book, quantity)
    desk.done("A7")


def _buy(desk: Desk, buyer: Actor, command: MakePurchase) -> PurchaseMade:
    key = desk.key("purchase", buyer.id, command.quantity)
    return desk.services.purchases.make(buyer, command, key).answer


def _buy_as_stranger(desk: Desk, book: UUID, quantity: int) -> None:
    name = desk.names.draw()
    email = f"{in_address(name)}@example.org"
    command = MakePurchase(book, quantity, "Byvägen 17, 830 47 Trångsviken", name, email)
    desk.services.purchases.make(desk.admin, command, desk.key("purchase", email))
