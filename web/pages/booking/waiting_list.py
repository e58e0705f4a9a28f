"""The waiting list of a season: join it, leave it, and give whoever is first the seats that have become free."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.booking.booking import MakeBooking
from application.booking.queries.roster import WaitingRow
from application.booking.queue_request import AskToQueue
from application.booking.waiting_list import JoinWaitingList, LeaveWaitingList
from application.people.participant import TO_BE_NAMED, Participant
from domain.booking.waiting_list import NotWaiting
from domain.kernel.errors import NotFound
from domain.kernel.ids import OrganisationId, PersonId, SeasonId
from web.pages.booking.season import show_for_stranger
from web.pages.booking.typed_buyer import check_email
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import (
    Answer,
    Visit,
    after,
    place_of_reader,
    say,
    services,
    today,
    visit_by_anyone,
    visit_signed_in,
)

pages = Blueprint("waiting_list", __name__)

FIELDS = {"name": "name", "email": "email", "seats": "seats"}


@pages.post("/<slug>/seasons/<uuid:season_id>/waiting-list")
def join(season_id: UUID) -> Answer:
    """Join the waiting list for some seats together; an admin for somebody; a stranger once they have confirmed."""
    visit = visit_by_anyone()
    if not visit.is_signed_in:
        return _ask(visit, SeasonId(season_id))
    form = Form(request.form)
    person = form.choice("for")
    if form.text("for") and person is None:
        raise NotFound(what="person")
    command = JoinWaitingList(SeasonId(season_id), form.whole("seats") or 1, PersonId(person) if person else None)
    recorded = services().waiting_lists.join(visit.actor, command, form.key)
    done = "waits" if person else "waiting"
    return after(recorded, "season.page", season_id=season_id, done=done)


def _ask(visit: Visit, season_id: SeasonId) -> Answer:
    """Somebody we do not know is sent a letter. Raises FormRefused."""
    form = Form.sent(lambda form: show_for_stranger(visit, season_id, form), FIELDS)
    seats, name = form.whole("seats"), form.required("name", "booking_form.fill_name")
    if form.required("email", "booking_form.fill_email"):
        check_email(form, "email", form.text("email"))
    command = AskToQueue(season_id, name, form.text("email"), seats or 0, say().language)
    with form.attempt():
        recorded = services().queue_requests.ask(visit.actor, command, form.key, place_of_reader())
    return after(recorded, "queue.asked", season_id=season_id)


@pages.post("/<slug>/seasons/<uuid:season_id>/waiting-list/<uuid:place_id>/leave")
def leave(season_id: UUID, place_id: UUID) -> Answer:
    """Wait no longer."""
    visit = visit_signed_in()
    command = LeaveWaitingList(SeasonId(season_id), place_id)
    recorded = services().waiting_lists.leave(visit.actor, command, request.form.get("key") or None)
    return after(recorded, "season.page", season_id=season_id, done="left_waiting")


@pages.post("/<slug>/seasons/<uuid:season_id>/waiting-list/<uuid:place_id>/book")
def book(season_id: UUID, place_id: UUID) -> Answer:
    """Book the seats that somebody has waited for; their employer pays where one is known."""
    visit = visit_signed_in()
    view = services().programme.season(visit.actor, season_id)
    waiting = services().rosters.waiting(visit.actor, season_id)
    row = next((each for each in waiting if each.place_id == place_id), None)
    if row is None:
        raise NotWaiting
    seated = {line.person_id for line in services().rosters.of(visit.actor, season_id)}
    first = TO_BE_NAMED if row.person_id in seated else Participant(person_id=row.person_id)
    command = MakeBooking(
        SeasonId(season_id),
        (first, *(TO_BE_NAMED,) * (row.seats - 1)),
        organisation_id=_employer(visit, row, view.row.zone),
        place_id=place_id,
        booked_for=row.person_id,
    )
    recorded = services().bookings.make(visit.actor, command, request.form.get("key") or None)
    return after(recorded, "booking.page", booking_id=recorded.answer.booking_id, done="booked")


def _employer(visit: Visit, row: WaitingRow, zone: str) -> OrganisationId | None:
    """Whom the person works for today, where that is known."""
    on = today(zone)
    jobs = services().people_questions.person(visit.actor, row.person_id).employments
    now = [job for job in jobs if job.from_on <= on and (job.until_on is None or on <= job.until_on)]
    return max(now, key=lambda job: job.from_on).organisation_id if now else None
