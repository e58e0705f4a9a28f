"""First refusal in a season to come: who would get it, who has it, and what they answered."""

from __future__ import annotations

from uuid import UUID

from application.booking import first_refusal as commands
from application.booking.queries.first_refusal import FirstRefusalRow
from domain.kernel.ids import PersonId, SeasonId
from web.api.booking.first_refusal_schema import DeclineFirstRefusalBody, OfferFirstRefusalBody
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

first_refusals = ApiBlueprint("first refusal", "Seats of a season to come, kept until a day for who takes part now.")
ONE = "/seasons/<uuid:season_id>/first-refusals"


@first_refusals.read(ONE, Who.ADMIN, tuple[FirstRefusalRow, ...])
def list_first_refusals(call: Call, season_id: UUID) -> tuple[FirstRefusalRow, ...]:
    """For whom a seat was or is kept in a season, and what they answered."""
    call.services.programme.season(call.actor, season_id)
    return call.services.first_refusal_questions.of_season(call.actor, season_id)


@first_refusals.look(f"{ONE}/preview", Who.ADMIN, commands.FirstRefusalPreview, OfferFirstRefusalBody)
def preview_first_refusal(call: Call, season_id: SeasonId) -> commands.FirstRefusalPreview:
    """Who would be offered a seat now."""
    command = commands.OfferFirstRefusal(season_id, **call.body)
    return call.services.first_refusals.preview(call.actor, command)


@first_refusals.write("POST", ONE, Who.ADMIN, commands.FirstRefusalsOffered, body=OfferFirstRefusalBody, status=201)
def offer_first_refusal(call: Call, season_id: SeasonId) -> Written:
    """Keep a seat for everybody who sits in an earlier season; `shown` stops it when others would get one."""
    command = commands.OfferFirstRefusal(season_id, **call.body)
    return call.execute(call.services.first_refusals.offer, command, f"/seasons/{season_id}")


@first_refusals.write("POST", f"{ONE}/decline", Who.SIGNED_IN, commands.FirstRefusalRef, body=DeclineFirstRefusalBody)
def decline_first_refusal(call: Call, season_id: SeasonId) -> Written:
    """The seat is not wanted: one's own, or (an admin) somebody's."""
    command = commands.DeclineFirstRefusal(season_id, PersonId(call.body["person_id"]))
    return call.execute(call.services.first_refusals.decline, command)
