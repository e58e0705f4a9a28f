"""What happens to bookings when the organiser calls a season off: every seat ends, the whole price goes back."""

from __future__ import annotations

from application.billing.refunding import GivingBack
from application.booking.booking import BookingRef
from application.booking.seat import release_seats
from application.kernel.actor import Actor
from application.kernel.ports import Committed, UnitOfWork
from application.kernel.use_case import UseCases
from domain.booking.booking import Booking
from domain.kernel.ids import BookingId


class CalledOffBookings(UseCases):
    """End the bookings of a season that has been called off, one by one, each once."""

    def end(self, actor: Actor, booking_id: BookingId) -> Committed[BookingRef]:
        """Give up all seats a booking still holds and credit them in full; cancellation terms do not apply (S32)."""
        actor.must_be_system()

        def decide(work: UnitOfWork) -> BookingRef:
            booking = work.load(Booking, booking_id)
            held = tuple(seat.no for seat in booking.held)
            if held:
                release_seats(work, booking, held)
                back = GivingBack(work).of(booking, booking.credit_for(held, 0))
                booking.give_up(held, None, back.lines, work.now)
            return BookingRef(booking_id)

        return self._record(actor, ("called-off", booking_id), BookingRef, decide, f"called-off/{booking_id}")
