"""Endpoints: where other systems are told, of which kinds, and why not."""

from __future__ import annotations

from application.access.webhook import WebhookQuestions, WebhookRow
from application.kernel.actor import Actor
from application.kernel.use_case import organiser_of
from domain.access.webhook import Webhook
from infrastructure.read_models.kernel.projection import Projection, recorded_at
from infrastructure.read_models.kernel.query import Shape, Tables
from infrastructure.read_models.kernel.table import Table

ENDPOINT = Table(
    "webhook",
    "endpoint",
    {
        "webhook_id": "uuid",
        "organiser_id": "uuid",
        "address": "text",
        "kinds": "jsonb",
        "secret_no": "bigint",
        "both_until": "timestamptz",
        "stopped_for": "text",
        "made_at": "timestamptz",
        "position": "bigint",
    },
    key=("webhook_id",),
    indexes=("(organiser_id, position)",),
)
WEBHOOKS = Projection("webhook", version=1, tables=(ENDPOINT,))

WEBHOOKS.puts(Webhook.Made, ENDPOINT, secret_no=1, both_until=None, stopped_for="", made_at=recorded_at)
WEBHOOKS.sets(Webhook.Changed, ENDPOINT)
WEBHOOKS.sets(Webhook.SecretRotated, ENDPOINT)
WEBHOOKS.sets(Webhook.Stopped, ENDPOINT, stopped_for=lambda event, _: event.why.value)
WEBHOOKS.sets(Webhook.Resumed, ENDPOINT, stopped_for="")
WEBHOOKS.deletes(Webhook.Removed, ENDPOINT)

_ROWS = """
select webhook_id, address, kinds::text as kinds, stopped_for, both_until, made_at from webhook.endpoint
where organiser_id = %s order by position"""
_ROW = Shape(WebhookRow, json={"kinds": tuple[str, ...]})


class WebhookTables(Tables, WebhookQuestions):
    """Answers from the table."""

    def webhooks(self, actor: Actor) -> tuple[WebhookRow, ...]:
        return self._reader.rows(_ROW, _ROWS, [organiser_of(actor)])
