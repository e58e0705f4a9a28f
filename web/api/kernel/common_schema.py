"""Shapes that several nouns share: a page of a list, money, a reason."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields, post_load

from application.kernel.page import MOST
from application.people.participant import Participant
from domain.kernel.money import Money
from domain.people.admission import JobRole
from web.api.kernel.fields import AskedWhole, Flag, Id, Text, Whole

MOST_MONEY = 10**15
USUAL = 50
CURRENCY = r"^[A-Z]{3}$"
ZONE = {"description": "An IANA time zone.", "examples": ["Europe/Stockholm"]}
A_SENTENCE, A_LETTER, A_TITLE, AN_ADDRESS = 1000, 4000, 300, 500


class Body(Schema):
    """Takes what it names and nothing else. Lists are loaded as tuples, and the whole as what it `makes`."""

    class Meta:
        unknown = RAISE

    makes: ClassVar[type[Any]] = dict

    @post_load
    def made(self, loaded: dict[str, Any], **_: object) -> Any:
        """As the rules know it. Raises BadValue."""
        held = {name: tuple(value) if isinstance(value, list) else value for name, value in loaded.items()}
        return self.makes(**held)


class PageQuery(Body):
    """Which page of a list: after a cursor, so many at most."""

    cursor = Text(400, attribute="after", load_default=None, about="`next_cursor` of the page before.")
    limit = AskedWhole(1, MOST, load_default=USUAL, about="How many at most.")


class SearchQuery(PageQuery):
    """A page of what matches."""

    search = Text(100, load_default="", about="Part of a name, an address or a number.")


class MoneyBody(Body):
    """An amount in minor units (öre) of a currency."""

    makes = Money
    amount = Whole(0, MOST_MONEY, required=True, example=1_200_000)
    currency = Text(3, 3, CURRENCY, load_default="SEK")


class ShownBody(Body):
    """What was shown, if anything was: where it comes to another sum now, nothing is recorded."""

    shown = Whole(-MOST_MONEY, MOST_MONEY, optional=True, about="The sum in öre incl. VAT that was shown.")


class ReasonBody(Body):
    """Why."""

    reason = Text(A_SENTENCE, 1, required=True, example="Föreläsaren är sjuk")


class ShownReasonBody(ShownBody, ReasonBody):
    """Why, and what was shown."""


class ParticipantBody(Body):
    """Somebody known (by id), somebody named with an address, or nobody yet (`{}`): to be named later."""

    makes = Participant
    person_id = Id(optional=True)
    name = Text(A_TITLE, load_default="", example="Anna Andersson")
    email = Text(254, load_default="", example="anna@example.org")
    shares_address = Flag(load_default=False)
    role = fields.Enum(
        JobRole,
        by_value=True,
        load_default=None,
        allow_none=True,
        metadata={"description": "You vouch that they work, as that, at the organisation whose seat it is."},
    )
