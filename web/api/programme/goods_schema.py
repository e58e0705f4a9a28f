"""What the API takes about goods."""

from __future__ import annotations

from marshmallow import fields

from domain.kernel.money import WHOLE
from domain.kernel.vat import VatKind
from web.api.kernel.common_schema import A_TITLE, AN_ADDRESS, Body, MoneyBody
from web.api.kernel.fields import Day, Flag, Id, Text, Whole


class OfferGoodsBody(Body):
    """Something to sell. Prices include VAT; postage is charged once for a purchase."""

    title = Text(A_TITLE, 1, required=True)
    price = fields.Nested(MoneyBody, required=True)
    postage = fields.Nested(MoneyBody, required=True)
    vat = Whole(0, WHOLE, load_default=600, about="Basis points: 600 is 6 %.")
    vat_kind = fields.Enum(VatKind, by_value=True, load_default=VatKind.STANDARD)


class CorrectGoodsBody(Body):
    """What is to be another way for purchases from now on; what is left out or null stays as it is."""

    title = Text(A_TITLE, 1, optional=True)
    price = fields.Nested(MoneyBody, load_default=None, allow_none=True)
    postage = fields.Nested(MoneyBody, load_default=None, allow_none=True)
    vat = Whole(0, WHOLE, optional=True)
    vat_kind = fields.Enum(VatKind, by_value=True, load_default=VatKind.STANDARD)


class PurchaseBody(Body):
    """Goods, sent to an address. Who has no token gives name and e-mail."""

    goods_id = Id(required=True)
    quantity = Whole(1, 1000, required=True)
    address = Text(AN_ADDRESS, 1, required=True)
    name = Text(A_TITLE, load_default="")
    email = Text(254, load_default="")
    shares_address = Flag(load_default=False)
    organisation_id = Id(optional=True)
    reference = Text(100, load_default="")
    order_number = Text(100, load_default="")
    with_postage = Flag(load_default=True)
    country = Text(2, load_default="", example="NO", about="Where they go, where the address does not say it.")


class AddressBody(Body):
    """Where it goes."""

    address = Text(AN_ADDRESS, 1, required=True)


class DispatchBody(Body):
    """The local day it was sent."""

    dispatched_on = Day(required=True)
