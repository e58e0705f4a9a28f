"""What the API takes about moving a seat."""

from __future__ import annotations

from web.api.kernel.common_schema import Body
from web.api.kernel.fields import Id, Whole

MOST_MONEY = 10**12


class MoveSeatBody(Body):
    """Which seat, and to which season."""

    seat = Whole(1, 1000, required=True)
    to = Id(required=True)
    shown = Whole(0, MOST_MONEY, optional=True, about="What it was shown to cost there (öre incl. VAT).")
