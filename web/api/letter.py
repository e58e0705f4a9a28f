"""Letters: what was mailed to whom, what did not arrive, and sending it again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.letters import LetterRow
from web.api.call import Call, Written
from web.api.noun import Noun
from web.api.schemas.letter import LettersQuery
from web.api.who import Who

letters = Noun("mailed", "Letters: what was mailed to whom, and again.")
ONE = "/letters/<uuid:letter_id>"


@dataclass(frozen=True)
class LetterWhole:
    """A letter and what stands in it: null for what lets somebody in, and for what nobody can read any longer."""

    letter: LetterRow
    subject: str | None
    text: str | None


@letters.read("/letters", Who.ADMIN, tuple[LetterRow, ...], LettersQuery)
def list_letters(call: Call) -> tuple[LetterRow, ...]:
    """The organiser's letters, latest first; of one state or to one person, where given."""
    asked = call.query
    return call.services.letters.list(call.actor, asked["state"], asked["person_id"], asked["limit"])


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
