"""A place in line, opened by the link of a letter without signing in: see it, leave it, answer an offer, confirm it.

Looking changes nothing: mail scanners open links, only people press buttons. Nobody else's name stands here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from application.booking.booking import MakeBooking
from application.booking.booking_link import LinkOver
from application.booking.queue_link import For, PlaceView
from application.booking.seat_offer import AcceptOffer, DeclineOffer
from application.booking.unconfirmed import MailedLink
from application.booking.waiting_list import LeaveWaitingList
from application.kernel.actor import Actor
from application.kernel.payer import TypedBuyer
from domain.booking.queue_request import QueueRequestOver
from domain.booking.seat_offer import OfferOver
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import OrganisationId, SeasonId
from domain.programme.price import Quote
from web.kernel.errors import status_of
from web.pages.booking.booking_form import chosen_payer
from web.pages.kernel.by_link import FOR_ONE_READER, lead_in
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import (
    Answer,
    after,
    refusal,
    services,
    shown_soon,
    today,
    visit_by_anyone,
    visit_signed_in,
)

pages = Blueprint("queue", __name__)

FIELDS = {"address": "address", "reference": "reference", "ReferenceRequired": "reference", "payer": "payer"}
GONE = 410


@pages.get("/<slug>/waiting/<uuid:season_id>/<uuid:place_id>/place/<secret>")
def place(season_id: UUID, place_id: UUID, secret: str) -> Answer:
    """Which place of how many, and the button to leave it."""
    actor = _comes(For.PLACE, season_id, place_id, secret)
    if actor is None:
        return _for_one(render_template("queue_over.html", season_id=season_id, what="not_in_line"), GONE)
    view = services().queue_links.view(actor, SeasonId(season_id), place_id)
    return _for_one(render_template("queue_place.html", view=view))


@pages.post("/<slug>/waiting/<uuid:season_id>/<uuid:place_id>/place/<secret>")
def leave(season_id: UUID, place_id: UUID, secret: str) -> Answer:
    """Wait no longer. Pressed again, it is done already."""
    actor = _comes(For.PLACE, season_id, place_id, secret)
    if actor is not None:
        recorded = services().waiting_lists.leave(actor, LeaveWaitingList(SeasonId(season_id), place_id))
        return after(recorded, "season.page", season_id=season_id, done="left_waiting")
    return _for_one(render_template("queue_over.html", season_id=season_id, what="not_in_line"), GONE)


@pages.get("/<slug>/waiting/<uuid:season_id>/<uuid:place_id>/offer/<secret>")
def offer_by_link(season_id: UUID, place_id: UUID, secret: str) -> Answer:
    """What is offered, what it costs, and the buttons to say yes or no."""
    actor = _comes(For.OFFER, season_id, place_id, secret)
    return _for_one(*_offered(actor, season_id, place_id, Form()))


@pages.post("/<slug>/waiting/<uuid:season_id>/<uuid:place_id>/offer/<secret>")
def answer_by_link(season_id: UUID, place_id: UUID, secret: str) -> Answer:
    """Yes: it is booked at once, and the booking opens. No: the next in line is offered the seats."""
    actor = _comes(For.OFFER, season_id, place_id, secret)
    return _answer(actor, season_id, place_id, is_by_link=True)


@pages.get("/<slug>/seasons/<uuid:season_id>/waiting-list/<uuid:place_id>/offer")
def offer(season_id: UUID, place_id: UUID) -> Answer:
    """The same for whoever has signed in."""
    visit = visit_signed_in()
    return _for_one(*_offered(visit.actor, season_id, place_id, Form()))


@pages.post("/<slug>/seasons/<uuid:season_id>/waiting-list/<uuid:place_id>/offer")
def answer(season_id: UUID, place_id: UUID) -> Answer:
    """The same for whoever has signed in."""
    return _answer(visit_signed_in().actor, season_id, place_id, is_by_link=False)


@pages.get("/<slug>/seasons/<uuid:season_id>/queue-asked")
def asked(season_id: UUID) -> Answer:
    """What happens next, for somebody who asked to stand in line without signing in; the same for everyone."""
    view = services().programme.season(visit_by_anyone().actor, season_id)
    return render_template("queue_asked.html", row=view.row)


@pages.get("/<slug>/queue-requests/<uuid:request_id>/<code>")
def request_page(request_id: UUID, code: str) -> Answer:
    """What was asked for, and the button."""
    return _for_one(_request(MailedLink(request_id, code)))


@pages.post("/<slug>/queue-requests/<uuid:request_id>/<code>")
def confirm(request_id: UUID, code: str) -> Answer:
    """Stand in line. Pressed again it is the same place."""
    visit, link = visit_by_anyone(), MailedLink(request_id, code)
    try:
        recorded = services().queue_requests.confirm(visit.stranger, link)
    except NotFound:
        raise
    except PlatsError as error:
        problem = "" if isinstance(error, QueueRequestOver) else refusal(error)
        return _for_one(_request(link, problem), status_of(error))
    return after(recorded, "queue.request_page", request_id=request_id, code=code)


def _request(link: MailedLink, problem: str = "") -> str:
    found = services().queue_requests.view(visit_by_anyone().stranger, link)
    return render_template("queue_request.html", found=found, problem=problem)


def _comes(purpose: For, season_id: UUID, place_id: UUID, secret: str) -> Actor | None:
    """Whom the link lets act on that place; None where the place is not there any longer. Raises LinkOver."""
    visit = visit_by_anyone()
    try:
        found = services().queue_links.opens(visit.stranger, purpose, SeasonId(season_id), place_id, secret)
    except LinkOver as error:
        if error.facts["why"] != "over":
            raise
        return None
    return found.seeing(visit.actor.seen)


def _answer(actor: Actor | None, season_id: UUID, place_id: UUID, *, is_by_link: bool) -> Answer:
    form = Form.sent(lambda form: _offered(actor, season_id, place_id, form), FIELDS)
    if actor is None:
        return _for_one(*_offered(None, season_id, place_id, form))
    try:
        if form.text("do") == "decline":
            declined = services().seat_offers.decline(actor, DeclineOffer(SeasonId(season_id), place_id), form.key)
            return after(declined, "season.page", season_id=season_id, done="offer_declined")
        command = _accepting(SeasonId(season_id), place_id, form)
        made = form.submit(services().seat_offers.accept, actor, command)
    except OfferOver:
        return _for_one(*_offered(None, season_id, place_id, form))
    booking_id = made.answer.booking_id
    if not is_by_link or actor.person_id is None:
        return after(made, "booking.page", booking_id=booking_id, done="booked")
    secret = services().booking_links.secret_for(booking_id, actor.person_id)
    if secret is None:
        return after(made, "season.page", season_id=season_id, done="offer_accepted")
    comer, where = services().booking_links.opens(booking_id, secret), url_for("booking.page", booking_id=booking_id)
    led = lead_in(comer, booking_id, secret, f"{where}?done=booked")
    shown_soon(led, made.position)
    return led


def _accepting(season_id: SeasonId, place_id: UUID, form: Form) -> AcceptOffer:
    """Who pays, and what of it was shown. Raises FormRefused."""
    payer = chosen_payer(form)
    billing = None
    if payer is None and form.text("asks_address"):
        billing = TypedBuyer("", "", form.required("address", "booking_form.fill_address"))
    shown = form.text(f"shown-{payer or 'me'}")
    return AcceptOffer(
        season_id,
        place_id,
        payer,
        form.text("reference"),
        billing=billing,
        shown=int(shown) if shown.isascii() and shown.isdigit() and len(shown) < len("1000000000000") else None,
    )


def _offered(actor: Actor | None, season_id: UUID, place_id: UUID, form: Form) -> tuple[str, int]:
    """The page; that there is nothing to answer, where there is not."""
    try:
        view = services().queue_links.view(actor, SeasonId(season_id), place_id) if actor is not None else None
    except LinkOver:
        view = None
    if actor is None or view is None or view.until is None:
        return render_template("queue_over.html", season_id=season_id, what="over"), GONE
    shown = _payers(actor, view)
    if not form.text("payer"):
        first = shown[0]["value"] if shown else "me"
        form = replace(form, typed=Typed([*form.typed.items(multi=True), ("payer", str(first))]))
    season = services().programme.season(actor, season_id)
    facts: dict[str, Any] = {"view": view, "payers": shown, "terms": season.terms, "row": season.row}
    promise = services().seat_offers.promise(actor, SeasonId(season_id), place_id)
    return form.page("queue_offer.html", **facts, promise=promise), 200


def _payers(actor: Actor, view: PlaceView) -> list[dict[str, Any]]:
    """Who may pay, each with what it would come to."""
    on: date = today(view.zone)
    found: list[dict[str, Any]] = []
    for each in services().people_questions.my_organisations(actor, on):
        quote = _quote(actor, view, each.organisation_id)
        if quote is not None:
            found.append({"value": each.organisation_id, "name": each.name, "quote": quote})
    own = _quote(actor, view, None)
    return [*found, {"value": "me", "name": "", "quote": own}] if own is not None else found


def _quote(actor: Actor, view: PlaceView, organisation_id: OrganisationId | None) -> Quote | None:
    """What it would cost them, as it was promised; None where there is no price for them."""
    command = AcceptOffer(view.season_id, view.place_id, organisation_id)
    wanted: MakeBooking | None = services().seat_offers.booking_of(actor, command)
    if wanted is None:
        return None
    try:
        return services().bookings.preview(actor, wanted).quote
    except PlatsError:
        return None


def _for_one(words: str, status: int = 200) -> Answer:
    return Response(words, status, FOR_ONE_READER, mimetype="text/html")
