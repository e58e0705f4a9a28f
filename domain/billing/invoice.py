"""An invoice: a demand for payment with a number, recorded as facts and never changed afterwards.

Money that comes and goes stands in `invoice_payment`, what is done without it in `demand`, card disputes in `dispute`.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.billing.demanded import Demanded, Loss, VatBack, share_of
from domain.kernel.aggregate import Aggregate, event
from domain.kernel.documents import Buyer, LateTerms, Line, Seller, Sums, Supply, sums
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import CreditNoteId, InvoiceId, OrganiserId
from domain.kernel.money import Means, Money


class CreditedMoreThanInvoiced(RuleBroken):
    """More would be credited than was invoiced (`open`)."""


class NothingToRefund(RuleBroken):
    """No more than what was paid too much can be paid back (`open`, öre)."""


class Invoice(Aggregate, Demanded):
    """Number, date, parties and lines are facts; what is still owed follows from payments and credit notes.

    `set_off`: what its payer had to their credit when it was issued (öre); the document does not ask for that.
    """

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
        rounding: int = 0
        set_off: int = 0
        late: LateTerms = LateTerms()

    class Credited(Aggregate.Event):
        credit_note_id: CreditNoteId
        amount: Money

        def apply(self, invoice: Invoice) -> None:
            invoice.credited += self.amount
            invoice.credit_notes.append(self.credit_note_id)

    class PaymentReceived(Aggregate.Event):
        amount: Money
        reference: str
        received_on: date
        means: Means = Means.BANK
        payment_id: UUID | None = None
        arrived_on: date | None = None

        def apply(self, invoice: Invoice) -> None:
            invoice.move(self.amount, self.reference, self.arrived_on or self.received_on)
            invoice.payments += [self.payment_id] if self.payment_id is not None else []

    class AllotmentUndone(Aggregate.Event):
        payment_id: UUID
        amount: Money
        reference: str
        on: date
        reason: str

        def apply(self, invoice: Invoice) -> None:
            invoice.move(-self.amount, self.reference, self.on)

    class PaymentRefunded(Aggregate.Event):
        amount: Money
        reference: str
        refunded_on: date
        means: Means

        def apply(self, invoice: Invoice) -> None:
            invoice.move(-self.amount, self.reference, self.refunded_on)

    class PaymentReversed(Aggregate.Event):
        amount: Money
        reference: str
        on: date
        means: Means

        def apply(self, invoice: Invoice) -> None:
            invoice.move(-self.amount, self.reference, self.on)

    class RefundCameBack(Aggregate.Event):
        amount: Money
        reference: str
        on: date
        means: Means

        def apply(self, invoice: Invoice) -> None:
            invoice.move(self.amount, self.reference, self.on)

    class Disputed(Aggregate.Event):
        reference: str
        amount: Money
        opened_on: date

        def apply(self, invoice: Invoice) -> None:
            invoice.disputes[self.reference] = self.amount
            invoice.references.add(self.reference)

    class DisputeWon(Aggregate.Event):
        reference: str
        on: date

        def apply(self, invoice: Invoice) -> None:
            del invoice.disputes[self.reference]

    class DisputeLost(Aggregate.Event):
        reference: str
        amount: Money
        on: date

        def apply(self, invoice: Invoice) -> None:
            del invoice.disputes[self.reference]
            invoice.lost += self.amount

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
        rounding: int = 0,
        set_off: int = 0,
        late: LateTerms = LateTerms(),
    ) -> None:
        self.organiser_id, self.number, self.source_id, self.seller = organiser_id, number, source_id, seller
        self.buyer, self.issued_on, self.due_on, self.supply = buyer, issued_on, due_on, supply
        self.lines, self.currency, self.ocr, self.season_id = lines, currency, ocr, season_id
        self.rounding, self.set_off = rounding, Money(set_off, currency)
        self.credited = self.paid = self.written_off = self.lost = self.fee = self.compensation = Money(0, currency)
        self.references: set[str] = set()
        self.disputes: dict[str, Money] = {}
        self.reminded, self.is_handed_over, self.late = 0, False, late
        self.interest_until: date | None = None
        self.compensated_on: date | None = None
        self.vat_back: tuple[VatBack, ...] = ()
        self.moves: list[tuple[date, int]] = []
        self.payments: list[UUID] = []
        self.credit_notes: list[CreditNoteId] = []

    @property
    def invoice_id(self) -> InvoiceId:
        """Its id, typed."""
        return InvoiceId(self.id)

    @property
    def sums(self) -> Sums:
        """What its lines add up to."""
        return sums(self.lines, self.currency)

    @property
    def payable(self) -> Money:
        """What the document asks for: its gross with the rounding to whole kronor."""
        return self.sums.gross + Money(self.rounding, self.currency)

    @property
    def balance(self) -> Money:
        """What is still owed; negative when too much was paid."""
        return self.payable - self.credited - self.paid - self.written_off

    @property
    def payable_still(self) -> Money:
        """What money may pay: what is owed, with what was given up or lost, which may come after all."""
        return Money(max(0, self.balance.amount + self.written_off.amount + self.lost.amount), self.currency)

    @property
    def creditable(self) -> int:
        """What may still be credited (öre)."""
        return max(self.sums.gross.amount, self.payable.amount) - self.credited.amount

    def refundable(self, pending: int = 0, to_come: int = 0) -> int:
        """What was paid too much and has neither gone back nor is on its way to a card (`pending`), in öre.

        What a dispute has taken, or may take, is not here to be paid back. `to_come`: what will be credited more; it
        covers what was given up or lost first.
        """
        over = to_come - self.balance.amount
        if to_come:
            over -= max(0, min(over, self.written_off.amount + self.lost.amount))
        here = self.paid.amount - self.lost.amount - sum(each.amount for each in self.disputes.values())
        return max(0, min(over, here) - pending)

    def credit(self, credit_note_id: CreditNoteId, amount: Money, on: date) -> None:
        """A credit note of this gross refers to it; what it covers is no loss. Raises CreditedMoreThanInvoiced."""
        if amount.amount > self.creditable:
            raise CreditedMoreThanInvoiced(open=self.creditable)
        self.record(Invoice.Credited(credit_note_id=credit_note_id, amount=amount))
        self.undo_losses(on)

    def move(self, amount: Money, reference: str, on: date) -> None:
        """Remember money that came or (below zero) went on a day, whenever it was booked, by its reference."""
        self.paid += amount
        self.moves.append((on, amount.amount))
        self.references.add(reference)

    def undo_losses(self, on: date) -> None:
        """What is credited or has come after all is not lost: neither written off, nor gone back by a dispute."""
        for of, most in ((Loss.WRITE_OFF, self.written_off), (Loss.DISPUTE, self.lost)):
            amount = min(most.amount, -self.balance.amount)
            if amount > 0:
                back = share_of(self.vat_back, amount, most.amount) if of is Loss.WRITE_OFF else ()
                self.record(Invoice.LossUndone(amount=Money(amount, self.currency), of=of, on=on, vat_back=back))
