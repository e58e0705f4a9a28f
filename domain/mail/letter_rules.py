"""What an organiser decides of its letters, for all it does or for one season: reminders, and words of its own."""

from __future__ import annotations

from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.ids import OrganiserId, SeasonId, letter_rules_of
from domain.mail.own_words import Occasion, OwnWords
from domain.mail.reminding import Reminding


class LetterRules(Aggregate):
    """One for an organiser, and one for each season that has it otherwise; before that the usual ones apply."""

    class Begun(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId | None

    class RemindersChosen(Change):
        reminding: Reminding | None

    class WordsWritten(Aggregate.Event):
        occasion: Occasion
        words: OwnWords | None

        def apply(self, rules: LetterRules) -> None:
            if self.words is None:
                rules.words.pop(self.occasion, None)
            else:
                rules.words[self.occasion] = self.words

    @staticmethod
    def create_id(organiser_id: OrganiserId, season_id: SeasonId | None) -> UUID:
        """One for each organiser, and one for each of its seasons."""
        return letter_rules_of(organiser_id, season_id)

    @event(Begun)
    def __init__(self, organiser_id: OrganiserId, season_id: SeasonId | None) -> None:
        self.organiser_id, self.season_id = organiser_id, season_id
        self.reminding: Reminding | None = None
        self.words: dict[Occasion, OwnWords] = {}

    def choose_reminders(self, reminding: Reminding | None) -> None:
        """Other reminders from now on; none of its own: a season has the organiser's again. Raises BadValue."""
        if reminding != self.reminding:
            self.record(LetterRules.RemindersChosen(reminding=reminding and reminding.checked()))

    def write(self, occasion: Occasion, words: OwnWords | None) -> None:
        """What letters say on an occasion from now on; none of its own: a season has the organiser's again.

        Raises BadValue, UnknownPlaceholder.
        """
        kept = words and words.checked()
        if kept != self.words.get(occasion):
            self.record(LetterRules.WordsWritten(occasion=occasion, words=kept))
