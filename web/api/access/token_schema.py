"""What the API takes about keys to the API."""

from __future__ import annotations

from marshmallow import fields, validate

from application.kernel.actor import Role
from web.api.kernel.common_schema import Body
from web.api.kernel.fields import Id, Text, Whole


class TokenBody(Body):
    """A new token: for a program, or to act as oneself (`person_id`); never with more roles than one's own.

    `days`: until it ends, as usual where none are told. `organiser_id`: for the installation only.
    """

    name = Text(100, 1, required=True, example="Webbplatsen")
    roles = fields.List(fields.Enum(Role, by_value=True), required=True, validate=validate.Length(1, 4))
    person_id = Id(optional=True)
    organiser_id = Id(optional=True)
    days = Whole(1, 3650, optional=True)
