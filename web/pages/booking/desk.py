"""The desk: cancellations and transfers that need a person, oldest first, each with its rule and its effect."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.booking.application_answer import ApproveApplication, RejectApplication
from application.booking.queries.desk import CaseRow
from application.booking.settlement import DeclineCancellation, GrantCancellation, WaiveCancellation
from application.booking.transfer import AcceptTransfer, DeclineTransfer
from application.booking.vouch import RefuteVouch, VerifyVouch
from application.mail.letter_desk import LetterState
from application.people.affiliation import DeclineAffiliation, VerifyAffiliation
from application.programme.network import DecideAdmission
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotFound
from domain.kernel.ids import CancellationId, NetworkId, OrganisationId, PersonId, TransferId
from web.pages.booking.desk_day import day_of
from web.pages.booking.desk_queue import KINDS, is_about, queue
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Landed, Visit, after, services, today, visit_signed_in

pages = Blueprint("desk", __name__)

FIELDS = {"reason": "reason"}


@pages.get("/<slug>/desk")
def page() -> Answer:
    """What waits for a decision, and what has been settled."""
    return _show(visit_signed_in(), Form(), None)


@pages.post("/<slug>/desk/<uuid:case_id>")
def decide(case_id: UUID) -> Answer:
    """Settle one case."""
    visit = visit_signed_in()
    case = services().desk.one(visit.actor, case_id)
    form = Form.sent(lambda form: _show(visit, form, case_id), FIELDS)
    return after(_settle(visit, case, form), "desk.page", done=f"case_{form.text('do')}")


@pages.post("/<slug>/desk/claims/<uuid:person_id>/<ground>")
def decide_claim(person_id: UUID, ground: str) -> Answer:
    """Say that somebody is what they say, from a local day, or that they are not."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show(visit, form, f"{person_id}/{ground}"), FIELDS)
    if ground not in list(Ground) or form.text("do") not in ("verify", "decline"):
        raise NotFound(what="case")
    recorded = _settle_claim(visit, PersonId(person_id), Ground(ground), form)
    return after(recorded, "desk.page", done=f"claim_{form.text('do')}")


@pages.post("/<slug>/desk/admissions/<uuid:network_id>/<uuid:person_id>")
def decide_admission(network_id: UUID, person_id: UUID) -> Answer:
    """Admit or turn away somebody who has asked, with the reason (S16)."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show(visit, form, f"{network_id}/{person_id}"), FIELDS)
    act, reason = form.text("do"), form.required("reason")
    if act not in ("admit", "refuse"):
        raise NotFound(what="case")
    command = DecideAdmission(NetworkId(network_id), PersonId(person_id), act == "admit", reason)
    recorded = form.submit(services().networks.decide_admission, visit.actor, command)
    return after(recorded, "desk.page", done=f"admission_{act}")


@pages.post("/<slug>/desk/applications/<uuid:application_id>")
def decide_application(application_id: UUID) -> Answer:
    """Let somebody in who has applied, or turn them away, with the reason (S14)."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show(visit, form, application_id), FIELDS)
    act, reason, applications = form.text("do"), form.required("reason"), services().application_answers
    if act == "approve":
        until = form.day("until")
        approval = ApproveApplication(application_id, reason, bool(form.text("with_ground")), until)
        recorded = form.submit(applications.approve, visit.actor, approval)
    elif act == "reject":
        recorded = form.submit(applications.reject, visit.actor, RejectApplication(application_id, reason))
    else:
        raise NotFound(what="case")
    return after(recorded, "desk.page", done=f"application_{act}")


@pages.post("/<slug>/desk/vouches/<uuid:person_id>/<uuid:organisation_id>")
def decide_vouch(person_id: UUID, organisation_id: UUID) -> Answer:
    """Say that somebody works where it was said that they do, or that they do not, with the reason."""
    visit, vouches = visit_signed_in(), services().vouches
    form = Form.sent(lambda form: _show(visit, form, f"{person_id}/{organisation_id}"), FIELDS)
    who = PersonId(person_id), OrganisationId(organisation_id)
    match form.text("do"):
        case "confirm":
            recorded: Landed = form.submit(vouches.verify, visit.actor, VerifyVouch(*who))
        case "refute":
            reason = form.required("reason")
            recorded = form.submit(vouches.refute, visit.actor, RefuteVouch(*who, reason, form.shown()))
        case _:
            raise NotFound(what="case")
    return after(recorded, "desk.page", done=f"vouch_{form.text('do')}")


def _settle_claim(visit: Visit, person_id: PersonId, ground: Ground, form: Form) -> Landed:
    affiliations = services().affiliations
    if form.text("do") == "decline":
        command = DeclineAffiliation(person_id, ground, form.required("reason"))
        return form.submit(affiliations.decline, visit.actor, command)
    until = form.day("until")
    return form.submit(affiliations.verify, visit.actor, VerifyAffiliation(person_id, ground, today(visit.zone), until))


def _settle(visit: Visit, case: CaseRow, form: Form) -> Landed:
    actor, settlements, transfers = visit.actor, services().settlements, services().transfers
    cancellation, transfer = CancellationId(case.case_id), TransferId(case.case_id)
    reason = form.required("reason") if form.text("do") in ("waive", "decline") else ""
    match case.kind, form.text("do"):
        case "cancellation", "grant":
            return form.submit(settlements.grant, actor, GrantCancellation(cancellation, form.shown("granted")))
        case "cancellation", "waive":
            return form.submit(settlements.waive, actor, WaiveCancellation(cancellation, reason, form.shown()))
        case "cancellation", "decline":
            return form.submit(settlements.decline, actor, DeclineCancellation(cancellation, reason))
        case "transfer", "accept":
            return form.submit(transfers.accept, actor, AcceptTransfer(transfer))
        case "transfer", "decline":
            return form.submit(transfers.decline, actor, DeclineTransfer(transfer, reason))
        case _:
            raise NotFound(what="case")


def _show(visit: Visit, form: Form, about: UUID | str | None) -> str:
    found, on = services().desk.list(visit.actor, after=request.args.get("after")), today(visit.zone)
    only = "" if about else request.args.get("only", "")
    settled = [each for each in found.items if not each.needs_decision]
    return render_template(
        "desk.html",
        queue=queue(visit, found.items, on, only),
        kinds=KINDS,
        only=only,
        is_about=is_about,
        day_at=day_of(visit, on, settled),
        settled=settled,
        erasures=len(services().people_questions.erasures(visit.actor)),
        proposals=len(services().safeguards.look(visit.actor, visit.organiser.organiser_id).waiting),
        undelivered=len(services().letters.list(visit.actor, LetterState.FAILED)),
        next_cursor=found.next_cursor,
        about=about,
        form=form,
        problems=form.problems.by_field,
    )
