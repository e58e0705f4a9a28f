"""Planning a season by typing little: an empty table or last season's, days moved; one save, errors at the cell."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.programme.first_run import LAST
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotFound
from domain.kernel.ids import SeasonId
from domain.programme.meeting import Format
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, say, services, today, visit_as_admin
from web.pages.programme.season_plan_form import FIELDS, RATES, SeasonPlanForm
from web.pages.programme.season_plan_table import remark_on
from web.pages.programme.season_plan_typed import EVERYONE, blank, filled_from
from web.words.wording import booking_state

pages = Blueprint("season_plan", __name__)

GROW = {"more_meetings": "meeting", "more_prices": "price", "more_tiers": "tier"}


@pages.get("/<slug>/seasons")
def index() -> Answer:
    """All seasons: what is planned, open and past, and what can be done with each."""
    visit = visit_as_admin()
    found = services().programme.seasons(
        visit.organiser.organiser_id, after=request.args.get("after"), limit=100, reader=visit.actor
    )
    rows = [(each, booking_state(each, today(each.zone), say())) for each in found.items]
    networks = services().programme.networks(visit.organiser.organiser_id)
    step = services().first_run.step(visit.actor, visit.organiser.organiser_id)
    return render_template(
        "seasons.html",
        rows=rows,
        next_cursor=found.next_cursor,
        networks=networks,
        step=int(step) if step <= LAST else 0,
    )


@pages.get("/<slug>/seasons/new")
def page() -> Answer:
    """An empty table, or (`copy`) another season's with its days moved 52 weeks."""
    visit = visit_as_admin()
    copied = _copied()
    if copied is None:
        return _show(visit, _form(visit, Form(blank(request.args.get("network", "")))))
    proposed = services().roll_overs.propose(visit.actor, copied)
    typed = _form(visit, Form(filled_from(proposed)), proposed.draft.zone)
    return _show(visit, typed, weeks=proposed.days // 7)


@pages.post("/<slug>/seasons/new")
def plan() -> Answer:
    """One row more, or the season saved."""
    visit = visit_as_admin()
    form = Form.sent(lambda _: _show(visit, typed), FIELDS)
    grow = GROW.get(form.text("do"), "")
    copied = _copied()
    proposed = services().roll_overs.propose(visit.actor, copied) if copied else None
    typed = _form(visit, form, proposed.draft.zone if proposed else "", grow=grow)
    if grow:
        return _show(visit, typed)
    recorded = form.submit(services().seasons.plan, visit.actor, form.needed(typed.plan(proposed)))
    done = "season_copied" if copied else "season_planned"
    return after(recorded, "season_desk.page", season_id=recorded.answer.season_id, done=done)


def _copied() -> SeasonId | None:
    asked = request.args.get("copy")
    if not asked:
        return None
    try:
        return SeasonId(UUID(asked))
    except ValueError:
        raise NotFound(what="season") from None


def _form(visit: Visit, form: Form, zone: str = "", grow: str = "") -> SeasonPlanForm:
    return SeasonPlanForm(form, zone or visit.zone, visit.organiser.currency, grow)


def _show(visit: Visit, typed: SeasonPlanForm, weeks: int = 0) -> str:
    networks = services().programme.networks(visit.organiser.organiser_id)
    return typed.form.page(
        "season_plan.html",
        typed=typed,
        networks=[each for each in networks if not each.is_closed],
        formats=[each.value for each in Format],
        audiences=[EVERYONE, *(each.value for each in Ground)],
        rates=list(RATES),
        weeks=weeks,
        remarks={row.no: remark_on(row.cells["m_on"]) for row in typed.meetings},
        is_copy=_copied() is not None,
    )
