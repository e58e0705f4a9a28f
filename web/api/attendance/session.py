"""Single sessions of an open programme, booked together."""

from __future__ import annotations

from flask import request

from application.attendance.session import BookSessions, SessionsBooked
from application.attendance.session_registration import RegisterForSessions, SessionsRegistered
from web.api.attendance.session_schema import BookSessionsBody, RegisterForSessionsBody
from web.api.kernel.call import PREFIX, Call, Written, written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.problem import language
from web.api.kernel.who import Who
from web.api.people.organiser import organiser_named

sessions_chosen = ApiBlueprint("chosen sessions", "A seat in each of several seasons, all of them or none.")


@sessions_chosen.look("/session-bookings/preview", Who.SIGNED_IN, SessionsBooked, BookSessionsBody)
def preview_sessions(call: Call) -> SessionsBooked:
    """What it would come to, and whether they go together; nothing is recorded."""
    return call.services.sessions_chosen.preview(call.actor, BookSessions(**call.body))


@sessions_chosen.write(
    "POST", "/session-bookings", Who.SIGNED_IN, SessionsBooked, body=BookSessionsBody, status=201, is_keyed=True
)
def book_sessions(call: Call) -> Written:
    """A seat for oneself (or for whom an admin books) in each of them. Two at the same time: 409."""
    return call.execute(call.services.sessions_chosen.book, BookSessions(**call.body))


@sessions_chosen.write(
    "POST",
    "/organisers/<organiser>/session-registrations",
    Who.ANYONE,
    SessionsRegistered,
    body=RegisterForSessionsBody,
    status=201,
    is_keyed=True,
)
def register_for_sessions(call: Call, organiser: str) -> Written:
    """Hold a seat in each for somebody without a token, all or none; each is confirmed by the link of its letter."""
    actor = call.anyone(organiser_named(call, organiser).organiser_id)
    command = RegisterForSessions(language=language(), **{**call.body, "season_ids": tuple(call.body["season_ids"])})
    recorded = call.services.session_registrations.register(actor, command, call.key, request.remote_addr or "")
    return written(recorded, f"{PREFIX}/organisers/{organiser}")
