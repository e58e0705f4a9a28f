"""The memberships of a holder, an organisation or a person: granted for a time, renewed, ended."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, url_for

from application.people.membership import (
    AgreeAbove,
    CorrectPeriod,
    EndMembership,
    GrantMembership,
    RenewMembership,
    WithdrawPeriod,
)
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotFound
from domain.kernel.ids import MembershipId
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Landed, Visit, after, say, services, today, visit_as_admin

pages = Blueprint("membership", __name__)

ACTS = {
    "grant": "membership_granted",
    "renew": "membership_renewed",
    "end": "membership_ended",
    "correct": "membership_corrected",
    "withdraw": "membership_period_withdrawn",
    "above": "membership_above_agreed",
}
FIELDS = {
    "until_on": "until_on",
    "persons": "persons",
    "reason": "reason",
    "above": "above",
    "above_for": "above_for",
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
    return _show(visit, _holder(visit, holder_id), Form(), None)


@pages.post("/<slug>/memberships/<uuid:holder_id>")
def decide(holder_id: UUID) -> Answer:
    """Grant one, or renew or end the one that the form names."""
    visit = visit_as_admin()
    holder = _holder(visit, holder_id)
    form = Form.sent(lambda form: _show(visit, holder, form, about), FIELDS)
    about = form.choice("membership_id")
    if form.text("do") not in ACTS:
        raise NotFound(what="page")
    recorded = _act(visit, holder, about, form)
    return after(recorded, "membership.page", holder_id=holder_id, done=ACTS[form.text("do")])


def _act(visit: Visit, holder: Holder, about: UUID | None, form: Form) -> Landed:
    memberships = services().memberships
    if form.text("do") in ("correct", "withdraw"):
        return _put_right(visit, about, form)
    if form.text("do") == "above":
        above = form.sum("above") if form.text("above") else None
        agree = AgreeAbove(MembershipId(form.needed(about)), above, form.text("above_for"))
        return form.submit(memberships.agree_above, visit.actor, agree)
    if form.text("do") == "end":
        form.required("ended_on")
        ended_on, membership_id = form.needed(form.day("ended_on")), MembershipId(form.needed(about))
        command = EndMembership(membership_id, ended_on, form.text("reason"))
        return form.submit(memberships.end, visit.actor, command)
    form.required("from_on")
    from_on, until_on = form.day("from_on"), form.day("until_on")
    persons = form.whole("persons") if form.text("persons") else None
    if form.text("do") == "grant" and form.text("ground") not in list(Ground):
        form.problems.note("ground", "form.choose")
    if persons is not None and persons < 1:
        form.problems.note("persons", "form.number")
    from_on = form.needed(from_on)
    if about is not None:
        return form.submit(memberships.renew, visit.actor, RenewMembership(MembershipId(about), from_on, until_on))
    grant = GrantMembership(holder.holder_id, Ground(form.text("ground")), from_on, until_on, persons)
    return form.submit(memberships.grant, visit.actor, grant)


def _put_right(visit: Visit, about: UUID | None, form: Form) -> Landed:
    """The period that began on a day has other days, or never was."""
    memberships, reason = services().memberships, form.text("reason")
    was_from_on = form.day("was_from_on")
    if about is None or was_from_on is None:
        raise NotFound(what="membership")
    membership_id = MembershipId(about)
    if form.text("do") == "withdraw":
        return form.submit(memberships.withdraw_period, visit.actor, WithdrawPeriod(membership_id, was_from_on, reason))
    form.required("from_on")
    from_on, until_on = form.day("from_on"), form.day("until_on")
    command = CorrectPeriod(membership_id, was_from_on, form.needed(from_on), until_on, reason)
    return form.submit(memberships.correct_period, visit.actor, command)


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
    return form.page(
        "membership.html",
        holder=holder,
        held=held,
        grounds=[each.value for each in Ground if each.value not in known],
        about=about,
        today=today(visit.zone),
    )
