"""Calendars to follow: a season's public one, and somebody's own behind a secret address."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request, url_for

from application.kernel.actor import Actor
from application.programme.queries.season_view import SeasonView
from domain.kernel.errors import NotFound
from domain.kernel.season_name import season_name
from web.calendar.feed import Mine, feed, season_feed
from web.pages.kernel.by_link import visit_of_booking
from web.pages.kernel.coming import sits_in
from web.pages.kernel.visit import Answer, say, services, visit_by_anyone, visit_signed_in

pages = Blueprint("calendar", __name__)

MOST_BOOKINGS = 100


@pages.get("/<slug>/seasons/<uuid:season_id>.ics")
def season(season_id: UUID) -> Answer:
    """A season's meetings, for anyone's calendar; no links that are for participants."""
    visit = visit_by_anyone()
    public = Actor("calendar", visit.organiser.organiser_id)
    view = services().programme.season(public, season_id)
    answer = _calendar(
        season_feed(view, _address(view), services().clock.now(), say()), season_name(view.row.network, view.row.title)
    )
    answer.last_modified = view.row.changed_at
    answer.add_etag()
    return answer.make_conditional(request)


@pages.get("/<slug>/calendar")
def page() -> Answer:
    """How to follow one's own meetings in a calendar."""
    visit = visit_signed_in()
    return render_template("calendar.html", address="", is_shared=services().calendars.is_shared(visit.actor))


@pages.post("/<slug>/calendar")
def make() -> Answer:
    """A new secret address, shown once; the earlier one stops working. Or none at all."""
    visit = visit_signed_in()
    if request.form.get("do") == "stop":
        services().calendars.stop(visit.actor)
        return render_template("calendar.html", address="", is_stopped=True)
    secret = services().calendars.make(visit.actor)
    address = url_for("calendar.mine", secret=secret, _external=True)
    return render_template("calendar.html", address=address, is_shared=True)


@pages.get("/<slug>/calendar/<secret>.ics")
def mine(secret: str) -> Answer:
    """The meetings of the seasons that the address's owner sits in. Raises NotFound for an address that is none."""
    visit = visit_by_anyone()
    owner = services().calendars.reader(secret)
    if owner.organiser_id != visit.organiser.organiser_id:
        raise NotFound(what="calendar")
    views = [services().programme.season(owner, season_id) for season_id in _seasons_of(owner)]
    return _own(say()("calendar.name", organiser=visit.organiser.name), owner, views)


@pages.get("/<slug>/bookings/<uuid:booking_id>.ics")  # as it once was
@pages.get("/<slug>/bookings/<uuid:booking_id>/calendar.ics")
def booking(booking_id: UUID) -> Answer:
    """The meetings of a booking that the reader sits in, as a file. Raises NotFound where they have no seat in it."""
    visit = visit_of_booking()
    row = services().booking_questions.one(visit.actor, booking_id)
    if not sits_in(visit.actor, row):
        raise NotFound(what="calendar")
    view = services().programme.season(visit.actor, row.season_id)
    return _own(season_name(view.row.network, view.row.title), visit.actor, [view])


def _seasons_of(owner: Actor) -> list[UUID]:
    """The seasons somebody has a seat in."""
    bookings = services().booking_questions.about(owner, limit=MOST_BOOKINGS).items
    return sorted({each.season_id for each in bookings if sits_in(owner, each)}, key=str)


def _own(name: str, owner: Actor, views: list[SeasonView]) -> Answer:
    """Somebody's own meetings, each under the name that letters have given it in their calendar."""
    found = [(view, _address(view)) for view in views]
    meetings = [meeting.meeting_id for view in views for meeting in view.meetings]
    told = services().who_knew_what.my_calendar(owner, meetings)
    mine = Mine(owner.person_id, told) if owner.person_id is not None else None
    return _calendar(feed(name, found, services().clock.now(), say(), mine), name)


def _address(view: SeasonView) -> str:
    return url_for("season.page", season_id=view.row.season_id, _external=True)


def _calendar(content: bytes, name: str) -> Response:
    headers = {
        "Content-Disposition": f"inline; filename=\"plats.ics\"; filename*=UTF-8''{quote(name, safe='')}.ics",
        "Cache-Control": "private, max-age=300",
    }
    return current_app.response_class(content, mimetype="text/calendar", headers=headers)
