"""What an organiser has to say of its own in letters that go out by themselves: on which occasions, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.mail.placeholders import own_words

LONGEST = 2000


class Occasion(StrEnum):
    """In which letters the words stand."""

    BOOKED = "booked"
    """To whoever booked, and whoever has got a seat."""
    COMING = "coming"
    """Before a meeting."""
    OFFERED = "offered"
    """To whom a seat is offered that has become free."""
    CANCELLED = "cancelled"
    """To whoever cancelled, and whoever has a seat no longer."""


@dataclass(frozen=True)
class OwnWords:
    """Paragraphs in Swedish and in English, with facts of an allow-list in braces; one of them may be empty.

    Whoever reads the language that is empty reads the other: nobody misses what there is to say.
    """

    sv: str = ""
    en: str = ""

    def checked(self) -> OwnWords:
        """As they are kept. Raises BadValue, UnknownPlaceholder."""
        kept = [
            own_words(f"words_{name}", text, has_season=True, longest=LONGEST, may_be_empty=True)
            for name, text in (("sv", self.sv), ("en", self.en))
        ]
        return OwnWords(*kept)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not (self.sv or self.en)
