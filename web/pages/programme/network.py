"""Founding a network: its name, what it is, and the rule for who may join."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.programme.network import DecideAdmission, FoundNetwork
from domain.kernel.ids import NetworkId, PersonId
from domain.programme.network import NetworkKind
from web.pages.kernel.finding import people_meant
from web.pages.kernel.forms import Form, search_words
from web.pages.kernel.visit import Answer, Visit, after, services, visit_as_admin
from web.pages.programme.admission_form import GROUNDS, KINDS, SECTORS, admission_of

pages = Blueprint("network", __name__)

FIELDS = {"name": "name", "promise": "promise"}
IS_ADMITTED = {"admit": True, "refuse": False}


@pages.get("/<slug>/networks/new")
def page() -> Answer:
    """An empty form."""
    visit_as_admin()
    return _show(Form(request.form))


@pages.post("/<slug>/networks/new")
def found() -> Answer:
    """Found it, and plan its first season next."""
    visit = visit_as_admin()
    form = Form.sent(_show, FIELDS)
    kind = form.one_of("kind", NetworkKind, NetworkKind.NETWORK)
    command = FoundNetwork(form.required("name"), kind, form.text("promise"), admission_of(form))
    recorded = form.submit(services().networks.found, visit.actor, command)
    return after(recorded, "season_plan.page", network=recorded.answer.network_id, done="network_founded")


@pages.get("/<slug>/networks/<uuid:network_id>/admission")
def admission(network_id: UUID) -> Answer:
    """Who may join: the rule, and a person to decide about whatever it says (S16)."""
    return _show_admission(visit_as_admin(), network_id, Form(request.args))


@pages.post("/<slug>/networks/<uuid:network_id>/admission")
def decide(network_id: UUID) -> Answer:
    """Admit or turn away one person, with the reason."""
    visit = visit_as_admin()
    form = Form.sent(lambda form: _show_admission(visit, network_id, form), {"reason": "reason"})
    reason, person_id = form.required("reason"), PersonId(form.chosen("person_id"))
    is_admitted = form.needed(IS_ADMITTED.get(form.text("do")))
    command = DecideAdmission(NetworkId(network_id), person_id, is_admitted, reason)
    recorded = form.submit(services().networks.decide_admission, visit.actor, command)
    return after(recorded, "network.admission", network_id=network_id, done=f"admission_{form.text('do')}")


def _show_admission(visit: Visit, network_id: UUID, form: Form) -> str:
    words = search_words(form.text("q"))
    return form.page(
        "admission.html",
        network=services().programme.network(visit.organiser.organiser_id, network_id),
        words=words,
        found=people_meant(visit, words),
    )


def _show(form: Form) -> str:
    return form.page("network.html", kinds=KINDS, grounds=GROUNDS, sectors=SECTORS)
