"""What is told of money: invoices and credit notes, payments, refunds, reminders and disputes."""

from __future__ import annotations

from collections.abc import Mapping

from application.billing.charges import is_paid_by_card
from application.kernel.actor import Role
from application.kernel.ports import UnitOfWork
from application.kernel.season_name import called
from application.mail.letter_facts import lines_fact, money_fact
from application.mail.letters import ENCLOSED
from application.notifications.people import invoiced, staff
from application.notifications.story import Stories, Story, recipients_of
from application.notifications.table import Whom
from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.payments.checkout import Checkout
from domain.programme.season import Season


def _received(work: UnitOfWork, event: Invoice.PaymentReceived) -> Story | None:
    came_on = event.arrived_on or event.received_on
    return _moved(work, event, {"paid": money_fact(event.amount), "on": came_on.isoformat()})


def _refunded(work: UnitOfWork, event: Invoice.PaymentRefunded) -> Story | None:
    return _moved(work, event, {"back": money_fact(event.amount), "on": event.refunded_on.isoformat()})


def _reversed(work: UnitOfWork, event: Invoice.PaymentReversed) -> Story | None:
    return _moved(work, event, {"back": money_fact(event.amount), "on": event.on.isoformat()})


def _moved(
    work: UnitOfWork,
    event: Invoice.PaymentReceived | Invoice.PaymentRefunded | Invoice.PaymentReversed,
    facts: Mapping[str, str],
) -> Story | None:
    """Money that came or went, or that the bank took back; not what was set off."""
    return _about(work, work.load(Invoice, event.originator_id), facts) if event.means != "offset" else None


def _issued(work: UnitOfWork, event: Invoice.Issued) -> Story | None:
    """What a card has paid already, or what was set off, is not asked for. An e-invoice goes its own way."""
    if event.buyer.peppol_id:
        return None
    invoice = work.load(Invoice, event.originator_id)
    is_paid, set_off = is_paid_by_card(work, event.source_id), invoice.set_off
    left = invoice.payable - set_off
    is_asked = not is_paid and left.amount > 0
    facts = {
        "number": str(invoice.number),
        "sum": money_fact(invoice.payable),
        "lines": lines_fact(event.lines),
        "season": _unsaid_seasons(work, event),
        "due": invoice.due_on.isoformat() if is_asked else "",
        "bankgiro": invoice.seller.bankgiro if is_asked else "",
        "account": invoice.seller.account if is_asked else "",
        "ocr": invoice.ocr,
        "paid": "1" if is_paid else "",
        "set_off": money_fact(set_off) if set_off.amount else "",
        "left": money_fact(left) if is_asked and set_off.amount else "",
        **_enclosed(event),
    }
    return Story(invoice.organiser_id, {Whom.PAYER: invoiced(work, invoice)}, facts)


def _credited(work: UnitOfWork, event: CreditNote.Issued) -> Story | None:
    if event.buyer.peppol_id:
        return None
    note, invoice = work.load(CreditNote, event.originator_id), work.load(Invoice, event.invoice_id)
    facts = {
        "number": str(note.number),
        "invoice": str(note.invoice_number),
        "sum": money_fact(-note.payable),
        "left": money_fact(invoice.balance) if invoice.balance.amount > 0 else "",
        **_enclosed(event),
    }
    return Story(note.organiser_id, {Whom.PAYER: invoiced(work, invoice)}, facts)


def _unsaid_seasons(work: UnitOfWork, event: Invoice.Issued) -> str:
    """Its seasons, the network first, that no line names so: lines stay as they were issued."""
    said = "\n".join(each.text for each in event.lines)
    ids = dict.fromkeys((event.season_id, *(each.season_id for each in event.lines)))
    seasons = (work.find(Season, each) for each in ids if each is not None)
    names = (called(work, each) for each in seasons if each is not None)
    return "; ".join(each for each in names if each not in said)


def _enclosed(event: Invoice.Issued | CreditNote.Issued) -> dict[str, str]:
    return {"path": f"/invoices/{event.originator_id}", ENCLOSED: str(event.originator_id)}


def _reminded(work: UnitOfWork, event: Invoice.Reminded) -> Story:
    invoice = work.load(Invoice, event.originator_id)
    fee = money_fact(event.fee) if event.fee.amount else ""
    compensation = money_fact(invoice.compensation) if invoice.compensated_on == event.on else ""
    return _about(work, invoice, {"level": str(event.level), "fee": fee, "compensation": compensation})


def _disputed(work: UnitOfWork, event: Invoice.Disputed) -> Story:
    """Finance is told, so that somebody answers in time (S53)."""
    invoice = work.load(Invoice, event.originator_id)
    facts = {
        "number": str(invoice.number),
        "path": f"/invoices/{invoice.id}",
        "amount": money_fact(event.amount),
    }
    return Story(invoice.organiser_id, {Whom.FINANCE: staff(work, invoice.organiser_id, Role.FINANCE)}, facts)


def _returned(work: UnitOfWork, event: Checkout.Refunded) -> Story | None:
    """Money for which there was nothing to pay, or no seat any longer."""
    checkout = work.load(Checkout, event.originator_id)
    about = checkout.refunds[event.refund_id].invoice_id
    facts = {"back": money_fact(event.amount), "on": event.on.isoformat()}
    if about is not None:
        return None
    if checkout.invoice_id is not None:
        return _about(work, work.load(Invoice, checkout.invoice_id), facts)
    if checkout.person_id is not None:
        return Story(checkout.organiser_id, {Whom.PERSON: recipients_of([checkout.person_id])}, facts)
    return None


def _about(work: UnitOfWork, invoice: Invoice, more: Mapping[str, str]) -> Story:
    """To everybody who is written to about the invoice."""
    facts = {
        "number": str(invoice.number),
        "left": money_fact(invoice.balance) if invoice.balance.amount > 0 else "",
        "due": invoice.due_on.isoformat(),
        "bankgiro": invoice.seller.bankgiro,
        "account": invoice.seller.account,
        "ocr": invoice.ocr,
        "path": f"/invoices/{invoice.id}",
        **more,
    }
    return Story(invoice.organiser_id, {Whom.PAYER: invoiced(work, invoice)}, facts)


STORIES: Stories = {
    Invoice.Issued: _issued,
    Invoice.PaymentReceived: _received,
    Invoice.PaymentRefunded: _refunded,
    Invoice.PaymentReversed: _reversed,
    Invoice.Reminded: _reminded,
    Invoice.Disputed: _disputed,
    CreditNote.Issued: _credited,
    Checkout.Refunded: _returned,
}
