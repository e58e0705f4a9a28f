"""For how many seats strangers may ask before they have confirmed: by address, and by place on the net."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from application.kernel.one_time_token import Limits, TooManyAttempts, count_attempt, place_on_net

LETTERS_WINDOW, SEATS_WINDOW = timedelta(minutes=15), timedelta(hours=1)
MOST_FOR_ADDRESS = 10
"""How often strangers may write in an address, as their own or a colleague's, in the shorter time."""


@dataclass(frozen=True)
class Asking:
    """Who asks for how many seats (or copies), as keyed digests: their own address, and those they name beside it."""

    address: str
    colleagues: tuple[str, ...]
    seats: int
    most_of_address: int
    most_from_place: int


def must_be_seldom(limits: Limits, asking: Asking, place: str, once: str = "") -> None:
    """Count what is asked for, and raise TooManyAttempts where it is too much.

    `once`: the same again, after it has been let through, counts not; what was refused is counted anew.
    """
    let_through = f"asked/{once}"
    if once and limits.count(let_through, SEATS_WINDOW, 0):
        return
    try:
        _count(limits, asking, place)
    except TooManyAttempts:
        if once and limits.count(let_through, SEATS_WINDOW, 0):  # sent twice at once, and the other was first
            return
        raise
    if once:
        limits.count(let_through, SEATS_WINDOW)


def _count(limits: Limits, asking: Asking, place: str) -> None:
    for each in (asking.address, *asking.colleagues):
        count_attempt(limits, f"letters/{each}", MOST_FOR_ADDRESS, LETTERS_WINDOW)
    count_attempt(limits, f"seats/{asking.address}", asking.most_of_address, SEATS_WINDOW, asking.seats)
    from_place = f"seats/from/{place_on_net(place)}"
    count_attempt(limits, from_place, asking.most_from_place, SEATS_WINDOW, asking.seats)
