"""Keys to the API: an admin sees all of the organiser's, others their own; made here, shown once, taken back."""

from __future__ import annotations

from flask import Blueprint, url_for
from werkzeug.utils import redirect

from application.access.token import NewToken
from application.access.token_desk import MakeToken, TokenShownBefore
from application.kernel.actor import Role
from web.pages.kernel.finding import names_of
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, services, visit_signed_in

pages = Blueprint("token", __name__)

FIELDS = {"name": "name", "roles": "role", "days": "days", "person_id": "role"}
STAFF = (Role.ADMIN, Role.FINANCE, Role.CANCELLING)
ORDER = (Role.MEMBER, *STAFF)


@pages.get("/<slug>/tokens")
def page() -> Answer:
    """Which keys there are, who made them, when they were used and when they end."""
    return _show(visit_signed_in(), Form())


@pages.post("/<slug>/tokens")
def make() -> Answer:
    """A key for oneself (as a member) or for a program (in a role one has); shown on the page that answers, once."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show(visit, form), FIELDS)
    name, role, days = form.required("name"), form.text("role"), form.whole("days")
    if role not in visit.actor.roles:
        form.problems.note("role", "form.choose")
    person_id = visit.actor.person_id if role == Role.MEMBER else None
    form.must_be_right()
    made = form.submit(services().token_desk.make, visit.actor, MakeToken(name, (Role(role),), person_id, days))
    return _show(visit, Form(), made), 201


@pages.post("/<slug>/tokens/<token_id>/revoke")
def revoke(token_id: str) -> Answer:
    """Take one back: it opens nothing from now on, nor does what was made with it."""
    visit = visit_signed_in()
    services().token_desk.revoke(visit.actor, token_id)
    return redirect(url_for("token.page", done="token_revoked"), 303)


def _show(visit: Visit, form: Form, made: NewToken | None = None) -> str:
    desk = services().token_desk
    records = desk.list(visit.actor)
    if isinstance(form.problems.refusal, TokenShownBefore):
        form = Form(problems=form.problems)
    return form.page(
        "tokens.html",
        records=records,
        people=names_of(visit, (one for each in records for one in (each.made_by, each.person_id))),
        roles=[role.value for role in ORDER if role in visit.actor.roles and (role in STAFF or visit.actor.person_id)],
        life=desk.life,
        made=made,
    )
