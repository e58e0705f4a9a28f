"""An invoice: a demand for payment with a number, recorded as facts and never changed afterwards."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.documents import Buyer, Line, Seller, Sums, Supply, sums
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import CreditNoteId, InvoiceId, OrganiserId
from domain.kernel.money import Money
from domain.kernel.text import clean_line

MEANS = ("bank", "card", "offset")
"""How money comes and goes: by bank, by card, or set off against another invoice."""


class CreditedMoreThanInvoiced(RuleBroken):
    """More would be credited than was invoiced (`open`)."""


class PaymentKnown(RuleBroken):
    """A payment with that reference has been recorded already (`reference`)."""


class InvoiceSettled(RuleBroken):
    """Nothing is left to pay on the invoice."""


class NothingToRefund(RuleBroken):
    """No more than what was paid too much can be paid back (`open`, öre)."""


class InvoiceDisputed(RuleBroken):
    """The payment of the invoice is disputed; nothing is demanded until that has been decided."""


class ReminderSent(RuleBroken):
    """That reminder, or a later one, has been sent already (`level`)."""


class Invoice(Aggregate):
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

    class Credited(Aggregate.Event):
        credit_note_id: CreditNoteId
        amount: Money

    class PaymentReceived(Aggregate.Event):
        amount: Money
        reference: str
        received_on: date
        means: str = "bank"
        payment_id: UUID | None = None

    class PaymentRefunded(Aggregate.Event):
        amount: Money
        reference: str
        refunded_on: date
        means: str

    class PaymentReversed(Aggregate.Event):
        amount: Money
        reference: str
        on: date
        means: str

    class RefundCameBack(Aggregate.Event):
        amount: Money
        reference: str
        on: date
        means: str

    class Disputed(Aggregate.Event):
        reference: str
        amount: Money
        opened_on: date

    class DisputeWon(Aggregate.Event):
        reference: str
        on: date

    class DisputeLost(Aggregate.Event):
        reference: str
        amount: Money
        on: date

    class Reminded(Aggregate.Event):
        level: int
        on: date
        fee: Money

    class HandedOver(Aggregate.Event):
        on: date

    class WrittenOff(Aggregate.Event):
        amount: Money
        on: date
        reason: str

    class LossUndone(Aggregate.Event):
        amount: Money
        of: str
        on: date

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
    ) -> None:
        self.organiser_id, self.number, self.source_id, self.seller = organiser_id, number, source_id, seller
        self.buyer, self.issued_on, self.due_on, self.supply = buyer, issued_on, due_on, supply
        self.lines, self.currency, self.ocr, self.season_id = lines, currency, ocr, season_id
        self.rounding = rounding
        self.credited, self.paid, self.written_off = Money(0, currency), Money(0, currency), Money(0, currency)
        self.lost, self.set_off = Money(0, currency), Money(set_off, currency)
        self.references: set[str] = set()
        self.disputes: dict[str, Money] = {}
        self.reminded, self.is_handed_over = 0, False
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

    def refundable(self, under_way: int = 0, to_come: int = 0) -> int:
        """What was paid too much and has neither gone back nor is on its way to a card (`under_way`), in öre.

        What a dispute has taken, or may take, is not here to be paid back. `to_come`: what will be credited more; it
        covers what was given up or lost first.
        """
        over = to_come - self.balance.amount
        if to_come:
            over -= max(0, min(over, self.written_off.amount + self.lost.amount))
        here = self.paid.amount - self.lost.amount - sum(each.amount for each in self.disputes.values())
        return max(0, min(over, here) - under_way)

    def credit(self, credit_note_id: CreditNoteId, amount: Money, on: date) -> None:
        """A credit note of this gross refers to it; what it covers is no loss. Raises CreditedMoreThanInvoiced."""
        if amount.amount > self.creditable:
            raise CreditedMoreThanInvoiced(open=self.creditable)
        self._credit(credit_note_id=credit_note_id, amount=amount)
        self._undo_losses(on)

    @event(Credited)
    def _credit(self, credit_note_id: CreditNoteId, amount: Money) -> None:
        self.credited += amount
        self.credit_notes.append(credit_note_id)

    def receive(
        self, amount: Money, reference: str, received_on: date, means: str = "bank", payment_id: UUID | None = None
    ) -> None:
        """A payment arrived on a local day; the same reference again raises PaymentKnown.

        What had been given up or lost, and has come after all, is no loss any longer.
        """
        if amount.amount <= 0 or amount.currency != self.currency:
            raise BadValue(field="amount", why="a payment is more than nothing, in the currency of the invoice")
        named = self._fresh(reference, means)
        self._receive(amount=amount, reference=named, received_on=received_on, means=means, payment_id=payment_id)
        self._undo_losses(received_on)

    @event(PaymentReceived)
    def _receive(self, amount: Money, reference: str, received_on: date, means: str, payment_id: UUID | None) -> None:
        self.paid += amount
        self.references.add(reference)
        if payment_id is not None:
            self.payments.append(payment_id)

    def refund(self, amount: Money, reference: str, refunded_on: date, means: str, under_way: int = 0) -> None:
        """Pay back what was paid too much. Raises NothingToRefund for more than `refundable`, PaymentKnown."""
        if amount.amount <= 0 or amount.amount > self.refundable(under_way):
            raise NothingToRefund(open=self.refundable(under_way))
        self._refund(amount=amount, reference=self._fresh(reference, means), refunded_on=refunded_on, means=means)

    def refunded(self, amount: Money, reference: str, on: date, means: str) -> None:
        """Money asked back has gone back, whatever happened meanwhile. Raises NothingToRefund, PaymentKnown."""
        self._must_have_been_paid(amount)
        self._refund(amount=amount, reference=self._fresh(reference, means), refunded_on=on, means=means)

    @event(PaymentRefunded)
    def _refund(self, amount: Money, reference: str, refunded_on: date, means: str) -> None:
        self.paid -= amount
        self.references.add(reference)

    def reverse(self, amount: Money, reference: str, on: date, means: str) -> None:
        """The bank took a payment back (a reversal): it is owed again. Raises NothingToRefund, PaymentKnown."""
        self._must_have_been_paid(amount)
        self._reverse(amount=amount, reference=self._fresh(reference, means), on=on, means=means)

    @event(PaymentReversed)
    def _reverse(self, amount: Money, reference: str, on: date, means: str) -> None:
        self.paid -= amount
        self.references.add(reference)

    def refund_came_back(self, amount: Money, reference: str, on: date, means: str) -> None:
        """Money that had been paid back did not reach the payer: it is here again. Raises PaymentKnown."""
        self._refund_came_back(amount=amount, reference=self._fresh(reference, means), on=on, means=means)
        self._undo_losses(on)

    @event(RefundCameBack)
    def _refund_came_back(self, amount: Money, reference: str, on: date, means: str) -> None:
        self.paid += amount
        self.references.add(reference)

    def _must_have_been_paid(self, amount: Money) -> None:
        if amount.amount <= 0 or amount.amount > self.paid.amount:
            raise NothingToRefund(open=self.paid.amount)

    def _fresh(self, reference: str, means: str) -> str:
        """A reference that is not known here yet."""
        named = clean_line("reference", reference, 200)
        if named in self.references:
            raise PaymentKnown(reference=named)
        if means not in MEANS:
            raise BadValue(field="means", why=" or ".join(MEANS))
        return named

    @property
    def is_disputed(self) -> bool:
        """Whether a card payment of it is disputed and not yet decided."""
        return bool(self.disputes)

    def dispute(self, reference: str, amount: Money, opened_on: date) -> None:
        """The payer's bank disputes a card payment; told again it changes nothing."""
        if reference not in self.references:
            self._dispute(reference=reference, amount=amount, opened_on=opened_on)

    @event(Disputed)
    def _dispute(self, reference: str, amount: Money, opened_on: date) -> None:
        self.disputes[reference] = amount
        self.references.add(reference)

    def win_dispute(self, reference: str, on: date) -> None:
        """The dispute was decided for the seller: all as before."""
        if reference in self.disputes:
            self._win_dispute(reference=reference, on=on)

    @event(DisputeWon)
    def _win_dispute(self, reference: str, on: date) -> None:
        del self.disputes[reference]

    def lose_dispute(self, reference: str, on: date) -> None:
        """The dispute was lost: the money is a loss, neither a refund nor a credit note (S53)."""
        if reference in self.disputes:
            self._lose_dispute(reference=reference, amount=self.disputes[reference], on=on)
            self._undo_losses(on)

    @event(DisputeLost)
    def _lose_dispute(self, reference: str, amount: Money, on: date) -> None:
        del self.disputes[reference]
        self.lost += amount

    def _undo_losses(self, on: date) -> None:
        """What is credited or has come after all is not lost: neither written off, nor gone back by a dispute."""
        for of, most in (("write_off", self.written_off), ("dispute", self.lost)):
            amount = min(most.amount, -self.balance.amount)
            if amount > 0:
                self._undo_loss(amount=Money(amount, self.currency), of=of, on=on)

    @event(LossUndone)
    def _undo_loss(self, amount: Money, of: str, on: date) -> None:
        if of == "write_off":
            self.written_off -= amount
        else:
            self.lost -= amount
            self.paid -= amount

    def remind(self, level: int, on: date, fee: Money) -> None:
        """Reminder 1, 2 …; raises InvoiceSettled, InvoiceDisputed, ReminderSent."""
        self._may_be_demanded()
        if level != self.reminded + 1:
            raise ReminderSent(level=self.reminded)
        self._remind(level=level, on=on, fee=fee)

    @event(Reminded)
    def _remind(self, level: int, on: date, fee: Money) -> None:
        self.reminded = level

    def hand_over(self, on: date) -> None:
        """Reminders have not helped: put it on the list for debt collection. Raises as `remind`."""
        self._may_be_demanded()
        if self.is_handed_over:
            raise ReminderSent(level=self.reminded)
        self._hand_over(on=on)

    @event(HandedOver)
    def _hand_over(self, on: date) -> None:
        self.is_handed_over = True

    def write_off(self, on: date, reason: str) -> None:
        """Give up what is still owed, with a reason. Raises InvoiceSettled, InvoiceDisputed."""
        self._may_be_demanded()
        self._write_off(amount=self.balance, on=on, reason=clean_line("reason", reason, 300))

    @event(WrittenOff)
    def _write_off(self, amount: Money, on: date, reason: str) -> None:
        self.written_off += amount

    def _may_be_demanded(self) -> None:
        if self.balance.amount <= 0:
            raise InvoiceSettled
        if self.is_disputed:
            raise InvoiceDisputed
