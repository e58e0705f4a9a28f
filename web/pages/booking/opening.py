"""Being told, once, when booking opens: asked for on a page of its own, by whoever has signed in or by anybody.

Whoever has not signed in confirms by the link of a letter, which also takes it back. Looking changes nothing.
"""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from application.booking.opening_list import JoinOpeningList, LeaveOpeningList, OpeningOf
from application.booking.opening_request import AskToBeTold
from application.booking.unconfirmed import MailedLink
from domain.booking.opening_request import OpeningRequestOver
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import NetworkId, SeasonId
from web.kernel.errors import status_of
from web.pages.booking.typed_buyer import check_email
from web.pages.kernel.by_link import FOR_ONE_READER
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import (
    Answer,
    Landed,
    Visit,
    after,
    place_of_reader,
    refusal,
    say,
    services,
    visit_by_anyone,
)

pages = Blueprint("opening", __name__)

FIELDS = {"name": "name", "email": "email"}


@pages.get("/<slug>/seasons/<uuid:season_id>/tell-me")
def of_season(season_id: UUID) -> Answer:
    """The form, or the button, of a season whose booking is not open."""
    return _show(visit_by_anyone(), OpeningOf(season_id=SeasonId(season_id)), Form())


@pages.post("/<slug>/seasons/<uuid:season_id>/tell-me")
def ask_of_season(season_id: UUID) -> Answer:
    """Be told, or not after all."""
    return _ask(OpeningOf(season_id=SeasonId(season_id)))


@pages.get("/<slug>/networks/<uuid:network_id>/tell-me")
def of_network(network_id: UUID) -> Answer:
    """The same of the network's next season."""
    return _show(visit_by_anyone(), OpeningOf(NetworkId(network_id)), Form())


@pages.post("/<slug>/networks/<uuid:network_id>/tell-me")
def ask_of_network(network_id: UUID) -> Answer:
    """Be told, or not after all."""
    return _ask(OpeningOf(NetworkId(network_id)))


@pages.get("/<slug>/opening-requests/<uuid:request_id>/<code>")
def request_page(request_id: UUID, code: str) -> Answer:
    """What was asked for, and the button to confirm it or to take it back."""
    return _for_one(_request(MailedLink(request_id, code)))


@pages.post("/<slug>/opening-requests/<uuid:request_id>/<code>")
def answer(request_id: UUID, code: str) -> Answer:
    """Be told, or not after all; pressed again it is the same."""
    visit, link, form = visit_by_anyone(), MailedLink(request_id, code), Form.sent(lambda _: "")
    wishes = services().opening_requests
    act = wishes.withdraw if form.text("do") == "withdraw" else wishes.confirm
    try:
        recorded = act(visit.stranger, link)
    except NotFound:
        raise
    except PlatsError as error:
        problem = "" if isinstance(error, OpeningRequestOver) else refusal(error)
        return _for_one(_request(link, problem), status_of(error))
    return after(recorded, "opening.request_page", request_id=request_id, code=code)


def _ask(about: OpeningOf) -> Answer:
    visit = visit_by_anyone()
    form = Form.sent(lambda form: _show(visit, about, form), FIELDS)
    if visit.actor.person_id is None:
        return _asked_by_stranger(visit, about, form)
    if form.text("do") == "leave":
        left = form.submit(services().opening_lists.leave, visit.actor, LeaveOpeningList(**vars(about)))
        return _after(left, about, "opening_left")
    joined = form.submit(services().opening_lists.join, visit.actor, JoinOpeningList(**vars(about)))
    return _after(joined, about, "opening_joined")


def _asked_by_stranger(visit: Visit, about: OpeningOf, form: Form) -> Answer:
    """Somebody we do not know is sent a letter. Raises FormRefused."""
    name = form.required("name", "booking_form.fill_name")
    if form.required("email", "booking_form.fill_email"):
        check_email(form, "email", form.text("email"))
    command = AskToBeTold(name, form.text("email"), **vars(about), language=say().language)
    with form.attempt():
        recorded = services().opening_requests.ask(visit.stranger, command, form.key, place_of_reader())
    return _after(recorded, about, "opening_asked")


def _after(recorded: Landed, about: OpeningOf, done: str) -> Answer:
    """Back where they came from."""
    if about.season_id is not None:
        return after(recorded, "season.page", season_id=about.season_id, done=done)
    return after(recorded, "network_home.page", network_id=about.network_id or "", done=done)


def _show(visit: Visit, about: OpeningOf, form: Form) -> str:
    programme, lists = services().programme, services().opening_lists
    row = programme.season(visit.actor, about.season_id).row if about.season_id is not None else None
    network_id = row.network_id if row is not None else about.network_id
    if network_id is None:
        raise NotFound(what="network")
    return form.page(
        "opening.html",
        row=row,
        network=programme.network(visit.organiser.organiser_id, network_id),
        stands=lists.stands(visit.actor, about),
        waiting=lists.waiting(visit.actor, about).waiting if visit.is_admin else None,
    )


def _request(link: MailedLink, problem: str = "") -> str:
    found = services().opening_requests.view(visit_by_anyone().stranger, link)
    return render_template("opening_request.html", found=found, problem=problem)


def _for_one(words: str, status: int = 200) -> Answer:
    return Response(words, status, FOR_ONE_READER, mimetype="text/html")
