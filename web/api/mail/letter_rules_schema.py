"""What the API takes about reminders."""

from __future__ import annotations

from marshmallow import fields, validate

from domain.mail.reminding import MOST_DAYS, MOST_REMINDERS
from web.api.kernel.common_schema import Body
from web.api.kernel.fields import Flag, Whole


class RemindersBody(Body):
    """How many local days before each meeting (falling), at which hour; 0: names, memberships are never asked for."""

    meeting_days = fields.List(Whole(0, MOST_DAYS), required=True, validate=validate.Length(0, MOST_REMINDERS))
    hour = Whole(0, 23, load_default=9)
    naming_days = Whole(0, MOST_DAYS, load_default=14)
    tells_material = Flag(load_default=True)
    membership_days = Whole(0, MOST_DAYS, load_default=30)
