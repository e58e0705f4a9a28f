"""Webhooks: where other systems are told what happens, what has been sent, and sending it again (S69)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.access.webhook import ChangeWebhook, DeliveryLine, MakeWebhook, ShownSecret, WebhookRef, WebhookRow
from web.api.access.webhook_schema import DeliveriesQuery, WebhookBody
from web.api.kernel.call import PREFIX, Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

ABOUT = """Webhooks: other systems are told what happens.

A happening is sent as a POST of JSON: event_id, kind, occurred_at (UTC), organiser_id, subject (type, id and sequence:
its number among the events of what it happened to) and data. It holds ids, öre and instants, and nobody's name.
Plats-Signature reads "t=SECONDS,v1=HEX": each v1 is the HMAC-SHA256 of "SECONDS.BODY" by a live secret, of which there
are two for a day after a rotation. Compare with the bytes that came, and refuse what is older than five minutes.
Answer 2xx within ten seconds. Anything else, also leading elsewhere, is tried again for 72 hours, from half a minute
to an hour apart. A happening may come more than once: event_id stays the same. Those of one subject come in order."""

webhooks = ApiBlueprint("webhooks", ABOUT)
ONE = "/webhooks/<uuid:webhook_id>"


@dataclass(frozen=True)
class NewSecret:
    """A secret in the clear, for whoever checks signatures; it cannot be read again."""

    webhook_id: UUID
    secret: str


@webhooks.read("/webhooks", Who.ADMIN, tuple[WebhookRow, ...])
def list_webhooks(call: Call) -> tuple[WebhookRow, ...]:
    """The organiser's endpoints."""
    return call.services.webhook_questions.webhooks(call.actor)


@webhooks.write("POST", "/webhooks", Who.ADMIN, NewSecret, body=WebhookBody, status=201)
def make_webhook(call: Call) -> Written:
    """Make an endpoint; its secret is shown once."""
    command = MakeWebhook(call.body["address"], tuple(call.body["kinds"]))
    return _shown(call.services.webhooks.make(call.actor, command, call.key))


@webhooks.write("PUT", ONE, Who.ADMIN, WebhookRef, body=WebhookBody)
def change_webhook(call: Call, webhook_id: UUID) -> Written:
    """Another address or other kinds, for what happens from now on and what waits."""
    command = ChangeWebhook(webhook_id, call.body["address"], tuple(call.body["kinds"]))
    return call.execute(call.services.webhooks.change, command)


@webhooks.write("DELETE", ONE, Who.ADMIN, WebhookRef)
def remove_webhook(call: Call, webhook_id: UUID) -> Written:
    """Remove an endpoint; what waits for it is told to nobody."""
    return call.execute(call.services.webhooks.remove, webhook_id)


@webhooks.write("POST", f"{ONE}/secret", Who.ADMIN, NewSecret)
def rotate_webhook_secret(call: Call, webhook_id: UUID) -> Written:
    """A new secret, shown once; for a day what is sent is signed by the one before as well."""
    return _shown(call.services.webhooks.rotate(call.actor, webhook_id, call.key))


@webhooks.write("POST", f"{ONE}/stop", Who.ADMIN, WebhookRef)
def stop_webhook(call: Call, webhook_id: UUID) -> Written:
    """Tell it nothing for now; what happens meanwhile is not kept for it."""
    return call.execute(call.services.webhooks.stop, webhook_id)


@webhooks.write("POST", f"{ONE}/resume", Who.ADMIN, WebhookRef)
def resume_webhook(call: Call, webhook_id: UUID) -> Written:
    """Tell it again; what waits is sent first."""
    return call.execute(call.services.webhooks.resume, webhook_id)


@webhooks.write("POST", f"{ONE}/test", Who.ADMIN, None, status=204)
def test_webhook(call: Call, webhook_id: UUID) -> Written:
    """Send it a test (kind webhook.test), soon."""
    call.services.webhooks.test(call.actor, webhook_id)
    return Written(None, 0, is_repeated=False)


@webhooks.read("/webhook-deliveries", Who.ADMIN, tuple[DeliveryLine, ...], DeliveriesQuery)
def list_webhook_deliveries(call: Call) -> tuple[DeliveryLine, ...]:
    """What was sent or waits, latest first; of an endpoint or in a state, where given."""
    asked = call.query
    return call.services.webhooks.deliveries(call.actor, asked["webhook_id"], asked["state"], asked["limit"])


@webhooks.write("POST", "/webhook-deliveries/<uuid:delivery_id>/replay", Who.ADMIN, None, status=204)
def replay_webhook_delivery(call: Call, delivery_id: UUID) -> Written:
    """Send one once more, under the same event id."""
    call.services.webhooks.replay(call.actor, delivery_id)
    return Written(None, 0, is_repeated=False)


def _shown(made: ShownSecret) -> Written:
    answer = NewSecret(made.webhook_id, made.secret)
    return Written(answer, made.position, made.is_repeated, f"{PREFIX}/webhooks")
