"""Single sessions of an open programme, ticked on one page and booked with one press (A6)."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from application.attendance.session import BookSessions
from application.attendance.session_registration import RegisterForSessions
from application.programme.queries.season_filter import SeasonFilter
from application.programme.queries.season_view import SeasonView
from domain.attendance.clash import Clash
from domain.kernel.ids import SeasonId
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, place_of_reader, say, services, visit_by_anyone

pages = Blueprint("session", __name__)

AT = "/<slug>/networks/<uuid:network_id>/sessions"
MOST = 100


@pages.get(AT)
def page(network_id: UUID) -> Answer:
    """The sessions that can be booked, by time; what one has then is said beside each."""
    return _show(visit_by_anyone(), network_id, Form())


@pages.post(AT)
def book(network_id: UUID) -> Answer:
    """A seat in each that is ticked, or in none; a stranger is sent a letter for each, to confirm it by."""
    visit = visit_by_anyone()
    form = Form.sent(lambda form: _show(visit, network_id, form), {"name": "name", "email": "email"})
    chosen = tuple(SeasonId(each) for each in form.choices("session"))
    if not chosen:
        form.problems.note("", "session.choose")
    if not visit.is_signed_in:
        return _register(visit, network_id, form, chosen)
    recorded = form.submit(services().sessions_chosen.book, visit.actor, BookSessions(chosen, shown=0))
    return after(recorded, "booking.mine", done="sessions_booked")


def _register(visit: Visit, network_id: UUID, form: Form, chosen: tuple[SeasonId, ...]) -> Answer:
    """Somebody we do not know. Raises FormRefused."""
    name, email = form.required("name", "booking_form.fill_name"), form.required("email", "booking_form.fill_email")
    command = RegisterForSessions(chosen, name, email, say().language)
    with form.attempt():
        recorded = services().session_registrations.register(visit.stranger, command, form.key, place_of_reader())
    return after(recorded, "session.page", network_id=network_id, done="sessions_registered")


def _show(visit: Visit, network_id: UUID, form: Form) -> str:
    programme, organiser_id = services().programme, visit.organiser.organiser_id
    wanted = SeasonFilter(network_id=network_id, takes_bookings=True, is_free=True, is_public=True, is_past=False)
    sessions = programme.public(organiser_id, wanted, limit=MOST)
    return form.page(
        "sessions_chosen.html",
        network=programme.network(organiser_id, network_id),
        sessions=sessions,
        mine=_mine(visit),
        clashes={each.row.season_id: _clashes(visit, each) for each in sessions},
        chosen=form.typed.getlist("session"),
    )


def _mine(visit: Visit) -> frozenset[UUID]:
    """In which seasons the reader sits already."""
    found = services().booking_questions.about(visit.actor, limit=MOST).items if visit.actor.person_id else ()
    return frozenset(
        each.season_id
        for each in found
        if any(visit.actor.is_person(seat.person_id) and not seat.is_cancelled for seat in each.seats)
    )


def _clashes(visit: Visit, view: SeasonView) -> tuple[Clash, ...]:
    return services().clashes.with_season(visit.actor, view.row.season_id) if visit.actor.person_id else ()
