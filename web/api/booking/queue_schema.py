"""What the API takes about places in line: asked for, moved, offered and answered, and the rules they move by."""

from __future__ import annotations

from marshmallow import fields

from domain.booking.waiting_rules import (
    MOST_HOLD_DAYS,
    MOST_HOURS,
    Answering,
    Party,
    PriceRule,
)
from web.api.booking.booking_schema import MOST_IN_ONE, BuyerBody
from web.api.kernel.common_schema import A_SENTENCE, A_TITLE, AN_ADDRESS, MOST_MONEY, Body
from web.api.kernel.fields import Id, Text, Whole

_SHOWN = "The sum in öre incl. VAT that was shown; another now stops it."


class AskToQueueBody(Body):
    """Somebody who has not signed in asks to stand in line for that many seats together."""

    name = Text(A_TITLE, 1, required=True, example="Anna Andersson")
    email = Text(254, 1, required=True, example="anna@example.org")
    seats = Whole(1, MOST_IN_ONE, load_default=1)


class MoveInQueueBody(Body):
    """To which place, counted from 1, and why."""

    place = Whole(1, 1_000_000, required=True)
    reason = Text(A_SENTENCE, 1, required=True, example="Sponsorns plats")


class AcceptOfferBody(Body):
    """Who pays for the seats that were offered: an organisation, or the person who waited."""

    organisation_id = Id(optional=True)
    reference = Text(100, load_default="")
    order_number = Text(100, load_default="")
    billing = fields.Nested(BuyerBody, load_default=None, allow_none=True)
    shown = Whole(0, MOST_MONEY, optional=True, about=_SHOWN)


class PlaceLinkBody(Body):
    """The secret that stands at the end of a mailed link."""

    code = Text(200, 1, required=True, example="9f2c4e6a8b0d1f3a5c7e9b1d3f5a7c9e")


class AcceptByLinkBody(PlaceLinkBody):
    """The secret of a mailed link to an offer; who pays, and where an invoice to the person goes."""

    organisation_id = Id(optional=True)
    reference = Text(100, load_default="")
    address = Text(AN_ADDRESS, load_default="", example="Storgatan 1, 111 22 Stockholm")
    shown = Whole(0, MOST_MONEY, optional=True, about=_SHOWN)


class WaitingRulesBody(Body):
    """How a waiting list moves."""

    answering = fields.Enum(Answering, by_value=True, load_default=Answering.HOURS)
    answer_within = Whole(1, MOST_HOURS, load_default=48)
    party = fields.Enum(Party, by_value=True, load_default=Party.TOGETHER)
    hold_days = Whole(1, MOST_HOLD_DAYS, load_default=7)
    price = fields.Enum(PriceRule, by_value=True, load_default=PriceRule.JOINED)
