"""What the desk decides about a cancellation: granted as the terms say, waived so that all goes back, or declined."""

from __future__ import annotations

from dataclasses import dataclass

from application.billing.refunding import GivingBack
from application.booking.cancellation import CancellationOutcome, assess, effect_of, encrypt_about, outcome_of, release
from application.kernel.command import admin, command, dry_run
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, admin_of, load_for
from domain.billing.crediting import NOTHING, Back
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.kernel.errors import OutcomeChanged
from domain.kernel.ids import CancellationId


@dataclass(frozen=True)
class GrantCancellation:
    """Settle a waiting request as the terms say. `shown`: the sum in öre incl. VAT that was shown."""

    cancellation_id: CancellationId
    shown: int | None = None


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


class Settlements(UseCases):
    """Grant, waive, decline."""

    @command(by=admin)
    def grant(self, work: UnitOfWork, command: GrantCancellation) -> CancellationOutcome:
        """Settle a waiting request as the terms say.

        Raises CancellationSettled, and OutcomeChanged where it is not what was shown.
        """
        return _granted(work, command)

    @dry_run
    def preview_grant(self, work: UnitOfWork, command: GrantCancellation) -> CancellationOutcome:
        """What granting would come to now, without what has been credited since it was asked. Raises as `grant`."""
        admin_of(work.actor)
        return _granted(work, command)

    @dry_run
    def preview_waiver(self, work: UnitOfWork, cancellation_id: CancellationId) -> CancellationOutcome:
        """What waiving would come to now, all that was given back before included. Raises CancellationSettled."""
        admin_of(work.actor)
        cancellation, booking = _case(work, cancellation_id)
        before, back = _waived(work, booking, cancellation)
        return outcome_of(cancellation, before.and_(back))

    @command(by=admin)
    def waive(self, work: UnitOfWork, command: WaiveCancellation) -> CancellationOutcome:
        """Give back what is left of the price, also after it was granted by the terms.

        Raises CancellationSettled, and OutcomeChanged where it is not what was shown.
        """
        cancellation, booking = _case(work, command.cancellation_id)
        was_open = not cancellation.is_settled
        before, back = _waived(work, booking, cancellation)
        total = before.and_(back)
        _must_be_as_shown(command.shown, total)
        credit = tuple(each for each in back.lines if each.gross.amount)
        cancellation.waive(encrypt_about(work, booking, "reason", command.reason), work.actor.id, credit)
        if was_open:
            release(work, booking, cancellation)
        return outcome_of(cancellation, total)

    @command(by=admin)
    def decline(self, work: UnitOfWork, command: DeclineCancellation) -> CancellationOutcome:
        """Turn it down; the seats stay booked. Raises CancellationSettled."""
        cancellation, booking = _case(work, command.cancellation_id)
        cancellation.decline(encrypt_about(work, booking, "reason", command.reason), work.actor.id)
        return outcome_of(cancellation, NOTHING)


def _must_be_as_shown(shown: int | None, back: Back) -> None:
    """Raises OutcomeChanged where something else is given back than was shown (None: nothing was)."""
    if shown is not None and shown != back.gross:
        raise OutcomeChanged(shown=shown, now=back.gross)


def _case(work: UnitOfWork, cancellation_id: CancellationId) -> tuple[Cancellation, Booking]:
    cancellation = load_for(work, Cancellation, cancellation_id)
    return cancellation, work.load(Booking, cancellation.booking_id)


def _granted(work: UnitOfWork, command: GrantCancellation) -> CancellationOutcome:
    cancellation, booking = _case(work, command.cancellation_id)
    _assess_again(work, booking, cancellation)
    back = Back(cancellation.credit, cancellation.rounding)
    _must_be_as_shown(command.shown, back)
    cancellation.grant(work.actor.id)
    release(work, booking, cancellation)
    return outcome_of(cancellation, back)


def _assess_again(work: UnitOfWork, booking: Booking, cancellation: Cancellation) -> None:
    """While it waited, other seats may have been given up or handed over; the instant that counts stays.

    Raises CancellationSettled where one of its own has changed hands since: it is about whoever had them then.
    """
    effect = effect_of(work, booking, cancellation.seats, cancellation.received_at)
    known = Back(cancellation.credit, cancellation.rounding)
    if (effect.back, effect.price.lines) != (known, cancellation.price):
        assess(cancellation, effect)
    cancellation.must_stand(booking.turns_of(cancellation.seats))


def _waived(work: UnitOfWork, booking: Booking, cancellation: Cancellation) -> tuple[Back, Back]:
    """What has been given back already, and what waiving gives back on top. Raises CancellationSettled."""
    before = Back(cancellation.credited, cancellation.rounding if cancellation.is_settled else 0)
    if not cancellation.is_settled:
        _assess_again(work, booking, cancellation)
    return before, GivingBack(work).of(booking, cancellation.kept)
