"""What the API takes about an organiser's own words in letters."""

from __future__ import annotations

from domain.mail.own_words import LONGEST
from web.api.kernel.common_schema import Body
from web.api.kernel.fields import Choice, Text

WORDS = "Paragraphs; {name}, {organiser}, {season}, {next_meeting}."


class OwnWordsBody(Body):
    """In Swedish and in English; whoever reads the language that is empty reads the other."""

    sv = Text(LONGEST, load_default="", about=WORDS, example="Ta med boken, {name}.")
    en = Text(LONGEST, load_default="", about=WORDS, example="Bring the book, {name}.")


class OwnWordsLookedBody(OwnWordsBody):
    """The words, and in which language the example is."""

    language = Choice("sv", "en", load_default="sv")
