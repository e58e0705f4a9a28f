"""What settling a cancellation comes to: what the terms give back, which seats go, and whose words are sealed."""

from __future__ import annotations

from datetime import datetime

from application.crediting import at_most_left
from application.ports import Work
from application.seat import release_seats, season_on
from domain.booking import Booking
from domain.cancellation import Cancellation
from domain.documents import Line
from domain.person import Person
from domain.personal import Sealed
from domain.terms import Assessment
from domain.text import clean

Lines = tuple[Line, ...]


def assessed(work: Work, booking: Booking, seats: tuple[int, ...], at: datetime) -> tuple[Assessment, Lines, Lines]:
    """What the terms say at an instant, what they give back for the seats, and what the seats cost.

    What finance has credited by hand already is not given back again, so that what is shown is what will be credited,
    also where the credit note of an earlier cancellation has not been written yet.
    Raises SeasonCalledOff: then the whole price goes back anyway (S32).
    """
    season_on(work, booking)
    assessment = booking.assess(at)
    credit, price = (booking.credit_for(seats, kept) for kept in (assessment.kept, 0))
    given = booking.given_back
    return assessment, at_most_left(work, credit, given), at_most_left(work, price, given)


def assess_anew(work: Work, booking: Booking, cancellation: Cancellation) -> None:
    """While it waited, other seats may have been given up or handed over; the instant that counts stays.

    Raises CancellationSettled where one of its own has changed hands since: it is about whoever had them then.
    """
    assessment, credit, price = assessed(work, booking, cancellation.seats, cancellation.received_at)
    if (credit, price) != (cancellation.credit, cancellation.price):
        cancellation.assess(assessment, credit, price)
    cancellation.must_stand(booking.turns_of(cancellation.seats))


def give_up(work: Work, booking: Booking, cancellation: Cancellation) -> None:
    """The seats are given up as of the instant the request arrived (S72)."""
    release_seats(work, booking, cancellation.seats)
    booking.give_up(
        cancellation.seats,
        cancellation.cancellation_id,
        cancellation.credited or cancellation.credit,
        cancellation.received_at,
    )


def sealed_about(work: Work, booking: Booking, field: str, text: str) -> Sealed:
    """Under the key of whoever booked or sits there; the organiser's own when all of them have been erased."""
    people = [booking.booked_by, *(seat.person_id for seat in booking.seats.values())]
    living = (person for person in people if person is not None and not work.load(Person, person).is_erased)
    return work.seal(next(living, booking.organiser_id), field, clean(field, text, 1000))
