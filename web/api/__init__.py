"""The JSON API under /api/v1, described by /api/openapi.json: a thin face over the use cases."""

from __future__ import annotations

from functools import cache

from flask import Flask, Response, current_app

from web.api.booking import bookings
from web.api.cancellation import cancellations
from web.api.crediting import credit_notes
from web.api.document import describe
from web.api.first_refusal import first_refusals
from web.api.goods import goods
from web.api.hold import holds
from web.api.invoice import invoices
from web.api.letter import letters
from web.api.logo import logos
from web.api.material import materials
from web.api.me import me
from web.api.meeting import meetings
from web.api.membership import memberships
from web.api.network import networks
from web.api.organisation import organisations
from web.api.organiser import organisers
from web.api.payment import payments
from web.api.person import people
from web.api.programme import programme
from web.api.report import reports
from web.api.safeguard import safeguards
from web.api.season import seasons
from web.api.session import sessions
from web.api.token import tokens
from web.api.trail import trail
from web.api.transfer import transfers
from web.api.waiting_list import waiting_lists
from web.api.who import Who

NOUNS = (
    organisers,
    safeguards,
    logos,
    programme,
    people,
    me,
    sessions,
    organisations,
    memberships,
    networks,
    seasons,
    meetings,
    materials,
    waiting_lists,
    first_refusals,
    bookings,
    holds,
    cancellations,
    transfers,
    invoices,
    credit_notes,
    payments,
    reports,
    goods,
    letters,
    tokens,
    trail,
)


def register_api(app: Flask) -> None:
    """Add the API to an application."""
    for noun in NOUNS:
        app.register_blueprint(noun)
    vars(openapi)["who"] = Who.ANYONE
    app.add_url_rule("/api/openapi.json", "openapi", openapi)


def openapi() -> Response:
    """The description of the API."""
    return current_app.response_class(_described(), content_type="application/json")


@cache
def _described() -> bytes:
    return describe(NOUNS)
