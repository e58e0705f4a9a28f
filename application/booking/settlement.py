"""What settling a cancellation comes to: what the terms give back, which seats go, and whose words are sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from application.billing.refunding import GivingBack
from application.booking.seat import release_seats, season_on
from application.kernel.ports import UnitOfWork
from domain.billing.crediting import Back
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.kernel.documents import Line
from domain.kernel.personal import Encrypted
from domain.kernel.terms import Assessment
from domain.kernel.text import clean
from domain.people.person import Person

Lines = tuple[Line, ...]


@dataclass(frozen=True)
class Effect:
    """What the terms say at an instant, what they give back for seats, and what the seats cost (less what is gone)."""

    assessment: Assessment
    back: Back
    price: Back


def assessed(work: UnitOfWork, booking: Booking, seats: tuple[int, ...], at: datetime) -> Effect:
    """What giving up seats would come to. Raises SeasonCalledOff: then the whole price goes back anyway (S32)."""
    season_on(work, booking)
    assessment = booking.assess(at)
    back = GivingBack(work).of(booking, booking.credit_for(seats, assessment.kept))
    return Effect(assessment, back, GivingBack(work).of(booking, booking.credit_for(seats, 0)))


def assess(cancellation: Cancellation, effect: Effect) -> None:
    """Remember with the request what it would come to."""
    cancellation.assess(effect.assessment, effect.back.lines, effect.price.lines, effect.back.rounding)


def assess_anew(work: UnitOfWork, booking: Booking, cancellation: Cancellation) -> None:
    """While it waited, other seats may have been given up or handed over; the instant that counts stays.

    Raises CancellationSettled where one of its own has changed hands since: it is about whoever had them then.
    """
    effect = assessed(work, booking, cancellation.seats, cancellation.received_at)
    known = Back(cancellation.credit, cancellation.rounding)
    if (effect.back, effect.price.lines) != (known, cancellation.price):
        assess(cancellation, effect)
    cancellation.must_stand(booking.turns_of(cancellation.seats))


def waived(work: UnitOfWork, booking: Booking, cancellation: Cancellation) -> Back:
    """What is given back now of what was kept. Raises CancellationSettled."""
    return GivingBack(work).of(booking, cancellation.kept)


def give_up(work: UnitOfWork, booking: Booking, cancellation: Cancellation) -> None:
    """The seats are given up as of the instant the request arrived (S72)."""
    release_seats(work, booking, cancellation.seats)
    booking.give_up(
        cancellation.seats,
        cancellation.cancellation_id,
        cancellation.credited or cancellation.credit,
        cancellation.received_at,
    )


def sealed_about(work: UnitOfWork, booking: Booking, field: str, text: str) -> Encrypted:
    """Under the key of whoever booked or sits there; the organiser's own when all of them have been erased."""
    people = [booking.booked_by, *(seat.person_id for seat in booking.seats.values())]
    living = (person for person in people if person is not None and not work.load(Person, person).is_erased)
    return work.encrypt(next(living, booking.organiser_id), field, clean(field, text, 1000))
