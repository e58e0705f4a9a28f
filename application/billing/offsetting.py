"""What a payer has to their credit pays what is invoiced anew: nobody is asked for money they have paid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from application.billing.allotment import pending_refunds_on
from application.billing.charges import Charge, charge_of_reinstatement, is_collective, rounding_of
from application.billing.invoicing import invoice_for
from application.billing.refunding import booking_reinstated, left_of_invoice, remainder_of
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for
from domain.billing.credit_note import CreditNote
from domain.billing.crediting import reinstatement_of
from domain.billing.invoice import Invoice, NothingToRefund
from domain.billing.invoice_payment import fresh_reference, receive, refund
from domain.booking.booking import Booking
from domain.booking.transfer import Transfer
from domain.kernel.documents import sums
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import CancellationId, InvoiceId
from domain.kernel.money import Means, Money
from domain.people.organiser import Organiser


class UndoneIsBeingInvoiced(RuleBroken):
    """Another cancellation of the booking has just been undone, and what it is invoiced with has not come yet."""


def anew(work: UnitOfWork, booking: Booking, undone: CancellationId) -> tuple[int, int]:
    """What is invoiced anew when a cancellation has been undone (öre), and how much of it is paid by setting off.

    Raises UndoneIsBeingInvoiced while it cannot be told, which is for a moment.
    """
    what = charge_of_reinstatement(work, booking.booking_id, undone)
    owed = sums(what.lines).gross.amount
    if not owed:
        return 0, 0
    _must_know_what_there_is(work, booking, undone)
    if not is_collective(work, what.payer):
        owed += rounding_of(work, work.load(Organiser, booking.organiser_id), what)
    payer = (what.payer.organisation_id, None if what.payer.organisation_id else what.payer.person_id)
    there = (_spare(work, each) for each in _credited(work, booking, undone) if _payer(each) == payer)
    return owed, min(owed, sum(there))


def _must_know_what_there_is(work: UnitOfWork, booking: Booking, undone: CancellationId) -> None:
    """What other undone cancellations are invoiced with has come, so that what is left to set off is known."""
    for earlier, credited in booking.reinstated.items():
        is_known = earlier == undone or not credited or invoice_for(work, reinstatement_of(earlier)) is not None
        if not is_known:
            what = charge_of_reinstatement(work, booking.booking_id, earlier)
            if sums(what.lines).gross.amount and not is_collective(work, what.payer):
                raise UndoneIsBeingInvoiced


def to_spare(work: UnitOfWork, what: Charge) -> int:
    """What a payer has to their credit (öre) where what is charged had been cancelled by mistake."""
    payer = (what.payer.organisation_id, None if what.payer.organisation_id else what.payer.person_id)
    sources = [each.refers_to for each in what.lines if each.refers_to is not None]
    there = (each for each in _cancelled_from(work, sources) if _payer(each) == payer)
    return sum(each.refundable(pending_refunds_on(work, each)) for each in there)


def set_off_reinstated(work: UnitOfWork, invoice: Invoice, sources: Iterable[UUID]) -> None:
    """Pay a new invoice with what its payer has to their credit where what it is for had been cancelled by mistake."""
    for each in _cancelled_from(work, sources):
        if _payer(each) == _payer(invoice) and each.id != invoice.id:
            set_off(work, each, invoice, invoice.issued_on)


def _cancelled_from(work: UnitOfWork, sources: Iterable[UUID]) -> list[Invoice]:
    """The invoices from which was taken back what is charged anew, each once."""
    found: dict[UUID, Invoice] = {}
    for source in dict.fromkeys(sources):
        renewed = renewed_by(work, work.find(Transfer, source))
        found |= {renewed.id: renewed} if renewed is not None else {}
        booking = booking_reinstated(work, source)
        undone = (
            next((each for each in booking.reinstated if reinstatement_of(each) == source), None) if booking else None
        )
        if booking is not None and undone is not None:
            found |= {each.id: each for each in _credited(work, booking, undone)}
    return list(found.values())


def renewed_by(work: UnitOfWork, transfer: Transfer | None) -> Invoice | None:
    """The invoice from which what a transfer charges anew was given back."""
    earlier = transfer.renews if transfer is not None else None
    if earlier is None:
        return None
    return invoice_for(work, earlier) or renewed_by(work, work.find(Transfer, earlier))


def spare_of_transfer(work: UnitOfWork, transfer: Transfer) -> int:
    """What whoever paid for a transfer has to their credit there, once all has come that was given back (öre)."""
    invoice = invoice_for(work, transfer.id) or renewed_by(work, transfer)
    return _spare(work, invoice) if invoice is not None else 0


def set_off_whole(work: UnitOfWork, from_id: InvoiceId, to_id: InvoiceId, amount: Money, on: date) -> None:
    """A payer has deducted a credit note: so much of what was paid too much on one invoice pays another of theirs.

    It counts from a local day, but not before the invoice nor what lowered the other was issued. Raises
    NothingToRefund where there is less of it, BadValue for another payer's invoice.
    """
    source, target = load_for(work, Invoice, from_id), load_for(work, Invoice, to_id)
    must_have_same_payer(source, target)
    issued = [work.load(CreditNote, each).issued_on for each in source.credit_notes]
    there = min(source.refundable(pending_refunds_on(work, source)), target.balance.amount)
    if not 0 < amount.amount <= there or amount.currency != source.currency:
        raise NothingToRefund(open=max(0, there))
    set_off(work, source, target, max(on, target.issued_on, *issued), amount)


def set_off(work: UnitOfWork, source: Invoice, target: Invoice, on: date, most: Money | None = None) -> bool:
    """What was paid too much on one invoice pays another, as far as it goes; whether anything did."""
    pending = pending_refunds_on(work, source)
    amount = Money(min(source.refundable(pending), max(0, target.balance.amount)), source.currency)
    amount = amount if most is None else min(amount, most, key=lambda each: each.amount)
    if amount.amount <= 0:
        return False
    refund(source, amount, fresh_reference(source, f"offset {target.number}"), on, Means.OFFSET, pending)
    receive(target, amount, fresh_reference(target, f"offset {source.number}"), on, Means.OFFSET)
    return True


def must_have_same_payer(one: Invoice, other: Invoice) -> None:
    """What one has to their credit pays nobody else's invoice. Raises BadValue."""
    if _payer(one) != _payer(other):
        raise BadValue(field="invoice", why="another payer's invoice cannot be paid with it")


def _spare(work: UnitOfWork, invoice: Invoice) -> int:
    """What will be there to set off once the credit notes that are still to come have been issued (öre)."""
    to_come = remainder_of(work, invoice).total - left_of_invoice(work, invoice).total
    return invoice.refundable(pending_refunds_on(work, invoice), to_come)


def _credited(work: UnitOfWork, booking: Booking, undone: CancellationId) -> list[Invoice]:
    """The invoices from which a cancellation took back, each once.

    Where such an invoice is itself one that an undone cancellation has still to bring, what that one took back from.
    """
    found: dict[UUID, Invoice] = {}
    for thing in {each.refers_to: None for each in booking.reinstated[undone]}:
        invoice = invoice_for(work, thing) if thing is not None else None
        earlier = next((each for each in booking.reinstated if reinstatement_of(each) == thing), None)
        if invoice is not None:
            found[invoice.id] = invoice
        elif earlier is not None:
            found |= {each.id: each for each in _credited(work, booking, earlier)}
    return list(found.values())


def _payer(invoice: Invoice) -> tuple[UUID | None, UUID | None]:
    return invoice.buyer.organisation_id, invoice.buyer.person_id
