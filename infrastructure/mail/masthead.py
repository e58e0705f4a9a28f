"""How an organiser heads its letters."""

from __future__ import annotations

from application.mail.letters import Masthead
from domain.people.logo import size_of
from domain.people.organiser import Organiser

_LOGO = (220, 48)
"""The most that a logo takes, in pixels."""


def masthead_of(organiser: Organiser, logo: bytes | None) -> Masthead:
    """How the organiser heads its letters, its logo no larger than a line or two."""
    seller = organiser.seller
    shown = _shown(*size_of(logo)) if logo else (0, 0)
    return Masthead(seller.name, seller.org_number, seller.address, seller.email, organiser.hue, shown)


def _shown(width: int, height: int) -> tuple[int, int]:
    smaller = min(1.0, _LOGO[0] / width, _LOGO[1] / height)
    return round(width * smaller), round(height * smaller)
