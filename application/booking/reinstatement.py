"""Undoing a cancellation made by mistake: the same booking holds its seats again, within capacity (S34)."""

from __future__ import annotations

from dataclasses import dataclass

from application.billing.offsetting import anew
from application.billing.refunding import GivingBack, remember_reinstatement
from application.booking.charged_anew import others_charged, others_lines
from application.booking.coverage import cover
from application.booking.seat import in_turn, kept_for, organisation_claim, refusal_of, season_on, sit, use_kept
from application.kernel.command import admin, command, dry_run
from application.kernel.ports import UnitOfWork
from application.kernel.season_name import called
from application.kernel.use_case import UseCases, admin_of, load_for
from domain.billing.crediting import reinstatement_of
from domain.billing.crediting.lines import fees_in
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.move import MovedNotCancelled
from domain.booking.seating import Seating
from domain.kernel.errors import OutcomeChanged
from domain.kernel.ids import BookingId, CancellationId, PersonId, seating_of
from domain.people.person import Person
from domain.programme.price import Per
from domain.programme.season import Season


@dataclass(frozen=True)
class UndoCancellation:
    """Give the seats of a settled cancellation back to its booking. `shown`: what is to be paid then, as shown."""

    cancellation_id: CancellationId
    shown: int | None = None


@dataclass(frozen=True)
class Reinstated:
    """Which booking holds its seats again. Sums in öre incl. VAT.

    `invoiced`: what is invoiced anew; `returned`: what is given back of a fee. `set_off`: what the payer has to their
    credit for it, with which the new invoice is paid at once; `to_pay`: what is left to pay of it.
    """

    booking_id: BookingId
    seats: tuple[int, ...]
    invoiced: int
    returned: int
    set_off: int = 0
    to_pay: int = 0


class Reinstatements(UseCases):
    """Preview and undo; the credit note stays, a new invoice takes it back."""

    @dry_run
    def preview(self, work: UnitOfWork, command: UndoCancellation) -> Reinstated:
        """What undoing would come to now, without recording it. Raises as `undo`."""
        admin_of(work.actor)
        return _undo(work, command)

    @command(by=admin, taken=refusal_of)
    def undo(self, work: UnitOfWork, command: UndoCancellation) -> Reinstated:
        """The seats are taken again, if they are free.

        Raises CancellationSettled, SeasonCalledOff, SeatsShort, SeatsPromised, PersonHasSeat, OrganisationHasBooked,
        PersonErased, MembershipFull, NotGivenUp, LaterCancellationFirst, UndoneIsBeingInvoiced, MovedNotCancelled,
        OutcomeChanged, NotAllowed unless admin.
        """
        return _undo(work, command)


def _undo(work: UnitOfWork, command: UndoCancellation) -> Reinstated:
    cancellation = load_for(work, Cancellation, command.cancellation_id)
    booking = work.load(Booking, cancellation.booking_id)
    season = season_on(work, booking)
    if cancellation.moved_to is not None:
        raise MovedNotCancelled(season=called(work, work.load(Season, cancellation.moved_to)))
    cancellation.undo(work.actor.id)
    _take(work, season, booking, cancellation.seats)
    was_over = bool(booking.ended_for)
    outcome = _with_money(work, booking, cancellation)
    _claim(work, booking, cancellation.seats, was_over=was_over)
    if command.shown is not None and command.shown != outcome.to_pay:
        raise OutcomeChanged(shown=command.shown, now=outcome.to_pay)
    return outcome


def _with_money(work: UnitOfWork, booking: Booking, cancellation: Cancellation) -> Reinstated:
    """What was credited is to be invoiced anew, and what is left of a fee given back; the booking remembers both."""
    undone, credited = cancellation.cancellation_id, cancellation.credited
    fees = GivingBack(work).of(booking, fees_in(credited))
    returned = tuple(each for each in fees.lines if each.gross.amount)
    others = others_lines(work, booking, credited)
    booking.reinstate(cancellation.seats, undone, credited, work.now, returned, others)
    if booking.reinstated[undone]:
        remember_reinstatement(work, booking, reinstatement_of(undone))
    owed, paid = anew(work, booking, undone)
    more, paid_of_it = others_charged(work, booking, others)
    owed, paid = owed + more, paid + paid_of_it
    return Reinstated(booking.booking_id, cancellation.seats, owed, fees.gross, paid, owed - paid)


def _take(work: UnitOfWork, season: Season, booking: Booking, numbers: tuple[int, ...]) -> None:
    seats = (booking.seats[no] for no in numbers if no in booking.seats)
    people = [seat.person_id for seat in seats if seat.person_id is not None]
    seating = work.load(Seating, seating_of(booking.season_id))
    seating.lapse(work.now)
    kept, place_id, taken = kept_for(seating, people), seating.place_of(*people), len(numbers)
    use_kept(work, seating, booking.booking_id, kept)
    in_turn(work, season, seating, lambda: seating.take(booking.booking_id, taken, place_id=place_id, held=len(kept)))


def _claim(work: UnitOfWork, booking: Booking, seats: tuple[int, ...], *, was_over: bool) -> None:
    for no in seats:
        person_id = booking.seat(no).person_id
        if person_id is not None:
            load_for(work, Person, person_id).must_exist()
            sit(work, booking.season_id, PersonId(person_id), booking.booking_id)
    season = work.load(Season, booking.season_id)
    for seat in (booking.seat(no) for no in seats):
        is_as_booked = seat.no not in booking.charges.agreed and seat.no not in booking.charges.prices
        cover(work, season, booking.id, booking.quote if is_as_booked else None, [seat])
    organisation_id = booking.payer.organisation_id
    if was_over and booking.quote.price.per is Per.ORGANISATION and organisation_id is not None:
        work.take_unique_key("season-organisation", organisation_claim(booking.season_id, organisation_id), booking.id)
