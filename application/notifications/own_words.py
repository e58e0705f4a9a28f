"""Words of an organiser's own in the letters that go out by themselves: written, looked at, and put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.command import admin, command, dry_run
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, admin_of, load_for, organiser_of
from application.mail.letter_rules import LetterRulesRef, begun_rules, rules_of
from application.mail.letters import Letter, Written
from application.notifications.mailing import Sampling
from application.notifications.season_facts import with_its_season
from application.notifications.story import Story
from application.notifications.table import Row
from domain.kernel.ids import OrganiserId, SeasonId, letter_rules_of
from domain.mail.letter_rules import LetterRules
from domain.mail.own_words import Occasion, OwnWords
from domain.programme.season import Season

LETTERS: Mapping[Occasion, tuple[str, ...]] = {
    Occasion.BOOKED: ("booked", "seated", "seat_restored"),
    Occasion.COMING: ("meeting_reminder",),
    Occasion.OFFERED: ("seat_offered",),
    Occasion.CANCELLED: ("cancelled", "seat_cancelled"),
}
"""The kinds of letters that an occasion has; the first is the one that is shown as an example."""
_OCCASIONS = {kind: occasion for occasion, kinds in LETTERS.items() for kind in kinds}


@dataclass(frozen=True)
class WriteOwnWords:
    """What letters say on an occasion, of all seasons or of one. None: a season says what the organiser says."""

    occasion: Occasion
    words: OwnWords | None
    season_id: SeasonId | None = None


@dataclass(frozen=True)
class OwnWordsRow:
    """What is said on an occasion now; `is_own`: written for just this organiser, or just this season."""

    occasion: Occasion
    sv: str
    en: str
    is_own: bool


class OwnWordsDesk(UseCases):
    """Write, read, look."""

    def __init__(self, decisions: Decisions, box: Sampling) -> None:
        super().__init__(decisions)
        self._box = box

    @command(by=admin)
    def write(self, work: UnitOfWork, command: WriteOwnWords) -> LetterRulesRef:
        """In the letters from now on. Raises NotFound, BadValue, UnknownPlaceholder."""
        organiser = organiser_of(work.actor)
        begun_rules(work, organiser, command.season_id).write(command.occasion, command.words)
        return LetterRulesRef(organiser, command.season_id)

    @dry_run
    def list(self, work: UnitOfWork, season_id: UUID | None = None) -> tuple[OwnWordsRow, ...]:
        """What is said now, by occasion. Raises NotAllowed unless admin, NotFound."""
        organiser, season = admin_of(work.actor), None
        if season_id is not None:
            season = SeasonId(load_for(work, Season, season_id).id)
        own = work.find(LetterRules, letter_rules_of(organiser, season))
        rows = ((each, words_of(work, organiser, season, each)) for each in Occasion)
        return tuple(OwnWordsRow(each, said.sv, said.en, own is not None and each in own.words) for each, said in rows)

    def example(
        self, actor: Actor, season_id: UUID, occasion: Occasion, words: OwnWords, language: str
    ) -> Written | None:
        """A letter about a season to the actor, with these words, kept nowhere; None for whoever is no person.

        Raises NotAllowed unless admin, NotFound, BadValue, UnknownPlaceholder.
        """

        def look(work: UnitOfWork) -> Letter:
            season = load_for(work, Season, season_id)
            story = with_its_season(work, Story(admin_of(work.actor), {}, season=season), work.now)
            facts = dict(story.facts if story is not None else {})
            facts |= {"path": f"/seasons/{season_id}", **facts_of(words.checked()), **_stand_in(occasion, facts)}
            person = work.actor.person_id
            return Letter("example", season.organiser_id, LETTERS[occasion][0], person, None, language, facts)

        return self._box.sample(self._decisions.dry_run(actor, look))


def with_own_words(work: UnitOfWork, rows: Iterable[Row], story: Story | None) -> Story | None:
    """The story with what the organiser has to say of its own in the letters that tell it."""
    kinds = {row.kind for row in rows if row.kind in _OCCASIONS}
    if story is None or not kinds:
        return story
    season = story.season.season_id if story.season is not None else None
    said = {kind: words_of(work, story.organiser_id, season, _OCCASIONS[kind]) for kind in kinds}
    return replace(story, words={kind: facts_of(words) for kind, words in said.items() if not words.is_empty})


def words_of(work: UnitOfWork, organiser: OrganiserId, season_id: SeasonId | None, occasion: Occasion) -> OwnWords:
    """The season's, or else the organiser's, or else none."""
    written = (rules.words.get(occasion) for rules in rules_of(work, organiser, season_id))
    return next((each for each in written if each is not None), OwnWords())


def facts_of(words: OwnWords) -> dict[str, str]:
    """The words as facts of a letter, by language."""
    return {"own_sv": words.sv, "own_en": words.en}


def _stand_in(occasion: Occasion, facts: Mapping[str, Any]) -> dict[str, str]:
    """What an example says of its meeting or seats."""
    if occasion is Occasion.COMING:
        return {"now": str(facts.get("next", "")), "meeting": ""}
    return {"seats": "1"}
