"""One seat moves to another season of the same content: given up and taken in one decision (A3, A4, S15).

What the old seat cost goes back whole, and the new one costs what it costs there now, for whom it was handed to where
it was: of what is free, nothing moves.
Whoever waits there comes first as ever. A refusal leaves the old seat as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from application.billing.refunding import GivingBack
from application.booking.agreement import agreed, book, with_turn
from application.booking.cancellation import release
from application.booking.charged_anew import handed_on
from application.booking.content import held_elsewhere
from application.booking.seat import answers_for_all, load_booking, must_answer_for, refusal_of, season_on
from application.kernel.actor import Actor, Role
from application.kernel.command import command, dry_run
from application.kernel.eligibility import applicant_of, existing, somebody_of
from application.kernel.payer import eligibility_of_payer, kept_for_ledger
from application.kernel.ports import Committed, UnitOfWork
from application.kernel.season_name import called
from application.kernel.use_case import UseCases, load_for, must_be_self_or_admin
from domain.billing.crediting import Back
from domain.booking.agreement import Facts
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.move import MoveCostsMore, MoveCostsNoMore, MoveTooLate, NotSameContent
from domain.booking.move_request import MoveRequest, move_request_of
from domain.kernel.errors import NotAllowed, OutcomeChanged
from domain.kernel.ids import BookingId, PersonId, SeasonId, seating_of
from domain.kernel.terms import Assessment, day_in
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.programme.season import Season

IN_FULL = Assessment(0, 0, None, None, None)
"""Nothing is kept of a seat that moves."""


@dataclass(frozen=True)
class MoveSeat:
    """A seat of a booking to another season. `shown`: what the seat was shown to cost there (öre incl. VAT)."""

    booking_id: BookingId
    seat: int
    to: SeasonId
    shown: int | None = None


@dataclass(frozen=True)
class SeatMoved:
    """The booking that it has become; what it costs there and what goes back for the old one, öre incl. VAT."""

    booking_id: BookingId
    season_id: SeasonId
    from_booking_id: BookingId
    cost: int
    back: int
    currency: str


@dataclass(frozen=True)
class MoveAsked:
    """What whoever answers for the booking is asked to pay more, öre incl. VAT."""

    booking_id: BookingId
    season_id: SeasonId
    more: int
    currency: str


@dataclass(frozen=True)
class SeatElsewhere:
    """The seat that somebody has for the same content: in which season, and the rule for a second one."""

    booking_id: BookingId
    seat: int
    season_id: SeasonId
    season: str
    rule: str


def _there(_actor: Actor, command: MoveSeat) -> tuple[UUID, ...]:
    """Decisions about the seats of the season that it moves to queue."""
    return (seating_of(command.to),)


class Moves(UseCases):
    """Look, move, and ask for a seat elsewhere."""

    @command(serial=_there, taken=refusal_of)
    def move(self, work: UnitOfWork, command: MoveSeat) -> SeatMoved:
        """By whoever sits there, answers for the booking, or an admin.

        Raises NotFound, NotAllowed, NotSameContent, MoveTooLate, MoveCostsMore for whoever only sits there, and what
        a booking there would raise.
        """
        return _moved(work, command)

    @dry_run
    def preview(self, work: UnitOfWork, command: MoveSeat) -> SeatMoved:
        """What `move` would come to now. Raises as it does."""
        return _moved(work, command)

    def ask(self, actor: Actor, command: MoveSeat, key: str | None = None) -> Committed[MoveAsked]:
        """Whoever sits there asks whoever answers for the booking to move it where it costs more, once.

        Raises MoveCostsNoMore, and what `move` would raise.
        """
        try:
            self.preview(actor, command)
        except MoveCostsMore as error:
            more, currency = int(str(error.facts["more"])), str(error.facts["currency"])
        else:
            raise MoveCostsNoMore
        return self._record(actor, command, MoveAsked, lambda work: _asked(work, command, more, currency), key)

    @dry_run
    def elsewhere(self, work: UnitOfWork, season_id: SeasonId, person_id: PersonId) -> SeatElsewhere | None:
        """The seat that somebody has for the same content; for themselves and admins. Raises NotFound, NotAllowed."""
        must_be_self_or_admin(work.actor, person_id)
        season = load_for(work, Season, season_id)
        found = held_elsewhere(work, season, existing(work, person_id).person_id) if season.shared else None
        if found is None:
            return None
        booking, seat = found
        other = work.load(Season, booking.season_id)
        return SeatElsewhere(booking.booking_id, seat.no, other.season_id, called(work, other), season.second_seat)


def _moved(work: UnitOfWork, command: MoveSeat) -> SeatMoved:
    booking = load_booking(work, command.booking_id)
    must_answer_for(work, booking, (command.seat,))
    season, target = season_on(work, booking), load_for(work, Season, command.to)
    if not season.shared or target.shared != season.shared or target.season_id == season.season_id:
        raise NotSameContent
    seat = booking.seat(command.seat)
    _must_be_early(work, booking, season)
    back = _give_up(work, booking, command.seat, target)
    facts = with_turn(work, _facts(work, booking, target, seat.person_id), None, seat.person_id)
    agreement = agreed(work, facts)
    total, payer = agreement.sums.gross, booking.payer
    if total.amount:
        payer = kept_for_ledger(work, target.organiser_id, payer, day_in(work.now, target.zone))
    booking_id = BookingId(work.new_id())
    book(work, facts, replace(agreement, payer=payer), booking_id, booking.booked_by)
    cost = total.amount + handed_on(work, booking, command.seat, work.load(Booking, booking_id), target)
    if command.shown is not None and command.shown != cost:
        raise OutcomeChanged(shown=command.shown, now=cost)
    if cost > back.gross and not answers_for_all(work, booking):
        raise MoveCostsMore(more=cost - back.gross, currency=total.currency)
    return SeatMoved(
        booking_id, target.season_id, booking.booking_id, cost, back.gross, booking.quote.price.amount.currency
    )


def _asked(work: UnitOfWork, command: MoveSeat, more: int, currency: str) -> MoveAsked:
    booking, me = load_booking(work, command.booking_id), work.actor.person_id
    must_answer_for(work, booking, (command.seat,))
    if me is None:
        raise NotAllowed(needs="member")
    [turn] = booking.turns_of((command.seat,))
    if work.find(MoveRequest, move_request_of(booking.booking_id, command.seat, turn, command.to)) is None:
        request = MoveRequest(
            organiser_id=booking.organiser_id,
            booking_id=booking.booking_id,
            seat=command.seat,
            turn=turn,
            to=command.to,
            asked_by=me,
            more=more,
            currency=currency,
            asked_at=work.now,
        )
        work.add(request)
    return MoveAsked(booking.booking_id, command.to, more, currency)


def _must_be_early(work: UnitOfWork, booking: Booking, season: Season) -> None:
    has_begun = any(each.is_held or each.time.is_over(work.now) for each in season.meetings.values())
    if has_begun:
        raise MoveTooLate(why="begun")
    if booking.assess(work.now).kept and not work.actor.has(season.organiser_id, Role.ADMIN):
        raise MoveTooLate(why="terms")


def _give_up(work: UnitOfWork, booking: Booking, no: int, target: Season) -> Back:
    back = GivingBack(work).of(booking, booking.credit_for((no,), 0))
    cancellation = Cancellation(
        id=work.new_id(),
        organiser_id=booking.organiser_id,
        booking_id=booking.booking_id,
        season_id=booking.season_id,
        seats=(no,),
        received_at=work.now,
        plea=None,
        moved_to=target.season_id,
    )
    cancellation.assess(IN_FULL, back.lines, back.lines, back.rounding)
    release(work, booking, cancellation)
    cancellation.grant(work.actor.id)
    work.add(cancellation)
    return back


def _facts(work: UnitOfWork, booking: Booking, target: Season, person_id: PersonId | None) -> Facts:
    """What the seat there is decided by: the same person, paid for by the same payer, at the price of now."""
    target.must_take_bookings(work.now)
    payer = booking.payer
    applicant = (
        applicant_of(work, target, existing(work, person_id))
        if person_id is not None
        else somebody_of(work, target, payer)
    )
    eligibility = eligibility_of_payer(work, target, payer, (applicant.person_id,))
    organisation = load_for(work, Organisation, payer.organisation_id) if payer.organisation_id else None
    return Facts(
        target,
        work.now,
        payer,
        (applicant,),
        eligibility,
        organisation=organisation,
        called=called(work, target),
        seller_country=work.load(Organiser, target.organiser_id).country,
    )
