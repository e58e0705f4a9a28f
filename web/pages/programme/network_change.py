"""A network put right: its name, what it is, what it gives, who may join; its partners; closed, or open again."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from werkzeug.datastructures import MultiDict

from application.programme.network import CloseNetwork, CorrectNetwork, JoinPartner, LeavePartner, ReopenNetwork
from application.programme.queries.programme import NetworkRow
from domain.kernel.errors import NotFound
from domain.kernel.ids import NetworkId, OrganisationId
from domain.programme.network import NetworkKind
from web.pages.kernel.finding import organisation_meant
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, Landed, Visit, after, services, today, visit_as_admin
from web.pages.programme.admission_form import GROUNDS, KINDS, SECTORS, admission_of, ticks_of

pages = Blueprint("network_change", __name__)

FIELDS = {"name": "name", "promise": "promise", "NetworkClosed": "organisation"}
AT = "/<slug>/networks/<uuid:network_id>"


@pages.get(f"{AT}/change")
def page(network_id: UUID) -> Answer:
    """What is known of it, to be put right."""
    _, row = _reach(network_id)
    return _show(row, Form(_known(row)))


@pages.post(f"{AT}/change")
def correct(network_id: UUID) -> Answer:
    """What differs is recorded; the rule holds for seasons planned from now on."""
    visit, row = _reach(network_id)
    form = Form.sent(lambda form: _show(row, form), FIELDS)
    kind = form.one_of("kind", NetworkKind, None)
    command = CorrectNetwork(row.network_id, form.required("name"), kind, form.text("promise"), admission_of(form))
    return _done(form.submit(services().networks.correct, visit.actor, command), network_id, "network_corrected")


@pages.post(f"{AT}/partners")
def join(network_id: UUID) -> Answer:
    """An organisation runs it too."""
    visit, row = _reach(network_id)
    form = Form.sent(lambda form: _show(row, form), FIELDS, _known(row))
    partner = form.needed(organisation_meant(visit, form, "organisation"))
    command = JoinPartner(row.network_id, OrganisationId(partner.organisation_id))
    return _done(form.submit(services().networks.join_partner, visit.actor, command), network_id, "partner_joined")


@pages.post(f"{AT}/partners/<uuid:organisation_id>/leave")
def leave(network_id: UUID, organisation_id: UUID) -> Answer:
    """An organisation runs it no longer."""
    visit, row = _reach(network_id)
    command = LeavePartner(row.network_id, OrganisationId(organisation_id))
    return _done(services().networks.leave_partner(visit.actor, command), network_id, "partner_left")


@pages.post(f"{AT}/end")
def end(network_id: UUID) -> Answer:
    """Close it today, or let it go on."""
    visit, row = _reach(network_id)
    form = Form.sent(lambda form: _show(row, form))
    if form.text("do") == "reopen":
        recorded = services().networks.reopen(visit.actor, ReopenNetwork(row.network_id), form.key)
        return _done(recorded, network_id, "network_reopened")
    if form.text("do") != "close":
        raise NotFound(what="network")
    recorded = services().networks.close(visit.actor, CloseNetwork(row.network_id, today(visit.zone)), form.key)
    return _done(recorded, network_id, "network_closed")


def _reach(network_id: UUID) -> tuple[Visit, NetworkRow]:
    visit = visit_as_admin()
    return visit, services().programme.network(visit.organiser.organiser_id, NetworkId(network_id))


def _known(row: NetworkRow) -> Typed:
    fields = [("name", row.name), ("kind", row.kind), ("promise", row.promise)]
    return MultiDict([*fields, *ticks_of(row.admission)])


def _done(recorded: Landed, network_id: UUID, done: str) -> Answer:
    return after(recorded, "network_change.page", network_id=network_id, done=done)


def _show(row: NetworkRow, form: Form) -> str:
    return form.page("network_change.html", network=row, kinds=KINDS, grounds=GROUNDS, sectors=SECTORS)
