"""What somebody has chosen to tell of themselves: to all where they lead or speak, and to those they take part with."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.ids import SeasonId
from domain.kernel.personal import Encrypted
from domain.kernel.text import clean

MOST_WORDS = 600
"""Characters: a few sentences beside a name."""


@dataclass(frozen=True)
class Told:
    """Words under a key of their own (none: no words), and whether address and telephone are shown beside them."""

    words: Encrypted | None
    shows_email: bool
    shows_phone: bool


class PersonIntroduction(Part):
    """Of a person: a presentation for all, and an introduction in each season they have chosen."""

    presentation: Told | None
    introductions: dict[SeasonId, Told]

    class Presented(Aggregate.Event):
        words: Encrypted | None
        shows_email: bool
        shows_phone: bool
        agreed: str

        def apply(self, person: PersonIntroduction) -> None:
            person.presentation = Told(self.words, self.shows_email, self.shows_phone)

    class PresentationTakenBack(Aggregate.Event):
        def apply(self, person: PersonIntroduction) -> None:
            person.presentation = None

    class Introduced(Aggregate.Event):
        season_id: SeasonId
        words: Encrypted | None
        shows_email: bool
        shows_phone: bool

        def apply(self, person: PersonIntroduction) -> None:
            person.introductions[self.season_id] = Told(self.words, self.shows_email, self.shows_phone)

    class IntroductionTakenBack(Aggregate.Event):
        season_id: SeasonId

        def apply(self, person: PersonIntroduction) -> None:
            person.introductions.pop(self.season_id, None)

    def present(self, told: Told, agreed: str) -> None:
        """From now on, wherever they lead, speak or answer. `agreed`: who says that they agree, as of a face."""
        self.record(self.Presented(**vars(told), agreed=agreed))

    def take_back_presentation(self) -> None:
        """Nothing from now on; nothing already: nothing changes."""
        if self.presentation is not None:
            self.record(self.PresentationTakenBack())

    def introduce(self, season_id: SeasonId, told: Told) -> None:
        """From now on, to those who take part in that season."""
        self.record(self.Introduced(season_id=season_id, **vars(told)))

    def take_back_introduction(self, season_id: SeasonId) -> None:
        """They are shown to nobody there from now on; they were not: nothing changes."""
        if season_id in self.introductions:
            self.record(self.IntroductionTakenBack(season_id=season_id))


def words_of(text: str) -> str:
    """As they are kept. Raises BadValue for more than fits beside a name."""
    return clean("words", text, MOST_WORDS, may_be_empty=True)
