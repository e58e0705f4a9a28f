"""Calendars to follow: a season's public one, and somebody's own behind a secret address."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request, url_for

from application.kernel.actor import Actor
from application.programme.queries.programme import SeasonView
from domain.kernel.errors import NotFound
from web.calendar.feed import Mine, feed, season_feed
from web.pages.kernel.coming import sits_in
from web.pages.kernel.visit import Answer, say, services, visit, visit_signed_in

pages = Blueprint("calendar", __name__)

MOST_BOOKINGS = 100


@pages.get("/<slug>/seasons/<uuid:season_id>.ics")
def season(slug: str, season_id: UUID) -> Answer:
    """A season's meetings, for anyone's calendar; no links that are for participants."""
    reader = visit(slug)
    public = Actor("calendar", reader.organiser.organiser_id)
    view = services().programme.season(public, season_id)
    return _calendar(season_feed(view, _address(slug, view), services().clock.now(), say()), view.row.title)


@pages.get("/<slug>/calendar")
def page(slug: str) -> Answer:
    """How to follow one's own meetings in a calendar."""
    reader = visit_signed_in(slug)
    return render_template("calendar.html", address="", is_shared=services().calendars.is_shared(reader.actor))


@pages.post("/<slug>/calendar")
def make(slug: str) -> Answer:
    """A new secret address, shown once; the earlier one stops working. Or none at all."""
    reader = visit_signed_in(slug)
    if request.form.get("do") == "stop":
        services().calendars.stop(reader.actor)
        return render_template("calendar.html", address="", is_stopped=True)
    secret = services().calendars.make(reader.actor)
    address = url_for("calendar.mine", slug=slug, secret=secret, _external=True)
    return render_template("calendar.html", address=address, is_shared=True)


@pages.get("/<slug>/calendar/<secret>.ics")
def mine(slug: str, secret: str) -> Answer:
    """The meetings of the seasons that the address's owner sits in. Raises NotFound for an address that is none."""
    reader = visit(slug)
    owner = services().calendars.reader(secret)
    if owner.organiser_id != reader.organiser.organiser_id:
        raise NotFound(what="calendar")
    views = [services().programme.season(owner, season_id) for season_id in _seasons_of(owner)]
    return _own(slug, say()("calendar.name", organiser=reader.organiser.name), owner, views)


@pages.get("/<slug>/bookings/<uuid:booking_id>.ics")
def booking(slug: str, booking_id: UUID) -> Answer:
    """The meetings of a booking that the reader sits in, as a file. Raises NotFound where they have no seat in it."""
    reader = visit_signed_in(slug)
    row = services().booking_questions.one(reader.actor, booking_id)
    if not sits_in(reader.actor, row):
        raise NotFound(what="calendar")
    view = services().programme.season(reader.actor, row.season_id)
    return _own(slug, view.row.title, reader.actor, [view])


def _seasons_of(owner: Actor) -> list[UUID]:
    """The seasons somebody has a seat in."""
    bookings = services().booking_questions.mine(owner, limit=MOST_BOOKINGS).items
    return sorted({each.season_id for each in bookings if sits_in(owner, each)}, key=str)


def _own(slug: str, name: str, owner: Actor, views: list[SeasonView]) -> Answer:
    """Somebody's own meetings, each under the name that letters have given it in their calendar."""
    found = [(view, _address(slug, view)) for view in views]
    meetings = [meeting.meeting_id for view in views for meeting in view.meetings]
    told = services().who_knew_what.my_calendar(owner, meetings)
    mine = Mine(owner.person_id, told) if owner.person_id is not None else None
    return _calendar(feed(name, found, services().clock.now(), say(), mine), name)


def _address(slug: str, view: SeasonView) -> str:
    return url_for("season.page", slug=slug, season_id=view.row.season_id, _external=True)


def _calendar(content: bytes, name: str) -> Response:
    headers = {
        "Content-Disposition": f"inline; filename=\"plats.ics\"; filename*=UTF-8''{quote(name, safe='')}.ics",
        "Cache-Control": "private, max-age=300",
    }
    return current_app.response_class(content, mimetype="text/calendar", headers=headers)
