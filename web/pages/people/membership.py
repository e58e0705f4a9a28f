"""The memberships of a holder, an organisation or a person: granted for a time, renewed, ended."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from application.people.membership import CorrectPeriod, EndMembership, GrantMembership, RenewMembership, WithdrawPeriod
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import MembershipId
from web.kernel.errors import status_of
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, Landed, Visit, after, say, services, today, visit_as_admin

pages = Blueprint("membership", __name__)

ACTS = {
    "grant": "membership_granted",
    "renew": "membership_renewed",
    "end": "membership_ended",
    "correct": "membership_corrected",
    "withdraw": "membership_period_withdrawn",
}
FIELDS = {
    "until_on": "until_on",
    "persons": "persons",
    "reason": "reason",
    "MembershipAlreadyGranted": "from_on",
    "NoMembershipThen": "ended_on",
}


@dataclass(frozen=True)
class Holder:
    """Whose memberships they are, and the page about them."""

    holder_id: UUID
    name: str
    address: str


@pages.get("/<slug>/memberships/<uuid:holder_id>")
def page(holder_id: UUID) -> Answer:
    """The memberships with their periods, and a form for a new one."""
    visit = visit_as_admin()
    return _show(visit, _holder(visit, holder_id), Form(request.form, Problems(say())), None)


@pages.post("/<slug>/memberships/<uuid:holder_id>")
def decide(holder_id: UUID) -> Answer:
    """Grant one, or renew or end the one that the form names."""
    visit = visit_as_admin()
    holder = _holder(visit, holder_id)
    form = Form(request.form, Problems(say()))
    about = form.choice("membership_id")
    if form.text("do") not in ACTS:
        raise NotFound(what="page")
    try:
        recorded = _act(visit, holder, about, form)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(visit, holder, form, about), status_of(error)
    if recorded is None:
        return _show(visit, holder, form, about), 422
    return after(recorded, "membership.page", holder_id=holder_id, done=ACTS[form.text("do")])


def _act(visit: Visit, holder: Holder, about: UUID | None, form: Form) -> Landed | None:
    memberships, key = services().memberships, form.text("key") or None
    if form.text("do") in ("correct", "withdraw"):
        return _put_right(visit, about, form)
    if form.text("do") == "end":
        form.required("ended_on")
        ended_on = form.day("ended_on")
        if ended_on is None or about is None:
            return None
        return memberships.end(visit.actor, EndMembership(MembershipId(about), ended_on, form.text("reason")), key)
    form.required("from_on")
    from_on, until_on = form.day("from_on"), form.day("until_on")
    persons = form.whole("persons") if form.text("persons") else None
    if form.text("do") == "grant" and form.text("ground") not in list(Ground):
        form.problems.note("ground", "form.choose")
    if persons is not None and persons < 1:
        form.problems.note("persons", "form.number")
    if form.problems or from_on is None:
        return None
    if about is not None:
        return memberships.renew(visit.actor, RenewMembership(MembershipId(about), from_on, until_on), key)
    ground = Ground(form.text("ground"))
    return memberships.grant(visit.actor, GrantMembership(holder.holder_id, ground, from_on, until_on, persons), key)


def _put_right(visit: Visit, about: UUID | None, form: Form) -> Landed | None:
    """The period that began on a day has other days, or never was."""
    memberships, key, reason = services().memberships, form.text("key") or None, form.text("reason")
    was_from_on = form.day("was_from_on")
    if about is None or was_from_on is None:
        raise NotFound(what="membership")
    one = MembershipId(about)
    if form.text("do") == "withdraw":
        return memberships.withdraw_period(visit.actor, WithdrawPeriod(one, was_from_on, reason), key)
    form.required("from_on")
    from_on, until_on = form.day("from_on"), form.day("until_on")
    if form.problems or from_on is None:
        return None
    return memberships.correct_period(visit.actor, CorrectPeriod(one, was_from_on, from_on, until_on, reason), key)


def _holder(visit: Visit, holder_id: UUID) -> Holder:
    """An organisation or a person of this organiser. Raises NotFound."""
    questions = services().people_questions
    try:
        row = questions.organisation(visit.actor, holder_id)
    except NotFound:
        person = questions.person(visit.actor, holder_id)
        address = url_for("me.of_person", person_id=holder_id)
        return Holder(holder_id, person.name or say()("frame.erased"), address)
    return Holder(holder_id, row.name, url_for("people.organisation", organisation_id=holder_id))


def _show(visit: Visit, holder: Holder, form: Form, about: UUID | None) -> str:
    held = services().people_questions.memberships(visit.actor, holder.holder_id).items
    known = {each.ground for each in held}
    return render_template(
        "membership.html",
        holder=holder,
        held=held,
        grounds=[each.value for each in Ground if each.value not in known],
        about=about,
        form=form,
        problems=form.problems.by_field,
        today=today(visit.zone),
    )
