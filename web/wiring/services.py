"""Which use case and question is made of what, for the faces. Nothing here decides anything."""

from __future__ import annotations

from application.services import Services
from infrastructure.jobs.health import DatabaseHealth
from web.wiring.attendance import attendance, learning
from web.wiring.booking import booking, booking_questions
from web.wiring.insight import insight
from web.wiring.money import money
from web.wiring.parts import Parts
from web.wiring.people import access, mail, people
from web.wiring.programme import programme

ROOMS = (people, access, mail, programme, booking, booking_questions, attendance, learning, money, insight)


def services_of(parts: Parts) -> Services:
    """Those that need the record of decisions alone are named nowhere."""
    store, models = parts.store, parts.models
    return Services.of(
        store.decisions,
        **{name: made for room in ROOMS for name, made in room(parts).items()},
        clock=store.clock,
        freshness=models.freshness,
        health=DatabaseHealth(store, models.freshness, parts.settings.home),
    )
