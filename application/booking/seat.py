"""Seats of bookings: who answers for them, and the claims by which nobody sits twice in a season."""

from __future__ import annotations

from application.booking.coverage import uncover
from application.booking.kept_seats import free_kept
from application.kernel.actor import Role
from application.kernel.eligibility import admit, admit_somebody
from application.kernel.ports import UniqueKeyTaken, UnitOfWork
from application.kernel.use_case import load_for
from application.people.participant import Participant, person_of
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.booking.seating import Seating
from domain.kernel.errors import NotAllowed, NotFound, RuleBroken
from domain.kernel.ids import BookingId, OrganisationId, PersonId, SeasonId, seating_of
from domain.kernel.payer import Payer
from domain.kernel.terms import day_in
from domain.people.employment import has_left
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.programme.price import Per, Quote
from domain.programme.season import Season


class OrganisationHasBooked(RuleBroken):
    """The price is for the organisation, which has booked this season already."""


class PersonHasSeat(RuleBroken):
    """The person has a seat in this season already."""


def load_booking(work: UnitOfWork, booking_id: BookingId) -> Booking:
    """A booking the actor may act on: its own, its organisation's (as contact), or as admin. Raises NotFound."""
    booking = load_for(work, Booking, booking_id)
    actor = work.actor
    if actor.has(booking.organiser_id, Role.ADMIN):
        return booking
    sits = any(actor.is_person(seat.person_id) for seat in booking.held)
    if sits or is_contact(work, booking.payer.organisation_id) or _booked_or_pays(work, booking):
        return booking
    if actor.is_staff_of(booking.organiser_id):
        raise NotAllowed(needs="admin")
    raise NotFound(what="booking")


def season_on(work: UnitOfWork, booking: Booking) -> Season:
    """The season of a booking, provided that it goes on. Raises SeasonCalledOff.

    Every act on a booking asks this: between the calling off and the worker, which ends the bookings, nothing happens.
    """
    season = work.load(Season, booking.season_id)
    season.must_be_on()
    return season


def must_answer_for(work: UnitOfWork, booking: Booking, seats: tuple[int, ...]) -> None:
    """Raises NotAllowed when the actor only sits in the booking and these are not (only) their own seats.

    Whoever booked or pays, a contact of the payer, and an admin answer for all seats. Whoever booked for an
    organisation does so until they leave it.
    """
    actor = work.actor
    if actor.has(booking.organiser_id, Role.ADMIN) or is_contact(work, booking.payer.organisation_id):
        return
    if _booked_or_pays(work, booking):
        return
    if not all(actor.is_person(booking.seat(no).person_id) for no in seats):
        raise NotAllowed(needs="contact of the organisation")


def seat_claim(season_id: SeasonId, person_id: PersonId) -> str:
    """The claim by which nobody sits twice in a season."""
    return f"{season_id}/{person_id}"


def sit(work: UnitOfWork, season_id: SeasonId, person_id: PersonId, booking_id: BookingId) -> None:
    """Somebody gets a seat. Every way of getting one comes through here: booked, named, handed over, restored.

    Nobody sits twice (UniqueKeyTaken at the end of the decision). Whoever sits has no other claim on the season: a seat
    kept for them is free, and they wait for one seat less.
    """
    person_id = load_for(work, Person, person_id).person_id
    work.take_unique_key("seat", seat_claim(season_id, person_id), booking_id)
    seating = work.load(Seating, seating_of(season_id))
    free_kept(work, seating, booking_id, person_id)
    seating.seated(person_id)


def organisation_claim(season_id: SeasonId, organisation_id: OrganisationId) -> str:
    """The claim by which an organisation buys a price per organisation once."""
    return f"{season_id}/{organisation_id}"


def seated(work: UnitOfWork, season: Season, payer: Payer, participants: tuple[Participant, ...]) -> tuple[Seat, ...]:
    """Who sits where, if everybody may. Raises NotAdmitted, AdmissionToDecide, PersonHasSeat."""
    seats = []
    for no, participant in enumerate(participants, start=1):
        person_id = person_of(work, participant)
        if person_id is None:
            admit_somebody(work, season, payer)
        employer = admit(work, season, person_id) if person_id is not None else None
        seats.append(Seat(no, person_id, employer or payer.organisation_id))
    named = [seat.person_id for seat in seats if seat.person_id is not None]
    if len(set(named)) < len(named):
        raise PersonHasSeat
    return tuple(seats)


def must_have_no_seat(work: UnitOfWork, season: Season, payer: Payer, quote: Quote, seats: tuple[Seat, ...]) -> None:
    """Refuse at once what would be refused when it is booked. Raises PersonHasSeat, OrganisationHasBooked."""
    for seat in seats:
        if seat.person_id is not None and work.unique_key_owner("seat", seat_claim(season.season_id, seat.person_id)):
            raise PersonHasSeat
    holder = payer.organisation_id if quote.price.per is Per.ORGANISATION else None
    if holder is not None and work.unique_key_owner(
        "season-organisation", organisation_claim(season.season_id, holder)
    ):
        raise OrganisationHasBooked


def refusal_of(taken: UniqueKeyTaken) -> Exception:
    """What a taken claim means to somebody who books."""
    return {"seat": PersonHasSeat(), "season-organisation": OrganisationHasBooked()}.get(taken.kind, taken)


def rise(work: UnitOfWork, season_id: SeasonId, person_id: PersonId) -> None:
    """Somebody sits there no longer; they may take another seat of the season."""
    work.release_unique_key("seat", seat_claim(season_id, load_for(work, Person, person_id).person_id))


def release_seats(work: UnitOfWork, booking: Booking, numbers: tuple[int, ...]) -> None:
    """Free the seats and the claims on them; the organisation's too, with its last seat."""
    season = work.load(Season, booking.season_id)
    uncover(work, season, booking.id, booking.quote, [booking.seat(no) for no in numbers])
    for no in numbers:
        person = booking.seat(no).person_id
        if person is not None:
            rise(work, booking.season_id, person)
    if len(numbers) == len(booking.held) and booking.payer.organisation_id is not None:
        claim = organisation_claim(booking.season_id, booking.payer.organisation_id)
        if work.unique_key_owner("season-organisation", claim) == booking.id:
            work.release_unique_key("season-organisation", claim)
    work.load(Seating, seating_of(booking.season_id)).release(booking.booking_id, len(numbers))


def is_contact(work: UnitOfWork, organisation_id: OrganisationId | None) -> bool:
    """Whether the actor is a contact of the organisation."""
    if organisation_id is None or work.actor.person_id is None:
        return False
    return any(work.actor.is_person(each) for each in load_for(work, Organisation, organisation_id).contacts)


def _booked_or_pays(work: UnitOfWork, booking: Booking) -> bool:
    me, payer = work.actor.person_id, booking.payer.organisation_id
    if me is None or not any(work.actor.is_person(each) for each in (booking.booked_by, booking.payer.person_id)):
        return False
    if payer is None:
        return True
    today = day_in(work.now, work.load(Organiser, booking.organiser_id).zone)
    return not has_left(load_for(work, Person, me), payer, today)
