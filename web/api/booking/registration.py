"""What strangers do on an organiser's public programme: see a price, register, order goods, and confirm by mail."""

from __future__ import annotations

from uuid import UUID

from flask import request

from application.booking.order import OrderConfirmed, OrderPlaced
from application.booking.purchase import MakePurchase
from application.booking.registration import Register, Registered, RegistrationConfirmed
from application.booking.unconfirmed import MailedLink
from domain.kernel.ids import SeasonId
from domain.programme.price import Quote
from web.api.booking.booking_schema import PriceQuery, RegisterBody
from web.api.kernel.call import PREFIX, Call, Written, written
from web.api.kernel.problem import language
from web.api.kernel.who import Who
from web.api.people.organiser import organiser_named
from web.api.people.person_schema import CodeBody
from web.api.programme.goods_schema import PurchaseBody
from web.api.programme.programme import AT, programme

__all__ = ["programme"]
SEASON = f"{AT}/seasons/<uuid:season_id>"


@programme.read(f"{SEASON}/price", Who.ANYONE, Quote, PriceQuery)
def price_registration(call: Call, organiser: str, season_id: SeasonId) -> Quote:
    """What seats cost anyone now."""
    actor = call.at(organiser_named(call, organiser).organiser_id)
    return call.services.registrations.preview(actor, season_id, call.query["seats"])


@programme.write(
    "POST", f"{SEASON}/registrations", Who.ANYONE, Registered, body=RegisterBody, status=201, is_keyed=True
)
def register(call: Call, organiser: str, season_id: SeasonId) -> Written:
    """Register without a token, at the price for everyone: the seats are held until the mailed link is confirmed.

    Known and unknown addresses get the same answer. With a token of staff they are booked at once.
    """
    actor = call.at(organiser_named(call, organiser).organiser_id)
    command = Register(season_id, language=language(), **call.body)
    recorded = call.services.registrations.register(actor, command, call.key, request.remote_addr or "")
    return written(recorded, f"{PREFIX}/organisers/{organiser}/seasons/{season_id}")


@programme.write(
    "POST", f"{AT}/registrations/<uuid:registration_id>/confirm", Who.ANYONE, RegistrationConfirmed, body=CodeBody
)
def confirm_registration(call: Call, organiser: str, registration_id: UUID) -> Written:
    """Bring back the code of a registration's link: it is booked and invoiced, once, as it was shown."""
    actor = call.anyone(organiser_named(call, organiser).organiser_id)
    link = MailedLink(registration_id, call.body["code"])
    return written(call.services.registrations.confirm(actor, link, call.key))


@programme.write("POST", f"{AT}/orders/<uuid:order_id>/confirm", Who.ANYONE, OrderConfirmed, body=CodeBody)
def confirm_order(call: Call, organiser: str, order_id: UUID) -> Written:
    """Bring back the code of an order's link: it is bought and invoiced, once, as it was shown."""
    actor = call.anyone(organiser_named(call, organiser).organiser_id)
    return written(call.services.orders.confirm(actor, MailedLink(order_id, call.body["code"]), call.key))


@programme.write("POST", f"{AT}/purchases", Who.ANYONE, OrderPlaced, body=PurchaseBody, status=201, is_keyed=True)
def purchase_as_anyone(call: Call, organiser: str) -> Written:
    """Order goods without a token: name, e-mail and address. It is bought once the mailed link is confirmed."""
    actor = call.anyone(organiser_named(call, organiser).organiser_id)
    command = MakePurchase(**call.body)
    recorded = call.services.orders.place(actor, command, call.key, request.remote_addr or "", language())
    return written(recorded, f"{PREFIX}/organisers/{organiser}/goods")
