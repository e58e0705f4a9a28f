"""What the API takes about bookings, registrations, cancellations, transfers and the waiting list."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from application.booking.agreement import GoodsBeside
from application.booking.transfer_proposal import DifferencePaidBy
from application.kernel.payer import TypedBuyer
from web.api.kernel.common_schema import A_SENTENCE, A_TITLE, AN_ADDRESS, MOST_MONEY, Body, PageQuery, ParticipantBody
from web.api.kernel.fields import AskedWhole, Choice, Flag, Id, Instant, Text, Whole
from web.api.payments.payment_schema import PayByCardBody

MOST_IN_ONE = 100
ALL = "all"
_STATES = "requested", "granted", "waived", "declined", "withdrawn", "proposed", "accepted", "overtaken"
_STATED = "What an admin says each person costs whom a membership does not cover, öre excl. VAT."


class BuyerBody(Body):
    """Whom the invoice is made out to, as the person who pays types it."""

    makes = TypedBuyer
    name = Text(A_TITLE, 1, required=True)
    org_number = Text(13, 10, required=True, example="556999-9005")
    address = Text(AN_ADDRESS, 1, required=True, example="Storgatan 1, 111 22 Stockholm")


class GoodsBesideBody(Body):
    """Goods bought with the seats: on the same invoice, sent to an address."""

    makes = GoodsBeside
    goods_id = Id(required=True)
    quantity = Whole(1, 1000, load_default=1)
    address = Text(AN_ADDRESS, 1, required=True, example="Storgatan 1, 111 22 Stockholm")
    with_postage = Flag(load_default=True)


class SeatsBody(Body):
    """Seats for participants, and who pays for them: an organisation, or the person who books."""

    participants = fields.List(fields.Nested(ParticipantBody), required=True, validate=validate.Length(1, MOST_IN_ONE))
    organisation_id = Id(optional=True)
    reference = Text(100, load_default="", about="The payer's reference on the invoice.")
    order_number = Text(100, load_default="", about="The number of the payer's order.")
    shown = Whole(
        0, MOST_MONEY, optional=True, about="The sum in öre incl. VAT that was shown; another now stops the booking."
    )
    place_id = Id(optional=True, about="A place on the waiting list.")
    goods = fields.Nested(GoodsBesideBody, load_default=None, allow_none=True)
    billing = fields.Nested(BuyerBody, load_default=None, allow_none=True)
    again = Flag(load_default=False, about="Also where one of them has a seat for the same content elsewhere.")


class MakeBookingBody(SeatsBody):
    """Seats in a season, one for each participant."""

    season_id = Id(required=True)
    booked_for = Id(optional=True, about="Whom an admin books for.")
    stated = Whole(0, MOST_MONEY, optional=True, about=_STATED)
    stated_for = Text(100, load_default="", about="Why it is that price, as the invoice says it.")


class HoldSeatsBody(SeatsBody, PayByCardBody):
    """Seats in a season, paid by card now; `{hold}` in the addresses becomes the hold's id."""


class NameParticipantBody(Body):
    """Who sits in a seat that was booked to be named later."""

    seat = Whole(1, MOST_IN_ONE, required=True)
    participant = fields.Nested(ParticipantBody, required=True)


class RegisterBody(Body):
    """A registration by somebody who has not signed in; the invoice goes to what is typed here."""

    name = Text(A_TITLE, 1, required=True, example="Anna Andersson")
    email = Text(254, 1, required=True, example="anna@example.org")
    colleagues = fields.List(
        fields.Nested(ParticipantBody), load_default=list, validate=validate.Length(max=MOST_IN_ONE - 1)
    )
    employer = Text(A_TITLE, load_default="")
    org_number = Text(13, load_default="")
    address = Text(AN_ADDRESS, load_default="", example="Storgatan 1, 111 22 Stockholm")
    reference = Text(100, load_default="")
    order_number = Text(100, load_default="")
    shares_address = Flag(load_default=False)
    shown = Whole(0, MOST_MONEY, optional=True, about="The sum in öre incl. VAT that was shown; another now stops it.")


class PriceQuery(Body):
    """For how many seats."""

    seats = AskedWhole(1, MOST_IN_ONE, load_default=1)


class BookingsQuery(PageQuery):
    """Which bookings; for members always their own."""

    season_id = Id(load_default=None)
    organisation_id = Id(load_default=None)


class JoinWaitingListBody(Body):
    """Wait for that many seats together; an admin may do so for somebody."""

    seats = Whole(1, MOST_IN_ONE, required=True)
    person_id = Id(optional=True)


class SomeOrAll(fields.Field[Any]):
    """Seats by number, at least one, or the word "all": nothing named is never taken for everything."""

    def __init__(self, **given: Any) -> None:
        numbers = {"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 1, "maxItems": MOST_IN_ONE}
        told = {"anyOf": [numbers, {"type": "string", "enum": [ALL]}], "examples": [[1], ALL]}
        super().__init__(metadata=told, **given)
        self._some = fields.List(Whole(1, MOST_IN_ONE), validate=validate.Length(1, MOST_IN_ONE))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **others: Any) -> object:
        return ALL if value == ALL else self._some.deserialize(value, attr, data, **others)


class CancellationBody(Body):
    """Which seats are given up, by number; "all", or left out: every seat it holds. An empty list is refused."""

    seats = SomeOrAll(load_default=ALL)
    shown = Whole(
        0, MOST_MONEY, optional=True, about="The credit in öre incl. VAT that was shown; another now stops it."
    )
    plea = Text(A_SENTENCE, load_default="", about="Asks the desk for more than the terms give.")
    received_at = Instant(optional=True, about="When a letter arrived.")


class TransferBody(Body):
    """A seat to another person; to another organisation by an admin, with a reason."""

    seat = Whole(1, MOST_IN_ONE, required=True)
    to = fields.Nested(ParticipantBody, required=True)
    reason = Text(A_SENTENCE, load_default="")
    paid_by = fields.Enum(DifferencePaidBy, by_value=True, load_default=DifferencePaidBy.NEW_ORGANISATION)
    reference = Text(100, load_default="", about="What whoever pays wants on the invoice.")


class AcceptTransferBody(Body):
    """The yes, with what whoever pays wants on the invoice."""

    reference = Text(100, load_default="", example="Kst 4711")


class CasesQuery(PageQuery):
    """Which cases of the desk."""

    status = Choice("", *_STATES, load_default="")
    booking_id = Id(load_default=None)
