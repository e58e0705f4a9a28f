"""The trail: refused attempts, sign-ins and exports, for admins."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, request

from application.insight.trail import TrailFilter, TrailKind
from domain.kernel.terms import start_of
from web.pages.kernel.finding import names_of
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, services, visit_as_admin

pages = Blueprint("trail", __name__)

ON_A_PAGE = 40


@pages.get("/<slug>/trail")
def page() -> Answer:
    """The latest first; of one kind, one person or some days, where chosen."""
    visit = visit_as_admin()
    form = Form(request.args)
    found = services().trail_questions.rows(visit.actor, _filter(visit, form), request.args.get("after"), ON_A_PAGE)
    return form.page(
        "trail.html",
        rows=found.items,
        cursor=found.next_cursor,
        kinds=["", *(kind.value for kind in TrailKind)],
        people=names_of(visit, (each.person_id for each in found.items)),
    )


def _filter(visit: Visit, form: Form) -> TrailFilter:
    """What was chosen; the last day is included."""
    kind = form.text("kind")
    first, last = form.day("from_on"), form.day("until_on")
    since = None if first is None else start_of(first, visit.zone)
    until = None if last is None else start_of(last + timedelta(days=1), visit.zone)
    return TrailFilter(kind if kind in set(TrailKind) else "", form.choice("person_id"), since, until)
