"""What the API takes about seasons."""

from __future__ import annotations

from marshmallow import fields, validate

from domain.programme.season_content import SecondSeat
from domain.programme.season_opening import Visibility
from web.api.kernel.common_schema import A_LETTER, A_TITLE, MOST_MONEY, ZONE, Body, PageQuery, ReasonBody
from web.api.kernel.fields import AskedFlag, Choice, Day, Id, Instant, Text, Whole
from web.api.programme.meeting_schema import MeetingBody
from web.api.programme.network_schema import AdmissionBody
from web.api.programme.price_schema import PriceListBody, TermsBody

MOST_SEATS = 1_000_000
CONTENT = "Seasons of a network with the same words here are one content in several places; seats move between them."
SECOND = "A second seat for the same content: `ask` offers to move the first, `refuse` refuses it, `allow` lets it be."
SECOND_SEATS = tuple(each.value for each in SecondSeat)
A_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


class PlanSeasonBody(Body):
    """A new season in a network. Admission: its own, or else the network's."""

    network_id = Id(required=True)
    title = Text(A_TITLE, 1, required=True, example="Arbete?!")
    seats = Whole(1, MOST_SEATS, required=True)
    promise = Text(A_LETTER, load_default="")
    meetings = fields.List(fields.Nested(MeetingBody), load_default=list, validate=validate.Length(max=100))
    prices = fields.Nested(PriceListBody, load_default=None, allow_none=True)
    terms = fields.Nested(TermsBody, load_default=None, allow_none=True)
    admission = fields.Nested(AdmissionBody, load_default=None, allow_none=True)
    zone = Text(64, 1, load_default="Europe/Stockholm", metadata=ZONE)
    language = Choice("sv", "en", load_default="sv")
    content = Text(100, load_default="", about=CONTENT, example="Ledarskap i motvind")
    second_seat = Choice(*SECOND_SEATS, load_default=SecondSeat.ASK.value, about=SECOND)
    visibility = fields.Enum(Visibility, by_value=True, load_default=Visibility.PUBLIC)


class CorrectSeasonBody(Body):
    """What is to be another way; what is left out or null stays as it is."""

    title = Text(A_TITLE, 1, optional=True)
    promise = Text(A_LETTER, optional=True)
    language = Choice("sv", "en", optional=True)
    zone = Text(64, 1, optional=True, metadata=ZONE)
    content = Text(100, optional=True, about=CONTENT)
    second_seat = Choice(*SECOND_SEATS, optional=True, about=SECOND)
    network_id = Id(optional=True)
    admission = fields.Nested(AdmissionBody, load_default=None, allow_none=True)


class CopySeasonBody(Body):
    """The same season again: under which title, and how many days later (364 keeps the weekdays)."""

    title = Text(A_TITLE, 1, required=True, example="Arbete?! igen")
    days = Whole(1, 3660, load_default=364)
    visibility = fields.Enum(Visibility, by_value=True, load_default=Visibility.PUBLIC)


class VisibilityBody(Body):
    """Who sees it: staff (draft), whoever has its address (hidden), anyone (public)."""

    visibility = fields.Enum(Visibility, by_value=True, required=True)


class PublicationBody(Body):
    """When it goes public and when booking opens, by themselves."""

    goes_public_at = Instant(load_default=None, allow_none=True)
    opens_at = Instant(load_default=None, allow_none=True)


class SeasonGoodsBody(Body):
    """Which goods, in order."""

    goods = fields.List(Id(), required=True, validate=validate.Length(max=20))


class LeadersBody(Body):
    """Who leads the season through all meetings, and whom to ask."""

    leaders = fields.List(Id(), load_default=list, validate=validate.Length(max=50))
    contacts = fields.List(Id(), load_default=list, validate=validate.Length(max=50))


class OpenBookingBody(Body):
    """Until a local day (included), or until closed. `visibility`: to whom a draft is shown by it."""

    closes_on = Day(optional=True)
    visibility = fields.Enum(Visibility, by_value=True, load_default=None, allow_none=True)


class CallOffSeasonBody(ReasonBody):
    """Why; and what it was shown to come to: where it comes to something else now, nothing is called off."""

    shown = Whole(0, MOST_MONEY, optional=True, about="The credit in öre incl. VAT that was shown.")
    seats = Whole(0, 1_000_000, optional=True, about="How many seats were shown to end.")


class AddSeatsBody(Body):
    """More seats, or fewer (below zero), never fewer than are taken."""

    seats = Whole(-MOST_SEATS, MOST_SEATS, required=True)


class SeasonsQuery(PageQuery):
    """Which seasons: those that are all of what is said here."""

    network_id = Id(load_default=None)
    only_open = AskedFlag(load_default=False, about="Only those that take bookings.")
    past = AskedFlag(attribute="is_past", load_default=None, about="Those whose last day has passed, or all others.")
    town = Text(A_TITLE, 1, load_default=None, about="One of its meetings is held there.", example="Malmö")
    online = AskedFlag(
        attribute="has_online", load_default=None, about="Some meeting of it, or all, can be followed from afar."
    )
    free = AskedFlag(attribute="is_free", load_default=None, about="Nobody pays anything.")
    month = Text(7, 7, A_MONTH, load_default=None, about="One in which it meets, YYYY-MM.", example="2027-03")
    language = Choice("sv", "en", load_default=None, about="In which language it is held.")
    search = Text(
        100,
        load_default="",
        about="Words that all stand in its title, promise or meetings, or name its network, town, speakers or leaders. "
        "Case and accents do not count.",
    )


class RosterQuery(Body):
    """As of an instant, as known at an instant; now where they are left out."""

    at = Instant(load_default=None, about="Who sat there then.")
    known_at = Instant(load_default=None, about="As it was known then.")
