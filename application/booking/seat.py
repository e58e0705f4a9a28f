"""Seats of bookings: who answers for them, whose turn it is to get one, and that nobody sits twice in a season.

Free seats go to those who wait, but never to somebody who may not sit there any longer. A seat kept by first refusal
ends with its need, whether those it is kept for book it or sit elsewhere. With a seat all is free that it took: the
claims on it, and the room in a membership for so many persons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from uuid import UUID

from application.booking.applied import end_applied
from application.booking.content import claim_content, free_content, stops_second
from application.kernel.actor import Role
from application.kernel.eligibility import admit
from application.kernel.ports import R, UniqueKeyTaken, UnitOfWork
from application.kernel.use_case import load_for
from domain.booking.agreement import OrganisationHasBooked, PersonHasSeat, SameContent
from domain.booking.booking import Booking
from domain.booking.first_refusal import FirstRefusal
from domain.booking.seat import Seat
from domain.booking.seating import Seating, SeatsPromised
from domain.kernel.eligibility import Ground, MembershipFull
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import BookingId, OrganisationId, PersonId, SeasonId, first_refusal_of, membership_of, seating_of
from domain.kernel.terms import day_in
from domain.people.admission import OPEN, AdmissionToDecide, NotAdmitted
from domain.people.employment import has_left
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person, PersonErased
from domain.programme.price import Quote
from domain.programme.season import Season


def load_booking(work: UnitOfWork, booking_id: BookingId) -> Booking:
    """A booking the actor may act on: its own, its organisation's (as contact), or as admin. Raises NotFound."""
    booking = load_for(work, Booking, booking_id)
    actor = work.actor
    if actor.has(booking.organiser_id, Role.ADMIN):
        return booking
    sits = any(actor.is_person(seat.person_id) for seat in booking.held)
    if sits or is_contact(work, booking.payer.organisation_id) or booked_or_pays(work, booking):
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
    if answers_for_all(work, booking):
        return
    if not all(work.actor.is_person(booking.seat(no).person_id) for no in seats):
        raise NotAllowed(needs="contact of the organisation")


def answers_for_all(work: UnitOfWork, booking: Booking) -> bool:
    """Whether the actor answers for every seat, and for what they cost."""
    is_admin = work.actor.has(booking.organiser_id, Role.ADMIN)
    return is_admin or is_contact(work, booking.payer.organisation_id) or booked_or_pays(work, booking)


def seat_claim(season_id: SeasonId, person_id: PersonId) -> str:
    """The claim by which nobody sits twice in a season."""
    return f"{season_id}/{person_id}"


def lacks_seat(work: UnitOfWork, season: Season, person_id: PersonId) -> bool:
    """Whether somebody has no seat there yet, nor one for the same content beside which the season refuses this one."""
    sits = work.unique_key_owner("seat", seat_claim(season.season_id, person_id)) is not None
    return not sits and not stops_second(work, season, person_id)


def sit(work: UnitOfWork, season_id: SeasonId, person_id: PersonId, booking_id: BookingId) -> None:
    """Somebody gets a seat. Every way of getting one comes through here: booked, named, handed over, restored.

    Nobody sits twice (UniqueKeyTaken at the end of the decision). Whoever sits has no other claim on the season: a seat
    kept for them is free, they wait for one seat less, and what they applied for is over.
    """
    person_id = PersonId(load_for(work, Person, person_id).id)
    work.take_unique_key("seat", seat_claim(season_id, person_id), booking_id)
    season, seating = work.load(Season, season_id), work.load(Seating, seating_of(season_id))
    if season.content:
        claim_content(work, season, person_id, booking_id)
    _free_kept(work, seating, booking_id, person_id)
    seating.seated(person_id)
    if season.admission != OPEN:
        end_applied(work, season, person_id)


def organisation_claim(season_id: SeasonId, organisation_id: OrganisationId) -> str:
    """The claim by which an organisation buys a price per organisation once."""
    return f"{season_id}/{organisation_id}"


def in_turn(work: UnitOfWork, season: Season, seating: Seating, act: Callable[[], R]) -> R:
    """Take or hold seats; lapsed holds are free, and whoever has lost the right to join the season waits no longer.

    Raises what `act` raises; SeatsPromised only for those who may still take the seats.
    """
    seating.lapse(work.now)
    try:
        return act()
    except SeatsPromised:
        gone = [place_id for place_id, person, _ in seating.queue if not may_sit(work, season, PersonId(person))]
        if not gone:
            raise
        for place_id in gone:
            seating.leave_queue(place_id)
        return act()


def may_sit(work: UnitOfWork, season: Season, person_id: PersonId) -> bool:
    """Whether somebody who waits may sit in the season still, or an admin is yet to decide it."""
    with suppress(AdmissionToDecide):
        try:
            admit(work, season, person_id)
        except (NotAdmitted, MembershipFull, PersonErased):
            return False
    return True


def kept_for(seating: Seating, people: Iterable[PersonId]) -> tuple[PersonId, ...]:
    """For which of those who are to sit there a seat is kept by first refusal."""
    return tuple(each for each in people if first_refusal_of(seating.season_id, each) in seating.holds)


def use_kept(work: UnitOfWork, seating: Seating, booking_id: BookingId, people: Iterable[PersonId]) -> None:
    """The seats that are kept for those who book are free for their booking, in the same decision."""
    for person_id in people:
        _end_kept(work, seating, person_id).use(booking_id)


def _free_kept(work: UnitOfWork, seating: Seating, booking_id: BookingId, person_id: PersonId) -> None:
    """Somebody has got a seat without using the one that is kept for them: that one is free for others."""
    kept = first_refusal_of(seating.season_id, person_id)
    if kept in seating.holds:
        seating.lapse(work.now)
    if kept in seating.holds:
        _end_kept(work, seating, person_id).free(booking_id)


def _end_kept(work: UnitOfWork, seating: Seating, person_id: PersonId) -> FirstRefusal:
    refusal = work.load(FirstRefusal, first_refusal_of(seating.season_id, person_id))
    seating.end_hold(refusal.id, work.now)
    return refusal


def refusal_of(taken: UniqueKeyTaken) -> Exception:
    """What a taken claim means to somebody who books."""
    known = {"seat": PersonHasSeat(), "season-organisation": OrganisationHasBooked(), "content": SameContent()}
    return known.get(taken.kind, taken)


def rise(work: UnitOfWork, season_id: SeasonId, person_id: PersonId) -> None:
    """Somebody sits there no longer; they may take another seat of the season."""
    person_id = load_for(work, Person, person_id).person_id
    work.release_unique_key("seat", seat_claim(season_id, person_id))
    if work.load(Season, season_id).content:
        free_content(work, work.load(Season, season_id), person_id)


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


def booked_or_pays(work: UnitOfWork, booking: Booking) -> bool:
    """Whether the actor booked it or pays it; for an organisation until they leave that."""
    me, payer = work.actor.person_id, booking.payer.organisation_id
    if me is None or not any(work.actor.is_person(each) for each in (booking.booked_by, booking.payer.person_id)):
        return False
    if payer is None:
        return True
    today = day_in(work.now, work.load(Organiser, booking.organiser_id).zone)
    return not has_left(load_for(work, Person, me), payer, today)


def uncover(work: UnitOfWork, season: Season, holding_id: UUID, quote: Quote | None, seats: Iterable[Seat]) -> None:
    """Those seats are theirs no longer, so that the memberships have room for others."""
    for seat in seats:
        for membership in covering(work, season, holding_id, quote, seat):
            membership.uncover(holding_id, seat.no)


def covering(work: UnitOfWork, season: Season, holding_id: UUID, quote: Quote | None, seat: Seat) -> list[Membership]:
    """The memberships for so many persons that cover whoever sits there. `holding_id`: the booking, or the hold."""
    about = memberships_about(work, season, quote, seat)
    return [each for each in about if (holding_id, seat.no) in each.covered]


def memberships_about(work: UnitOfWork, season: Season, quote: Quote | None, seat: Seat) -> list[Membership]:
    """The memberships that may cover a seat: its price's, and those of the organisation it belongs to."""
    found = [quote.ground.source_id] if quote is not None and quote.ground is not None else []
    if seat.organisation_id is not None:
        found += [membership_of(season.organiser_id, seat.organisation_id, ground) for ground in Ground]
    ids = list(dict.fromkeys(found))
    work.fetch(*((Membership, each) for each in ids))
    return [known for each in ids if (known := work.find(Membership, each)) is not None]
