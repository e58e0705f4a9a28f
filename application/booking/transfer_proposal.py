"""A proposal that a seat goes to somebody else: free within the organisation, by an admin with a reason elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from application.booking.coverage import must_cover_instead
from application.booking.difference import charged_or_returned, difference_of, home_of
from application.booking.seat import must_answer_for, season_on
from application.booking.vouching import vouched
from application.kernel.actor import Role
from application.kernel.eligibility import admit
from application.kernel.ports import UnitOfWork
from application.people.participant import Participant, person_of
from domain.billing.crediting.difference import Difference
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.booking.transfer import Transfer, TransferNotAllowed
from domain.kernel.eligibility import MembershipFull
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import BookingId, OrganisationId, PersonId, TransferId
from domain.kernel.personal import Encrypted
from domain.kernel.text import clean, clean_line
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


def proposed(work: UnitOfWork, booking: Booking, command: ProposeTransfer) -> tuple[Transfer, bool]:
    """The proposal, and whether the seat stays within the organisation, which is free and waits for no yes (S35).

    Raises TransferNotAllowed, SeatHasNoName, AlreadySeated, NotAdmitted.
    """
    season, seat = season_on(work, booking), booking.seat(command.seat)
    must_answer_for(work, booking, (command.seat,))
    to, home = _new_holder(work, booking, seat, command.to), home_of(work, season, booking, seat)
    vouched(work, home, to, command.to.role, booking)
    employer = admit(work, season, to, (booking.id, seat.no))
    is_within = employer == home
    is_within = is_within and (employer is not None or _costs_the_same(work, season, booking, seat, to))
    is_within = is_within and _is_covered(work, season, command, booking, to)
    reason = None if is_within else _reason(work, booking, command, to)
    return _transfer(work, season, booking, command, to, employer, reason), is_within


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


def _transfer(
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
        turn=turn_of(booking, command.seat),
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


def turn_of(booking: Booking, no: int) -> int:
    """The turn of the seat that a proposal is about: how often it has been named, handed over, given up or held."""
    return booking.turns_of((no,))[0]


def _reason(work: UnitOfWork, booking: Booking, command: ProposeTransfer, to: PersonId) -> Encrypted:
    if not work.actor.has(booking.organiser_id, Role.ADMIN) or not command.reason:
        raise TransferNotAllowed(seat=command.seat)
    return work.encrypt(to, "reason", clean("reason", command.reason, 1000))
