"""What the API takes about meetings: local times with their zone, places, programme points and material."""

from __future__ import annotations

from marshmallow import fields, validate

from domain.programme.meeting import Format, Moment, Place, Readers
from domain.programme.meeting_time import TimeKind
from web.api.kernel.common_schema import A_TITLE, ZONE, Body, ReasonBody
from web.api.kernel.fields import Choice, Day, Id, LocalTime, Text, Whole
from web.api.programme.image_schema import MOST_OF_A_FILE

PLANNED = (TimeKind.SCHEDULED.value, TimeKind.MONTH.value, TimeKind.TO_COME.value)


class TimeBody(Body):
    """`scheduled` with a local start and end, `month` with a month, or `to_come`.

    The zone is the season's unless another is given.
    """

    kind = Choice(*PLANNED, required=True)
    start = LocalTime(optional=True)
    end = LocalTime(optional=True)
    month = Text(7, 7, optional=True, example="2027-03")
    zone = Text(64, 1, optional=True, metadata=ZONE)


class PlaceBody(Body):
    """A venue with its street address and town, a link for participants, or both."""

    makes = Place
    format = fields.Enum(Format, by_value=True, load_default=Format.ON_SITE)
    venue = Text(A_TITLE, load_default="")
    address = Text(200, load_default="", about="Street and number.", example="Vindgränd 4")
    town = Text(100, load_default="", about="As people say it; seasons are found by it.", example="Stockholm")
    link = Text(2000, load_default="")


class ScheduleMeetingBody(Body):
    """A meeting's new time, and its place where that changes."""

    time = fields.Nested(TimeBody, required=True)
    place = fields.Nested(PlaceBody, load_default=None, allow_none=True)


class MoveMeetingBody(ScheduleMeetingBody):
    """As it is set or moved; and how many were shown to be told: where others are by now, nothing is moved."""

    told = Whole(0, 1_000_000, optional=True, about="How many were shown to be told.")


class MeetingOffBody(ReasonBody):
    """Why; and how many were shown to be told: where others are by now, nothing is recorded."""

    told = Whole(0, 1_000_000, optional=True, about="How many were shown to be told.")


class MeetingBody(ScheduleMeetingBody):
    """One meeting of a season."""

    title = Text(A_TITLE, 1, required=True)


class RetitleMeetingBody(Body):
    """What it is called."""

    title = Text(A_TITLE, 1, required=True)


class HeldBody(Body):
    """The local day it was held."""

    held_on = Day(required=True)


class ItemBody(Body):
    """One point of a programme, in local time."""

    start = LocalTime(required=True)
    end = LocalTime(required=True)
    title = Text(A_TITLE, 1, required=True)
    speakers = fields.List(Id(), load_default=list, validate=validate.Length(max=20))


class ProgrammeBody(Body):
    """The points of a meeting, in order; they replace those before."""

    items = fields.List(fields.Nested(ItemBody), required=True, validate=validate.Length(max=100))
    zone = Text(64, 1, optional=True, metadata=ZONE)


class _ToReadBody(Body):
    title = Text(A_TITLE, 1, required=True)
    readers = fields.Enum(Readers, by_value=True, load_default=Readers.PARTICIPANTS)
    meeting_id = Id(optional=True)
    moment = fields.Enum(Moment, by_value=True, load_default=Moment.BEFORE)


class MaterialBody(_ToReadBody):
    """Something to read or watch: of the season, or of one meeting."""

    url = Text(2000, 1, required=True, example="https://example.org/slides.pdf")


class FileBody(_ToReadBody):
    """A file of at most 8 MB, in base64: what it is, its content says. What runs anything is refused."""

    content = Text(MOST_OF_A_FILE, 1, required=True, about="Base64.")
    filename = Text(A_TITLE, load_default="", example="Bilder.pdf")
