"""A person as an admin writes them down: registered, employed from a day, no longer employed after a day."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.people.address import AddressUnderAnotherName, PersonKnown
from application.people.affiliation import WithdrawAffiliation
from application.people.employment import CorrectEmployment, WithdrawEmployment
from application.people.person import Employ, EndEmployment, RegisterPerson
from application.people.queries.people import EmploymentRow, PersonRow
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotFound
from domain.kernel.ids import OrganisationId, PersonId
from domain.people.admission import JobRole
from domain.people.person_employment import Employment
from web.pages.kernel.finding import organisation_meant
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, services, today, visit_as_admin

pages = Blueprint("person", __name__)

ROLES = [each.value for each in (JobRole.SPECIALIST, JobRole.MANAGER, JobRole.CONSULTANT)]
FIELDS = {"name": "name", "email": "email", "AddressUnderAnotherName": "email", "PersonKnown": "email"}


@pages.get("/<slug>/people/new")
def page() -> Answer:
    """An empty form; with an employer where the address names one."""
    visit = visit_as_admin()
    return _show_new(visit, Form(request.args))


@pages.post("/<slug>/people/new")
def register() -> Answer:
    """Somebody new, or the one who is known by that name and address already."""
    visit = visit_as_admin()
    form = Form.sent(lambda form: _show_new(visit, form, _known(visit, form)), FIELDS)
    name, from_on = form.required("name"), form.day("from_on")
    employer = organisation_meant(visit, form, "employer") if form.text("employer") else None
    form.must_be_right()
    organisation_id = employer.organisation_id if employer else None
    shares = bool(form.text("shares_email"))
    command = RegisterPerson(name, form.text("email"), organisation_id, _role(form), from_on, shares)
    recorded = form.submit(services().people.register, visit.actor, command)
    done = "person_registered" if recorded.position else "person_known"
    return after(recorded, "me.of_person", person_id=recorded.answer.person_id, done=done)


@pages.get("/<slug>/people/<uuid:person_id>/work")
def work(person_id: UUID) -> Answer:
    """Where somebody works and has worked."""
    return _show_work(visit_as_admin(), person_id, Form())


@pages.post("/<slug>/people/<uuid:person_id>/work")
def employ(person_id: UUID) -> Answer:
    """Record an employment from a day."""
    visit = visit_as_admin()
    form = Form.sent(lambda form: _show_work(visit, person_id, form))
    employer, from_on = organisation_meant(visit, form, "employer"), form.day("from_on")
    organisation_id = form.needed(employer).organisation_id
    command = Employ(PersonId(person_id), organisation_id, _role(form), from_on or today(visit.zone))
    recorded = form.submit(services().people.employ, visit.actor, command)
    return after(recorded, "person.work", person_id=person_id, done="employed")


@pages.post("/<slug>/people/<uuid:person_id>/work/<uuid:organisation_id>/end")
def end(person_id: UUID, organisation_id: UUID) -> Answer:
    """Record the last day of an employment."""
    visit = visit_as_admin()
    form = Form.sent(lambda form: _show_work(visit, person_id, form, organisation_id), {"NotEmployedThere": "ended_on"})
    ended_on = form.day("ended_on")
    form.required("ended_on")
    command = EndEmployment(PersonId(person_id), OrganisationId(organisation_id), form.needed(ended_on))
    recorded = form.submit(services().people.end_employment, visit.actor, command)
    return after(recorded, "person.work", person_id=person_id, done="employment_ended")


@pages.post("/<slug>/people/<uuid:person_id>/work/correct")
def correct(person_id: UUID) -> Answer:
    """An employment was recorded wrongly: it had another role or other days, or it never was."""
    visit = visit_as_admin()
    form = Form.sent(
        lambda form: _show_work(visit, person_id, form, was=form.text("was")), {"until_on": "right_until_on"}
    )
    was = _was(visit, person_id, form.text("was"))
    one, employments = PersonId(person_id), services().employments
    if form.text("do") == "withdraw":
        recorded = employments.withdraw(visit.actor, WithdrawEmployment(one, was), form.key)
        return after(recorded, "person.work", person_id=person_id, done="employment_withdrawn")
    form.required("right_from_on")
    from_on, until_on = form.day("right_from_on"), form.day("right_until_on")
    role = JobRole(form.text("right_role")) if form.text("right_role") in ROLES else was.role
    command = CorrectEmployment(one, was, role, form.needed(from_on), until_on)
    recorded = form.submit(employments.correct, visit.actor, command)
    return after(recorded, "person.work", person_id=person_id, done="employment_corrected")


@pages.post("/<slug>/people/<uuid:person_id>/affiliation")
def take_back(person_id: UUID) -> Answer:
    """A ground was verified by mistake."""
    visit = visit_as_admin()
    form = Form(request.form)
    ground, from_on = form.text("ground"), form.day("from_on")
    if ground not in list(Ground) or from_on is None:
        raise NotFound(what="page")
    command = WithdrawAffiliation(PersonId(person_id), Ground(ground), from_on)
    recorded = services().affiliations.take_back(visit.actor, command, form.key)
    return after(recorded, "me.of_person", person_id=person_id, done="affiliation_withdrawn")


def _was(visit: Visit, person_id: UUID, named: str) -> Employment:
    """The employment that a form is about. Raises NotFound."""
    for each in services().people_questions.person(visit.actor, person_id).employments:
        if named_by(each) == named:
            return Employment(each.organisation_id, JobRole(each.role), each.from_on, each.until_on)
    raise NotFound(what="page")


def named_by(row: EmploymentRow) -> str:
    """What tells one employment of a person from another in a form."""
    return f"{row.organisation_id} {row.role} {row.from_on} {row.until_on or ''}".strip()


def _known(visit: Visit, form: Form) -> PersonRow | None:
    """Whom the refusal is about, where somebody is known already."""
    error = form.problems.refusal
    who = error.facts.get("person_id") if isinstance(error, AddressUnderAnotherName | PersonKnown) else None
    return services().people_questions.person(visit.actor, UUID(str(who))) if who else None


def _role(form: Form) -> JobRole:
    return JobRole(form.text("role")) if form.text("role") in ROLES else JobRole.SPECIALIST


def _show_new(visit: Visit, form: Form, known: PersonRow | None = None) -> str:
    return form.page(
        "person_new.html",
        known=known,
        roles=ROLES,
        today=today(visit.zone).isoformat(),
    )


def _show_work(visit: Visit, person_id: UUID, form: Form, ending: UUID | None = None, was: str = "") -> str:
    return form.page(
        "person_work.html",
        person=services().people_questions.person(visit.actor, person_id),
        ending=ending,
        was=was,
        named_by=named_by,
        roles=ROLES,
        today=today(visit.zone),
    )
