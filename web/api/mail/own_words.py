"""Words of an organiser's own in the letters that go out by themselves: of all seasons, or of one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from application.mail.letter_rules import LetterRulesRef
from application.notifications.own_words import OwnWordsRow, WriteOwnWords
from domain.kernel.errors import NotFound
from domain.kernel.ids import SeasonId
from domain.mail.own_words import Occasion, OwnWords
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.mail.own_words_schema import OwnWordsBody, OwnWordsLookedBody

own_words = ApiBlueprint("own words", "What an organiser has to say of its own in letters, by occasion.")
ALL, OF_SEASON = "/letter-words", "/seasons/<uuid:season_id>/letter-words"


@dataclass(frozen=True)
class ExampleLetter:
    """A letter with the words, to whoever asks; null where they are nobody that can be written to."""

    subject: str | None
    text: str | None
    html: str | None


@own_words.read(ALL, Who.ADMIN, tuple[OwnWordsRow, ...])
def list_own_words(call: Call) -> tuple[OwnWordsRow, ...]:
    """What stands in the letters unless a season says something else."""
    return call.services.own_words.list(call.actor)


@own_words.write("PUT", f"{ALL}/<occasion>", Who.ADMIN, LetterRulesRef, body=OwnWordsBody)
def write_own_words(call: Call, occasion: str) -> Written:
    """In the letters of an occasion (booked, coming, offered, cancelled) from now on."""
    command = WriteOwnWords(_known(occasion), OwnWords(**call.body))
    return call.execute(call.services.own_words.write, command)


@own_words.read(OF_SEASON, Who.ADMIN, tuple[OwnWordsRow, ...])
def list_own_words_of_season(call: Call, season_id: UUID) -> tuple[OwnWordsRow, ...]:
    """What stands in the letters about a season."""
    return call.services.own_words.list(call.actor, season_id)


@own_words.write("PUT", f"{OF_SEASON}/<occasion>", Who.ADMIN, LetterRulesRef, body=OwnWordsBody)
def write_own_words_of_season(call: Call, season_id: SeasonId, occasion: str) -> Written:
    """In the letters about a season from now on."""
    command = WriteOwnWords(_known(occasion), OwnWords(**call.body), season_id)
    return call.execute(call.services.own_words.write, command)


@own_words.write("DELETE", f"{OF_SEASON}/<occasion>", Who.ADMIN, LetterRulesRef)
def forget_own_words_of_season(call: Call, season_id: SeasonId, occasion: str) -> Written:
    """A season says what the organiser says again."""
    return call.execute(call.services.own_words.write, WriteOwnWords(_known(occasion), None, season_id))


@own_words.look(f"{OF_SEASON}/<occasion>/preview", Who.ADMIN, ExampleLetter, OwnWordsLookedBody)
def preview_own_words(call: Call, season_id: UUID, occasion: str) -> ExampleLetter:
    """A letter about a season with these words, as text and as a page; nothing is kept or sent."""
    words = OwnWords(call.body["sv"], call.body["en"])
    made = call.services.own_words.example(call.actor, season_id, _known(occasion), words, call.body["language"])
    if made is None:
        return ExampleLetter(None, None, None)
    return ExampleLetter(made.subject, made.text, made.html)


def _known(occasion: str) -> Occasion:
    """Raises NotFound."""
    with suppress(ValueError):
        return Occasion(occasion)
    raise NotFound(what="letter")
