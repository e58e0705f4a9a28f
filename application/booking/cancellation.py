"""Cancellations: what it costs to cancel, settled at once as the terms say, or asked of the desk as a kindness."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from application.booking.seat import load_booking, must_answer_for
from application.booking.settlement import assess, assess_anew, assessed, give_up, sealed_about, waived
from application.kernel.actor import Actor, Role
from application.kernel.ports import Committed, UnitOfWork
from application.kernel.seen import OutcomeChanged
from application.kernel.use_case import UseCases, admin_of, load_for, organiser_of
from domain.billing.crediting import NOTHING, Back
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.kernel.documents import Line, sums
from domain.kernel.errors import BadValue
from domain.kernel.ids import BookingId, CancellationId
from domain.kernel.terms import Assessment


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
class GrantCancellation:
    """Settle a waiting request as the terms say."""

    cancellation_id: CancellationId


@dataclass(frozen=True)
class WaiveCancellation:
    """Give all of the price back whatever the terms say, with the reason.

    `shown`: the sum in öre incl. VAT, with what was given back before, that was shown.
    """

    cancellation_id: CancellationId
    reason: str
    shown: int | None = None


@dataclass(frozen=True)
class DeclineCancellation:
    """Turn a waiting request down, with the reason."""

    cancellation_id: CancellationId
    reason: str


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


class Cancellations(UseCases):
    """Preview, request, grant, waive, decline, withdraw."""

    def preview(self, actor: Actor, command: RequestCancellation) -> CancellationPreview:
        """What `request` would settle now, without recording it."""

        def look(work: UnitOfWork) -> CancellationPreview:
            booking = _to_cancel(work, command.booking_id)
            seats = _seats(work, booking, command.seats)
            effect = assessed(work, booking, seats, _arrived(work, booking, command))
            back, currency = sums(effect.back.lines), booking.quote.price.amount.currency
            amounts = (back.net.amount, back.vat.amount, effect.back.gross)
            return CancellationPreview(seats, effect.assessment, effect.price.gross, *amounts, currency)

        return self._decisions.dry_run(actor, look)

    def request(
        self, actor: Actor, command: RequestCancellation, key: str | None = None
    ) -> Committed[CancellationOutcome]:
        """Give up seats by the terms of the booking; with a plea it waits at the desk instead.

        Raises OutcomeChanged when the effect is not the one shown (S26), SeatGivenUp, BookingEnded, SeasonCalledOff.
        """

        def decide(work: UnitOfWork) -> CancellationOutcome:
            booking = _to_cancel(work, command.booking_id)
            cancellation = _request(work, booking, command)
            outcome = _outcome(cancellation, Back(cancellation.credit, cancellation.rounding))
            if command.shown is not None and command.shown != outcome.credit:
                raise OutcomeChanged(shown=command.shown, now=outcome.credit)
            if not command.plea:
                give_up(work, booking, cancellation)
                cancellation.grant(actor.id)
            work.add(cancellation)
            return replace(outcome, status=cancellation.status)

        return self._record(actor, command, CancellationOutcome, decide, key)

    def grant(self, actor: Actor, command: GrantCancellation, key: str | None = None) -> Committed[CancellationOutcome]:
        """Settle a waiting request as the terms say. Raises CancellationSettled."""
        admin_of(actor)

        def decide(work: UnitOfWork) -> CancellationOutcome:
            cancellation = load_for(work, Cancellation, command.cancellation_id)
            booking = work.load(Booking, cancellation.booking_id)
            assess_anew(work, booking, cancellation)
            cancellation.grant(actor.id)
            give_up(work, booking, cancellation)
            return _outcome(cancellation, Back(cancellation.credit, cancellation.rounding))

        return self._record(actor, command, CancellationOutcome, decide, key)

    def preview_waiver(self, actor: Actor, cancellation_id: CancellationId) -> CancellationOutcome:
        """What waiving would come to now, all that was given back before included. Raises CancellationSettled."""
        admin_of(actor)

        def look(work: UnitOfWork) -> CancellationOutcome:
            cancellation = load_for(work, Cancellation, cancellation_id)
            booking = work.load(Booking, cancellation.booking_id)
            if not cancellation.is_settled:
                assess_anew(work, booking, cancellation)
            return _outcome(cancellation, _given(cancellation).and_(waived(work, booking, cancellation)))

        return self._decisions.dry_run(actor, look)

    def waive(self, actor: Actor, command: WaiveCancellation, key: str | None = None) -> Committed[CancellationOutcome]:
        """Give back what is left of the price, also after it was granted by the terms.

        Raises CancellationSettled, and OutcomeChanged where it is not what was shown.
        """
        admin_of(actor)

        def decide(work: UnitOfWork) -> CancellationOutcome:
            cancellation = load_for(work, Cancellation, command.cancellation_id)
            booking = work.load(Booking, cancellation.booking_id)
            was_open = not cancellation.is_settled
            if was_open:
                assess_anew(work, booking, cancellation)
            back = waived(work, booking, cancellation)
            all_of_it = _given(cancellation).and_(back)
            if command.shown is not None and command.shown != all_of_it.gross:
                raise OutcomeChanged(shown=command.shown, now=all_of_it.gross)
            cancellation.waive(sealed_about(work, booking, "reason", command.reason), actor.id, _something(back))
            if was_open:
                give_up(work, booking, cancellation)
            return _outcome(cancellation, all_of_it)

        return self._record(actor, command, CancellationOutcome, decide, key)

    def decline(
        self, actor: Actor, command: DeclineCancellation, key: str | None = None
    ) -> Committed[CancellationOutcome]:
        """Turn it down; the seats stay booked. Raises CancellationSettled."""
        admin_of(actor)

        def decide(work: UnitOfWork) -> CancellationOutcome:
            cancellation = load_for(work, Cancellation, command.cancellation_id)
            booking = work.load(Booking, cancellation.booking_id)
            cancellation.decline(sealed_about(work, booking, "reason", command.reason), actor.id)
            return _outcome(cancellation, NOTHING)

        return self._record(actor, command, CancellationOutcome, decide, key)

    def withdraw(
        self, actor: Actor, command: WithdrawCancellation, key: str | None = None
    ) -> Committed[CancellationOutcome]:
        """Take the request back; the seats stay booked. Raises CancellationSettled, NotAllowed for another's seat."""

        def decide(work: UnitOfWork) -> CancellationOutcome:
            cancellation = load_for(work, Cancellation, command.cancellation_id)
            must_answer_for(work, load_booking(work, cancellation.booking_id), cancellation.seats)
            cancellation.withdraw()
            return _outcome(cancellation, NOTHING)

        return self._record(actor, command, CancellationOutcome, decide, key)


def _seats(work: UnitOfWork, booking: Booking, asked: tuple[int, ...] | None) -> tuple[int, ...]:
    seats = tuple(seat.no for seat in booking.held) if asked is None else tuple(sorted(asked))
    booking.must_hold(seats)
    if not work.actor.has(booking.organiser_id, Role.CANCELLING):
        must_answer_for(work, booking, seats)
    return seats


def _to_cancel(work: UnitOfWork, booking_id: BookingId) -> Booking:
    """A booking whose seats the actor may give up. Raises NotFound, NotAllowed."""
    booking = load_for(work, Booking, booking_id)
    return booking if work.actor.has(booking.organiser_id, Role.CANCELLING) else load_booking(work, booking_id)


def _arrived(work: UnitOfWork, booking: Booking, command: RequestCancellation) -> datetime:
    if command.received_at is None:
        return work.now
    work.actor.must_be(organiser_of(work.actor), Role.ADMIN)
    if command.received_at.tzinfo is None or not booking.made_at <= command.received_at <= work.now:
        raise BadValue(field="received_at", why="lies between the booking and now")
    return command.received_at


def _request(work: UnitOfWork, booking: Booking, command: RequestCancellation) -> Cancellation:
    seats = _seats(work, booking, command.seats)
    arrived = _arrived(work, booking, command)
    effect = assessed(work, booking, seats, arrived)
    cancellation = Cancellation(
        id=work.new_id(),
        organiser_id=booking.organiser_id,
        booking_id=booking.booking_id,
        season_id=booking.season_id,
        seats=seats,
        received_at=arrived,
        plea=sealed_about(work, booking, "plea", command.plea) if command.plea else None,
        asked_by=work.actor.person_id if command.plea else None,
        turns=booking.turns_of(seats) if command.plea else None,
    )
    assess(cancellation, effect)
    return cancellation


def _given(cancellation: Cancellation) -> Back:
    """What it has given back so far."""
    return Back(cancellation.credited, cancellation.rounding if cancellation.is_settled else 0)


def _something(back: Back) -> tuple[Line, ...]:
    return tuple(each for each in back.lines if each.gross.amount)


def _outcome(cancellation: Cancellation, back: Back) -> CancellationOutcome:
    of_lines, assessment = sums(back.lines), cancellation.assessment
    return CancellationOutcome(
        cancellation.cancellation_id,
        cancellation.booking_id,
        cancellation.status,
        assessment.kept if assessment else 0,
        of_lines.net.amount,
        of_lines.vat.amount,
        back.gross,
    )
