"""Letters: what was mailed to whom, what did not arrive, and sending it again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.mail.letter_desk import LetterFilter, LetterRow
from application.mail.queries.letters import ToldRow
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.mail.letter_schema import LettersQuery, ToldQuery

letters = ApiBlueprint("mailed", "Letters: what was mailed to whom, and again.")
ONE = "/letters/<uuid:letter_id>"


@dataclass(frozen=True)
class LetterWhole:
    """A letter and what stands in it: null for what lets somebody in, and for what nobody can read any longer."""

    letter: LetterRow
    subject: str | None
    text: str | None


@letters.read("/letters", Who.ADMIN, tuple[LetterRow, ...], LettersQuery)
def list_letters(call: Call) -> tuple[LetterRow, ...]:
    """The organiser's letters, latest first; of a state, person, season, kind or day, where given."""
    asked = call.query
    people = (asked["person_id"],) if asked["person_id"] is not None else None
    which = LetterFilter(asked["state"], asked["kind"], asked["season_id"], people)
    return call.services.letters.find(call.actor, which, asked["on"], asked["limit"])


@letters.read("/seasons/<uuid:season_id>/told/<uuid:person_id>", Who.ADMIN, tuple[ToldRow, ...], ToldQuery)
def read_told(call: Call, season_id: UUID, person_id: UUID) -> tuple[ToldRow, ...]:
    """What somebody had been told of each meeting of a season by the end of a day: the last letter that was out."""
    return call.services.who_knew_what.of(call.actor, season_id, person_id, call.query["on"])


@letters.read(ONE, Who.ADMIN, LetterWhole)
def read_letter(call: Call, letter_id: UUID) -> LetterWhole:
    """One letter, as it reads."""
    row = call.services.letters.one(call.actor, letter_id)
    subject, text = call.services.letters.words(call.actor, letter_id) or (None, None)
    return LetterWhole(row, subject, text)


@letters.write("POST", f"{ONE}/delivery", Who.ADMIN, None, status=204)
def send_letter_again(call: Call, letter_id: UUID) -> Written:
    """Deliver a letter once more; one that nobody can read any longer stays where it is."""
    call.services.letters.send_again(call.actor, letter_id)
    return Written(None, 0, is_repeated=False)
