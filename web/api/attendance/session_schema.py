"""What the API takes about single sessions."""

from __future__ import annotations

from marshmallow import fields, validate

from application.attendance.session import MOST
from web.api.kernel.common_schema import A_TITLE, Body
from web.api.kernel.fields import Id, Text, Whole


class BookSessionsBody(Body):
    """In which seasons, for whom, and who pays: an organisation, or the person."""

    season_ids = fields.List(Id(), required=True, validate=validate.Length(1, MOST))
    booked_for = Id(optional=True, about="Whom an admin books for.")
    organisation_id = Id(optional=True)
    shown = Whole(0, 10**12, optional=True, about="What all of it was shown to cost (öre incl. VAT).")
    reference = Text(100, load_default="", about="The payer's reference on the invoices.")


class RegisterForSessionsBody(Body):
    """In which seasons, that cost nothing, somebody who has not signed in wants a seat."""

    season_ids = fields.List(Id(), required=True, validate=validate.Length(1, MOST))
    name = Text(A_TITLE, 1, required=True, example="Anna Andersson")
    email = Text(254, 1, required=True, example="anna@example.org")
