"""Who may answer a proposed transfer: whoever pays, an admin for them, or whoever takes the seat."""

from __future__ import annotations

from dataclasses import dataclass

from application.kernel.actor import Role
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for
from domain.booking import agreement
from domain.booking.booking import Booking
from domain.booking.transfer import Transfer
from domain.kernel.errors import NotFound
from domain.people.organisation import Organisation


@dataclass(frozen=True)
class TransferAnswers:
    """What the actor may answer to a proposed transfer."""

    may_accept: bool
    may_decline: bool


def answers_of(work: UnitOfWork, transfer: Transfer, booking: Booking) -> TransferAnswers:
    """What the actor may answer now; nothing once it is settled."""
    accept, decline = (
        transfer.is_open and _is_party(work, booking, transfer, is_accepting=each) for each in (True, False)
    )
    return TransferAnswers(accept, decline)


def must_have_reference(work: UnitOfWork, booking: Booking, transfer: Transfer, reference: str) -> None:
    """Raises ReferenceRequired when the difference would be invoiced without the reference its payer asks for (S50)."""
    payer = transfer.payer_organisation_id
    if not _costs(transfer) or payer is None:
        return
    known = booking.payer.reference if payer == booking.payer.organisation_id else ""
    agreement.must_have_reference(load_for(work, Organisation, payer), reference or known)


def must_be_party(work: UnitOfWork, booking: Booking, transfer: Transfer, *, is_accepting: bool) -> None:
    """Raises NotFound for anyone who is not asked."""
    if not _is_party(work, booking, transfer, is_accepting=is_accepting):
        raise NotFound(what="transfer")


def _is_party(work: UnitOfWork, booking: Booking, transfer: Transfer, *, is_accepting: bool) -> bool:
    """Whoever pays (a contact of the payer), or an admin.

    Whoever takes the seat may say no, and may say yes where it costs nothing or their own organisation pays.
    """
    actor, payer = work.actor, transfer.payer_organisation_id
    if actor.has(transfer.organiser_id, Role.ADMIN):
        return True
    is_theirs = not _costs(transfer) or (payer is not None and payer == transfer.to_organisation_id)
    if actor.is_person(transfer.to_person_id) and (is_theirs or not is_accepting):
        return True
    if payer is None:
        return actor.is_person(booking.payer.person_id)
    return any(actor.is_person(each) for each in load_for(work, Organisation, payer).contacts)


def _costs(transfer: Transfer) -> bool:
    return any(each.net.amount > 0 for each in transfer.difference)
