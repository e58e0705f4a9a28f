"""Whenever money moves: card payments are asked back for what was credited, fees invoiced, paid seats booked."""

from __future__ import annotations

from dataclasses import dataclass

from application.booking.hold import Holds
from application.kernel.actor import SYSTEM
from application.kernel.ports import Decisions
from application.payments.checkout import Checkouts
from application.payments.reminder import Reminders
from domain.billing.invoice import Invoice
from domain.kernel.ids import InvoiceId
from domain.payments.checkout import Checkout


@dataclass(frozen=True)
class PaymentReactions:
    """`application.automation.policies.Reaction`: commands with keys made of the event."""

    decisions: Decisions
    checkouts: Checkouts
    reminders: Reminders
    holds: Holds

    def react(self, event: object) -> None:
        """Carry out what follows from an event."""
        match event:
            case Invoice.Credited():
                self.checkouts.refund_credited(InvoiceId(event.originator_id), event.credit_note_id)
            case Invoice.Reminded() if event.fee.amount:
                invoice_id = InvoiceId(event.originator_id)
                organiser = self.decisions.dry_run(SYSTEM, lambda work: work.load(Invoice, invoice_id).organiser_id)
                self.reminders.issue_fee(organiser, invoice_id, event.level, event.fee)
            case Checkout.Paid():
                self.holds.confirm(event.originator_id)
            case _:
                pass
