"""Transfers: at once and free within the organisation; to another organisation by an admin, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from application.booking.coverage import cover_transferred
from application.booking.difference import must_be_left, rule_of
from application.booking.seat import load_booking, refusal_of, rise, season_on, sit
from application.booking.transfer_answers import TransferAnswers, answers_of, must_be_party, must_have_reference
from application.booking.transfer_proposal import ProposeTransfer, proposed, turn_of
from application.kernel.command import anybody, command, dry_run
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for
from domain.billing.crediting.difference import DifferenceBy, LowerPrice
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.booking.transfer import Transfer
from domain.kernel.ids import BookingId, TransferId
from domain.kernel.text import clean, clean_line
from domain.people.person import Person


@dataclass(frozen=True)
class AcceptTransfer:
    """Yes, by whoever pays or takes the seat, or an admin for them; with the reference the payer wants (S50)."""

    transfer_id: TransferId
    reference: str = ""


@dataclass(frozen=True)
class DeclineTransfer:
    """No, with the reason."""

    transfer_id: TransferId
    reason: str


@dataclass(frozen=True)
class TransferOutcome:
    """What came of it: the status, and the difference in öre incl. VAT (below zero: given back).

    `lower_price` and `difference_by`: the written rule by which a seat's price for somebody else is reckoned now.
    """

    transfer_id: TransferId
    booking_id: BookingId
    seat: int
    status: str
    difference: int
    lower_price: LowerPrice = LowerPrice.NOTHING
    difference_by: DifferenceBy = DifferenceBy.WHOLE


MayHandOver = Callable[[UnitOfWork, Booking, Seat], None]
"""Raises SeatUsed where whoever sits in a seat has used it."""


def _always(_work: UnitOfWork, _booking: Booking, _seat: Seat) -> None:
    """Where nobody checks in."""


class Transfers(UseCases):
    """Preview, propose, accept, decline. `must_be_unused`: what the door knows of a seat (S38)."""

    def __init__(self, decisions: Decisions, must_be_unused: MayHandOver = _always) -> None:
        super().__init__(decisions)
        self._must_be_unused = must_be_unused

    @dry_run
    def preview(self, work: UnitOfWork, command: ProposeTransfer) -> TransferOutcome:
        """What `propose` would come to now, without recording it."""
        return self._propose(work, command)

    @command(by=anybody, taken=refusal_of)
    def propose(self, work: UnitOfWork, command: ProposeTransfer) -> TransferOutcome:
        """Within the organisation the seat changes hands at once and free (S35); otherwise it waits for a yes (S36).

        Raises TransferNotAllowed, SeatHasNoName, AlreadySeated, PersonHasSeat, NotAdmitted, SeatUsed.
        """
        return self._propose(work, command)

    def _propose(self, work: UnitOfWork, command: ProposeTransfer) -> TransferOutcome:
        booking = load_booking(work, command.booking_id)
        seat = booking.seat(command.seat)
        self._must_be_unused(work, booking, seat)
        transfer, is_within = proposed(work, booking, command)
        if is_within:
            transfer.accept(seat.person_id, work.now, work.actor.id)
            _hand_over(work, booking, transfer)
        work.add(transfer)
        return _outcome(work, transfer)

    @dry_run
    def answers(self, work: UnitOfWork, transfer_id: TransferId) -> TransferAnswers:
        """What `accept` and `decline` would let the actor do now. Raises NotFound for another organiser's."""
        return answers_of(work, *_case(work, transfer_id))

    @command(by=anybody, taken=refusal_of)
    def accept(self, work: UnitOfWork, command: AcceptTransfer) -> TransferOutcome:
        """The seat changes hands now, and the difference is invoiced. Raises TransferSettled, ReferenceRequired."""
        transfer, booking = _case(work, command.transfer_id)
        must_be_party(work, booking, transfer, is_accepting=True)
        reference = clean_line("reference", command.reference, 100, may_be_empty=True)
        must_have_reference(work, booking, transfer, reference or transfer.reference)
        season_on(work, booking)
        self._must_be_unused(work, booking, booking.seat(transfer.seat))
        held_by, turn = booking.seat(transfer.seat).person_id, turn_of(booking, transfer.seat)
        must_be_left(work, booking, transfer)
        transfer.accept(held_by, work.now, work.actor.id, reference, turn)
        _hand_over(work, booking, transfer)
        return _outcome(work, transfer)

    @command
    def decline(self, work: UnitOfWork, command: DeclineTransfer) -> TransferOutcome:
        """The seat stays as it was. Raises TransferSettled."""
        transfer, booking = _case(work, command.transfer_id)
        must_be_party(work, booking, transfer, is_accepting=False)
        load_for(work, Person, transfer.to_person_id).must_exist()
        reason = work.encrypt(transfer.to_person_id, "reason", clean("reason", command.reason, 1000))
        transfer.decline(reason, work.actor.id)
        return _outcome(work, transfer)


def _case(work: UnitOfWork, transfer_id: TransferId) -> tuple[Transfer, Booking]:
    transfer = load_for(work, Transfer, transfer_id)
    return transfer, work.load(Booking, transfer.booking_id)


def _hand_over(work: UnitOfWork, booking: Booking, transfer: Transfer) -> None:
    season_id, before = booking.season_id, booking.seat(transfer.seat)
    person = load_for(work, Person, transfer.to_person_id)
    person.must_exist()
    old = booking.seat(transfer.seat).person_id
    if old is not None:
        rise(work, season_id, old)
    sit(work, season_id, person.person_id, booking.booking_id)
    booking.hand_over(
        transfer.seat,
        transfer.transfer_id,
        person.person_id,
        transfer.to_organisation_id,
        transfer.difference,
        work.now,
        transfer.price,
    )
    cover_transferred(work, booking, transfer, before)


def _outcome(work: UnitOfWork, transfer: Transfer) -> TransferOutcome:
    difference, rule = sum(each.gross.amount for each in transfer.difference), rule_of(work, transfer.organiser_id)
    about = (transfer.transfer_id, transfer.booking_id, transfer.seat, transfer.status.value)
    return TransferOutcome(*about, difference, rule.lower_price, rule.by)
