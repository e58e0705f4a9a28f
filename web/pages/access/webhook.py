"""Webhooks: where other systems are told, their secrets shown once, what has been sent, and sending it again (S69)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.utils import redirect

from application.access.webhook import ChangeWebhook, DeliveryState, MakeWebhook, ShownSecret, WebhookRef
from application.kernel.actor import Actor
from application.kernel.ports import Committed
from domain.access.webhook_kind import KINDS
from domain.kernel.errors import NotFound
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, services, visit_as_admin

pages = Blueprint("webhook", __name__)

FIELDS = {"address": "address", "kinds": "kinds"}
MOST = 100
FAMILIES = tuple((family, tuple(kinds)) for family, kinds in groupby(KINDS, lambda kind: kind.partition(".")[0]))
"""The kinds by what they are about, as the form shows them."""


@pages.get("/<slug>/webhooks")
def page() -> Answer:
    """Which systems are told what, and what has been sent; in one state, where chosen."""
    return _show(visit_as_admin(), Form(request.args))


@pages.post("/<slug>/webhooks")
def make() -> Answer:
    """A new one; its secret is shown on the page that answers, once."""
    visit = visit_as_admin()
    form = Form.sent(lambda form: _show(visit, form), FIELDS)
    command = MakeWebhook(form.required("address"), _kinds(form))
    return _shown(visit, form.submit(services().webhooks.make, visit.actor, command))


@pages.get("/<slug>/webhooks/<uuid:webhook_id>")
def change(webhook_id: UUID) -> Answer:
    """The form that changes one."""
    return _change(visit_as_admin(), webhook_id, Form())


@pages.post("/<slug>/webhooks/<uuid:webhook_id>")
def save(webhook_id: UUID) -> Answer:
    """Another address, other kinds."""
    visit = visit_as_admin()
    form = Form.sent(lambda form: _change(visit, webhook_id, form), FIELDS)
    command = ChangeWebhook(webhook_id, form.required("address"), _kinds(form))
    changed = form.submit(services().webhooks.change, visit.actor, command)
    return after(changed, "webhook.page", done="webhook_changed")


@pages.post("/<slug>/webhooks/<uuid:webhook_id>/secret")
def rotate(webhook_id: UUID) -> Answer:
    """A new secret, shown on the page that answers, once."""
    visit = visit_as_admin()
    return _shown(visit, services().webhooks.rotate(visit.actor, webhook_id, Form.sent(lambda _: "").key))


@pages.post("/<slug>/webhooks/<uuid:webhook_id>/test")
def send_test(webhook_id: UUID) -> Answer:
    """Something to see that it arrives."""
    services().webhooks.test(visit_as_admin().actor, webhook_id)
    return redirect(url_for("webhook.page", done="webhook_test"), 303)


@pages.post("/<slug>/webhooks/<uuid:webhook_id>/stop")
def stop(webhook_id: UUID) -> Answer:
    """Nothing is sent for now."""
    return _done(services().webhooks.stop, webhook_id, "webhook_stopped")


@pages.post("/<slug>/webhooks/<uuid:webhook_id>/resume")
def resume(webhook_id: UUID) -> Answer:
    """Sent again, what waits first."""
    return _done(services().webhooks.resume, webhook_id, "webhook_resumed")


@pages.post("/<slug>/webhooks/<uuid:webhook_id>/remove")
def remove(webhook_id: UUID) -> Answer:
    """Told nothing any more."""
    return _done(services().webhooks.remove, webhook_id, "webhook_removed")


@pages.post("/<slug>/webhooks/deliveries/<uuid:delivery_id>/replay")
def replay(delivery_id: UUID) -> Answer:
    """One once more."""
    services().webhooks.replay(visit_as_admin().actor, delivery_id)
    return redirect(url_for("webhook.page", done="webhook_replay"), 303)


def _done(act: Callable[[Actor, UUID, str | None], Committed[WebhookRef]], webhook_id: UUID, done: str) -> Answer:
    recorded = act(visit_as_admin().actor, webhook_id, Form.sent(lambda _: "").key)
    return after(recorded, "webhook.page", done=done)


def _kinds(form: Form) -> tuple[str, ...]:
    """Those that are ticked, which must be one at least."""
    chosen = tuple(form.typed.getlist("kinds"))
    if not chosen:
        form.problems.note("kinds", "webhook.kinds_hint")
    return chosen


def _shown(visit: Visit, made: ShownSecret) -> Answer:
    services().freshness.wait_for(made.position)
    return _show(visit, Form(), made), 201


def _show(visit: Visit, form: Form, made: ShownSecret | None = None) -> str:
    state = form.text("state")
    chosen = state if state in set(DeliveryState) else ""
    endpoints = services().webhook_questions.webhooks(visit.actor)
    return form.page(
        "webhooks.html",
        endpoints=endpoints,
        addresses={each.webhook_id: each.address for each in endpoints},
        families=FAMILIES,
        deliveries=services().webhooks.deliveries(visit.actor, None, chosen, MOST),
        state=chosen,
        states=["", *(each.value for each in DeliveryState)],
        made=made,
        now=services().clock.now(),
    )


def _change(visit: Visit, webhook_id: UUID, form: Form) -> str:
    endpoints = services().webhook_questions.webhooks(visit.actor)
    endpoint = next((each for each in endpoints if each.webhook_id == webhook_id), None)
    if endpoint is None:
        raise NotFound(what="webhook")
    return form.page("webhook_change.html", endpoint=endpoint, families=FAMILIES)
