"""What a payer is told when an invoice or a credit note is issued: the sums, where to pay, and the document itself.

What is carried as an e-invoice (Peppol) is not sent by mail too: the e-invoice is the invoice (S50).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from application.actor import SYSTEM
from application.invoice_recipients import Recipient, recipients
from application.issuing import is_paid_by_card
from application.letters import ENCLOSED, Attachment, Letter, Letters, money_fact
from application.paper import Papers
from application.ports import Decisions, Work
from domain.credit_note import CreditNote
from domain.invoice import Invoice


@dataclass(frozen=True)
class InvoiceLetters:
    """`application.policies.Reaction`: letters with keys made of the event."""

    decisions: Decisions
    letters: Letters

    def react(self, event: object) -> None:
        """Write to whom a document is for."""
        match event:
            case Invoice.Issued() if not event.buyer.peppol_id:
                self._post(event, "invoice", self.decisions.look(SYSTEM, lambda work: _invoiced(work, event)))
            case CreditNote.Issued() if not event.buyer.peppol_id:
                self._post(event, "credit_note", self.decisions.look(SYSTEM, lambda work: _credited(work, event)))
            case _:
                pass

    def _post(
        self,
        event: Invoice.Issued | CreditNote.Issued,
        kind: str,
        told: tuple[tuple[Recipient, ...], Mapping[str, str]],
    ) -> None:
        people, facts = told
        enclosed = {**facts, "path": f"/invoices/{event.originator_id}", ENCLOSED: str(event.originator_id)}
        for each in people:
            key = f"{kind}/{event.originator_id}/{each.name}"
            whom = (each.person_id, each.address, each.language)
            self.letters.post(Letter(key, event.organiser_id, kind, *whom, facts=enclosed))


@dataclass(frozen=True)
class PrintedEnclosures:
    """`application.letters.Enclosures`: the document that a letter names, as PDF."""

    papers: Papers

    def of(self, facts: Mapping[str, str]) -> tuple[Attachment, ...]:
        """What goes with a letter of these facts. Raises NotFound."""
        if ENCLOSED not in facts:
            return ()
        printed = self.papers.pdf(SYSTEM, UUID(facts[ENCLOSED]))
        return (Attachment(printed.name, "application/pdf", printed.content),)


def _invoiced(work: Work, event: Invoice.Issued) -> tuple[tuple[Recipient, ...], Mapping[str, str]]:
    """What a card has paid already is not asked for."""
    invoice = work.load(Invoice, event.originator_id)
    is_paid = is_paid_by_card(work, event.source_id)
    facts = {
        "number": str(invoice.number),
        "sum": money_fact(invoice.payable),
        "due": "" if is_paid else invoice.due_on.isoformat(),
        "bankgiro": "" if is_paid else invoice.seller.bankgiro,
        "ocr": invoice.ocr,
        "paid": "1" if is_paid else "",
    }
    return recipients(work, invoice), facts


def _credited(work: Work, event: CreditNote.Issued) -> tuple[tuple[Recipient, ...], Mapping[str, str]]:
    note, invoice = work.load(CreditNote, event.originator_id), work.load(Invoice, event.invoice_id)
    facts = {
        "number": str(note.number),
        "invoice": str(note.invoice_number),
        "sum": money_fact(-note.payable),
        "left": money_fact(invoice.balance) if invoice.balance.amount > 0 else "",
    }
    return recipients(work, invoice), facts
