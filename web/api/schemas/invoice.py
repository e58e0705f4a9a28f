"""What the API takes about invoices, payments, goods, purchases and tokens."""

from __future__ import annotations

from marshmallow import fields, validate

from application.actor import Role
from domain.money import WHOLE
from domain.vat import VatKind
from web.api.schemas.common import A_TITLE, AN_ADDRESS, MOST_MONEY, Body, MoneyBody, PageQuery
from web.api.schemas.fields import AskedWhole, Choice, Day, Flag, Id, Instant, Text, Whole


class DocumentsQuery(PageQuery):
    """Which documents."""

    status = Choice("", "open", "paid", "credited", "overdue", "written_off", load_default="")
    organisation_id = Id(load_default=None)
    season_id = Id(load_default=None)
    issued_from = Day(load_default=None)
    issued_until = Day(load_default=None)
    number = AskedWhole(1, 2**31, load_default=None)
    network_id = Id(load_default=None)
    on = Day(load_default=None, metadata={"description": "As things stood on that local day; without it: now."})
    known_at = Instant(load_default=None, metadata={"description": "Only what had been recorded by that instant."})


class PaymentBody(Body):
    """Money that arrived on a local day, in öre, with the bank's reference (each once)."""

    amount = Whole(1, MOST_MONEY, required=True, metadata={"examples": [750_000]})
    reference = Text(A_TITLE, 1, required=True)
    received_on = Day(required=True)


class OfferGoodsBody(Body):
    """Something to sell. Prices include VAT; postage is charged once for a purchase."""

    title = Text(A_TITLE, 1, required=True)
    price = fields.Nested(MoneyBody, required=True)
    postage = fields.Nested(MoneyBody, required=True)
    vat = Whole(0, WHOLE, load_default=600, metadata={"description": "Basis points: 600 is 6 %."})
    vat_kind = fields.Enum(VatKind, by_value=True, load_default=VatKind.STANDARD)


class CorrectGoodsBody(Body):
    """What is to be another way for purchases from now on; what is left out or null stays as it is."""

    title = Text(A_TITLE, 1, load_default=None, allow_none=True)
    price = fields.Nested(MoneyBody, load_default=None, allow_none=True)
    postage = fields.Nested(MoneyBody, load_default=None, allow_none=True)
    vat = Whole(0, WHOLE, load_default=None, allow_none=True)
    vat_kind = fields.Enum(VatKind, by_value=True, load_default=VatKind.STANDARD)


class PurchaseBody(Body):
    """Goods, sent to an address. Who has no token gives name and e-mail."""

    goods_id = Id(required=True)
    quantity = Whole(1, 1000, required=True)
    address = Text(AN_ADDRESS, 1, required=True)
    name = Text(A_TITLE, load_default="")
    email = Text(254, load_default="")
    shares_address = Flag(load_default=False)
    organisation_id = Id(load_default=None, allow_none=True)
    reference = Text(100, load_default="")
    order_number = Text(100, load_default="")
    with_postage = Flag(load_default=True)


class AddressBody(Body):
    """Where it goes."""

    address = Text(AN_ADDRESS, 1, required=True)


class DispatchBody(Body):
    """The local day it was sent."""

    dispatched_on = Day(required=True)


class TokenBody(Body):
    """A new token: for a program, or to act as oneself (`person_id`); never with more roles than one's own.

    `days`: until it ends, as usual where none are told. `organiser_id`: for the installation only.
    """

    name = Text(100, 1, required=True, metadata={"examples": ["Webbplatsen"]})
    roles = fields.List(fields.Enum(Role, by_value=True), required=True, validate=validate.Length(1, 4))
    person_id = Id(load_default=None, allow_none=True)
    organiser_id = Id(load_default=None, allow_none=True)
    days = Whole(1, 3650, load_default=None, allow_none=True)
