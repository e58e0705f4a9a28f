"""The public programme: what anyone may read and do on an organiser's pages, without a token."""

from __future__ import annotations

from uuid import UUID

from flask import request

from application.booking.order import OrderConfirmed, OrderPlaced
from application.booking.purchase import MakePurchase
from application.booking.registration import Register, Registered, RegistrationConfirmed
from application.booking.unconfirmed import MailedLink
from application.kernel.page import Page
from application.people.participant import Participant
from application.people.person import ConfirmEmail, PersonRef
from application.programme.queries.goods import GoodsRow
from application.programme.queries.programme import NetworkRow, SeasonRow
from domain.kernel.ids import PersonId, SeasonId
from domain.programme.price import Quote
from web.api.booking.booking_schema import PriceQuery, RegisterBody
from web.api.kernel.answers import Season, season_of
from web.api.kernel.call import Call, Written, written
from web.api.kernel.noun import PREFIX, ApiBlueprint
from web.api.kernel.problem import language
from web.api.kernel.who import Who
from web.api.people.organiser import organiser_named
from web.api.people.person_schema import CodeBody, ConfirmEmailBody
from web.api.programme.goods_schema import PurchaseBody
from web.api.programme.season_schema import SeasonsQuery

programme = ApiBlueprint("public programme", "The public programme of an organiser, and registration without a token.")
AT = "/organisers/<organiser>"


@programme.read(f"{AT}/networks", Who.ANYONE, tuple[NetworkRow, ...])
def list_public_networks(call: Call, organiser: str) -> tuple[NetworkRow, ...]:
    """An organiser's networks."""
    return call.services.programme.networks(organiser_named(call, organiser).organiser_id)


@programme.read(f"{AT}/networks/<uuid:network_id>", Who.ANYONE, NetworkRow)
def read_public_network(call: Call, organiser: str, network_id: UUID) -> NetworkRow:
    """One network of an organiser."""
    return call.services.programme.network(organiser_named(call, organiser).organiser_id, network_id)


@programme.read(f"{AT}/seasons", Who.ANYONE, Page[SeasonRow], SeasonsQuery)
def list_public_seasons(call: Call, organiser: str) -> Page[SeasonRow]:
    """An organiser's seasons by first day, those without one last."""
    query = dict(call.query)
    query["after"] = query.pop("cursor")
    return call.services.programme.seasons(organiser_named(call, organiser).organiser_id, **query)


@programme.read(f"{AT}/seasons/<uuid:season_id>", Who.ANYONE, Season)
def read_public_season(call: Call, organiser: str, season_id: UUID) -> Season:
    """One season whole; material for participants only where the token's person holds a seat."""
    actor = call.at(organiser_named(call, organiser).organiser_id)
    return season_of(call.services.programme.season(actor, season_id))


@programme.read(f"{AT}/seasons/<uuid:season_id>/price", Who.ANYONE, Quote, PriceQuery)
def price_registration(call: Call, organiser: str, season_id: UUID) -> Quote:
    """What seats cost anyone now."""
    actor = call.at(organiser_named(call, organiser).organiser_id)
    return call.services.registrations.preview(actor, SeasonId(season_id), call.query["seats"])


@programme.write(
    "POST",
    f"{AT}/seasons/<uuid:season_id>/registrations",
    Who.ANYONE,
    Registered,
    body=RegisterBody,
    status=201,
    is_keyed=True,
)
def register(call: Call, organiser: str, season_id: UUID) -> Written:
    """Register without a token, at the price for everyone: the seats are held until the mailed link is confirmed.

    Known and unknown addresses get the same answer. With a token of staff they are booked at once.
    """
    actor = call.at(organiser_named(call, organiser).organiser_id)
    body = dict(call.body)
    colleagues = tuple(_participant(each) for each in body.pop("colleagues"))
    command = Register(SeasonId(season_id), colleagues=colleagues, language=language(), **body)
    recorded = call.services.registrations.register(actor, command, call.key, request.remote_addr or "")
    return written(recorded, f"{PREFIX}/organisers/{organiser}/seasons/{season_id}")


@programme.write(
    "POST",
    f"{AT}/registrations/<uuid:registration_id>/confirm",
    Who.ANYONE,
    RegistrationConfirmed,
    body=CodeBody,
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


@programme.write("POST", f"{AT}/email-confirmations", Who.ANYONE, PersonRef, body=ConfirmEmailBody)
def confirm_email(call: Call, organiser: str) -> Written:
    """Bring back the code that was sent to an address."""
    actor = call.at(organiser_named(call, organiser).organiser_id)
    return written(call.services.people.confirm_email(actor, ConfirmEmail(**call.body), call.key))


@programme.read(f"{AT}/goods", Who.ANYONE, tuple[GoodsRow, ...])
def list_public_goods(call: Call, organiser: str) -> tuple[GoodsRow, ...]:
    """What an organiser sells."""
    return call.services.goods_questions.goods(organiser_named(call, organiser).organiser_id)


@programme.write("POST", f"{AT}/purchases", Who.ANYONE, OrderPlaced, body=PurchaseBody, status=201, is_keyed=True)
def purchase_as_anyone(call: Call, organiser: str) -> Written:
    """Order goods without a token: name, e-mail and address. It is bought once the mailed link is confirmed."""
    actor = call.anyone(organiser_named(call, organiser).organiser_id)
    command = MakePurchase(**call.body)
    recorded = call.services.orders.place(actor, command, call.key, request.remote_addr or "", language())
    return written(recorded, f"{PREFIX}/organisers/{organiser}/goods")


def _participant(body: dict[str, object]) -> Participant:
    person_id, name, email = body["person_id"], str(body["name"]), str(body["email"])
    known, shares = PersonId(person_id) if isinstance(person_id, UUID) else None, bool(body["shares_address"])
    return Participant(known, name, email, shares)
