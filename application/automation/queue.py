"""Waiting lists move by themselves: whatever frees a seat, or changes the line, lets the next in line be offered it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from application.automation.policies import Table, when
from application.booking.queries.seat_offer import SeatOffersDue
from application.booking.seat_offer import SeatOffers
from application.kernel.due_job import DueJob
from domain.booking.seating import Seating
from domain.kernel.ids import SeasonId
from domain.programme.season import Season

MOVES = (
    Seating.SeatsReleased,
    Seating.SeatsAdded,
    Seating.HoldEnded,
    Seating.GatheringEnded,
    Seating.QueueJoined,
    Seating.QueueJoinedFirst,
    Seating.QueueLeft,
    Seating.QueueReordered,
    Seating.PartyLessened,
)
"""What may let somebody come next. How an offer ends is not among them: the place is left with it."""

SEAT_OFFERS = "seat offers"


def moving_queues(offers: SeatOffers, lines: SeatOffersDue) -> Table:
    """A line in which nobody stands costs one look at the read model."""

    def move(event: Seating.Event) -> None:
        season_id = lines.season_waited_for(event.originator_id)
        if season_id is not None:
            offers.move(season_id)

    def opened(event: Season.BookingOpened) -> None:
        offers.move(SeasonId(event.originator_id))

    return (*(when(each, move) for each in MOVES), when(Season.BookingOpened, opened))


def seat_offer_job(
    offers: SeatOffers, lines: SeatOffersDue, now: Callable[[], datetime]
) -> DueJob[tuple[SeasonId, UUID, datetime]]:
    """Ends what was not answered in time; the seats go on to the next in the same decision."""
    return DueJob(SEAT_OFFERS, lambda: lines.due(now()), lambda due: offers.move(due[0]))
