"""What the API takes about webhooks."""

from __future__ import annotations

from marshmallow import fields, validate

from application.access.webhook import DeliveryState
from domain.access.webhook import LONGEST_ADDRESS
from domain.access.webhook_kind import KINDS
from web.api.kernel.common_schema import Body
from web.api.kernel.fields import AskedWhole, Choice, Id, Text


class WebhookBody(Body):
    """Where another system is told, and of which kinds of happenings. The address begins with https://."""

    address = Text(LONGEST_ADDRESS, 1, required=True, example="https://crm.example.org/plats")
    kinds = fields.List(Choice(*KINDS), required=True, validate=validate.Length(1, len(KINDS)))


class DeliveriesQuery(Body):
    """Which deliveries: of one endpoint, in one state, where given."""

    webhook_id = Id(load_default=None)
    state = Choice("", *(each.value for each in DeliveryState), load_default="")
    limit = AskedWhole(1, 200, load_default=100)
