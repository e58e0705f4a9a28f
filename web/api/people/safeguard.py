"""Safeguards: what is asked before bank details or staff change, and the changes that wait for a second person."""

from __future__ import annotations

from uuid import UUID

from application.people.safeguard import ChooseGuard, DecideProposal, Guarded, GuardedRef
from domain.people.safeguard import Guard
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.people.organiser_schema import GuardBody

safeguards = ApiBlueprint("guarded", "Safeguards: what is asked before bank details or staff change.")
OWN = "/organisers/<uuid:organiser_id>"
PROPOSAL = f"{OWN}/proposals/<uuid:proposal_id>"


@safeguards.write("PUT", f"{OWN}/guard", Who.ADMIN, GuardedRef, body=GuardBody)
def choose_guard(call: Call, organiser_id: UUID) -> Written:
    """Say what is asked before bank details or staff change; a second person may have to approve that, too."""
    return call.execute(call.services.safeguards.choose, ChooseGuard(call.own(organiser_id), Guard(call.body["guard"])))


@safeguards.read(f"{OWN}/proposals", Who.STAFF, Guarded)
def list_proposals(call: Call, organiser_id: UUID) -> Guarded:
    """What is asked before bank details or staff change, and the changes that wait for a second person."""
    return call.services.safeguards.look(call.actor, call.own(organiser_id))


@safeguards.write("POST", f"{PROPOSAL}/approval", Who.STAFF, GuardedRef)
def approve_proposal(call: Call, organiser_id: UUID, proposal_id: UUID) -> Written:
    """Carry out what another person has proposed."""
    return call.execute(call.services.safeguards.approve, _which(call, organiser_id, proposal_id))


@safeguards.write("POST", f"{PROPOSAL}/refusal", Who.STAFF, GuardedRef)
def decline_proposal(call: Call, organiser_id: UUID, proposal_id: UUID) -> Written:
    """Turn down what another person has proposed."""
    return call.execute(call.services.safeguards.decline, _which(call, organiser_id, proposal_id))


@safeguards.write("DELETE", PROPOSAL, Who.STAFF, GuardedRef)
def withdraw_proposal(call: Call, organiser_id: UUID, proposal_id: UUID) -> Written:
    """Take one's own proposal back."""
    return call.execute(call.services.safeguards.withdraw, _which(call, organiser_id, proposal_id))


def _which(call: Call, organiser_id: UUID, proposal_id: UUID) -> DecideProposal:
    return DecideProposal(call.own(organiser_id), proposal_id)
