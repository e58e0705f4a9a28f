"""What the API takes at a door: readings, walk-ins, and what holds there."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from application.attendance.check_in import Scan
from domain.attendance.door import HandingOver, WalkIns
from domain.attendance.reading import How
from web.api.kernel.common_schema import A_TITLE, Body
from web.api.kernel.fields import Choice, Flag, Id, Instant, Text

MOST_SCANS = 200
A_CODE = 60
_AT = "When it was taken, by the device's clock."
_SENT = "When it is sent, by the same clock: how far that is off is seen from it."
_SCAN = "The device's own id of the reading: the same again is the same reading."


class ScanBody(Body):
    """A reading of a code, or of somebody on the list."""

    scan_id = Id(required=True, about=_SCAN)
    device = Id(required=True, about="Any id, as long as it is always the device's.")
    at = Instant(required=True, about=_AT)
    sent_at = Instant(required=True, about=_SENT)
    how = Choice(How.SCAN, How.TYPED, How.LIST, load_default=How.SCAN.value)
    code = Text(A_CODE, load_default="", about="As it was read or typed, in any case, with or without spaces.")
    person_id = Id(optional=True, about="Somebody on the list.")
    was_let_in = Flag(load_default=False, about="The device has let them in, without a connection.")
    undo = Flag(load_default=False, about="They were ticked by mistake.")

    @post_load
    def made(self, loaded: dict[str, Any], **_: object) -> Any:
        """As the rules know it."""
        return Scan(**{**loaded, "how": How(loaded["how"])})


class ScansBody(Body):
    """Readings, in the order in which they were taken."""

    scans = fields.List(fields.Nested(ScanBody), required=True, validate=validate.Length(1, MOST_SCANS))


class WalkInBody(Body):
    """Somebody who comes without a seat."""

    scan_id = Id(required=True, about=_SCAN)
    device = Id(required=True)
    at = Instant(required=True, about=_AT)
    sent_at = Instant(required=True, about=_SENT)
    name = Text(A_TITLE, 1, required=True, example="Greta Garbo")
    email = Text(254, load_default="")
    over = Flag(load_default=False, about="An admin lets them in though there is no seat.")


class AgreeDoorBody(Body):
    """What holds at the doors of a season."""

    walk_ins = Choice(*WalkIns, required=True)
    handing_over = Choice(*HandingOver, load_default=HandingOver.BY_DATES.value)


class CertificateQuery(Body):
    """In which language."""

    language = Choice("", "sv", "en", load_default="", about="Left out: the season's.")
