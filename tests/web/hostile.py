"""Text as nobody should write it and somebody will: tags, reversed writing, endless words."""

from __future__ import annotations

LONGEST = 300
TAG = '<img src=x onerror="window.hit=1">'
MARKS = f"{TAG}</title></textarea>'\"&amp;{{{{7*7}}}}\u202e🙂👩🏽‍🚀"


def hostile(text: str) -> str:
    """The text with everything after it that has ever broken a page, as long as a name may be, without a space."""
    begun = f"{text}{MARKS}"
    return begun + "Å" * (LONGEST - len(begun))
