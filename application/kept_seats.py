"""Seats kept by first refusal: found when those they are kept for book, and theirs in the same decision."""

from __future__ import annotations

from collections.abc import Iterable

from application.ports import Work
from domain.booking import Seat
from domain.first_refusal import FirstRefusal, first_refusal_of
from domain.ids import BookingId, PersonId
from domain.seating import Seating


def kept_for(seating: Seating, seats: Iterable[Seat]) -> tuple[PersonId, ...]:
    """For which of those who are to sit there a seat is kept."""
    named = (seat.person_id for seat in seats if seat.person_id is not None)
    return tuple(each for each in named if first_refusal_of(seating.season_id, each) in seating.holds)


def use_kept(work: Work, seating: Seating, booking_id: BookingId, seats: Iterable[Seat]) -> int:
    """The seats that are kept for those who book are free for their booking, in the same decision; how many."""
    people = kept_for(seating, seats)
    for person_id in people:
        refusal = work.load(FirstRefusal, first_refusal_of(seating.season_id, person_id))
        seating.end_hold(refusal.id, work.now)
        refusal.use(booking_id)
    return len(people)
