"""The line of a season for who runs it: who waits, what is offered until when; move, offer by hand, take off."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from application.booking.queries.seat_offer import QueueRow
from application.booking.seat_offer import DeclineOffer, OfferSeat
from application.booking.waiting_list import LeaveWaitingList, MoveInQueue
from application.booking.waiting_rules import AgreeWaitingRules, Effect
from application.programme.queries.season_view import SeasonView
from domain.booking.waiting_rules import Answering, Party, PriceRule
from domain.kernel.errors import NotFound
from domain.kernel.ids import SeasonId
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, Landed, Visit, after, services, visit_as_admin

pages = Blueprint("queue_desk", __name__)

DONE = {
    "move": "queue_move",
    "offer": "queue_offer",
    "decline": "queue_decline",
    "remove": "queue_remove",
}
RULES = ("answering", "answer_within", "party", "hold_days", "price")


@pages.get("/<slug>/seasons/<uuid:season_id>/waiting-list")
def page(season_id: UUID) -> Answer:
    """Everybody who waits, in order."""
    return _show(*season_as_admin(season_id), Form())


@pages.post("/<slug>/seasons/<uuid:season_id>/waiting-list/<uuid:place_id>")
def act(season_id: UUID, place_id: UUID) -> Answer:
    """Move a party to another place, offer it seats now, or take it off the list."""
    visit, view = season_as_admin(season_id)
    form = Form.sent(lambda form: _show(visit, view, form, place_id), {"reason": "reason", "place": "place"})
    season, done = SeasonId(season_id), form.text("do")
    if done == "move":
        move = MoveInQueue(season, place_id, form.needed(form.whole("place")), form.required("reason"))
        recorded: Landed = form.submit(services().waiting_lists.move, visit.actor, move)
    elif done == "offer":
        recorded = form.submit(services().seat_offers.offer, visit.actor, OfferSeat(season, place_id))
    elif done == "decline":
        recorded = form.submit(services().seat_offers.decline, visit.actor, DeclineOffer(season, place_id))
    elif done == "remove":
        recorded = form.submit(services().waiting_lists.leave, visit.actor, LeaveWaitingList(season, place_id))
    else:
        raise NotFound(what="place")
    return after(recorded, "queue_desk.page", season_id=season_id, done=DONE[done])


@pages.get("/<slug>/waiting-rules")
def rules() -> Answer:
    """How the organiser's lines move."""
    return _rules(visit_as_admin(), None, None)


@pages.post("/<slug>/waiting-rules")
def agree() -> Answer:
    """Other rules from now on."""
    visit = visit_as_admin()
    return _agree(visit, None)


@pages.get("/<slug>/seasons/<uuid:season_id>/waiting-rules")
def season_rules(season_id: UUID) -> Answer:
    """How this season's line moves, and what each rule would do with the next free seats."""
    visit, view = season_as_admin(season_id)
    return _rules(visit, view, None)


@pages.post("/<slug>/seasons/<uuid:season_id>/waiting-rules")
def agree_for_season(season_id: UUID) -> Answer:
    """Rules of this season's own from now on."""
    visit, view = season_as_admin(season_id)
    return _agree(visit, view)


def _agree(visit: Visit, view: SeasonView | None) -> Answer:
    form = Form.sent(lambda form: _rules(visit, view, form), {name: name for name in RULES})
    season_id = view.row.season_id if view is not None else None
    command = AgreeWaitingRules(
        form.must_be_one_of("answering", Answering),
        form.whole("answer_within") or 0,
        form.must_be_one_of("party", Party),
        form.whole("hold_days") or 0,
        form.must_be_one_of("price", PriceRule),
        season_id,
    )
    recorded = form.submit(services().waiting_rules.agree, visit.actor, command)
    if season_id is None:
        return after(recorded, "queue_desk.rules", done="payment_rules")
    return after(recorded, "queue_desk.season_rules", season_id=season_id, done="payment_rules")


def _rules(visit: Visit, view: SeasonView | None, form: Form | None) -> str:
    season_id = view.row.season_id if view is not None else None
    if form is None:
        now = services().waiting_rules.rules(visit.actor, season_id)
        form = Form(Typed({name: str(getattr(now, name)) for name in RULES}))
    names: dict[UUID, QueueRow] = {}
    effects: tuple[Effect, ...] = ()
    if season_id is not None:
        effects = services().waiting_rules.effects(visit.actor, season_id)
        names = {each.place_id: each for each in services().seat_offer_questions.line(visit.actor, season_id)}
    kinds = {"answering": Answering, "party": Party, "price": PriceRule}
    row = view.row if view is not None else None
    return form.page("waiting_rules.html", row=row, kinds=kinds, effects=effects, names=names)


def _show(visit: Visit, view: SeasonView, form: Form, changed: UUID | None = None) -> str:
    line = services().seat_offer_questions.line(visit.actor, view.row.season_id)
    offers = [each.until for each in line if each.state == "offered" and each.until is not None]
    return form.page(
        "queue_desk.html",
        row=view.row,
        line=line,
        oldest=min((each.joined_at for each in line), default=None),
        offers=len(offers),
        soonest=min(offers, default=None),
        changed=changed,
    )
