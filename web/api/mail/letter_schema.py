"""What the API takes about letters and logos."""

from __future__ import annotations

from application.kernel.page import MOST
from application.mail.letter_desk import LetterState
from application.notifications.table import KINDS
from web.api.kernel.common_schema import USUAL, Body
from web.api.kernel.fields import AskedWhole, Choice, Day, Id

_MOST_OF_A_PICTURE = 255_000
"""Characters: what is larger, with the rest of the body, is refused before it is read."""


class LettersQuery(Body):
    """Which letters, the latest first."""

    state = Choice("", *(each.value for each in LetterState), load_default="")
    person_id = Id(load_default=None)
    season_id = Id(load_default=None)
    kind = Choice("", *KINDS, load_default="", about="What it tells: booked, seated, cancelled …")
    on = Day(load_default=None, about="Written on that local day.")
    limit = AskedWhole(1, MOST, load_default=USUAL, about="How many at most.")


class ToldQuery(Body):
    """By the end of which local day; without it, until now."""

    on = Day(load_default=None)
