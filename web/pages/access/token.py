"""Keys to the API: an admin sees all of the organiser's, others their own; made here, shown once, taken back."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.utils import redirect

from application.access.token import NewToken, TokenRecord
from application.access.token_desk import MakeToken, TokenShownBefore
from application.kernel.actor import Role
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import PersonId
from web.kernel.errors import status_of
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, Visit, say, services, visit_signed_in

pages = Blueprint("token", __name__)

FIELDS = {"name": "name", "roles": "role", "days": "days", "person_id": "role"}
STAFF = (Role.ADMIN, Role.FINANCE, Role.CANCELLING)
ORDER = (Role.MEMBER, *STAFF)


@pages.get("/<slug>/tokens")
def page() -> Answer:
    """Which keys there are, who made them, when they were used and when they end."""
    return _show(visit_signed_in(), Form(MultiDict(), Problems(say())))


@pages.post("/<slug>/tokens")
def make() -> Answer:
    """A key for oneself (as a member) or for a program (in a role one has); shown on the page that answers, once."""
    visit = visit_signed_in()
    form = Form(request.form, Problems(say()))
    name, role, days = form.required("name"), form.text("role"), form.whole("days")
    if role not in visit.actor.roles:
        form.problems.note("role", "form.choose")
    if form.problems:
        return _show(visit, form), 422
    person_id = visit.actor.person_id if role == Role.MEMBER else None
    try:
        command = MakeToken(name, (Role(role),), person_id, days)
        made = services().token_desk.make(visit.actor, command, form.text("key") or None)
    except TokenShownBefore as error:
        form.problems.refused(error, FIELDS)
        return _show(visit, Form(MultiDict(), form.problems)), status_of(error)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(visit, form), status_of(error)
    return _show(visit, Form(MultiDict(), Problems(say())), made), 201


@pages.post("/<slug>/tokens/<token_id>/revoke")
def revoke(token_id: str) -> Answer:
    """Take one back: it opens nothing from now on, nor does what was made with it."""
    visit = visit_signed_in()
    services().token_desk.revoke(visit.actor, token_id)
    return redirect(url_for("token.page", done="token_revoked"), 303)


def _show(visit: Visit, form: Form, made: NewToken | None = None) -> str:
    desk = services().token_desk
    records = desk.list(visit.actor)
    return render_template(
        "tokens.html",
        records=records,
        people=_people(visit, records),
        roles=[role.value for role in ORDER if role in visit.actor.roles and (role in STAFF or visit.actor.person_id)],
        life=desk.life,
        made=made,
        form=form,
        problems=form.problems.by_field,
    )


def _people(visit: Visit, records: tuple[TokenRecord, ...]) -> dict[PersonId, str]:
    """What those who made a key, or whom it acts for, are called."""
    ids = {one for each in records for one in (each.made_by, each.person_id) if one is not None}
    return {one: _name(visit, one) for one in ids}


def _name(visit: Visit, person_id: PersonId) -> str:
    try:
        return services().people_questions.person(visit.actor, person_id).name or say()("frame.erased")
    except NotFound:
        return say()("token.somebody")
