"""What participants of a season tell each other, and what people tell everyone where they lead, speak or answer."""

from __future__ import annotations

from uuid import UUID

from application.booking.introduction import Introduce, IntroductionRef, TakeBackIntroduction
from application.booking.queries.fellow import Fellow, Introduction
from application.people.introduction import PresentedRef, PresentPerson, TakeBackPresentation
from application.programme.publication import AgreeOpenness
from application.programme.season import SeasonRef
from domain.kernel.ids import PersonId, SeasonId
from web.api.booking.introduction_schema import IntroductionBody, OpennessBody, PresentationBody
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

introductions = ApiBlueprint("introductions", "What participants tell each other, and leaders and speakers everyone.")
SEASON = "/seasons/<uuid:season_id>"
PERSON = "/people/<uuid:person_id>/presentation"


@introductions.write("PUT", f"{SEASON}/openness", Who.ADMIN, SeasonRef, body=OpennessBody)
def agree_openness(call: Call, season_id: SeasonId) -> Written:
    """Whether participants may see each other, each by their own choice, and whether what is said stays in the room."""
    return call.execute(call.services.publications.agree_openness, AgreeOpenness(season_id, **call.body))


@introductions.read(f"{SEASON}/participants", Who.SIGNED_IN, tuple[Fellow, ...])
def list_fellows(call: Call, season_id: UUID) -> tuple[Fellow, ...]:
    """Who takes part with the token's person and has chosen to be seen; nobody to whoever holds no seat there."""
    call.services.programme.season(call.actor, season_id)
    return call.services.fellow_questions.of_season(call.actor, season_id)


@introductions.read(f"{SEASON}/introduction", Who.SIGNED_IN, Introduction)
def read_introduction(call: Call, season_id: UUID) -> Introduction:
    """What the token's person has chosen to tell there."""
    call.services.programme.season(call.actor, season_id)
    return call.services.fellow_questions.mine(call.actor, season_id)


@introductions.write("PUT", f"{SEASON}/introduction", Who.SIGNED_IN, IntroductionRef, body=IntroductionBody)
def introduce(call: Call, season_id: SeasonId) -> Written:
    """The token's person is seen by those they take part with from now on, with these words."""
    return call.execute(call.services.fellow_introductions.introduce, Introduce(season_id, **call.body))


@introductions.write("DELETE", f"{SEASON}/introduction", Who.SIGNED_IN, IntroductionRef)
def take_back_introduction(call: Call, season_id: SeasonId) -> Written:
    """Seen no longer; what was told can be read by nobody."""
    return call.execute(call.services.fellow_introductions.take_back, TakeBackIntroduction(season_id))


@introductions.write("PUT", PERSON, Who.SIGNED_IN, PresentedRef, body=PresentationBody)
def present_person(call: Call, person_id: PersonId) -> Written:
    """A few words for all to read wherever the person leads, speaks or answers; they have agreed to it."""
    return call.execute(call.services.introductions.present, PresentPerson(person_id, **call.body))


@introductions.write("DELETE", PERSON, Who.SIGNED_IN, PresentedRef)
def take_back_presentation(call: Call, person_id: PersonId) -> Written:
    """Nothing is shown; what was told can be read by nobody."""
    return call.execute(call.services.introductions.take_back, TakeBackPresentation(person_id))
