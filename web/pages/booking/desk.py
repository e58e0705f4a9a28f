"""The desk: cancellations and transfers that need a person, oldest first, each with its rule and its effect."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.booking.queries.desk import CaseRow
from application.booking.settlement import DeclineCancellation, GrantCancellation, WaiveCancellation
from application.booking.transfer import AcceptTransfer, DeclineTransfer
from application.mail.letters import LetterState
from application.people.affiliation import DeclineAffiliation, VerifyAffiliation
from application.programme.network import DecideAdmission
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import CancellationId, NetworkId, PersonId, TransferId
from web.kernel.errors import status_of
from web.pages.kernel.cases import waivers
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, Landed, Visit, after, say, services, today, visit_signed_in
from web.words.wording import rule_sentence

pages = Blueprint("desk", __name__)

FIELDS = {"reason": "reason"}


@pages.get("/<slug>/desk")
def page() -> Answer:
    """What waits for a decision, and what has been settled."""
    return _show(visit_signed_in(), Form(request.form, Problems(say())), None)


@pages.post("/<slug>/desk/<uuid:case_id>")
def decide(case_id: UUID) -> Answer:
    """Settle one case."""
    visit = visit_signed_in()
    case = services().desk.one(visit.actor, case_id)
    form = Form(request.form, Problems(say()))
    try:
        recorded = _settle(visit, case, form)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(visit, form, case_id), status_of(error)
    if recorded is None:
        return _show(visit, form, case_id), 422
    return after(recorded, "desk.page", done=f"case_{form.text('do')}")


@pages.post("/<slug>/desk/claims/<uuid:person_id>/<ground>")
def decide_claim(person_id: UUID, ground: str) -> Answer:
    """Say that somebody is what they say, from a local day, or that they are not."""
    visit = visit_signed_in()
    form = Form(request.form, Problems(say()))
    if ground not in list(Ground) or form.text("do") not in ("verify", "decline"):
        raise NotFound(what="case")
    try:
        recorded = _settle_claim(visit, PersonId(person_id), Ground(ground), form)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(visit, form, f"{person_id}/{ground}"), status_of(error)
    if recorded is None:
        return _show(visit, form, f"{person_id}/{ground}"), 422
    return after(recorded, "desk.page", done=f"claim_{form.text('do')}")


@pages.post("/<slug>/desk/admissions/<uuid:network_id>/<uuid:person_id>")
def decide_admission(network_id: UUID, person_id: UUID) -> Answer:
    """Admit or turn away somebody who has asked, with the reason (S16)."""
    visit = visit_signed_in()
    form = Form(request.form, Problems(say()))
    act, reason, about = form.text("do"), form.required("reason"), f"{network_id}/{person_id}"
    if act not in ("admit", "refuse"):
        raise NotFound(what="case")
    if form.problems:
        return _show(visit, form, about), 422
    command = DecideAdmission(NetworkId(network_id), PersonId(person_id), act == "admit", reason)
    try:
        recorded = services().networks.decide_admission(visit.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(visit, form, about), status_of(error)
    return after(recorded, "desk.page", done=f"admission_{act}")


def _settle_claim(visit: Visit, person_id: PersonId, ground: Ground, form: Form) -> Landed | None:
    reason = form.required("reason") if form.text("do") == "decline" else ""
    until = form.day("until")
    if form.problems:
        return None
    affiliations, key = services().affiliations, form.text("key") or None
    if form.text("do") == "decline":
        return affiliations.decline(visit.actor, DeclineAffiliation(person_id, ground, reason), key)
    return affiliations.verify(visit.actor, VerifyAffiliation(person_id, ground, today(visit.zone), until), key)


def _settle(visit: Visit, case: CaseRow, form: Form) -> Landed | None:
    needs_reason = form.text("do") in ("waive", "decline")
    reason = form.required("reason") if needs_reason else ""
    if form.problems:
        return None
    actor, key = visit.actor, form.text("key") or None
    cancellation, transfer = CancellationId(case.case_id), TransferId(case.case_id)
    match case.kind, form.text("do"):
        case "cancellation", "grant":
            return services().settlements.grant(actor, GrantCancellation(cancellation), key)
        case "cancellation", "waive":
            return services().settlements.waive(actor, WaiveCancellation(cancellation, reason, form.shown()), key)
        case "cancellation", "decline":
            return services().settlements.decline(actor, DeclineCancellation(cancellation, reason), key)
        case "transfer", "accept":
            return services().transfers.accept(actor, AcceptTransfer(transfer), key)
        case "transfer", "decline":
            return services().transfers.decline(actor, DeclineTransfer(transfer, reason), key)
        case _:
            raise NotFound(what="case")


def _show(visit: Visit, form: Form, about: UUID | str | None) -> str:
    found = services().desk.list(visit.actor, after=request.args.get("after"))
    claims = [
        (person, each)
        for person in services().people_questions.people(visit.actor, only="claimed").items
        for each in person.affiliations
        if each.status == "claimed"
    ]
    one = services().people_questions.person
    rules = {each.case_id: rule_sentence(each.assessment, visit.zone, say()) for each in found.items}
    return render_template(
        "desk.html",
        waiting=[each for each in found.items if each.needs_decision],
        settled=[each for each in found.items if not each.needs_decision],
        rules=rules,
        waivers=waivers(visit, found.items),
        admissions=[(each, one(visit.actor, each.person_id)) for each in services().desk.admissions(visit.actor)],
        claims=sorted(claims, key=lambda claim: claim[1].since),
        erasures=len(services().people_questions.erasures(visit.actor)),
        proposals=len(services().safeguards.look(visit.actor, visit.organiser.organiser_id).waiting),
        undelivered=len(services().letters.list(visit.actor, LetterState.FAILED)),
        next_cursor=found.next_cursor,
        about=about,
        form=form,
        problems=form.problems.by_field,
    )
