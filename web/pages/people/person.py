"""A person as an admin writes them down: registered, employed from a day, no longer employed after a day."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.people.address import AddressUnderAnotherName, PersonKnown
from application.people.affiliation import WithdrawAffiliation
from application.people.employment import CorrectEmployment, WithdrawEmployment
from application.people.person import Employ, EndEmployment, RegisterPerson
from application.people.queries.people import EmploymentRow, PersonRow
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import OrganisationId, PersonId
from domain.people.admission import JobRole
from domain.people.person import Employment
from web.kernel.errors import status_of
from web.pages.kernel.finding import organisation_meant
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, Visit, after, say, services, today, visit_as_admin

pages = Blueprint("person", __name__)

ROLES = [each.value for each in (JobRole.SPECIALIST, JobRole.MANAGER, JobRole.CONSULTANT)]
FIELDS = {"name": "name", "email": "email", "AddressUnderAnotherName": "email", "PersonKnown": "email"}


@pages.get("/<slug>/people/new")
def page() -> Answer:
    """An empty form; with an employer where the address names one."""
    visit = visit_as_admin()
    return _show_new(visit, Form(request.args, Problems(say())))


@pages.post("/<slug>/people/new")
def register() -> Answer:
    """Somebody new, or the one who is known by that name and address already."""
    visit = visit_as_admin()
    form = Form(request.form, Problems(say()))
    name, from_on = form.required("name"), form.day("from_on")
    employer = organisation_meant(visit, form, "employer") if form.text("employer") else None
    if form.problems:
        return _show_new(visit, form), 422
    organisation_id = employer.organisation_id if employer else None
    shares = bool(form.text("shares_email"))
    command = RegisterPerson(name, form.text("email"), organisation_id, _role(form), from_on, shares)
    try:
        recorded = services().people.register(visit.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show_new(visit, form, _known(visit, error)), status_of(error)
    done = "person_registered" if recorded.position else "person_known"
    return after(recorded, "me.of_person", person_id=recorded.answer.person_id, done=done)


@pages.get("/<slug>/people/<uuid:person_id>/work")
def work(person_id: UUID) -> Answer:
    """Where somebody works and has worked."""
    return _show_work(visit_as_admin(), person_id, Form(request.form, Problems(say())))


@pages.post("/<slug>/people/<uuid:person_id>/work")
def employ(person_id: UUID) -> Answer:
    """Record an employment from a day."""
    visit = visit_as_admin()
    form = Form(request.form, Problems(say()))
    employer, from_on = organisation_meant(visit, form, "employer"), form.day("from_on")
    if form.problems or employer is None:
        return _show_work(visit, person_id, form), 422
    begins = from_on or today(visit.zone)
    command = Employ(PersonId(person_id), employer.organisation_id, _role(form), begins)
    try:
        recorded = services().people.employ(visit.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, {})
        return _show_work(visit, person_id, form), status_of(error)
    return after(recorded, "person.work", person_id=person_id, done="employed")


@pages.post("/<slug>/people/<uuid:person_id>/work/<uuid:organisation_id>/end")
def end(person_id: UUID, organisation_id: UUID) -> Answer:
    """Record the last day of an employment."""
    visit = visit_as_admin()
    form = Form(request.form, Problems(say()))
    ended_on = form.day("ended_on")
    if ended_on is None:
        form.required("ended_on")
        return _show_work(visit, person_id, form, organisation_id), 422
    command = EndEmployment(PersonId(person_id), OrganisationId(organisation_id), ended_on)
    try:
        recorded = services().people.end_employment(visit.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, {"NotEmployedThere": "ended_on"})
        return _show_work(visit, person_id, form, organisation_id), status_of(error)
    return after(recorded, "person.work", person_id=person_id, done="employment_ended")


@pages.post("/<slug>/people/<uuid:person_id>/work/correct")
def correct(person_id: UUID) -> Answer:
    """An employment was recorded wrongly: it had another role or other days, or it never was."""
    visit = visit_as_admin()
    form = Form(request.form, Problems(say()))
    was = _was(visit, person_id, form.text("was"))
    one, key, employments = PersonId(person_id), form.text("key") or None, services().employments
    if form.text("do") == "withdraw":
        recorded = employments.withdraw(visit.actor, WithdrawEmployment(one, was), key)
        return after(recorded, "person.work", person_id=person_id, done="employment_withdrawn")
    form.required("right_from_on")
    from_on, until_on = form.day("right_from_on"), form.day("right_until_on")
    if form.problems or from_on is None:
        return _show_work(visit, person_id, form, was=form.text("was")), 422
    role = JobRole(form.text("right_role")) if form.text("right_role") in ROLES else was.role
    command = CorrectEmployment(one, was, role, from_on, until_on)
    try:
        recorded = employments.correct(visit.actor, command, key)
    except PlatsError as error:
        form.problems.refused(error, {"until_on": "right_until_on"})
        return _show_work(visit, person_id, form, was=form.text("was")), status_of(error)
    return after(recorded, "person.work", person_id=person_id, done="employment_corrected")


@pages.post("/<slug>/people/<uuid:person_id>/affiliation")
def take_back(person_id: UUID) -> Answer:
    """A ground was verified by mistake."""
    visit = visit_as_admin()
    form = Form(request.form, Problems(say()))
    ground, from_on = form.text("ground"), form.day("from_on")
    if ground not in list(Ground) or from_on is None:
        raise NotFound(what="page")
    command = WithdrawAffiliation(PersonId(person_id), Ground(ground), from_on)
    recorded = services().affiliations.take_back(visit.actor, command, form.text("key") or None)
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


def _known(visit: Visit, error: PlatsError) -> PersonRow | None:
    """Whom the refusal is about, where somebody is known already."""
    who = error.facts.get("person_id") if isinstance(error, AddressUnderAnotherName | PersonKnown) else None
    return services().people_questions.person(visit.actor, UUID(str(who))) if who else None


def _role(form: Form) -> JobRole:
    return JobRole(form.text("role")) if form.text("role") in ROLES else JobRole.SPECIALIST


def _show_new(visit: Visit, form: Form, known: PersonRow | None = None) -> str:
    return render_template(
        "person_new.html",
        form=form,
        problems=form.problems.by_field,
        known=known,
        roles=ROLES,
        today=today(visit.zone).isoformat(),
    )


def _show_work(visit: Visit, person_id: UUID, form: Form, ending: UUID | None = None, was: str = "") -> str:
    return render_template(
        "person_work.html",
        person=services().people_questions.person(visit.actor, person_id),
        form=form,
        problems=form.problems.by_field,
        ending=ending,
        was=was,
        named_by=named_by,
        roles=ROLES,
        today=today(visit.zone),
    )
