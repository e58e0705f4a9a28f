"""Everything that is kept about one person, for themselves; and what they may ask for: to be erased."""

from __future__ import annotations

from uuid import UUID

from application.kernel.use_case import organiser_of
from application.people.affiliation import WithdrawClaim
from application.people.person import PersonRef, RequestErasure, WithdrawErasureRequest
from domain.kernel.errors import NotFound
from domain.kernel.ids import PersonId
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.people.person_schema import ExportQuery, WithdrawClaimBody
from web.words.language import read_phrases
from web.words.my_data import ToldData, told

me = ApiBlueprint("own_data", "One's own data: all of it, and the request to be erased.")
ONE = "/people/<uuid:person_id>"
PHRASES = read_phrases()


@me.read("/me/export", Who.SIGNED_IN, ToldData, ExportQuery)
def export_me(call: Call) -> ToldData:
    """Everything that is kept about whoever asks, and nobody else's data."""
    if call.actor.person_id is None:
        raise NotFound(what="person")
    return _told(call, call.actor.person_id)


@me.read(f"{ONE}/export", Who.SIGNED_IN, ToldData, ExportQuery)
def export_person(call: Call, person_id: UUID) -> ToldData:
    """The same of anyone of the organiser for admins, of oneself for others."""
    return _told(call, person_id)


@me.write("POST", f"{ONE}/affiliations/withdraw", Who.SIGNED_IN, PersonRef, body=WithdrawClaimBody)
def withdraw_claim(call: Call, person_id: PersonId) -> Written:
    """Take back a claim that nobody has decided."""
    return call.execute(call.services.affiliations.withdraw, WithdrawClaim(person_id, **call.body))


@me.write("POST", f"{ONE}/erasure-request", Who.SIGNED_IN, PersonRef)
def request_erasure(call: Call, person_id: PersonId) -> Written:
    """Ask to be erased; an admin carries it out."""
    return call.execute(call.services.people.request_erasure, RequestErasure(person_id))


@me.write("DELETE", f"{ONE}/erasure-request", Who.SIGNED_IN, PersonRef)
def withdraw_erasure_request(call: Call, person_id: PersonId) -> Written:
    """Take that back."""
    return call.execute(call.services.people.withdraw_erasure_request, WithdrawErasureRequest(person_id))


def _told(call: Call, person_id: UUID) -> ToldData:
    data = call.services.my_data.of(call.actor, person_id)
    zone = call.services.programme.organiser(organiser_of(call.actor)).zone
    return told(data, PHRASES.speaking(call.query["language"]), zone)
