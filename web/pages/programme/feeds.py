"""The programme to follow from elsewhere: its meetings in a calendar, what is announced in a feed reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from flask import Blueprint, current_app, request, url_for
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Response

from application.programme.queries.programme import NetworkRow, OrganiserRow
from application.programme.queries.season_filter import SeasonFilter
from application.programme.queries.season_view import SeasonView
from domain.kernel.ids import OrganiserId
from web.calendar.feed import feed
from web.feeds.atom import About, Entry, atom, last_changed
from web.pages.kernel.forms import search_words
from web.pages.kernel.visit import HOME_ZONE, Answer, say, services, today, visit_by_anyone
from web.pages.programme.season_filter import PARAMETERS, SEARCH, seasons_wanted

pages = Blueprint("feeds", __name__)

KEPT_DAYS = 90
"""How long a season that is over stays in calendars."""
MOST_SEASONS = 100
MOST_ENTRIES = 50
CHOSEN = (*PARAMETERS.values(), SEARCH)
NETWORK = "/<slug>/networks/<uuid:network_id>"
Organisers = Mapping[OrganiserId, OrganiserRow]


@pages.get("/programme.ics")
def calendar_of_all() -> Answer:
    """The dated meetings of every organiser here."""
    return _calendar(say()("programme.title"), None, None, today(HOME_ZONE))


@pages.get("/programme.atom")
def atom_of_all() -> Answer:
    """What every organiser here has announced."""
    return _atom(say()("programme.title"), "Plats", url_for("programme.home", _external=True), None, None)


@pages.get("/<slug>/programme.ics")
def calendar() -> Answer:
    """The dated meetings of an organiser's programme."""
    visit = visit_by_anyone()
    return _calendar(visit.organiser.name, visit.organiser.organiser_id, None, today(visit.zone))


@pages.get("/<slug>/programme.atom")
def announced() -> Answer:
    """What an organiser has announced, the newest first."""
    organiser = visit_by_anyone().organiser
    page = url_for("programme.organiser", _external=True)
    return _atom(organiser.name, organiser.name, page, organiser.organiser_id, None)


@pages.get(f"{NETWORK}.ics")
def calendar_of_network(network_id: UUID) -> Answer:
    """The dated meetings of one network. Raises NotFound."""
    organiser, network = _network(network_id)
    return _calendar(network.name, organiser.organiser_id, network_id, today(organiser.zone))


@pages.get(f"{NETWORK}.atom")
def announced_in_network(network_id: UUID) -> Answer:
    """What has been announced in one network, the newest first. Raises NotFound."""
    organiser, network = _network(network_id)
    page = url_for("network_home.page", network_id=network_id, _external=True)
    return _atom(network.name, organiser.name, page, organiser.organiser_id, network_id)


def _network(network_id: UUID) -> tuple[OrganiserRow, NetworkRow]:
    organiser = visit_by_anyone().organiser
    return organiser, services().programme.network(organiser.organiser_id, network_id)


def _calendar(name: str, organiser_id: OrganiserId | None, network_id: UUID | None, on: date) -> Answer:
    organisers = _organisers()
    wanted = replace(_wanted(organisers, organiser_id, network_id), since=on - timedelta(days=KEPT_DAYS))
    views = services().programme.public(organiser_id, wanted, limit=MOST_SEASONS)
    seasons = [(view, _page(view, organisers)) for view in views]
    content = feed(name, seasons, services().clock.now(), say())
    return _kept(content, "text/calendar", last_changed(views))


def _atom(title: str, author: str, page: str, organiser_id: OrganiserId | None, network_id: UUID | None) -> Answer:
    organisers = _organisers()
    wanted = _wanted(organisers, organiser_id, network_id)
    views = services().programme.public(organiser_id, wanted, newest=True, limit=MOST_ENTRIES)
    entries = [Entry(view, _page(view, organisers), organisers[view.row.organiser_id].name) for view in views]
    content = atom(About(title, author, iri_to_uri(request.url), page), entries, say())
    return _kept(content, "application/atom+xml", last_changed(views))


@pages.app_context_processor
def _followed() -> dict[str, object]:
    """`followed()`: what the reader has chosen in the programme, as the addresses of its feeds say it too."""
    return {"followed": lambda: {name: said for name in CHOSEN if (said := search_words(request.args.get(name, "")))}}


def _wanted(organisers: Organisers, organiser_id: OrganiserId | None, network_id: UUID | None) -> SeasonFilter:
    """What the address chooses, as it does on the programme's page; of the network whose feed it is."""
    wanted = seasons_wanted(() if organiser_id else tuple(organisers.values()))
    return replace(wanted, network_id=network_id) if network_id else wanted


def _organisers() -> Organisers:
    return {each.organiser_id: each for each in services().programme.organisers()}


def _page(view: SeasonView, organisers: Organisers) -> str:
    slug = organisers[view.row.organiser_id].slug
    return url_for("season.page", slug=slug, season_id=view.row.season_id, _external=True)


def _kept(content: bytes, kind: str, changed_at: datetime) -> Response:
    """An answer that says whether it is what the reader has already."""
    answer = current_app.response_class(content, mimetype=kind)
    answer.cache_control.private, answer.cache_control.max_age = True, 300
    answer.last_modified = changed_at
    answer.vary.update(("Cookie", "Accept-Language"))
    answer.add_etag()
    return answer.make_conditional(request)
