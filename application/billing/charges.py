"""What is charged for a booking, a transfer, a purchase, a cancellation undone: lines, payer, when it is supplied."""

from __future__ import annotations

from dataclasses import replace

from application.billing.invoicing import Charge
from application.kernel.ports import UnitOfWork
from domain.billing.crediting import invoiced_anew, reinstatement_of
from domain.booking.booking import Booking
from domain.booking.purchase import Purchase
from domain.booking.transfer import Transfer
from domain.kernel.documents import Line, Supply
from domain.kernel.ids import BookingId, CancellationId, PurchaseId, TransferId, purchase_with
from domain.kernel.payer import Payer
from domain.kernel.terms import day_in
from domain.people.organiser import Organiser
from domain.programme.season import Season


def charge_of_booking(work: UnitOfWork, booking_id: BookingId) -> Charge:
    """A booking with goods bought beside it; nothing for what is free (S13)."""
    booking = work.load(Booking, booking_id)
    season = work.load(Season, booking.season_id)
    lines = tuple(each.about(booking_id).within(season.id) for each in booking.quote.lines)
    lines = (*(each for each in lines if each.gross.amount), *_beside(work, booking_id))
    return Charge(booking_id, booking.payer, lines, season.supply, season.id)


def charge_of_transfer(work: UnitOfWork, transfer_id: TransferId) -> Charge:
    """What a transfer cost more (S36)."""
    transfer = work.load(Transfer, transfer_id)
    booking = work.load(Booking, transfer.booking_id)
    season = work.load(Season, transfer.season_id)
    payer = booking.payer
    if transfer.payer_organisation_id not in (None, payer.organisation_id):
        payer = Payer(organisation_id=transfer.payer_organisation_id)
    payer = replace(payer, reference=transfer.reference or payer.reference)
    more = (each for each in transfer.difference if each.net.amount > 0)
    lines = tuple(each.about(transfer_id).within(season.id) for each in more)
    return Charge(transfer_id, payer, lines, season.supply, season.id)


def charge_of_purchase(work: UnitOfWork, purchase_id: PurchaseId) -> Charge:
    """Goods bought alone."""
    purchase = work.load(Purchase, purchase_id)
    lines = tuple(each.about(purchase_id) for each in purchase.lines)
    zone = work.load(Organiser, purchase.organiser_id).zone
    on = Supply("", day_in(purchase.made_at, zone).isoformat())
    return Charge(purchase_id, purchase.payer, lines, (on,))


def charge_of_reinstatement(work: UnitOfWork, booking_id: BookingId, cancellation_id: CancellationId) -> Charge:
    """What a cancellation made by mistake had credited, charged again (S34)."""
    booking = work.load(Booking, booking_id)
    season = work.load(Season, booking.season_id)
    lines = invoiced_anew(cancellation_id, booking.reinstated[cancellation_id])
    lines = tuple(each.within(season.id) for each in lines)
    return Charge(reinstatement_of(cancellation_id), booking.payer, lines, season.supply, season.id)


def _beside(work: UnitOfWork, booking_id: BookingId) -> tuple[Line, ...]:
    """The lines of goods that are bought with a booking."""
    purchase = work.find(Purchase, purchase_with(booking_id))
    return tuple(each.about(purchase.purchase_id) for each in purchase.lines) if purchase else ()
