"""An invoice: a demand for payment with a number, recorded as facts and never changed afterwards."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregate import Aggregate, event
from domain.documents import Buyer, Line, Seller, Sums, Supply, sums
from domain.errors import BadValue, RuleBroken
from domain.ids import CreditNoteId, InvoiceId, OrganiserId
from domain.money import Money
from domain.text import clean_line


class CreditedMoreThanInvoiced(RuleBroken):
    """More would be credited than was invoiced (`open`)."""


class PaymentKnown(RuleBroken):
    """A payment with that reference has been recorded already (`reference`)."""


class Invoice(Aggregate):
    """Number, date, parties and lines are facts; what is still owed follows from payments and credit notes."""

    class Issued(Aggregate.Created):
        organiser_id: OrganiserId
        number: int
        source_id: UUID
        seller: Seller
        buyer: Buyer
        issued_on: date
        due_on: date
        supply: tuple[Supply, ...]
        lines: tuple[Line, ...]
        currency: str
        ocr: str
        season_id: UUID | None = None

    class Credited(Aggregate.Event):
        credit_note_id: CreditNoteId
        amount: Money

    class PaymentReceived(Aggregate.Event):
        amount: Money
        reference: str
        received_on: date

    @event(Issued)
    def __init__(
        self,
        id: UUID,
        organiser_id: OrganiserId,
        number: int,
        source_id: UUID,
        seller: Seller,
        buyer: Buyer,
        issued_on: date,
        due_on: date,
        supply: tuple[Supply, ...],
        lines: tuple[Line, ...],
        currency: str,
        ocr: str,
        season_id: UUID | None = None,
    ) -> None:
        self.organiser_id, self.number, self.source_id, self.seller = organiser_id, number, source_id, seller
        self.buyer, self.issued_on, self.due_on, self.supply = buyer, issued_on, due_on, supply
        self.lines, self.currency, self.ocr, self.season_id = lines, currency, ocr, season_id
        self.credited, self.paid = Money(0, currency), Money(0, currency)
        self.references: set[str] = set()

    @property
    def invoice_id(self) -> InvoiceId:
        """Its id, typed."""
        return InvoiceId(self.id)

    @property
    def sums(self) -> Sums:
        """What its lines add up to."""
        return sums(self.lines, self.currency)

    @property
    def balance(self) -> Money:
        """What is still owed; negative when too much was paid."""
        return self.sums.gross - self.credited - self.paid

    def credit(self, credit_note_id: CreditNoteId, amount: Money) -> None:
        """A credit note of this gross amount refers to it. Raises CreditedMoreThanInvoiced."""
        if (self.credited + amount).amount > self.sums.gross.amount:
            raise CreditedMoreThanInvoiced(open=(self.sums.gross - self.credited).amount)
        self._credit(credit_note_id=credit_note_id, amount=amount)

    @event(Credited)
    def _credit(self, credit_note_id: CreditNoteId, amount: Money) -> None:
        self.credited += amount

    def receive(self, amount: Money, reference: str, received_on: date) -> None:
        """A payment arrived on a local day; the same bank reference again raises PaymentKnown."""
        named = clean_line("reference", reference, 200)
        if amount.amount <= 0 or amount.currency != self.currency:
            raise BadValue(field="amount", why="a payment is more than nothing, in the currency of the invoice")
        if named in self.references:
            raise PaymentKnown(reference=named)
        self._receive(amount=amount, reference=named, received_on=received_on)

    @event(PaymentReceived)
    def _receive(self, amount: Money, reference: str, received_on: date) -> None:
        self.paid += amount
        self.references.add(reference)
