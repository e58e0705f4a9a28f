"""Whenever money moves: card payments are asked back for what was credited, fees invoiced, and the payer is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from application.actor import SYSTEM, Role
from application.checkout import Checkouts
from application.hold import Holds
from application.invoice_recipients import Recipient, recipients
from application.letters import Letter, Letters, money_fact
from application.ports import Decisions, Work
from application.reminder import Reminders
from domain.checkout import Checkout
from domain.ids import InvoiceId, OrganiserId
from domain.invoice import Invoice
from domain.organiser import Organiser


@dataclass(frozen=True)
class _Told:
    """Whom to tell about an invoice, and what."""

    organiser_id: OrganiserId
    people: tuple[Recipient, ...]
    facts: Mapping[str, str]


@dataclass(frozen=True)
class PaymentReactions:
    """`application.policies.Reaction`: commands and letters with keys made of the event."""

    decisions: Decisions
    checkouts: Checkouts
    reminders: Reminders
    holds: Holds
    letters: Letters

    def react(self, event: object) -> None:
        """Carry out what follows from an event."""
        match event:
            case Invoice.Credited():
                self.checkouts.refund_credited(InvoiceId(event.originator_id), event.credit_note_id)
            case Invoice.PaymentReceived() if event.means != "offset":
                facts = {"paid": money_fact(event.amount), "on": event.received_on.isoformat()}
                self._tell("payment_received", event, facts)
            case Invoice.Reminded():
                self._reminded(event)
            case Invoice.PaymentRefunded() if event.means != "offset":
                facts = {"back": money_fact(event.amount), "on": event.refunded_on.isoformat()}
                self._tell("payment_refunded", event, facts)
            case Invoice.Disputed():
                self._disputed(event)
            case Checkout.Paid():
                self.holds.confirm(event.originator_id)
            case Checkout.Refunded():
                self._returned(event)
            case _:
                pass

    def _disputed(self, event: Invoice.Disputed) -> None:
        """Finance is told, so that somebody answers in time (S53)."""

        def look(work: Work) -> _Told:
            invoice = work.load(Invoice, event.originator_id)
            staff = work.load(Organiser, invoice.organiser_id).staff
            people = tuple(Recipient(person) for person in sorted(one for one, role in staff if role == Role.FINANCE))
            facts = {"number": str(invoice.number), "path": f"/invoices/{invoice.id}"}
            return _Told(invoice.organiser_id, people, facts)

        told = self.decisions.look(SYSTEM, look)
        self._post("disputed", event.reference, told, {"amount": money_fact(event.amount)})

    def _reminded(self, event: Invoice.Reminded) -> None:
        invoice_id = InvoiceId(event.originator_id)
        if event.fee.amount:
            organiser = self.decisions.look(SYSTEM, lambda work: work.load(Invoice, invoice_id).organiser_id)
            self.reminders.issue_fee(organiser, invoice_id, event.level, event.fee)
        fee = money_fact(event.fee) if event.fee.amount else ""
        self._tell("reminder", event, {"level": str(event.level), "fee": fee})

    def _returned(self, event: Checkout.Refunded) -> None:
        """Money for which there was nothing to pay, or no seat any longer."""
        checkout = self.decisions.look(SYSTEM, lambda work: work.load(Checkout, event.originator_id))
        _, about = checkout.asked[event.refund_id]
        facts = {"back": money_fact(event.amount), "on": event.on.isoformat()}
        invoice_id = checkout.invoice_id
        if invoice_id is not None and about is None:
            told = self.decisions.look(SYSTEM, lambda work: _told(work, invoice_id))
            self._post("payment_refunded", event.refund_id, told, facts)
        elif checkout.person_id is not None and about is None:
            nobody_else = _Told(checkout.organiser_id, (Recipient(checkout.person_id),), {})
            self._post("card_returned", event.refund_id, nobody_else, facts)

    def _tell(
        self,
        kind: str,
        event: Invoice.PaymentReceived | Invoice.PaymentRefunded | Invoice.Reminded,
        facts: Mapping[str, str],
    ) -> None:
        told = self.decisions.look(SYSTEM, lambda work: _told(work, InvoiceId(event.originator_id)))
        self._post(kind, f"{event.originator_id}/{event.originator_version}", told, facts)

    def _post(self, kind: str, named: object, told: _Told, facts: Mapping[str, str]) -> None:
        for each in told.people:
            key = f"{kind}/{named}/{each.name}"
            facts_told = {**told.facts, **facts}
            whom = (each.person_id, each.address, each.language)
            self.letters.post(Letter(key, told.organiser_id, kind, *whom, facts=facts_told))


def _told(work: Work, invoice_id: InvoiceId) -> _Told:
    """To everybody who is written to about the invoice."""
    invoice = work.load(Invoice, invoice_id)
    facts = {
        "number": str(invoice.number),
        "left": money_fact(invoice.balance) if invoice.balance.amount > 0 else "",
        "due": invoice.due_on.isoformat(),
        "bankgiro": invoice.seller.bankgiro,
        "ocr": invoice.ocr,
        "path": f"/invoices/{invoice_id}",
    }
    return _Told(invoice.organiser_id, recipients(work, invoice), facts)
