"""What the API takes about what people tell of themselves."""

from __future__ import annotations

from domain.people.introduction import MOST_WORDS
from web.api.kernel.common_schema import Body
from web.api.kernel.fields import Flag, Text


class OpennessBody(Body):
    """What holds among the participants of a season."""

    shows_participants = Flag(load_default=False)
    stays_in_room = Flag(load_default=False)


class IntroductionBody(Body):
    """Words of one's own, and whether address and telephone are shown."""

    words = Text(MOST_WORDS, load_default="", example="Leder utveckling i en mellanstor kommun.")
    shows_email = Flag(load_default=False)
    shows_phone = Flag(load_default=False)


class PresentationBody(IntroductionBody):
    """The same for all to read. `is_agreed`: the person has agreed to it."""

    is_agreed = Flag(required=True)
