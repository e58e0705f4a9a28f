"""`Plats-Shown`: an answer says how what it shows stands, and a call that brings that back acts on nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from uuid import UUID

from application.insight import rests_on as on
from application.kernel.actor import Actor
from application.kernel.seen import Facts, Seen
from application.services import Services
from domain.billing.invoice import Invoice
from domain.booking.purchase import Purchase
from domain.kernel.errors import NotFound
from domain.payments.checkout import Checkout
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.programme.goods import Goods
from domain.programme.network import Network

SHOWN = "Plats-Shown"
LONGEST = 64

SUBJECTS: Mapping[str, Callable[[UUID], Facts]] = {
    "cancellation_id": on.case,
    "transfer_id": on.case,
    "booking_id": on.seats,
    "hold_id": lambda one: on.nothing_but(Checkout, one),
    "invoice_id": lambda one: on.nothing_but(Invoice, one),
    "payment_id": on.payment,
    "membership_id": lambda one: on.nothing_but(Membership, one),
    "season_id": on.offer,
    "purchase_id": lambda one: on.nothing_but(Purchase, one),
    "goods_id": lambda one: on.nothing_but(Goods, one),
    "network_id": lambda one: on.nothing_but(Network, one),
    "organisation_id": lambda one: on.nothing_but(Organisation, one),
    "person_id": on.person,
    "organiser_id": lambda one: on.nothing_but(Organiser, one),
}
"""By what an address names, the most particular first: everything that is read or done below it is about that."""

TARGETS: Mapping[str, Callable[[UUID], Facts]] = {
    "to": on.offer,
    "into_id": on.person,
    "earlier_season_id": on.holders,
}
"""What else a call acts on, by what its body names: the season that a seat moves to, as on the page."""

_IN_BODY = "season_id"


def subject_of(rule: str, body_fields: frozenset[str]) -> str:
    """What a route is about: an id in its address, or else the season in its body; "" for nothing that is there yet."""
    named = re.findall(r"<uuid:(\w+)>", rule)
    found = next((each for each in SUBJECTS if each in named), "")
    return found or (_IN_BODY if _IN_BODY in body_fields and not named else "")


def resting(actor: Actor, token: str | None, facts: Facts | None) -> Actor:
    """The actor, whose decision rests on what the call says was shown."""
    return actor.seeing(Seen(token, facts)) if token is not None and facts is not None else actor


def token_now(services: Services, actor: Actor, facts: Facts, read_at: int) -> str:
    """The token of what an answer shows that was read when the read models stood there; "" where it may be older."""
    try:
        now = services.shown.token(actor, facts)
    except NotFound:
        return ""
    return now.token if now.position <= read_at else ""
