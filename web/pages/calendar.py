"""Calendars to follow: a season's public one, and somebody's own behind a secret address."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request, url_for

from application.actor import Actor
from application.reading.programme import SeasonView
from domain.errors import NotFound
from web.calendar_feed import feed, season_feed
from web.reader import Answer, say, services, visit, visit_signed_in

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
    found = [(view, _address(slug, view)) for view in views]
    name = say()("calendar.name", organiser=reader.organiser.name)
    return _calendar(feed(name, found, services().clock.now(), say()), name)


def _seasons_of(owner: Actor) -> list[UUID]:
    """The seasons somebody has a seat in."""
    bookings = services().booking_questions.mine(owner, limit=MOST_BOOKINGS).items
    seated = {
        each.season_id
        for each in bookings
        if not each.ended_for
        for seat in each.seats
        if seat.person_id == owner.person_id and not seat.is_cancelled
    }
    return sorted(seated, key=str)


def _address(slug: str, view: SeasonView) -> str:
    return url_for("season.page", slug=slug, season_id=view.row.season_id, _external=True)


def _calendar(content: bytes, name: str) -> Response:
    headers = {
        "Content-Disposition": f"inline; filename=\"plats.ics\"; filename*=UTF-8''{quote(name, safe='')}.ics",
        "Cache-Control": "private, max-age=300",
    }
    return current_app.response_class(content, mimetype="text/calendar", headers=headers)
