"""The JSON API under /api/v1, described by /api/openapi.json: a thin face over the use cases."""

from __future__ import annotations

from functools import cache

from flask import Flask, Response, current_app, request

from web.api.access.session import sessions
from web.api.access.token import tokens
from web.api.access.trail import trail
from web.api.access.webhook import webhooks
from web.api.accounting.report import reports
from web.api.accounting.vat_return import vat_returns
from web.api.attendance.attendance import attendances
from web.api.attendance.clash import clashes
from web.api.attendance.door import doors
from web.api.attendance.participation import participations
from web.api.attendance.session import sessions_chosen
from web.api.billing.crediting import credit_notes
from web.api.billing.invoice import invoices
from web.api.booking.application import applications
from web.api.booking.booking import bookings
from web.api.booking.cancellation import cancellations
from web.api.booking.first_refusal import first_refusals
from web.api.booking.hold import holds
from web.api.booking.introduction import introductions
from web.api.booking.move import moves
from web.api.booking.opening import waiting_lists
from web.api.booking.registration import programme
from web.api.booking.terms_trial import terms_trials
from web.api.booking.transfer import transfers
from web.api.booking.vouch import vouches
from web.api.kernel.document import describe
from web.api.kernel.who import Who
from web.api.learning.learning import learnings
from web.api.learning.round import rounds
from web.api.mail.letter import letters
from web.api.mail.letter_rules import letter_rules
from web.api.mail.mailing import mailings
from web.api.mail.own_words import own_words
from web.api.payments.payment import payments
from web.api.people.face import faces
from web.api.people.logo import logos
from web.api.people.me import me
from web.api.people.membership import memberships
from web.api.people.organisation import organisations
from web.api.people.organiser import organisers
from web.api.people.person import people
from web.api.people.safeguard import safeguards
from web.api.programme.goods import goods
from web.api.programme.image import images
from web.api.programme.material import materials
from web.api.programme.meeting import meetings
from web.api.programme.network import networks
from web.api.programme.season import seasons

NOUNS = (
    organisers,
    safeguards,
    logos,
    programme,
    people,
    faces,
    me,
    sessions,
    organisations,
    memberships,
    networks,
    seasons,
    meetings,
    materials,
    introductions,
    images,
    waiting_lists,
    applications,
    vouches,
    first_refusals,
    doors,
    attendances,
    learnings,
    rounds,
    bookings,
    participations,
    clashes,
    sessions_chosen,
    holds,
    cancellations,
    transfers,
    moves,
    terms_trials,
    invoices,
    credit_notes,
    payments,
    reports,
    vat_returns,
    goods,
    letters,
    letter_rules,
    own_words,
    mailings,
    tokens,
    trail,
    webhooks,
)


LARGE_CALLS = dict.fromkeys(
    ("images.choose_image", "faces.show_face", "materials.publish_file", "materials.replace_file"), 12 * 1024 * 1024
) | dict.fromkeys(
    ("payments.preview_bank_file", "payments.check_bank_file", "payments.take_in_bank_file"), 33 * 1024 * 1024
)
"""The operations to which a file of more than a call's usual bytes may be sent."""


def register_api(app: Flask) -> None:
    """Add the API to an application."""
    app.before_request(_take_large_files)
    for noun in NOUNS:
        app.register_blueprint(noun)
    vars(openapi)["who"] = Who.ANYONE
    app.add_url_rule("/api/openapi.json", "openapi", openapi)


def _take_large_files() -> None:
    if request.endpoint in LARGE_CALLS:
        request.max_content_length = LARGE_CALLS[request.endpoint]


def openapi() -> Response:
    """The description of the API."""
    return current_app.response_class(_described(), content_type="application/json")


@cache
def _described() -> bytes:
    return describe(NOUNS)
