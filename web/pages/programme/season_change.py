"""A season put right: title, promise, language, zone, who may book; who leads it, and whom to ask."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict

from application.programme.queries.season_view import SeasonView
from application.programme.season import CorrectSeason, NameLeaders
from domain.kernel.errors import NotFound
from domain.kernel.ids import NetworkId, PersonId, SeasonId
from domain.kernel.text import LANGUAGES
from domain.programme.season import NOTHING_SAID
from web.pages.kernel.finding import people_meant
from web.pages.kernel.forms import Form, Typed, search_words
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, Landed, Visit, after, services
from web.pages.programme.admission_form import GROUNDS, SECTORS, admission_of, ticks_of
from web.pages.programme.season_plan_form import said_in

pages = Blueprint("season_change", __name__)

FIELDS = {
    "title": "title",
    **{name: name for name in NOTHING_SAID.by_name},
    "time": "zone",
    "BookingHasOpened": "zone",
    "NetworkClosed": "network",
}
AT = "/<slug>/seasons/<uuid:season_id>"


@pages.get(f"{AT}/change")
def page(season_id: UUID) -> Answer:
    """What is known of it, to be put right."""
    visit, view = season_as_admin(season_id)
    return _show(visit, view, Form(_known(view)))


@pages.post(f"{AT}/change")
def correct(season_id: UUID) -> Answer:
    """What differs is recorded."""
    visit, view = season_as_admin(season_id)
    form = Form.sent(lambda form: _show(visit, view, form), FIELDS)
    network_id, said = form.choice("network"), said_in(form)
    known_language = said["language"] if said.get("language") in LANGUAGES else None
    command = CorrectSeason(
        SeasonId(season_id),
        form.required("title"),
        {**said, "language": known_language, "zone": said.get("zone") or None},
        None if view.row.called_off_for else admission_of(form),
        NetworkId(network_id) if network_id else None,
    )
    return _done(form.submit(services().seasons.correct, visit.actor, command), season_id, "season_corrected")


@pages.post(f"{AT}/leaders")
def name(season_id: UUID) -> Answer:
    """One more who leads it, or whom to ask."""
    visit, view = season_as_admin(season_id)
    form = Form.sent(lambda form: _show(visit, view, form), known=_known(view))
    person_id = PersonId(form.chosen("person_id"))
    leaders, contacts = _named(view)
    joined = {"leader": leaders, "contact": contacts}.get(form.text("do"))
    if joined is None:
        raise NotFound(what="season")
    if person_id not in joined:
        joined.append(person_id)
    command = NameLeaders(SeasonId(season_id), tuple(leaders), tuple(contacts))
    return _done(services().seasons.name_leaders(visit.actor, command, form.key), season_id, "leaders_named")


@pages.post(f"{AT}/leaders/<uuid:person_id>/<any(leader, contact):part>/remove")
def remove(season_id: UUID, person_id: UUID, part: str) -> Answer:
    """Somebody leads it no longer, or is not to be asked."""
    visit, view = season_as_admin(season_id)
    leaders, contacts = _named(view)
    left = leaders if part == "leader" else contacts
    left[:] = [each for each in left if each != person_id]
    command = NameLeaders(SeasonId(season_id), tuple(leaders), tuple(contacts))
    return _done(services().seasons.name_leaders(visit.actor, command), season_id, "leaders_named")


def _named(view: SeasonView) -> tuple[list[PersonId], list[PersonId]]:
    leaders, contacts = ([PersonId(each.person_id) for each in part] for part in (view.leaders, view.contacts))
    return leaders, contacts


def _known(view: SeasonView) -> Typed:
    told = {"network": str(view.row.network_id), "title": view.row.title, **view.row.by_name}
    return MultiDict([*told.items(), *ticks_of(view.admission)])


def _done(recorded: Landed, season_id: UUID, done: str) -> Answer:
    return after(recorded, "season_change.page", season_id=season_id, done=done)


def _show(visit: Visit, view: SeasonView, form: Form) -> str:
    words = search_words(request.values.get("q", ""))
    return form.page(
        "season_change.html",
        view=view,
        row=view.row,
        languages=LANGUAGES,
        networks=[
            each
            for each in services().programme.networks(visit.organiser.organiser_id)
            if not each.is_closed or each.network_id == view.row.network_id
        ],
        grounds=GROUNDS,
        sectors=SECTORS,
        words=words,
        found=people_meant(visit, words),
    )
