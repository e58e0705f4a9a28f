"""First refusal in a season: who would get it is shown first; then who has answered what; and the answer itself."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.booking.first_refusal import DeclineFirstRefusal, FirstRefusalPreview, OfferFirstRefusal
from application.programme.queries.season_filter import SeasonFilter
from application.programme.queries.season_view import SeasonRow, SeasonView
from domain.kernel.errors import NotFound
from domain.kernel.ids import PersonId, SeasonId
from web.pages.kernel.forms import Form
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, Visit, after, services, visit_signed_in

pages = Blueprint("first_refusal", __name__)

FIELDS = {"until_on": "until_on", "earlier_season_id": "earlier"}
MOST = 100


@pages.get("/<slug>/seasons/<uuid:season_id>/first-refusal")
def page(season_id: UUID) -> Answer:
    """Whom to offer it to and until when; and what those answered who have been offered it."""
    return _show(*season_as_admin(season_id), Form(), None)


@pages.post("/<slug>/seasons/<uuid:season_id>/first-refusal")
def offer(season_id: UUID) -> Answer:
    """Look at whom it would be; then, if those are the ones who were shown, keep a seat for each."""
    visit, view = season_as_admin(season_id)
    form = Form.sent(lambda form: _show(visit, view, form, None), FIELDS)
    command = _command(form, SeasonId(season_id))
    if command.shown is None:
        with form.attempt():
            return _show(visit, view, form, services().first_refusals.preview(visit.actor, command))
    recorded = form.submit(services().first_refusals.offer, visit.actor, command)
    return after(recorded, "first_refusal.page", season_id=season_id, done="first_refusal_offered")


@pages.post("/<slug>/seasons/<uuid:season_id>/first-refusal/decline")
def decline(season_id: UUID) -> Answer:
    """The seat is not wanted: by the reader, or (an admin) by whom the form names."""
    visit = visit_signed_in()
    form = Form(request.form)
    person = form.choice("person") or visit.actor.person_id
    if person is None:
        raise NotFound(what="person")
    command = DeclineFirstRefusal(SeasonId(season_id), PersonId(person))
    recorded = services().first_refusals.decline(visit.actor, command, form.key)
    if not visit.actor.is_person(person):
        return after(recorded, "first_refusal.page", season_id=season_id, done="first_refusal_declined")
    return after(recorded, "booking.mine", done="first_refusal_declined")


def _command(form: Form, season_id: SeasonId) -> OfferFirstRefusal:
    earlier, until_on = form.choice("earlier"), form.day("until_on")
    if not form.text("until_on"):
        form.problems.missing("until_on")
    if earlier is None:
        form.problems.missing("earlier")
    shown = form.shown() if form.text("do") == "offer" else None
    earlier_id, until_on = SeasonId(form.needed(earlier)), form.needed(until_on)
    return OfferFirstRefusal(season_id, earlier_id, until_on, shown, form.text("who"))


def _earlier(visit: Visit, view: SeasonView) -> list[SeasonRow]:
    """The other seasons of the network, the latest first."""
    row = view.row
    its = SeasonFilter(network_id=row.network_id)
    found = services().programme.seasons(row.organiser_id, its, limit=MOST, reader=visit.actor).items
    return [each for each in reversed(found) if each.season_id != row.season_id and not each.called_off_for]


def _show(visit: Visit, view: SeasonView, form: Form, preview: FirstRefusalPreview | None) -> str:
    row, earlier = view.row, _earlier(visit, view)
    people = set(preview.people) if preview else set()
    lines = services().rosters.of(visit.actor, UUID(form.text("earlier"))) if people else ()
    names = dict.fromkeys(line.name or "" for line in lines if line.person_id in people)
    return form.page(
        "first_refusal.html",
        row=row,
        earlier=earlier,
        preview=preview,
        names=list(names),
        rows=services().first_refusal_questions.of_season(visit.actor, row.season_id),
    )
