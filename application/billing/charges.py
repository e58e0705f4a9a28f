"""What is charged for a booking, a transfer, a purchase, a cancellation undone: lines, payer, supply, rounding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from application.kernel.ports import UnitOfWork
from domain.billing.crediting import invoiced_anew, reinstatement_of
from domain.booking.booking import Booking
from domain.booking.purchase import Purchase
from domain.booking.transfer import Transfer
from domain.kernel.documents import Line, LineKind, Supply, sums, whole_kronor
from domain.kernel.ids import BookingId, CancellationId, PurchaseId, TransferId, purchase_with
from domain.kernel.payer import Payer
from domain.kernel.terms import day_in
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.programme.season import Season

BY_CARD = "paid-by-card"
"""The kind of the unique keys of what a card had paid before it was invoiced."""

_LASTING = (LineKind.SEAT, LineKind.EXTRA)


@dataclass(frozen=True)
class Charge:
    """What is to be invoiced: to whom, for what, and when that is supplied. `season_id` when all is of one season."""

    source_id: UUID
    payer: Payer
    lines: tuple[Line, ...]
    supply: tuple[Supply, ...]
    season_id: UUID | None = None


def charge_of_booking(work: UnitOfWork, booking_id: BookingId) -> Charge:
    """A booking with goods bought beside it; nothing for what is free (S13)."""
    booking = work.load(Booking, booking_id)
    season = work.load(Season, booking.season_id)
    lines = _of_season(season, booking, (each.about(booking_id) for each in booking.quote.lines))
    lines = (*(each for each in lines if each.gross.amount), *_beside(work, booking_id))
    return Charge(booking_id, booking.payer, lines, season.supply, season.id)


def _of_season(season: Season, booking: Booking, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines of a booking, as revenue of its season; those for seats say for how many meetings (ML 17:24 p. 7).

    What is given back is called what was invoiced (`domain.billing.crediting.as_invoiced`).
    """
    meetings = booking.quote.meetings_left or len(season.supply)
    extent = f"{meetings} {'meetings' if season.language == 'en' else 'träffar'}" if meetings > 1 else ""
    return tuple(each.within(season.id).lasting(extent if each.kind in _LASTING else "") for each in lines)


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
    lines = _of_season(season, booking, invoiced_anew(cancellation_id, booking.reinstated[cancellation_id]))
    return Charge(reinstatement_of(cancellation_id), booking.payer, lines, season.supply, season.id)


def _beside(work: UnitOfWork, booking_id: BookingId) -> tuple[Line, ...]:
    """The lines of goods that are bought with a booking."""
    purchase = work.find(Purchase, purchase_with(booking_id))
    return tuple(each.about(purchase.purchase_id) for each in purchase.lines) if purchase else ()


def is_collective(work: UnitOfWork, payer: Payer) -> bool:
    """Whether what somebody buys waits on a tab for the invoice of the month (S61)."""
    organisation_id = payer.organisation_id
    return organisation_id is not None and work.load(Organisation, organisation_id).is_collective


def rounding_of(work: UnitOfWork, organiser: Organiser, what: Charge) -> int:
    """What makes an invoice one of whole kronor (öre); nothing where the organiser does not round, or a card paid."""
    if not organiser.is_rounded or is_paid_by_card(work, what.source_id):
        return 0
    return whole_kronor(sums(what.lines).gross)


def paid_by_card(work: UnitOfWork, source: UUID, checkout_id: UUID) -> None:
    """What a card has paid already is invoiced to the öre: only sums paid otherwise are rounded (lag 1970:1029)."""
    work.take_unique_key(BY_CARD, str(source), checkout_id)


def is_paid_by_card(work: UnitOfWork, source: UUID) -> bool:
    """Whether a card had paid for it before it was invoiced."""
    return work.unique_key_owner(BY_CARD, str(source)) is not None
