"""One seat for one content: who has a seat for the same content in another season of the network (S15).

A claim is held by the first seat; it is worth nothing once its season is over, or the seat is given up. Where second
seats are allowed nobody claims anything.
"""

from __future__ import annotations

from collections.abc import Iterable

from application.kernel.actor import Role
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for
from domain.booking.agreement import SameContent
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.kernel.ids import BookingId, PersonId
from domain.people.person import Person
from domain.programme.season import Season
from domain.programme.season_content import SecondSeat


def held_elsewhere(work: UnitOfWork, season: Season, person_id: PersonId) -> tuple[Booking, Seat] | None:
    """The seat that somebody has for the same content in another season that is not over; None for none."""
    owner = work.unique_key_owner("content", _claim(season, person_id))
    booking = work.find(Booking, owner) if owner is not None else None
    if booking is None or booking.season_id == season.season_id:
        return None
    other = work.load(Season, booking.season_id)
    if other.called_off_for or (other.meetings and not other.meetings_left(work.now)[0]):
        return None
    ids = load_for(work, Person, person_id).ids  # a seat keeps the id it was booked with, also of an entry merged since
    seat = next((each for each in booking.held if each.person_id in ids), None)
    return (booking, seat) if seat is not None else None


def must_not_repeat(work: UnitOfWork, season: Season, people: Iterable[PersonId | None], *, again: bool) -> None:
    """Raises SameContent for somebody who has a seat elsewhere, unless the season's rule lets them have two.

    Whose seat it is, only they and admins are told: a booker learns nothing of a colleague's other bookings.
    """
    if season.second_seat == SecondSeat.ALLOW or (season.second_seat == SecondSeat.ASK and again):
        return
    for person_id in people:
        found = held_elsewhere(work, season, person_id) if person_id is not None else None
        if found is None:
            continue
        facts = {"rule": season.second_seat}
        if work.actor.is_person(person_id) or work.actor.has(season.organiser_id, Role.ADMIN):
            booking, seat = found
            other = work.load(Season, booking.season_id)
            facts |= {"season": other.title, "booking_id": str(booking.id), "seat": str(seat.no)}
        raise SameContent(**facts)


def stops_second(work: UnitOfWork, season: Season, person_id: PersonId) -> bool:
    """Whether somebody has a seat elsewhere beside which the season's rule refuses one here."""
    is_refused = bool(season.content) and season.second_seat == SecondSeat.REFUSE
    return is_refused and held_elsewhere(work, season, person_id) is not None


def claim_content(work: UnitOfWork, season: Season, person_id: PersonId, booking_id: BookingId) -> None:
    """Somebody sits down: the content is theirs by this seat, where it is by no other. Raises SameContent."""
    if season.second_seat == SecondSeat.ALLOW:
        return
    claim = _claim(season, person_id)
    if held_elsewhere(work, season, person_id) is None:
        if work.unique_key_owner("content", claim) is not None:
            work.release_unique_key("content", claim)
        work.take_unique_key("content", claim, booking_id)
    elif season.second_seat == SecondSeat.REFUSE:
        must_not_repeat(work, season, [person_id], again=False)


def free_content(work: UnitOfWork, season: Season, person_id: PersonId) -> None:
    """Somebody sits there no longer: their claim on the content ends, if it is by a seat of this season."""
    claim = _claim(season, person_id)
    owner = work.unique_key_owner("content", claim)
    booking = work.find(Booking, owner) if owner is not None else None
    if booking is not None and booking.season_id == season.season_id:
        work.release_unique_key("content", claim)


def _claim(season: Season, person_id: PersonId) -> str:
    return f"{season.shared}/{person_id}"
