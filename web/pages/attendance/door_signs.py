"""How a reading's outcome is shown at the door: never by colour alone, but by a sign and a word beside it."""

from __future__ import annotations

from application.attendance.check_in import Answer
from domain.attendance.ticket import PREFIX
from web.pages.kernel.qr import picture_of

SIGNS = {Answer.OK: "✓", Answer.ALREADY: "!", Answer.UNDONE: "↺"}
STOP = "✕"
REFUSED = frozenset(Answer) - SIGNS.keys()
"""Those that let nobody in."""

KNOWN_WORDS = f"{PREFIX}{'A' * 26}"
"""What stands in the picture that a browser has to read before its camera is offered."""


def sign_of(word: str) -> str:
    """The sign of an outcome; "" where there is none."""
    return SIGNS.get(Answer(word), STOP) if word else ""


KNOWN_PICTURE = picture_of(KNOWN_WORDS, 6)
