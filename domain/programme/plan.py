"""A plan of the way in as a PDF, as a venue gives it to its guests: kept and shown as it is, if it is only paper."""

from __future__ import annotations

from domain.kernel.errors import RuleBroken
from domain.kernel.image import LARGEST, ImageTooLarge

BEGINS, ENDS = b"%PDF-", b"%%EOF"
NOT_PAPER = (b"/Encrypt", b"/JavaScript", b"/Launch", b"/EmbeddedFile")
"""What is locked, runs something or carries other files is more than paper."""
_TAIL = 2048


class NotAPlan(RuleBroken):
    """The PDF is cut, locked, or does more than paper does."""


def is_pdf(content: bytes) -> bool:
    """Whether a file says that it is a PDF."""
    return content.startswith(BEGINS)


def must_be_paper(content: bytes) -> None:
    """Raises ImageTooLarge, NotAPlan."""
    if len(content) > LARGEST:
        raise ImageTooLarge
    if ENDS not in content[-_TAIL:] or any(sign in content for sign in NOT_PAPER):
        raise NotAPlan
