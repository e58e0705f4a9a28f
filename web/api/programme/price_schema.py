"""What the API takes about prices and cancellation terms."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from domain.kernel.eligibility import Ground
from domain.kernel.money import WHOLE, Money
from domain.kernel.terms import Terms, Tier
from domain.kernel.vat import VatKind, VatRate
from domain.programme.price import Per, Price, PriceList
from web.api.kernel.common_schema import CURRENCY, MOST_MONEY, Body
from web.api.kernel.fields import Day, DayOrLocalTime, Flag, Text, TimeOfDay, Whole

_EXTRA = "What each person costs beyond those that an organisation's price includes, in öre."


class PriceBody(Body):
    """One row of a price list. `audience` null: everyone. `before`: the first local day it holds no longer."""

    amount = Whole(0, MOST_MONEY, required=True, about="In öre.", example=1_200_000)
    currency = Text(3, 3, CURRENCY, load_default="SEK")
    audience = fields.Enum(Ground, by_value=True, load_default=None, allow_none=True)
    per = fields.Enum(Per, by_value=True, load_default=Per.PERSON)
    persons = Whole(1, 100, load_default=1, about="How many an organisation's price includes.")
    vat = Whole(0, WHOLE, load_default=2_500, about="Basis points: 2 500 is 25 %.")
    vat_kind = fields.Enum(VatKind, by_value=True, load_default=VatKind.STANDARD)
    includes_vat = Flag(load_default=False)
    from_on = Day(optional=True)
    before = Day(optional=True)
    extra = Whole(0, MOST_MONEY, optional=True, about=_EXTRA)

    @post_load
    def made(self, loaded: dict[str, Any], **_: object) -> Price:
        """As the rules know it. Raises BadValue."""
        currency, extra = loaded.pop("currency"), loaded.pop("extra")
        amount = Money(loaded.pop("amount"), currency)
        rate = VatRate(loaded.pop("vat"), loaded.pop("vat_kind"))
        return Price(amount=amount, vat=rate, extra=None if extra is None else Money(extra, currency), **loaded)


class AgreePricesBody(Body):
    """Prices from now on; bookings already made keep theirs."""

    prices = fields.List(fields.Nested(PriceBody), required=True, validate=validate.Length(1, 50))
    pro_rata = Flag(load_default=False, about="Who joins late pays for the meetings left.")
    may_book_fewer = Flag(load_default=False)


class PriceListBody(AgreePricesBody):
    """Prices of a season as it is planned."""

    @post_load
    def made(self, loaded: dict[str, Any], **_: object) -> PriceList:
        """As the rules know it. Raises BadValue."""
        return PriceList(0, tuple(loaded["prices"]), loaded["pro_rata"], loaded["may_book_fewer"])


class TierBody(Body):
    """Before a local day or a local time (exclusive) this share is kept, in basis points; the last tier has none.

    A time that the clock shows twice is the later one, one that it skips is when it does. `at` is the time of day where
    `before` is a day alone, as answers say it.
    """

    before = DayOrLocalTime(optional=True)
    at = TimeOfDay(optional=True)
    kept = Whole(0, WHOLE, required=True)

    @post_load
    def made(self, loaded: dict[str, Any], **_: object) -> Tier:
        """As the rules know it."""
        day, at = loaded["before"] or (None, None)
        return Tier(day, loaded["kept"], at or loaded["at"])


class AgreeTermsBody(Body):
    """Cancellation terms from now on; bookings already made keep theirs."""

    tiers = fields.List(fields.Nested(TierBody), required=True, validate=validate.Length(1, 20))
    fee_outside_vat = Flag(
        load_default=True, about="What is kept below the full price is a fee outside VAT, not part of the price."
    )


class TermsBody(AgreeTermsBody):
    """Cancellation terms of a season as it is planned, in its zone."""

    @post_load
    def made(self, loaded: dict[str, Any], **_: object) -> Terms:
        """As the rules know it. Raises BadValue."""
        return Terms(0, tuple(loaded["tiers"]), fee_outside_vat=loaded["fee_outside_vat"])
