"""Seats kept by first refusal: they end with their need, whether those they are kept for book them or sit elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from application.kernel.ports import UnitOfWork
from domain.booking.first_refusal import FirstRefusal, first_refusal_of
from domain.booking.seat import Seat
from domain.booking.seating import Seating
from domain.kernel.ids import BookingId, PersonId


def kept_for(seating: Seating, seats: Iterable[Seat]) -> tuple[PersonId, ...]:
    """For which of those who are to sit there a seat is kept."""
    named = (seat.person_id for seat in seats if seat.person_id is not None)
    return tuple(each for each in named if first_refusal_of(seating.season_id, each) in seating.holds)


def use_kept(work: UnitOfWork, seating: Seating, booking_id: BookingId, seats: Iterable[Seat]) -> int:
    """The seats that are kept for those who book are free for their booking, in the same decision; how many."""
    people = kept_for(seating, seats)
    for person_id in people:
        _end_hold(work, seating, person_id).use(booking_id)
    return len(people)


def free_kept(work: UnitOfWork, seating: Seating, booking_id: BookingId, person_id: PersonId) -> None:
    """Somebody has got a seat without using the one that is kept for them: that one is free for others."""
    kept = first_refusal_of(seating.season_id, person_id)
    if kept in seating.holds:
        seating.lapse(work.now)
    if kept in seating.holds:
        _end_hold(work, seating, person_id).free(booking_id)


def _end_hold(work: UnitOfWork, seating: Seating, person_id: PersonId) -> FirstRefusal:
    refusal = work.load(FirstRefusal, first_refusal_of(seating.season_id, person_id))
    seating.end_hold(refusal.id, work.now)
    return refusal
