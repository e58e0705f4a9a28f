"""Cancellations: what it costs to give up seats, done at once as the terms say, or asked of the desk as a kindness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from application.billing.refunding import GivingBack
from application.booking.seat import load_booking, must_answer_for, release_seats, season_on
from application.kernel.actor import Role
from application.kernel.command import command, dry_run
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of
from domain.billing.crediting import NOTHING, Back
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.kernel.documents import sums
from domain.kernel.errors import BadValue, OutcomeChanged
from domain.kernel.ids import BookingId, CancellationId
from domain.kernel.personal import Encrypted
from domain.kernel.terms import Assessment
from domain.kernel.text import clean
from domain.people.person import Person


@dataclass(frozen=True)
class RequestCancellation:
    """Give up seats of a booking (None: all it holds; an empty choice is none and refused).

    `shown`: the credit in öre incl. VAT that was shown. `plea`: asks the desk for more than the terms give; it then
    waits for an admin. `received_at`: when a letter arrived, where an admin records it afterwards (UTC).
    """

    booking_id: BookingId
    seats: tuple[int, ...] | None = None
    shown: int | None = None
    plea: str = ""
    received_at: datetime | None = None


@dataclass(frozen=True)
class WithdrawCancellation:
    """Whoever asked has thought better of it."""

    cancellation_id: CancellationId


@dataclass(frozen=True)
class CancellationPreview:
    """What cancelling would mean now. Sums in öre; `assessment` says until which instant it stays so.

    `credit` is what the credit notes will come to, in whole kronor where the organiser rounds; net and VAT are exact.
    """

    seats: tuple[int, ...]
    assessment: Assessment
    price: int
    credit_net: int
    credit_vat: int
    credit: int
    currency: str


@dataclass(frozen=True)
class CancellationOutcome:
    """What came of a request: its status, and what is credited in öre."""

    cancellation_id: CancellationId
    booking_id: BookingId
    status: str
    kept: int
    credit_net: int
    credit_vat: int
    credit: int


@dataclass(frozen=True)
class Effect:
    """What the terms say at an instant, what they give back for seats, and what the seats cost (less what is gone)."""

    assessment: Assessment
    back: Back
    price: Back


class Cancellations(UseCases):
    """Preview, request, withdraw; what waits is decided by `application.booking.settlement`."""

    @dry_run
    def preview(self, work: UnitOfWork, command: RequestCancellation) -> CancellationPreview:
        """What `request` would settle now, without recording it."""
        booking = _to_cancel(work, command.booking_id)
        seats = _seats(work, booking, command.seats)
        effect = effect_of(work, booking, seats, _arrived(work, booking, command))
        back, currency = sums(effect.back.lines), booking.quote.price.amount.currency
        amounts = (back.net.amount, back.vat.amount, effect.back.gross)
        return CancellationPreview(seats, effect.assessment, effect.price.gross, *amounts, currency)

    @command
    def request(self, work: UnitOfWork, command: RequestCancellation) -> CancellationOutcome:
        """Give up seats by the terms of the booking; with a plea it waits at the desk instead.

        Raises OutcomeChanged when the effect is not the one shown (S26), SeatGivenUp, BookingEnded, SeasonCalledOff.
        """
        booking = _to_cancel(work, command.booking_id)
        cancellation = _requested(work, booking, command)
        back = Back(cancellation.credit, cancellation.rounding)
        if command.shown is not None and command.shown != back.gross:
            raise OutcomeChanged(shown=command.shown, now=back.gross)
        if not command.plea:
            release(work, booking, cancellation)
            cancellation.grant(work.actor.id)
        work.add(cancellation)
        return outcome_of(cancellation, back)

    @command
    def withdraw(self, work: UnitOfWork, command: WithdrawCancellation) -> CancellationOutcome:
        """Take the request back; the seats stay booked. Raises CancellationSettled, NotAllowed for another's seat."""
        cancellation = load_for(work, Cancellation, command.cancellation_id)
        must_answer_for(work, load_booking(work, cancellation.booking_id), cancellation.seats)
        cancellation.withdraw()
        return outcome_of(cancellation, NOTHING)


def effect_of(work: UnitOfWork, booking: Booking, seats: tuple[int, ...], at: datetime) -> Effect:
    """What giving up seats would come to. Raises SeasonCalledOff: then the whole price goes back anyway (S32)."""
    season_on(work, booking)
    assessment = booking.assess(at)
    back = GivingBack(work).of(booking, booking.credit_for(seats, assessment.kept))
    return Effect(assessment, back, GivingBack(work).of(booking, booking.credit_for(seats, 0)))


def assess(cancellation: Cancellation, effect: Effect) -> None:
    """Remember with the request what it would come to."""
    cancellation.assess(effect.assessment, effect.back.lines, effect.price.lines, effect.back.rounding)


def release(work: UnitOfWork, booking: Booking, cancellation: Cancellation) -> None:
    """The seats are given up as of the instant the request arrived (S72)."""
    release_seats(work, booking, cancellation.seats)
    back = cancellation.credited or cancellation.credit
    booking.give_up(cancellation.seats, cancellation.cancellation_id, back, cancellation.received_at)


def outcome_of(cancellation: Cancellation, back: Back) -> CancellationOutcome:
    """What came of it so far, and what it gives back."""
    total, assessment = sums(back.lines), cancellation.assessment
    return CancellationOutcome(
        cancellation.cancellation_id,
        cancellation.booking_id,
        cancellation.status.value,
        assessment.kept if assessment else 0,
        total.net.amount,
        total.vat.amount,
        back.gross,
    )


def encrypt_about(work: UnitOfWork, booking: Booking, field: str, text: str) -> Encrypted:
    """Under the key of whoever booked or sits there; the organiser's own when all of them have been erased."""
    people = [booking.booked_by, *(seat.person_id for seat in booking.seats.values())]
    living = (person for person in people if person is not None and not work.load(Person, person).is_erased)
    return work.encrypt(next(living, booking.organiser_id), field, clean(field, text, 1000))


def _to_cancel(work: UnitOfWork, booking_id: BookingId) -> Booking:
    """A booking whose seats the actor may give up. Raises NotFound, NotAllowed."""
    booking = load_for(work, Booking, booking_id)
    return booking if work.actor.has(booking.organiser_id, Role.CANCELLING) else load_booking(work, booking_id)


def _seats(work: UnitOfWork, booking: Booking, chosen: tuple[int, ...] | None) -> tuple[int, ...]:
    seats = tuple(seat.no for seat in booking.held) if chosen is None else tuple(sorted(chosen))
    booking.must_hold(seats)
    if not work.actor.has(booking.organiser_id, Role.CANCELLING):
        must_answer_for(work, booking, seats)
    return seats


def _arrived(work: UnitOfWork, booking: Booking, command: RequestCancellation) -> datetime:
    if command.received_at is None:
        return work.now
    work.actor.must_be(organiser_of(work.actor), Role.ADMIN)
    if command.received_at.tzinfo is None or not booking.made_at <= command.received_at <= work.now:
        raise BadValue(field="received_at", why="lies between the booking and now")
    return command.received_at


def _requested(work: UnitOfWork, booking: Booking, command: RequestCancellation) -> Cancellation:
    seats = _seats(work, booking, command.seats)
    arrived = _arrived(work, booking, command)
    effect = effect_of(work, booking, seats, arrived)
    cancellation = Cancellation(
        id=work.new_id(),
        organiser_id=booking.organiser_id,
        booking_id=booking.booking_id,
        season_id=booking.season_id,
        seats=seats,
        received_at=arrived,
        plea=encrypt_about(work, booking, "plea", command.plea) if command.plea else None,
        asked_by=work.actor.person_id if command.plea else None,
        turns=booking.turns_of(seats) if command.plea else None,
    )
    assess(cancellation, effect)
    return cancellation
