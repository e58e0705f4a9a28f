"""The safeguard: what is asked before bank details or staff change, and the changes that wait for a second person."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from application.people.safeguard import ChooseGuard, DecideProposal
from domain.kernel.errors import NotFound
from domain.people.safeguard import Guard
from web.pages.kernel.finding import names_of
from web.pages.kernel.forms import Form
from web.pages.kernel.telling import teller_for
from web.pages.kernel.visit import Answer, Visit, after, services, visit_as_admin, visit_as_staff

pages = Blueprint("safeguard", __name__)


@pages.get("/<slug>/safeguard")
def page() -> Answer:
    """What waits, what is asked for, and what has happened."""
    return _show(visit_as_staff(), Form())


@pages.post("/<slug>/safeguard")
def choose() -> Answer:
    """Ask for something else from now on."""
    visit = visit_as_admin()
    form = Form.sent(lambda form: _show(visit, form))
    command = ChooseGuard(visit.organiser.organiser_id, form.must_be_one_of("guard", Guard))
    recorded = form.submit(services().safeguards.choose, visit.actor, command)
    done = "change_proposed" if recorded.answer.proposal_id else "guard_chosen"
    return after(recorded, "safeguard.page", done=done)


@pages.post("/<slug>/safeguard/<uuid:proposal_id>")
def decide(proposal_id: UUID) -> Answer:
    """Approve, decline or (one's own) withdraw a change that waits."""
    visit = visit_as_staff()
    form, desk = Form.sent(lambda form: _show(visit, form)), services().safeguards
    acts = {
        "approve": (desk.approve, "change_approve"),
        "decline": (desk.decline, "change_decline"),
        "withdraw": (desk.withdraw, "change_withdraw"),
    }
    if form.text("do") not in acts:
        raise NotFound(what="proposal")
    act, done = acts[form.text("do")]
    command = DecideProposal(visit.organiser.organiser_id, proposal_id)
    recorded = form.submit(act, visit.actor, command)
    return after(recorded, "safeguard.page", done=done)


def _show(visit: Visit, form: Form) -> str:
    known = services().safeguards.look(visit.actor, visit.organiser.organiser_id)
    happened = services().history.of_staff(visit.actor)
    return form.page(
        "safeguard.html",
        known=known,
        people=names_of(visit, (one for each in known.waiting for one in (each.proposed_by, each.change.person_id))),
        guards=[each.value for each in Guard],
        me=visit.actor.person_id or visit.actor.made_by,
        sentences=teller_for(visit).tell(happened.items),
    )
