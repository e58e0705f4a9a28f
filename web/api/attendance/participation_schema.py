"""What the API takes about taking part in meetings."""

from __future__ import annotations

from marshmallow import fields, validate

from domain.attendance.participation import Answer
from domain.programme.meeting import MOST_HOURS, MOST_SEATS
from web.api.kernel.common_schema import Body
from web.api.kernel.fields import Choice, Id, Whole


class SeatAnswerBody(Body):
    """How whoever sits in a seat takes part."""

    seat = Whole(1, 1000, required=True)
    answer = Choice(*(each.value for each in Answer), required=True)


class AnswerMeetingBody(Body):
    """For a meeting, what is answered for some seats of the booking."""

    meeting_id = Id(required=True)
    answers = fields.List(fields.Nested(SeatAnswerBody), required=True, validate=validate.Length(1, 100))


class MeetingSeatsBody(Body):
    """Places on site and online; none given: as many as the season has seats."""

    on_site = Whole(0, MOST_SEATS, optional=True, about="How many the room takes.")
    online = Whole(0, MOST_SEATS, optional=True, about="How many may take part online.")
    closes = Whole(0, MOST_HOURS, load_default=0, about="Hours before the start until which people choose.")
