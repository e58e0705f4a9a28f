"""Transfers: at once and free within the organisation; to another organisation by an admin, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from application.booking.coverage import cover_transferred, must_cover_instead
from application.booking.difference import charged_or_returned, difference_of, home_of, must_be_left, rule_of
from application.booking.seat import load_booking, must_answer_for, refusal_of, rise, season_on, sit
from application.booking.transfer_answers import TransferAnswers, answers_of, must_be_party, must_have_reference
from application.booking.vouching import vouched
from application.kernel.actor import Role
from application.kernel.command import anybody, command, dry_run
from application.kernel.eligibility import admit
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for
from application.people.participant import Participant, person_of
from domain.billing.crediting.difference import Difference, DifferenceBy, LowerPrice
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.booking.transfer import Transfer, TransferNotAllowed
from domain.kernel.eligibility import MembershipFull
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import BookingId, OrganisationId, PersonId, TransferId
from domain.kernel.personal import Encrypted
from domain.kernel.text import clean, clean_line
from domain.people.person import Person
from domain.programme.season import Season


class SeatHasNoName(RuleBroken):
    """Nobody sits in the seat yet; name a participant instead of transferring it (`seat`)."""


class DifferencePaidBy(StrEnum):
    """Who pays what a transfer costs more."""

    NEW_ORGANISATION = "new_organisation"
    PAYER = "payer"


@dataclass(frozen=True)
class ProposeTransfer:
    """A seat to another person. To another organisation: by an admin, with a reason, and who pays the difference.

    `reference`: what that payer wants on the invoice; it may also be given with the yes.
    """

    booking_id: BookingId
    seat: int
    to: Participant
    reason: str = ""
    paid_by: DifferencePaidBy = DifferencePaidBy.NEW_ORGANISATION
    reference: str = ""


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
        self._must_be_unused(work, booking, booking.seat(command.seat))
        return _propose(work, booking, command)

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
        held_by, turn = booking.seat(transfer.seat).person_id, _turn(booking, transfer.seat)
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


def _propose(work: UnitOfWork, booking: Booking, command: ProposeTransfer) -> TransferOutcome:
    season, seat = season_on(work, booking), booking.seat(command.seat)
    must_answer_for(work, booking, (command.seat,))
    to, home = _new_holder(work, booking, seat, command.to), home_of(work, season, booking, seat)
    vouched(work, home, to, command.to.role, booking)
    employer = admit(work, season, to, (booking.id, seat.no))
    is_within = employer == home
    is_within = is_within and (employer is not None or _costs_the_same(work, season, booking, seat, to))
    is_within = is_within and _is_covered(work, season, command, booking, to)
    reason = None if is_within else _reason(work, booking, command, to)
    transfer = _proposed(work, season, booking, command, to, employer, reason)
    if is_within:
        transfer.accept(seat.person_id, work.now, work.actor.id)
        _hand_over(work, booking, transfer)
    work.add(transfer)
    return _outcome(work, transfer)


def _costs_the_same(work: UnitOfWork, season: Season, booking: Booking, seat: Seat, to: PersonId) -> bool:
    """Whether a seat of no organisation, for somebody of none, has the price that was agreed for it."""
    return not difference_of(work, season, booking, seat, None, to).lines


def _new_holder(work: UnitOfWork, booking: Booking, seat: Seat, participant: Participant) -> PersonId:
    """Who takes over a seat that somebody has. Raises SeatHasNoName, BadValue, AlreadySeated."""
    if seat.person_id is None:
        raise SeatHasNoName(seat=seat.no)
    to = person_of(work, participant)
    if to is None:
        raise BadValue(field="to", why="say who takes the seat")
    booking.must_not_sit(to)
    return to


def _proposed(
    work: UnitOfWork,
    season: Season,
    booking: Booking,
    command: ProposeTransfer,
    to: PersonId,
    employer: OrganisationId | None,
    reason: Encrypted | None,
) -> Transfer:
    """`reason`: why it goes elsewhere at the price of there; None where it is free within the organisation."""
    transfer_id, seat = TransferId(work.new_id()), booking.seat(command.seat)
    extra = Difference() if reason is None else difference_of(work, season, booking, seat, employer, to)
    payer = booking.payer.organisation_id if command.paid_by is DifferencePaidBy.PAYER else employer
    return Transfer(
        id=transfer_id,
        organiser_id=booking.organiser_id,
        booking_id=booking.booking_id,
        season_id=booking.season_id,
        seat=command.seat,
        from_person_id=seat.person_id,
        to_person_id=to,
        to_organisation_id=employer,
        payer_organisation_id=payer or booking.payer.organisation_id,
        difference=charged_or_returned(work, booking, transfer_id, extra.lines),
        reason=reason,
        proposed_by=work.actor.id,
        reference=clean_line("reference", command.reference, 100, may_be_empty=True),
        turn=_turn(booking, command.seat),
        price=extra.price,
    )


def _is_covered(work: UnitOfWork, season: Season, command: ProposeTransfer, booking: Booking, to: PersonId) -> bool:
    """Whether the membership a seat is had by covers its new holder too; if not, an admin with a reason goes on."""
    try:
        must_cover_instead(work, season, booking, booking.seat(command.seat), to)
    except MembershipFull:
        if not work.actor.has(booking.organiser_id, Role.ADMIN) or not command.reason:
            raise
        return False
    return True


def _turn(booking: Booking, no: int) -> int:
    return booking.turns_of((no,))[0]


def _reason(work: UnitOfWork, booking: Booking, command: ProposeTransfer, to: PersonId) -> Encrypted:
    if not work.actor.has(booking.organiser_id, Role.ADMIN) or not command.reason:
        raise TransferNotAllowed(seat=command.seat)
    return work.encrypt(to, "reason", clean("reason", command.reason, 1000))


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
