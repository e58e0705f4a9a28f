"""Employments that are vouched for as seats are named and handed over, and what the desk says of them."""

from __future__ import annotations

from application.booking.queries.vouch import VouchRow
from application.booking.vouch import Refuted, RefuteVouch, VerifyVouch
from application.people.person import PersonRef
from domain.kernel.ids import PersonId
from web.api.booking.vouch_schema import RefuteVouchBody, VerifyVouchBody
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

vouches = ApiBlueprint("vouches", "Employments that somebody has vouched for and nobody has verified yet.")
ONE = "/people/<uuid:person_id>/vouches"


@vouches.read("/vouches", Who.ADMIN, tuple[VouchRow, ...])
def list_vouches(call: Call) -> tuple[VouchRow, ...]:
    """Those that are neither verified nor refuted, oldest first."""
    return call.services.vouch_questions.waiting(call.actor)


@vouches.write("POST", f"{ONE}/verify", Who.ADMIN, PersonRef, body=VerifyVouchBody)
def verify_vouch(call: Call, person_id: PersonId) -> Written:
    """They work there, from the day that was said."""
    return call.execute(call.services.vouches.verify, VerifyVouch(person_id, **call.body))


@vouches.write("POST", f"{ONE}/refute", Who.ADMIN, Refuted, body=RefuteVouchBody)
def refute_vouch(call: Call, person_id: PersonId) -> Written:
    """They do not work there: the seats stay, and their price follows the rule of transfers."""
    return call.execute(call.services.vouches.refute, RefuteVouch(person_id, **call.body))
