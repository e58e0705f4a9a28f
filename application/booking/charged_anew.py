"""A seat stays whose it is and is charged otherwise: for whom it was handed to, and by whom that was paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from application.billing.offsetting import spare_of_transfer
from application.booking.coverage import cover_transferred
from application.booking.difference import charged_or_returned, difference_of
from application.booking.seat import is_contact
from application.kernel.actor import Role
from application.kernel.ports import UnitOfWork
from domain.billing.crediting.document import is_fee
from domain.billing.crediting.lines import merged
from domain.booking.booking import Booking
from domain.booking.move import MoveCostsOthersMore
from domain.booking.seat import Seat
from domain.booking.transfer import Transfer
from domain.kernel.documents import Line, LineKind
from domain.kernel.ids import OrganisationId, PersonId, TransferId
from domain.kernel.personal import Encrypted
from domain.programme.season import Season


@dataclass(frozen=True)
class Anew:
    """Whose the seat is, what it costs more or less, the whole price it is worth since, and who pays what it costs."""

    home: OrganisationId | None
    person_id: PersonId
    lines: tuple[Line, ...]
    price: Line | None
    payer: OrganisationId | None
    reference: str = ""
    reason: Encrypted | None = None
    renews: TransferId | None = None


def charged_anew(work: UnitOfWork, booking: Booking, before: Seat, what: Anew) -> Transfer:
    """The seat is the same person's, as it was or of another organisation, and costs what is said here besides."""
    transfer_id, turn = TransferId(work.new_id()), booking.turns_of((before.no,))[0]
    transfer = Transfer(
        id=transfer_id,
        organiser_id=booking.organiser_id,
        booking_id=booking.booking_id,
        season_id=booking.season_id,
        seat=before.no,
        from_person_id=before.person_id,
        to_person_id=what.person_id,
        to_organisation_id=what.home,
        payer_organisation_id=what.payer,
        difference=charged_or_returned(work, booking, transfer_id, what.lines),
        reason=what.reason,
        proposed_by=work.actor.id,
        reference=what.reference,
        turn=turn,
        price=what.price,
        renews=what.renews,
    )
    transfer.accept(before.person_id, work.now, work.actor.id)
    given = transfer.difference, work.now, what.price
    booking.hand_over(before.no, transfer_id, what.person_id, what.home, *given)
    cover_transferred(work, booking, transfer, before)
    work.add(transfer)
    return transfer


def handed_on(work: UnitOfWork, booking: Booking, no: int, moved: Booking, season: Season) -> int:
    """A seat that was handed over costs there, too, what it costs for whom it was handed to. Says how much more (öre).

    Whoever paid the difference pays it there. Raises MoveCostsOthersMore where it is more, for all but them and admins.
    """
    seat = booking.seats[no]
    if no not in booking.handed_over or seat.person_id is None:
        return 0
    [there] = moved.held
    extra = difference_of(work, season, moved, there, seat.organisation_id, seat.person_id)
    paid = _paid_for(work, booking, no)
    payer, reference, before = paid if paid is not None else (booking.payer.organisation_id, "", 0)
    anew = Anew(seat.organisation_id, seat.person_id, extra.lines, extra.price, payer, reference)
    more = sum(each.gross.amount for each in charged_anew(work, moved, there, anew).difference)
    if payer != booking.payer.organisation_id and more > before and not _decides(work, booking, payer):
        raise MoveCostsOthersMore(more=more - before, currency=booking.quote.price.amount.currency)
    return more


def others_lines(work: UnitOfWork, booking: Booking, credited: Iterable[Line]) -> tuple[Line, ...]:
    """What a cancellation has given back to others than who pays the booking: they paid when it was handed over."""
    return tuple(
        each
        for each in merged(one for one in credited if not is_fee(one))
        if (transfer := _made_by(work, each)) is not None
        and transfer.payer_organisation_id not in (None, booking.payer.organisation_id)
    )


def others_charged(work: UnitOfWork, booking: Booking, lines: Iterable[Line]) -> tuple[int, int]:
    """They are charged anew: how much (öre), and how much of it what they have to their credit there pays."""
    owed = paid = 0
    for each in lines:
        transfer, seat = _made_by(work, each), booking.seat(each.seat)
        if transfer is None or seat.person_id is None:
            continue
        to = transfer.payer_organisation_id, transfer.reference, None, transfer.transfer_id
        anew = Anew(seat.organisation_id, seat.person_id, (each,), booking.charges.prices.get(seat.no), *to)
        spare = spare_of_transfer(work, transfer)
        sum_ = sum(line.gross.amount for line in charged_anew(work, booking, seat, anew).difference)
        owed, paid = owed + sum_, paid + min(sum_, spare)
    return owed, paid


def _made_by(work: UnitOfWork, line: Line) -> Transfer | None:
    is_difference = line.kind is LineKind.DIFFERENCE and line.refers_to is not None
    return work.find(Transfer, line.refers_to) if is_difference and line.refers_to is not None else None


def _paid_for(work: UnitOfWork, booking: Booking, no: int) -> tuple[OrganisationId | None, str, int] | None:
    """Who paid last what a seat cost more when it was handed over, by which reference, and how much in all (öre)."""
    transfers = [work.load(Transfer, each) for each in booking.handed_over[no]]
    costing = [each for each in transfers if any(line.net.amount > 0 for line in each.difference)]
    if not costing:
        return None
    payer, reference = costing[-1].payer_organisation_id, costing[-1].reference
    theirs = (line for each in costing if each.payer_organisation_id == payer for line in each.difference)
    return payer, reference, sum(line.gross.amount for line in theirs)


def _decides(work: UnitOfWork, booking: Booking, payer: OrganisationId | None) -> bool:
    """Whether the actor answers for what another organisation pays."""
    return work.actor.has(booking.organiser_id, Role.ADMIN) or is_contact(work, payer)
