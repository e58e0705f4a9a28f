"""Founding a network: its name, what it is, and the rule for who may join."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.kernel.actor import Role
from application.programme.network import DecideAdmission, FoundNetwork
from domain.kernel.errors import PlatsError
from domain.kernel.ids import NetworkId, PersonId
from domain.programme.network import NetworkKind
from web.kernel.errors import status_of
from web.pages.kernel.forms import Form, Problems, search_words
from web.pages.kernel.visit import Answer, Visit, after, say, services, visit_signed_in
from web.pages.programme.admission_form import GROUNDS, SECTORS, admission_of

pages = Blueprint("network", __name__)

FIELDS = {"name": "name", "promise": "promise"}


@pages.get("/<slug>/networks/new")
def page() -> Answer:
    """An empty form."""
    _admin()
    return _show(Form(request.form, Problems(say())))


@pages.post("/<slug>/networks/new")
def found() -> Answer:
    """Found it, and plan its first season next."""
    visit = _admin()
    form = Form(request.form, Problems(say()))
    name = form.required("name")
    if form.problems:
        return _show(form), 422
    chosen = form.text("kind")
    kind = NetworkKind(chosen) if chosen in list(NetworkKind) else NetworkKind.NETWORK
    command = FoundNetwork(name, kind, form.text("promise"), admission_of(form))
    try:
        recorded = services().networks.found(visit.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(form), status_of(error)
    network_id = recorded.answer.network_id
    return after(recorded, "season_plan.page", network=network_id, done="network_founded")


@pages.get("/<slug>/networks/<uuid:network_id>/admission")
def admission(network_id: UUID) -> Answer:
    """Who may join: the rule, and a person to decide about whatever it says (S16)."""
    visit = _admin()
    return _show_admission(visit, network_id, Form(request.args, Problems(say())))


@pages.post("/<slug>/networks/<uuid:network_id>/admission")
def decide(network_id: UUID) -> Answer:
    """Admit or turn away one person, with the reason."""
    visit = _admin()
    form = Form(request.form, Problems(say()))
    person_id, reason = form.choice("person_id"), form.required("reason")
    if person_id is None:
        form.problems.note("person_id", "form.choose")
    if form.problems or person_id is None or form.text("do") not in ("admit", "refuse"):
        return _show_admission(visit, network_id, form), 422
    is_admitted = form.text("do") == "admit"
    command = DecideAdmission(NetworkId(network_id), PersonId(person_id), is_admitted, reason)
    try:
        recorded = services().networks.decide_admission(visit.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, {"reason": "reason"})
        return _show_admission(visit, network_id, form), status_of(error)
    done = "admission_admit" if is_admitted else "admission_refuse"
    return after(recorded, "network.admission", network_id=network_id, done=done)


def _show_admission(visit: Visit, network_id: UUID, form: Form) -> str:
    network = services().programme.network(visit.organiser.organiser_id, network_id)
    words = search_words(form.text("q"))
    found = services().people_questions.people(visit.actor, words, limit=20).items if words else ()
    return render_template(
        "admission.html",
        network=network,
        words=words,
        found=[each for each in found if not each.is_erased],
        form=form,
        problems=form.problems.by_field,
    )


def _admin() -> Visit:
    visit = visit_signed_in()
    visit.actor.must_be(visit.organiser.organiser_id, Role.ADMIN)
    return visit


def _show(form: Form) -> str:
    return render_template(
        "network.html",
        form=form,
        problems=form.problems.by_field,
        kinds=[each.value for each in NetworkKind],
        grounds=GROUNDS,
        sectors=SECTORS,
    )
