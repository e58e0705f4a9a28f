"""What the API takes about letters and logos."""

from __future__ import annotations

from application.letters import LetterState
from application.reading.page import MOST
from application.telling.table import KINDS
from web.api.schemas.common import USUAL, Body
from web.api.schemas.fields import AskedWhole, Choice, Day, Id, Text

_MOST_OF_A_PICTURE = 255_000
"""Characters: what is larger, with the rest of the body, is refused before it is read."""


class LettersQuery(Body):
    """Which letters, the latest first."""

    state = Choice("", *(each.value for each in LetterState), load_default="")
    person_id = Id(load_default=None)
    season_id = Id(load_default=None)
    kind = Choice("", *KINDS, load_default="", metadata={"description": "What it tells: booked, seated, cancelled …"})
    on = Day(load_default=None, metadata={"description": "Written on that local day."})
    limit = AskedWhole(1, MOST, load_default=USUAL, metadata={"description": "How many at most."})


class ToldQuery(Body):
    """By the end of which local day; without it, until now."""

    on = Day(load_default=None)


class LogoBody(Body):
    """A picture: a PNG file of at most 190 kB, in base64."""

    content = Text(_MOST_OF_A_PICTURE, 1, required=True, metadata={"description": "Base64."})
